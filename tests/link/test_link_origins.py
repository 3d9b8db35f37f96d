"""Independent origins: reprints, credits and quotations count once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link import Facts
from dateline.link.events import link
from dateline.link.origins import REPRINT_SIMILARITY, reprint_groups, text_roots
from dateline.link.words import outlet_key
from dateline.model.ids import digest
from dateline.model.signature import similarity
from dateline.model.values import Link

SIGNATURE = tuple(range(1000, 1128))


def altered(share: float, seed: int = 1) -> tuple[int, ...]:
    """Return SIGNATURE with `share` of its values changed, strewn without a pattern."""
    strewn = sorted(range(len(SIGNATURE)), key=lambda position: digest(str(position)))
    positions = set(strewn[: round(share * len(SIGNATURE))])
    return tuple(value + 10**6 * seed if index in positions else value for index, value in enumerate(SIGNATURE))


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1), (0.25, 1), (0.4, 1), (0.6, 2), (1.0, 2)])
def test_reprints_are_found_from_the_threshold_on(make: Any, share: float, expected: int) -> None:
    facts = [make.facts(1, signature=SIGNATURE), make.facts(2, signature=altered(share))]
    assert len(set(reprint_groups(facts).values())) == expected


@pytest.mark.parametrize(
    ("published", "share", "expected"),
    [("2016-10-29", 0.5, 1), ("2016-11-02", 0.5, 2), ("2016-11-02", 0.25, 1), (None, 0.5, 1)],
)
def test_what_comes_out_weeks_later_is_a_copy_only_where_most_is_alike(
    make: Any, published: str | None, share: float, expected: int
) -> None:
    """What an agency writes of the next strike differs in names and figures alone."""
    first = make.facts(1, signature=SIGNATURE, published="2016-10-22")
    later = make.facts(2, signature=altered(share), published=published)
    assert len(set(reprint_groups([first, later]).values())) == expected


@pytest.mark.parametrize(
    ("published", "end", "expected"),
    [("2016-10-23", -7, 1), ("2016-10-25", -7, 2), ("2016-10-23", -8, 2), ("2016-10-23", 7, 2), (None, -7, 1)],
)
def test_a_brief_with_the_first_sentence_of_a_story_is_its_copy(
    make: Any, published: str | None, end: int, expected: int
) -> None:
    story = make.facts(1, signature=(*SIGNATURE, -7), published="2016-10-22")
    brief = make.facts(2, signature=(*altered(0.9), end), published=published)
    assert similarity(story.signature, story.signature[:-1]) == 1
    assert len(set(reprint_groups([story, brief]).values())) == expected


def test_texts_without_signature_are_no_reprints(make: Any) -> None:
    assert len(set(reprint_groups([make.facts(1), make.facts(2)]).values())) == 2


def test_hundreds_of_copies_are_one_group(make: Any) -> None:
    facts = [make.facts(number, signature=SIGNATURE) for number in range(300)]
    assert set(reprint_groups(facts).values()) == {"art_0000"}


@given(signatures=st.lists(st.lists(st.integers(0, 3), min_size=12, max_size=12), max_size=8))
def test_groups_against_comparing_all(make: Any, signatures: list[list[int]]) -> None:
    """Banding may miss a pair but joins none that are not alike, directly or through others."""
    facts = [make.facts(number, signature=tuple(values)) for number, values in enumerate(signatures)]
    reached = {fact.id: {fact.id} for fact in facts}
    for _ in facts:
        for a in facts:
            for b in facts:
                if similarity(a.signature, b.signature) >= REPRINT_SIMILARITY:
                    reached[a.id] |= reached[b.id]
    for article, group in reprint_groups(facts).items():
        assert group in reached[article]
    assert reprint_groups(facts) == reprint_groups(facts[::-1])


def roots(*facts: Facts) -> dict[str, set[str]]:
    return {article: set(found.outlets) for article, found in text_roots(facts).items()}


def test_the_outlet_that_published_first_is_the_root_of_all_copies(make: Any) -> None:
    first = make.facts(1, signature=SIGNATURE, published="2016-10-21")
    copy = make.facts(2, signature=altered(0.2), published="2016-10-22")
    own = make.facts(3, outlet="Outlet 2")
    found = roots(copy, own, first)
    assert found[first.id] == found[copy.id] == {"outlet1"}
    assert found[own.id] == {"outlet2"}


def test_of_one_day_and_of_unknown_days_nobody_is_known_to_be_first(make: Any) -> None:
    day = make.facts(1, signature=SIGNATURE, published="2016-10-21")
    same = make.facts(2, signature=SIGNATURE, published="2016-10-21")
    later = make.facts(3, signature=SIGNATURE, published="2016-10-22")
    month = make.facts(4, signature=SIGNATURE, published="2016-10")
    unknown = make.facts(5, signature=SIGNATURE, published=None)
    assert roots(day, same, later)[day.id] == {"outlet1", "outlet2"}
    assert roots(day, later, month, unknown)[later.id] == {"outlet1", "outlet4", "outlet5"}


def test_a_credit_is_a_root_and_who_credits_is_not(make: Any) -> None:
    credited = make.facts(1, signature=SIGNATURE, origin="Zagros Wire Agency")
    bare = make.facts(2, signature=SIGNATURE, published="2016-10-23")
    assert roots(credited, bare)[bare.id] == {"zagroswire"}
    assert roots(make.facts(3, outlet=None))["art_0003"] == set()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Zagros News", "ZAGROS NEWS AGENCY", True),
        ("The Tigris Post", "Tigris Post", True),
        ("www.tigrispost.com", "Tigris Post", True),
        ("https://zagrosnews.net/en", "Zagros TV", True),
        ("AP", "Associated Press", True),
        ("local station Rafidain Courier", "Rafidain Courier", True),
        ("Rafidain Courier", "Rafidain Monitor", False),
        ("The News", "Daily News", False),
        ("Tigris Post", "Zagros Wire", False),
    ],
)
def test_names_of_outlets(left: str, right: str, *, same: bool) -> None:
    assert (outlet_key(left) == outlet_key(right)) is same
    assert outlet_key(left)


def test_quotations_of_one_paper_are_one_origin(make: Any, types: Any) -> None:
    paper = make.report(1, outlet="Rafidain Courier")
    quoting = [
        make.report(
            number, chain=(Link(name=f"Outlet {number}", kind="outlet"), make.media("Rafidain Courier"))
        )
        for number in (2, 3)
    ]
    (event,) = link([paper, *quoting], [], types)
    assert (event.articles, event.outlets, event.origins) == (3, 3, 1)
    assert event.claims.type[0].origins == 1


def test_quoting_officials_leaves_outlets_independent(make: Any, types: Any) -> None:
    chains = [
        (Link(name=f"Outlet {number}", kind="outlet"), Link(name="police", kind="police", text="police"))
        for number in (1, 2)
    ]
    (event,) = link([make.report(number, chain=chain) for number, chain in enumerate(chains, 1)], [], types)
    assert event.origins == 2


def test_copies_and_own_work_in_one_event(make: Any, types: Any) -> None:
    reports = [make.report(number) for number in (1, 2, 3)]
    facts = [make.facts(1, signature=SIGNATURE), make.facts(2, signature=SIGNATURE), make.facts(3)]
    (event,) = link(reports, facts, types)
    assert (event.articles, event.origins) == (3, 2)
