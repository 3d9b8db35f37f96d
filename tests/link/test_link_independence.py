"""How many independent origins tell of an event, and why two articles count as one."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link.events import link
from dateline.link.facts import Facts
from dateline.link.independence import Evidence, Independence, trace
from dateline.link.origins import text_roots
from dateline.link.words import outlet_key
from dateline.model.ids import ReportId
from dateline.model.quotations import Quotation
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.values import Link

SIGNATURE = tuple(range(1000, 1128))
STATEMENT = "Our men held the bridge through the night and drove the attackers back"


def traced(reports: list[Report], *facts: Facts, **more: Any) -> Independence:
    """Trace `reports`; facts that are not given are those of the reports' articles."""
    known = {
        report.article.id: Facts(
            report.article.id, report.article.outlet, report.article.published, report.article.origin
        )
        for report in reports
    }
    known.update({fact.id: fact for fact in facts})
    return trace(reports, Evidence(known, text_roots(known.values()), **more))


def counted(found: Independence) -> int:
    return found.count(found.origin)


def kinds(found: Independence) -> list[tuple[str, str, str]]:
    return [(tie.kind, tie.left, tie.right) for tie in found.ties]


def test_copies_are_one_origin_and_the_likeness_is_told(make: Any) -> None:
    facts = [make.facts(number, signature=SIGNATURE) for number in (1, 2)]
    found = traced([make.report(1), make.report(2), make.report(3)], *facts)
    assert counted(found) == 2
    (tie,) = found.ties
    assert (tie.kind, tie.left, tie.right) == ("reprint", "art_0001", "art_0002")
    assert tie.why == "the same words: 100% of both texts alike, as estimated"


def test_a_credit_ties_to_the_outlet_and_to_others_that_credit_it(make: Any) -> None:
    wire = make.report(1, outlet="Zagros Wire")
    crediting = [make.report(number, origin="Zagros Wire Agency") for number in (2, 3)]
    found = traced([wire, *crediting])
    assert counted(found) == 1
    assert kinds(found) == [("credit", "art_0001", "art_0002"), ("credit", "art_0001", "art_0003")]
    assert found.ties[0].why == "credits “Zagros Wire Agency”"
    assert traced(crediting).ties[0].why == "both credit “Zagros Wire Agency”"


def test_who_only_cites_has_the_origin_of_whom_it_cites(make: Any) -> None:
    paper = make.report(1, outlet="Rafidain Courier")
    citing = make.report(2, chain=(Link(name="Outlet 2", kind="outlet"), make.media("Rafidain Courier")))
    found = traced([paper, citing])
    assert counted(found) == 1
    assert found.ties[0].kind == "citing"
    assert found.ties[0].why == "cites “Rafidain Courier”"
    assert counted(traced([citing])) == 1


def test_what_is_cited_beside_an_own_account_is_no_root_of_its_own(make: Any) -> None:
    paper = make.report(1, outlet="Rafidain Courier")
    own = make.report(2, article="art_x", outlet="Desk")
    citing = make.report(3, article="art_x", outlet="Desk", start=90, chain=(make.media("Rafidain Courier"),))
    found = traced([paper, own, citing])
    assert counted(found) == 2
    assert found.origin[citing.id] == found.origin[paper.id] != found.origin[own.id]
    assert found.ties == ()
    assert counted(traced([own, citing])) == 1


def test_one_article_that_cites_two_papers_is_one_origin_unless_they_are_there(make: Any) -> None:
    citing = [
        make.report(number, article="art_x", outlet="Desk", start=number * 50, chain=(make.media(name),))
        for number, name in ((1, "Rafidain Courier"), (2, "Tigris Post"))
    ]
    assert counted(traced(citing)) == 1
    papers = [make.report(3, outlet="Rafidain Courier"), make.report(4, outlet="Tigris Post")]
    assert counted(traced([*citing, *papers])) == 2


def test_an_outlet_that_reprints_one_text_and_writes_another_has_its_own(make: Any) -> None:
    wire = make.facts(1, outlet="Zagros Wire", published="2016-10-21", signature=SIGNATURE)
    reprint = make.facts(2, outlet="Desk", published="2016-10-22", signature=SIGNATURE)
    reports = [
        make.report(1, outlet="Zagros Wire"),
        make.report(2, outlet="Desk"),
        make.report(3, outlet="Desk"),
    ]
    assert counted(traced(reports, wire, reprint)) == 2


