"""Datelines: heads of many agencies and outlets, and openings that only look like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean.dispatch import read_dateline, read_head

# head, place, outlet, date
HEADS = [
    ("Bor – Gunmen stormed", "Bor", None, None),
    ("JUBA, South Sudan (Nile Post) - Gunmen stormed", "JUBA, South Sudan", "Nile Post", None),
    ("Bor (NileNews.com) The army left", "Bor", "NileNews.com", None),
    ("JUBA -- Gunmen stormed", "JUBA", None, None),
    ("Tripoli ( – A group of men", "Tripoli", None, None),
    ("Tripoli () – A group of men", "Tripoli", None, None),
    ("SAN MARTIN, 3 MAY 89 (NILE RADIO) -- GUNMEN STORMED", "SAN MARTIN", "NILE RADIO", "3 MAY 89"),
    ("ROME (ITALY), 11 MAY 89 -- THE ENVOY", "ROME (ITALY)", None, "11 MAY 89"),
    ("HAVANA (CUBA), 10 MAY 89 (WORLD SERVICE) -- THE ENVOY", "HAVANA (CUBA)", "WORLD SERVICE", "10 MAY 89"),
    ("CLANDESTINE, 20 MAY 89 (RADIO NILE) -- WE HAVE", None, "RADIO NILE", "20 MAY 89"),
    ("(Reuters) — Gunmen stormed", None, "Reuters", None),
    ("MAIDUGURI, Nigeria, June 3 — Gunmen stormed", "MAIDUGURI, Nigeria", None, "June 3"),
    ("BAGHDAD, Oct. 3 (Xinhua) -- Two men", "BAGHDAD", "Xinhua", "Oct. 3"),
    ("GAZA/JERUSALEM (Reuters) - Ten men", "GAZA/JERUSALEM", "Reuters", None),
    ("QUETTA: Two people", "QUETTA", None, None),
    ("Al-Hasakah – Clashes broke out", "Al-Hasakah", None, None),
    ("Port au Prince – A gang", "Port au Prince", None, None),
    ("Geneva/Juba, 12 March 2014 – The UN", "Geneva/Juba", None, "12 March 2014"),
    ("Washington, D.C. – The envoy", "Washington, D.C.", None, None),
    ("ST. LOUIS (AP) — A man", "ST. LOUIS", "AP", None),
    ("Mogadishu (HOL) - Two men", "Mogadishu", "HOL", None),
    ("KABUL, Afghanistan — “We ran,” one said", "KABUL, Afghanistan", None, None),
    ("NEAR TAL HARUN, Iraq (AP) — The road", "NEAR TAL HARUN, Iraq", "AP", None),
    ("Kyiv ( Reuters ) - Two men", "Kyiv", "Reuters", None),
]

NOT_HEADS = [
    "Islamic State (ISIS) militants attacked",
    "Popular Mobilization Forces (PMF) Commander Aziz left",
    "President Karim – a former general – left",
    "UPDATE: Two people died",
    "HOST: When did you know?",
    "WARDAK: They came at night.\n\nQ: Who did?\n\nWARDAK: Nobody knows.",
    "Press Release – The army left",
    "Iraq's army – The end",
    "IS – The group",
    "Idris Mako (45) The farmer",
    "By Sela Okot – The army left",
    "A man was killed – The army left",
    "The army left Bor on Friday. It – The end",
    "",
    "(",
    "– The army left",
]


@pytest.mark.parametrize(("text", "place", "outlet", "date"), HEADS)
def test_head(text: str, place: str | None, outlet: str | None, date: str | None) -> None:
    head = read_head(text)
    assert head is not None
    found = [span.text if span else None for span in (head.place, head.outlet, head.date)]
    assert found == [place, outlet, date]
    assert text[head.end :][:1].isupper() or text[head.end :].startswith("“")


@pytest.mark.parametrize("text", NOT_HEADS)
def test_no_head(text: str) -> None:
    assert read_dateline(text) is None


def test_dateline_below_a_summary() -> None:
    text = "Seven die in raid, police say.\n\nJUBA (Nile Post) - Gunmen stormed a market."
    dateline = read_dateline(text)
    assert dateline is not None
    assert dateline.place is not None
    assert text[dateline.place.start : dateline.place.end] == "JUBA"
    assert dateline.outlet is not None
    assert dateline.outlet.text == "Nile Post"


def test_name_and_dash_below_a_summary_are_not_enough() -> None:
    assert read_dateline("Seven die in raid, police say.\n\nIdris Mako – The chief of police.") is None


@given(st.text(alphabet="AaBb (),.–-:\n3MAY", max_size=120))
@settings(max_examples=120, deadline=None)
def test_spans_lie_in_the_text(text: str) -> None:
    head = read_head(text)
    for span in (head.place, head.outlet, head.date) if head else ():
        assert span is None or text[span.start : span.end] == span.text != ""


@pytest.mark.parametrize("piece", ["A", "A ", "(", "A, ", "A.", "–", "3 MAY "])
def test_hostile_heads_are_read(piece: str) -> None:
    text = piece * 100_000
    head = read_head(text)
    assert head is None or head.end <= len(text)
