"""Sources: the chain from the outlet inward, and what kind of source a wording is."""

import msgspec
import pytest

from dateline.clean import article_of
from dateline.model.article import Origin
from dateline.model.ids import MentionId
from dateline.model.mention import Attribution, Mention
from dateline.model.values import Chain, Status
from dateline.resolve.actors import read_context
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.sources import read_chain, read_speakers
from dateline.resolve.voices import read_voices


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def chain(
    catalogue: Catalogue, text: str, *sources: str, outlet: str | None = None, origin: Origin | None = None
) -> Chain:
    """Return the chain of a mention in `text` that is attributed to `sources`, outermost first."""
    whole = article_of(text, sentences=[(0, len(text))])
    article = msgspec.structs.replace(whole, outlet=outlet, origin=origin)
    spans = [article.span(text.index(source), text.index(source) + len(source)) for source in sources]
    mention = Mention(
        id=MentionId("men_test"),
        article=article.id,
        sentence=0,
        type="attack",
        trigger=article.span(0, 1),
        arguments=(),
        status=Status(),
        attributions=tuple(Attribution(span, span, span) for span in spans),
    )
    voices = read_voices(article, [mention])
    return read_chain(mention, read_speakers(article, voices, read_context(article, catalogue), catalogue))


def test_hearsay_of_hearsay_is_a_chain(catalogue: Catalogue) -> None:
    text = "Okaz newspaper quoted trusted security sources as saying that a convoy was hit."
    links = chain(catalogue, text, "Okaz newspaper", "trusted security sources", outlet="HarbourPost.com")
    assert [(link.name, link.kind) for link in links] == [
        ("HarbourPost.com", "outlet"),
        ("Okaz", "newspaper"),
        ("trusted security sources", "anonymous"),
    ]
    assert links[0].start is None
    assert links[0].text is None
    for link in links[1:]:
        assert link.start is not None
        assert text[link.start : link.end] == link.text


def test_the_origin_stands_between_outlet_and_source(catalogue: Catalogue) -> None:
    origin = Origin(name="Reuters", kind="wire", text="(Reuters)")
    links = chain(catalogue, "Police said so.", "Police", outlet="Harbour Post", origin=origin)
    assert [(link.name, link.kind) for link in links] == [
        ("Harbour Post", "outlet"),
        ("Reuters", "wire"),
        ("Police", "police"),
    ]


def test_an_unknown_outlet_has_no_link(catalogue: Catalogue) -> None:
    assert chain(catalogue, "Nobody said so.") == ()


@pytest.mark.parametrize(
    ("outlet", "told"),
    [
        ("Voice of America", "VOA"),
        ("VOA", "Voice of America"),
        ("IraqiNews.com", "Iraqi News"),
        ("www.rudaw.net", "Rudaw"),
    ],
)
def test_who_was_told_is_not_repeated(catalogue: Catalogue, outlet: str, told: str) -> None:
    links = chain(catalogue, f"Nadia Karam told {told} that shells fell.", told, "Nadia Karam", outlet=outlet)
    assert [link.name for link in links] == [outlet, "Nadia Karam"]


def test_a_reprint_under_the_same_name_is_one_link(catalogue: Catalogue) -> None:
    origin = Origin(name="ARA News", kind="credit", text="Source: ARA News")
    assert [link.name for link in chain(catalogue, "x", outlet="ARA News", origin=origin)] == ["ARA News"]


@pytest.mark.parametrize(
    ("wording", "kind"),
    [
        ("reliable security sources", "anonymous"),
        ("a police source", "anonymous"),
        ("an official who spoke on condition of anonymity", "anonymous"),
        ("local sources", "local"),
        ("tribal elders", "local"),
        ("police", "police"),
        ("the police chief of Garissa", "police"),
        ("a military spokesman", "military"),
        ("the army", "military"),
        ("Brigadier General Tariq Nasser", "military"),
        ("Colonel Ruth Banda, a spokeswoman for the army", "military"),
        ("the Iraqi government", "official"),
        ("the governor of Borno", "official"),
        ("Iraqi Prime Minister Haider al-Abadi", "official"),
        ("witnesses", "witness"),
        ("residents of the village", "witness"),
        ("a survivor", "witness"),
        ("analysts", "analyst"),
        ("Peter Lund, a researcher at a think tank", "analyst"),
        ("the Islamic State", "armed_group"),
        ("al-Shabaab", "armed_group"),
        ("Amaq", "group_media"),
        ("the group's media wing", "group_media"),
        ("state television", "state_media"),
        ("AFP", "wire"),
        ("a news agency", "wire"),
        ("the prison agency", "official"),
        ("the U.N. refugee agency", "organisation"),
        ("TASS", "state_media"),
        ("a local newspaper", "newspaper"),
        ("a radio station", "broadcaster"),
        ("social media users", "social_media"),
        ("a war monitor", "monitor"),
        ("the Syrian Observatory for Human Rights", "monitor"),
        ("OCHA", "organisation"),
        ("Human Rights Watch", "monitor"),
        ("a rights group", "organisation"),
        ("a statement", "document"),
        ("an army statement", "document"),
        ("a UN report", "document"),
        ("Nadia Karam", "person"),
        ("something odd", "unknown"),
    ],
)
def test_kinds(catalogue: Catalogue, wording: str, kind: str) -> None:
    (link,) = chain(catalogue, f"{wording} said that shells fell.", wording)
    assert link.kind == kind


def test_blanks_and_quotes_are_left_out_of_the_link(catalogue: Catalogue) -> None:
    text = "According to “witnesses”, shells fell."
    (link,) = chain(catalogue, text, " “witnesses”, ")
    assert (link.text, link.kind) == ("witnesses", "witness")