def test_two_articles_of_one_outlet_are_one_origin(make: Any) -> None:
    found = traced([make.report(1, outlet="A Desk"), make.report(2, outlet="A Desk")])
    assert counted(found) == 1
    assert found.ties[0].why == "both by A Desk"
    assert counted(traced([make.report(1, outlet=None), make.report(2, outlet=None)])) == 2


def test_outlets_of_one_owner_are_one_origin(make: Any) -> None:
    owners = {
        outlet_key("Outlet 1"): "the Crown",
        outlet_key("Outlet 2"): "the Crown",
        "outlet3": "nobody else",
    }
    found = traced([make.report(1), make.report(2), make.report(3)], owners=owners)
    assert counted(found) == 2
    assert found.ties[0].kind == "owner"
    assert found.ties[0].why == "Outlet 1 and Outlet 2 have one owner: the Crown"


@pytest.mark.parametrize(
    ("other", "paragraph", "origins"),
    [
        (STATEMENT, (0, 200), 1),
        (f"I can tell you: {STATEMENT.upper()}, and that is that", (0, 200), 1),
        ("Our men held the bridge, and more I will not say to anybody here today", (0, 200), 2),
        (STATEMENT, (300, 400), 2),
        (STATEMENT, (0, 900), 2),
    ],
)
def test_a_quotation_shared_where_the_event_is_told(
    make: Any, other: str, paragraph: tuple[int, int], origins: int
) -> None:
    facts = [
        make.facts(1, quotes=(Quotation(0, 200, STATEMENT),)),
        make.facts(2, quotes=(Quotation(*paragraph, other),)),
    ]
    found = traced([make.report(1), make.report(2)], *facts)
    assert counted(found) == origins
    assert all(tie.kind == "quote" and "bridge" in tie.why.casefold() for tie in found.ties)


def test_who_tells_more_than_a_quotation_has_an_account_of_its_own(make: Any) -> None:
    facts = [make.facts(number, quotes=(Quotation(0, 200, STATEMENT),)) for number in (1, 2)]
    more = make.report(3, article="art_0002", outlet="Outlet 2", start=500)
    assert counted(traced([make.report(1), make.report(2), more], *facts)) == 2


def test_what_only_refers_back_is_no_account_beside_a_quotation(make: Any) -> None:
    facts = [make.facts(number, quotes=(Quotation(0, 200, STATEMENT),)) for number in (1, 2)]
    words = "The attack came at the end of a long week."

    def origins(**given: Any) -> int:
        place = {"article": "art_0002", "outlet": "Outlet 2", "start": 500}
        back = make.report(3, **place, sentence=words, trigger=Span(504, 510, "attack"), **given)
        return counted(traced([make.report(1), make.report(2), back], *facts))

    assert origins() == 1
    assert origins(counts=(make.count(12),)) == 2


def test_an_outlet_of_the_event_is_cited_whatever_it_is_taken_for(make: Any) -> None:
    voice = make.report(1, outlet="Khanaqin Voice")
    link = Link(name="tabloid Khanaqin Voice", kind="person", text="Khanaqin Voice", start=0, end=14)
    citing = make.report(2, chain=(Link(name="Outlet 2", kind="outlet"), link))
    assert counted(traced([voice, citing])) == 1
    assert counted(traced([make.report(1), citing])) == 2


def test_people_say_that_two_are_one_or_two_and_the_later_holds(make: Any) -> None:
    one, two, three = (make.report(number) for number in (1, 2, 3))
    joined = traced([one, two, three], judged=[(one.id, two.id, True)])
    assert counted(joined) == 2
    assert joined.ties[0].kind == "verdict"
    assert counted(traced([one, two], judged=[(one.id, two.id, True), (two.id, one.id, False)])) == 2
    copies = [make.facts(number, signature=SIGNATURE) for number in (1, 2, 3)]
    parted = traced([one, two, three], *copies, judged=[(one.id, two.id, False)])
    assert counted(parted) == 2
    assert counted(traced([one], judged=[(one.id, ReportId("rep_gone"), True)])) == 1


