"""Independent origins: reprints, credits and quotations count once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link import Facts
from dateline.link.events import link
from dateline.link.origins import REPRINT_SIMILARITY, article_origins, reprint_groups, similarity
from dateline.link.words import outlet_key
from dateline.model.ids import digest
from dateline.model.values import Link

SIGNATURE = tuple(range(1000, 1128))


def altered(share: float, seed: int = 1) -> tuple[int, ...]:
    """Return SIGNATURE with `share` of its values changed, strewn without a pattern."""
    strewn = sorted(range(len(SIGNATURE)), key=lambda position: digest(str(position)))
    positions = set(strewn[: round(share * len(SIGNATURE))])
    return tuple(value + 10**6 * seed if index in positions else value for index, value in enumerate(SIGNATURE))


def test_similarity_of_signatures() -> None:
    assert similarity(SIGNATURE, SIGNATURE) == 1
    assert similarity(SIGNATURE, altered(0.25)) == 0.75
    assert similarity(SIGNATURE, ()) == 0
    assert similarity(SIGNATURE, SIGNATURE[:64]) == 0


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1), (0.25, 1), (0.4, 1), (0.6, 2), (1.0, 2)])
def test_reprints_are_found_from_the_threshold_on(make: Any, share: float, expected: int) -> None:
    facts = [make.facts(1, signature=SIGNATURE), make.facts(2, signature=altered(share))]
    assert len(set(reprint_groups(facts).values())) == expected


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


def origins_of(*facts: Facts) -> int:
    return len(set(article_origins(facts).values()))


def test_a_reprint_has_the_origin_of_who_published_first(make: Any) -> None:
    first = make.facts(1, signature=SIGNATURE, published="2016-10-21")
    copy = make.facts(2, signature=altered(0.2), published="2016-10-22")
    own = make.facts(3, outlet="Outlet 2")
    found = article_origins([copy, own, first])
    assert found[first.id] == found[copy.id] != found[own.id]


def test_a_credit_is_the_origin(make: Any) -> None:
    agency = make.facts(1, outlet="Zagros Wire")
    assert (
        origins_of(agency, make.facts(2, origin="Zagros Wire Agency"), make.facts(3, origin="zagroswire.com"))
        == 1
    )
    assert origins_of(agency, make.facts(2, origin="Tigris Post")) == 2


def test_articles_of_one_outlet_are_one_origin_and_unknown_ones_their_own(make: Any) -> None:
    assert origins_of(make.facts(1, outlet="A Desk"), make.facts(2, outlet="A Desk")) == 1
    assert origins_of(make.facts(1, outlet=None), make.facts(2, outlet=None)) == 2


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Zagros News", "ZAGROS NEWS AGENCY", True),
        ("The Tigris Post", "Tigris Post", True),
        ("www.tigrispost.com", "Tigris Post", True),
        ("https://zagrosnews.net/en", "Zagros TV", True),
        ("AP", "Associated Press", True),
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
