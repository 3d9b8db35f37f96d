"""Reconciling two captures of one article: worked cases and the laws of a join."""

from functools import reduce
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dateline.model.article import Origin, Published
from dateline.store.reconcile import reconcile


def dated(make: Any, date: str | None, precision: Any = "day", rule: str = "json-ld") -> Any:
    return make.article(1, published=Published(date=date, precision=precision, rule=rule))


def test_the_user_s_date_replaces_any_other(make: Any) -> None:
    found, given_ = dated(make, "2016-10-22"), dated(make, "2016-11", "month", "given")
    assert reconcile(found, given_).published == given_.published
    assert reconcile(given_, found).published == given_.published


def test_known_beats_unknown_and_finer_beats_coarser(make: Any) -> None:
    unknown, month, day = (
        dated(make, None, "unknown"),
        dated(make, "2016-10", "month"),
        dated(make, "2016-10-22"),
    )
    assert reconcile(unknown, month).published.date == "2016-10"
    assert reconcile(day, month).published.date == "2016-10-22"
    unknown_given = dated(make, None, "unknown", "given")
    assert reconcile(unknown_given, month).published.date == "2016-10"


def test_other_fields_keep_what_is_known(make: Any) -> None:
    origin = Origin(name="Zagros Wire", kind="wire")
    bare = make.article(1, locator="b.txt")
    full = make.article(1, locator="c.txt", byline="A. N.", origin=origin)
    kept = reconcile(bare, full)
    assert (kept.byline, kept.origin, kept.locator) == ("A. N.", origin, "b.txt")


CAPTURES = st.lists(
    st.tuples(
        st.sampled_from([(None, "unknown"), ("2016", "year"), ("2016-10-22", "day"), ("2016-10-21", "day")]),
        st.sampled_from(["json-ld", "url", None]),
        st.sampled_from([None, "A. N.", "B. M."]),
        st.sampled_from(["a.txt", "b.txt"]),
        st.sampled_from([(), (1, 2)]),
    ),
    min_size=1,
    max_size=3,
)


@given(captures=CAPTURES)
def test_the_order_makes_no_difference(make: Any, captures: list[Any]) -> None:
    articles = [
        make.article(
            1, published=Published(date=date, precision=precision, rule=rule), byline=byline, locator=locator,
            signature=signature,
        )
        for (date, precision), rule, byline, locator, signature in captures
    ]  # fmt: skip
    results = [reduce(reconcile, order) for order in permutations(articles)]
    assert all(result == results[0] for result in results)
    assert reconcile(results[0], articles[0]) == results[0]


def test_the_later_word_of_the_user_replaces_the_earlier(make: Any) -> None:
    first = dated(make, "2016-10-22", "day", "given")
    second = dated(make, "2016-10-23", "day", "given")
    assert reconcile(first, second).published.date == "2016-10-23"
    assert reconcile(second, first).published.date == "2016-10-22"