def test_an_event_says_why(make: Any, types: Any) -> None:
    facts = [make.facts(number, signature=SIGNATURE) for number in (1, 2)]
    (event,) = link([make.report(number) for number in (1, 2, 3)], facts, types)
    assert (event.articles, event.outlets, event.origins) == (3, 3, 2)
    assert [tie.kind for tie in event.ties] == ["reprint"]
    owners = {outlet_key(f"Outlet {number}"): "one owner" for number in (1, 2, 3)}
    (event,) = link([make.report(number) for number in (1, 2, 3)], facts, types, owners=owners)
    assert event.origins == 1


# article: outlet, credit, day, text, whom each of its reports cites
ARTICLES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from([None, None, "Outlet 0", "Wire"]),
        st.integers(1, 4),
        st.integers(0, 3),
        st.lists(st.sampled_from([None, None, "Outlet 1", "Wire"]), min_size=1, max_size=2),
    ),
    min_size=1,
    max_size=6,
)
Article = tuple[int, str | None, int, int, list[str | None]]


def made(make: Any, number: int, article: Article) -> tuple[list[Report], Facts]:
    """Return the reports of an article and its facts; the texts 0 and 1 are short and have no signature."""
    outlet, credit, day, text, cited = article
    published = f"2016-10-2{day}"
    reports = [
        make.report(
            number * 10 + place,
            article=f"art_{number:04}",
            outlet=f"Outlet {outlet}",
            origin=credit,
            published=published,
            start=place * 100,
            chain=(make.media(paper),) if paper else (),
        )
        for place, paper in enumerate(cited)
    ]
    signature = tuple(value + 10**4 * text for value in SIGNATURE) if text > 1 else ()
    facts = make.facts(
        number, outlet=f"Outlet {outlet}", origin=credit, published=published, signature=signature
    )
    return reports, facts


def told(make: Any, articles: list[Article]) -> tuple[list[Report], list[Facts]]:
    pairs = [made(make, number, article) for number, article in enumerate(articles, 1)]
    return [report for reports, _ in pairs for report in reports], [facts for _, facts in pairs]


@settings(deadline=None)
@given(articles=ARTICLES, data=st.data())
def test_order_makes_no_difference(make: Any, articles: list[Article], data: st.DataObject) -> None:
    reports, facts = told(make, articles)
    shuffled = data.draw(st.permutations(reports))
    assert traced(reports, *facts) == traced(shuffled, *facts[::-1])


@settings(deadline=None)
@given(articles=ARTICLES)
def test_there_are_no_more_origins_than_articles(make: Any, articles: list[Article]) -> None:
    reports, facts = told(make, articles)
    found = traced(reports, *facts)
    assert 1 <= counted(found) <= len(articles)
    for report in reports:
        assert found.count([report.id]) == 1


@settings(deadline=None, max_examples=200)
@given(
    articles=ARTICLES,
    chosen=st.integers(0, 5),
    outlet=st.integers(0, 4),
    later=st.integers(0, 2),
    data=st.data(),
)
def test_a_copy_never_raises_the_number_of_origins(
    make: Any, articles: list[Article], chosen: int, outlet: int, later: int, data: st.DataObject
) -> None:
    original = articles[chosen % len(articles)]
    _, _, day, text, cited = original
    original = (*original[:3], max(text, 2), cited)
    articles = [*articles[: chosen % len(articles)], original, *articles[chosen % len(articles) + 1 :]]
    credit = data.draw(st.sampled_from([None, f"Outlet {original[0]}", original[1]]))
    copy: Article = (outlet, credit, day + later, original[3], cited)
    before, after = told(make, articles), told(make, [*articles, copy])
    assert counted(traced(after[0], *after[1])) <= counted(traced(before[0], *before[1]))


@settings(deadline=None)
@given(articles=ARTICLES, pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3))
def test_ties_of_people_and_owners_only_lower_it(
    make: Any, articles: list[Article], pairs: list[tuple[int, int]]
) -> None:
    reports, facts = told(make, articles)
    judged = [(reports[a % len(reports)].id, reports[b % len(reports)].id, True) for a, b in pairs]
    plain = counted(traced(reports, *facts))
    assert counted(traced(reports, *facts, judged=judged)) <= plain
    assert counted(traced(reports, *facts, owners={"outlet0": "x", "outlet1": "x"})) <= plain
