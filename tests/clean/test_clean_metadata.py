"""Metadata: what a page declares of itself, and in which order its dates are trusted."""

import json

import pytest
from resiliparse.parse.html import HTMLTree

from dateline.clean.metadata import Metadata, read_metadata, strip_suffix
from dateline.clean.published import Found


def read(head: str = "", body: str = "<h1>Army enters town</h1>", *, address: str | None = None) -> Metadata:
    return read_metadata(
        HTMLTree.parse(f"<html lang='en-GB'><head>{head}</head><body>{body}</body></html>"), address
    )


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_linked_data_gives_headline_people_and_date() -> None:
    found = read(
        linked(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": "Army &amp; militia enter town",
                "datePublished": "2017-06-26T14:05:00Z",
                "dateModified": "2017-06-28T14:05:00Z",
                "author": [
                    {"@type": "Person", "name": "Salma Deeb"},
                    {"@type": "Person", "name": "Idris Kone"},
                ],
                "publisher": {"@type": "Organization", "name": "Northern Herald"},
                "inLanguage": "en",
            }
        ),
        "<p>text</p>",
    )
    assert found.title == "Army & militia enter town"
    assert found.byline == "Salma Deeb, Idris Kone"
    assert found.outlet == "Northern Herald"
    assert found.language == "en"
    assert found.dates == (Found("json-ld", "2017-06-26T14:05:00Z"),)


def test_the_article_of_a_graph_goes_before_its_page() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "Northern Herald", "datePublished": "2001-01-01"},
            {"@type": "WebPage", "datePublished": "2017-06-27"},
            {"@type": ["Article", "NewsArticle"], "datePublished": "2017-06-26"},
        ]
    }
    assert [found.text for found in read(linked(graph)).dates] == ["2017-06-26", "2017-06-27"]


def test_other_stories_in_a_list_give_no_date() -> None:
    listing = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "NewsArticle", "datePublished": "2015-01-01"}],
    }
    assert read(linked(listing)).dates == ()


def test_broken_linked_data_gives_its_date_only_where_there_is_one() -> None:
    broken = '<script type="application/ld+json">{"@type": "Article", "datePublished": "2017-06-26", </script>'
    assert read(broken).dates == (Found("json-ld", "2017-06-26"),)
    assert read(broken + broken.replace("26", "27")).dates == ()


@pytest.mark.parametrize(
    "value", ["[" * 5000, '{"@graph":' * 50 + "1" + "}" * 50, "null", '"x"', "NaN", "[1, 2]", ""]
)
def test_odd_linked_data_is_survived(value: str) -> None:
    assert read(f'<script type="application/ld+json">{value}</script>').dates == ()


def test_a_modification_is_never_a_publication() -> None:
    head = (
        '<meta property="article:modified_time" content="2017-06-28">'
        '<meta property="og:updated_time" content="2017-06-28"><meta name="last-modified" content="2017-06-28">'
    ) + linked({"@type": "Article", "dateModified": "2017-06-28"})
    body = '<h1>Army enters town</h1><time itemprop="dateModified" datetime="2017-06-28">28 June</time>'
    assert read(head, body).dates == ()


def test_dates_stand_in_the_order_of_trust() -> None:
    head = (
        '<meta name="date" content="2017-06-04"><meta property="article:published_time" content="2017-06-02">'
        '<meta name="DC.date.issued" content="2017-06-03">'
    ) + linked({"@type": "NewsArticle", "datePublished": "2017-06-01"})
    body = (
        '<article><header><h1>Army enters town</h1><time datetime="2017-06-06">6 June</time></header>'
        '<span itemprop="datePublished" content="2017-06-05">5 June</span></article>'
    )
    found = read(head, body, address="https://example.org/2017/06/07/army")
    assert [(item.rule, item.text[-2:]) for item in found.dates] == [
        ("json-ld", "01"),
        ("opengraph", "02"),
        ("meta", "03"),
        ("meta", "04"),
        ("microdata", "05"),
        ("time", "06"),
        ("url", "07"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<h1>Army enters town</h1><aside><time datetime="2015-01-01">2015</time></aside>',
        '<h1>Army enters town</h1><div class="related"><time datetime="2015-01-01">2015</time></div>',
        '<h1>Army enters town</h1><ol class="comment-list"><li><time datetime="2015-01-01">x</time></li></ol>',
        '<h1>Army enters town</h1><footer><time datetime="2015-01-01">2015</time></footer>',
        '<h1>Army enters town</h1><p class="updated"><time datetime="2015-01-01">2015</time></p>',
    ],
)
def test_times_of_other_things_are_passed_over(body: str) -> None:
    assert read(body=f"<main><div>{body}</div></main>").dates == ()


@pytest.mark.parametrize(
    ("title", "outlet", "left"),
    [
        ("Army enters town | Northern Herald", "Northern Herald", "Army enters town"),
        ("Army enters town - The Northern Herald", "Northern Herald", "Army enters town"),
        ("Northern Herald: Army enters town", "Northern Herald", "Northern Herald: Army enters town"),
        ("Northern Herald » Army enters town", "Northern Herald", "Army enters town"),
        ("Army enters town - northernherald.com", "Northern Herald", "Army enters town"),
        ("Army enters town - witnesses", "Northern Herald", "Army enters town - witnesses"),
        ("Army enters town - Northern Herald", None, "Army enters town - Northern Herald"),
        ("A - B - Northern Herald", "Northern Herald", "A - B"),
        ("Northern Herald", "Northern Herald", "Northern Herald"),
        ("", "Northern Herald", None),
        (None, None, None),
    ],
)
def test_the_outlets_name_is_cut_from_titles(title: str | None, outlet: str | None, left: str | None) -> None:
    assert strip_suffix(title, outlet) == left


def test_outlets_and_people_are_named_plainly() -> None:
    head = (
        '<meta property="og:site_name" content="Northern Herald | News you can check">'
        '<meta name="author" content="By Salma Deeb">'
    )
    found = read(head)
    assert (found.outlet, found.byline) == ("Northern Herald", "Salma Deeb")
    assert (
        read('<meta property="og:site_name" content="https://www.herald.example/">').outlet == "herald.example"
    )
    assert read('<meta name="author" content="https://social.example/herald">').byline is None
    assert read('<meta name="author" content="admin">').byline is None


def test_entities_and_unseen_characters_are_read() -> None:
    found = read('<meta property="og:title" content="Army&amp;#39;s  &quot;final&quot;\u200b push">')
    assert found.title == 'Army\'s "final" push'


def test_the_canonical_address_wins_over_where_it_was_got() -> None:
    found = read(
        '<link rel="canonical" href="https://herald.example/army">', address="https://m.herald.example/army?x=1"
    )
    assert found.url == "https://herald.example/army"
    assert (
        read('<link rel="canonical" href="/army">', address="https://herald.example/1").url
        == "https://herald.example/1"
    )
    assert read().url is None
    assert read().language == "en-GB"
