"""Origins: credits of invented and real outlets, and sentences that only mention a source."""

from pathlib import Path

import pytest

from dateline.clean.credits import read_origin
from dateline.clean.furniture import strip
from dateline.clean.outlets import PATH, agency_of, load_outlet_words, reads_like_outlet, same_outlet
from dateline.errors import DataError
from dateline.model.article import Removed

BODY = "Gunmen stormed a market in Tal Harun on Friday.\n\nPolice said that seven people had died."

# rule, line, outlet, name, kind
CREDITS = [
    ("credit", "Source: Nilewire", None, "Nilewire", "credit"),
    ("credit", "Source: Xinhua | Editor: Li", "Nile Post", "Xinhua", "wire"),
    ("credit", "Source - Reuters", "Nile Post", "Reuters", "wire"),
    ("credit", "Reporting by: Sela Okot | Source: Bor Times", "Nile Post", "Bor Times", "credit"),
    ("byline", "By S. Okot, VOA", "Nile Post", "VOA", "wire"),
    ("byline", "By Reuters", "Nile Post", "Reuters", "wire"),
    ("byline", "By SELA OKOT, Associated Press", "Nile Post", "AP", "wire"),
    ("byline", "Sela Okot | Agence France-Presse", "Nile Post", "AFP", "wire"),
    ("byline", "By Sela Okot, Bor Times", "Nile Post", "Bor Times", "credit"),
    ("credit", "This article first appeared in The Bor Times on Monday.", None, "The Bor Times", "credit"),
    ("credit", "This story was originally published by Radio Bor.", "Nile Post", "Radio Bor", "credit"),
    ("credit", "Courtesy of Bor Times", "Nile Post", "Bor Times", "credit"),
    ("credit", "Republished with permission from BorTimes.com", "Nile Post", "BorTimes.com", "credit"),
    ("copyright", "Copyright 2014 The Associated Press. All rights reserved.", "Nile Post", "AP", "wire"),
    ("outlet", "- AFP -".strip("- "), "Nile Post", "AFP", "wire"),
]


@pytest.mark.parametrize(("rule", "line", "outlet", "name", "kind"), CREDITS)
def test_credit(rule: str, line: str, outlet: str | None, name: str, kind: str) -> None:
    origin = read_origin(BODY, [Removed(rule, line)], outlet)
    assert origin is not None
    assert (origin.name, origin.kind) == (name, kind)
    assert origin.text == line


@pytest.mark.parametrize(
    ("rule", "line", "outlet"),
    [
        ("credit", "Reporting by: Sela Okot | Source: Nile News", "NileNews.com"),
        ("credit", "Reuters contributed to this report.", "Nile Post"),
        ("byline", "By Sela Okot June 26, 2017", None),
        ("byline", "By Reuters", "reuters"),
        ("byline", "By The Associated Press", "AP"),
        ("copyright", "© 2014 Bor Times", "Nile Post"),
        ("caption", "A burned stall. (AFP)", "Nile Post"),
        ("related", "Source: Bor Times", "Nile Post"),
    ],
)
def test_no_origin(rule: str, line: str, outlet: str | None) -> None:
    assert read_origin(BODY, [Removed(rule, line)], outlet) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BOR (Reuters) - Gunmen stormed a market.", "Reuters"),
        ("Bor (BorTimes.com) Gunmen stormed a market.", "BorTimes.com"),
        (BODY + " (AFP)", "AFP"),
        (BODY + "\n\n— Anadolu Agency", "Anadolu Agency"),
        (BODY + "\n\nThis story was originally published by Radio Bor.", "Radio Bor"),
    ],
)
def test_origin_at_the_edge_of_the_text(text: str, name: str) -> None:
    origin = read_origin(text, (), "Nile Post")
    assert origin is not None
    assert origin.name == name


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        BODY + "\n\nThe report was published on Monday by the ministry.",
        BODY + "\n\nThe sources: they said no.",
        BODY + "\n\nBor Times quoted a farmer as saying that the men had left.",
        BODY + "\n\nThe army, he told AFP, had fled (on foot).",
        "",
    ],
)
def test_mentions_are_no_origin(text: str) -> None:
    assert read_origin(text, (), "Nile Post") is None


def test_credit_of_a_stripped_page() -> None:
    stripped = strip(BODY + "\n\nSource: Bor Times\n\nLeave a Reply")
    origin = read_origin(stripped.text, stripped.removed, stripped.outlet)
    assert origin is not None
    assert (origin.name, origin.text) == ("Bor Times", "Source: Bor Times")


def test_names_of_one_outlet() -> None:
    assert same_outlet("NileNews.com", "nile news")
    assert same_outlet("The Associated Press", "AP")
    assert same_outlet("www.bortimes.co.uk", "Bor Times")
    assert not same_outlet("Bor Times", "Bor Post")
    assert agency_of("Agence France-Presse") == "AFP"
    assert agency_of("Sela Okot") is None
    assert agency_of("Beta") is None
    assert agency_of("Beta News Agency") == "Beta"


@pytest.mark.parametrize("name", ["Nile News", "Radio Bor", "bortimes.com", "The Bor Times", "RFE/RL"])
def test_reads_like_an_outlet(name: str) -> None:
    assert reads_like_outlet(name)


@pytest.mark.parametrize("name", ["", "Sela Okot", "Bor", "the news was bad", "Ministry of Defence"])
def test_reads_like_no_outlet(name: str) -> None:
    assert not reads_like_outlet(name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("outlet_words: [news]", "are needed"),
        ("agencies: {}\noutlet_words: [news]\nnot_places: [update]", "no other list"),
        ("outlet_words: []\nnot_places: [update]", "not a list of words"),
    ],
)
def test_loader_refuses_broken_names(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / PATH.name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_outlet_words(path)
