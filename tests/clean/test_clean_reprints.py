"""Reprint signatures: stable, insensitive to typography, high for reprints and low for other articles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean.reprints import PERMUTATIONS, SHORTEST, signature
from dateline.model.signature import similarity

WIRE = """Gunmen stormed a crowded market in Tal Harun on Friday and killed at least seven people, police said.

Colonel Idris Mako, who leads the district police, said that the attackers had come on motorcycles shortly
after noon and had fired into the crowd for several minutes before they fled towards the hills in the east.

Two of the dead were children, a nurse at the district clinic said. Eleven wounded people were taken to Bor,
she added, and three of them were in a grave state.

No group has said that it was behind the raid, the third in the district since early June. Residents blamed
a militia that has fought the army over grazing land since the harvest failed two years ago.

The governor called for calm and said that soldiers would be sent to guard the road between Bor and Tal
Harun."""

OTHER = """At least seven traders died when armed men attacked the weekly market of Tal Harun, officials in
Bor said late on Friday.

Witnesses told our reporter that about twenty men on motorcycles opened fire at stalls and set several of
them alight. Soldiers reached the town three hours later, a shopkeeper said, by which time the men were
gone.

The district has seen a string of raids this summer. In early June, four herders were killed near the river,
and a week later unknown men burned a school.

Governor Okot promised that the army would protect the road to Bor. The opposition accused him of having
ignored warnings, which his office denied."""


GOLDEN = (883507086, 626879773, 248764320, 913884424)


def test_signature_is_stable() -> None:
    """The numbers are stored: a change of library or method that alters them must raise the version."""
    numbers = signature(WIRE)
    assert len(numbers) == PERMUTATIONS
    assert all(0 <= number < 2**32 for number in numbers)
    assert numbers[:4] == GOLDEN


def test_typography_does_not_count() -> None:
    changed = WIRE.upper().replace(",", " ;").replace("\n\n", " \n").replace(" ", "  ")
    assert similarity(signature(WIRE), signature(changed)) == 1.0
    quoted = (
        "It’s the group's way of showing itself while it is in decline, and that’s all there is to say of it."
    )
    assert signature(quoted) == signature(quoted.replace("’", "'"))


def test_edited_reprint_is_near() -> None:
    first, *middle, last = WIRE.split("\n\n")
    reprint = "\n\n".join(["BOR, South Sudan (Nile Wire) – " + first, *middle])
    assert last not in reprint
    assert similarity(signature(WIRE), signature(reprint)) > 0.6


def test_two_articles_about_one_event_are_far() -> None:
    assert similarity(signature(WIRE), signature(OTHER)) < 0.2


def test_the_end_of_a_long_first_sentence_goes_with_the_signature() -> None:
    """A newspaper's brief is the first sentence of the wire story under another dateline."""
    opening = WIRE.split("\n\n")[0]
    lead = (
        opening.removesuffix(".") + ", adding that eleven wounded people had been taken to the hospital of Bor."
    )
    brief = "Juba: (NW) " + lead
    (whole, part) = signature(WIRE.replace(opening, lead), lead), signature(brief, brief)
    assert len(whole) == len(part) == PERMUTATIONS + 1
    assert whole[-1] == part[-1] < 0
    assert signature(WIRE, lead.replace("of Bor", "of Juba"))[-1] not in (whole[-1], *signature(WIRE))


@pytest.mark.parametrize(
    "opening", ["Seven people died on Friday, police said.", '"They came at dawn and " ' + "w " * 20]
)
def test_a_short_or_quoted_first_sentence_adds_nothing(opening: str) -> None:
    assert signature(WIRE, opening) == signature(WIRE)


def test_short_text_has_no_signature() -> None:
    words = WIRE.split()
    assert signature(" ".join(words[: SHORTEST - 1])) == ()
    assert len(signature(" ".join(words[:SHORTEST]))) == PERMUTATIONS
    assert signature("") == ()
    assert similarity((), signature(WIRE)) == 0.0
    assert similarity((), ()) == 0.0


@given(st.lists(st.sampled_from("abcdefghijklmnop"), min_size=SHORTEST, max_size=60), st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_similarity_is_symmetric_and_bounded(letters: list[str], cut: int) -> None:
    left, right = signature(" ".join(letters)), signature(" ".join(letters[cut % 20 :] + letters[: cut % 20]))
    assert 0.0 <= similarity(left, right) == similarity(right, left) <= 1.0
    assert similarity(left, left) == 1.0


def test_estimate_is_near_the_true_resemblance() -> None:
    """Against exact Jaccard of the shingles: within four standard errors (4 * 0.5 / sqrt(128))."""
    words = [f"w{n}" for n in range(400)]
    for kept in (40, 120, 200, 320):
        other = words[:kept] + [f"x{n}" for n in range(400 - kept)]
        common, every = kept - 3, 2 * 397 - (kept - 3)
        estimate = similarity(signature(" ".join(words)), signature(" ".join(other)))
        assert abs(estimate - common / every) < 0.18
