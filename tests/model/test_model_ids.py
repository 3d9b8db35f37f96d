"""Ids are the same on every machine, in every version: the golden values here must never change."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.model.capture import Declared, make_capture
from dateline.model.ids import (
    ReportId,
    article_id,
    digest,
    event_id,
    mention_id,
    origin_id,
    report_id,
    sha256,
    verdict_id,
)

TEXTS = st.text(max_size=20)


def test_golden_values() -> None:
    article = article_id("Gunmen attacked.", "Attack", "Tigris Post", "https://tigris-post.example/1")
    mention = mention_id(article, "assault", 7, 15)
    assert article == "art_eigiffufo76sfxlw"
    assert mention == "men_mgkboxd3q4euhnkp"
    assert report_id(mention) == "rep_mgkboxd3q4euhnkp"
    assert event_id([report_id(mention)]) == "evt_msud4vjkiqwsw7qz"
    assert origin_id("outlet", "Tigris Post") == "org_qf53gjbgbjngd3gn"
    assert verdict_id("reject", "rep_1", "A. Reader") == "ver_ka5ufr4lo2yaeylz"
    assert make_capture(b"Gunmen attacked.", "text/plain", "a.txt").id == "cap_c5nnl2gl5iqlw76s"


def test_sha256_is_the_published_one() -> None:
    """FIPS 180-2, appendix B.1: the message "abc"."""
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256(b"abc") == sha256("abc")


@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=5))
def test_digests_tell_parts_apart(left: list[str], right: list[str]) -> None:
    assert (digest(*left) == digest(*right)) == (left == right)


def test_digests_are_sixteen_letters_and_take_any_text() -> None:
    for text in ("", "a", "\ud800", "كركوك", "x" * 10_000):
        found = digest(text)
        assert len(found) == 16
        assert set(found) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")


@given(st.lists(TEXTS.map(ReportId), min_size=1, max_size=5, unique=True), st.randoms())
def test_an_event_is_its_reports_in_any_order(reports: list[ReportId], order: object) -> None:
    shuffled = list(reports)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert event_id(shuffled) == event_id(reports)


def test_where_an_article_was_found_is_not_its_identity() -> None:
    here = make_capture(b"text", "text/plain", "a.txt", declared=Declared(outlet="Tigris Post"))
    there = make_capture(b"text", "text/plain", "b/c.txt", declared=Declared(outlet="Tigris Post"))
    other = make_capture(b"text", "text/plain", "a.txt", declared=Declared(outlet="Zagros Wire"))
    assert here.id == there.id != other.id
