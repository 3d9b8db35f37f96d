"""What others say of an event: before and after it is told, and of which event they say it."""

import msgspec

from dateline.model.article import Article
from dateline.model.ids import MentionId
from dateline.model.mention import Argument, Attribution, Mention
from dateline.model.values import Status, make_status
from dateline.resolve.positions import denied_by_source, read_positions, with_positions
from tests.resolve.articles import make_article


def mention(article: Article, trigger: str, source: str = "", cue: str = "", target: str = "") -> Mention:
    def span(wording: str, start: int = 0) -> object:
        at = article.text.index(wording, start)
        return article.span(at, at + len(wording))

    start = article.text.index(trigger)
    own = (Attribution(span(cue), span(source), article.span(0, len(article.text))),) if source else ()  # type: ignore[arg-type]
    arguments = (Argument("target", span(target), 0.9),) if target else ()  # type: ignore[arg-type]
    return Mention(
        id=MentionId(f"men_{start}"),
        article=article.id,
        sentence=article.sentence_at(start) or 0,
        type="air_strike",
        trigger=article.span(start, start + len(trigger)),
        arguments=arguments,
        status=Status(),
        attributions=own,
    )


def test_a_denial_before_the_event_stands_beside_it() -> None:
    article = make_article("The army denied that its jets hit a clinic. Medics said the strike killed nine.")
    denied = mention(article, "hit", "The army", "denied")
    told = mention(article, "strike", "Medics", "said")
    found = read_positions(article, [denied, told])
    assert [(one.speaker.text if one.speaker else None, one.stance) for one in found[told.id]] == [
        ("The army", "denies")
    ]
    assert denied.id not in found
    other = make_article("The army denied that its jets hit a clinic. Medics said a strike killed nine.")
    pair = [mention(other, "hit", "The army", "denied"), mention(other, "strike", "Medics", "said")]
    assert read_positions(other, pair) == {}


def test_a_denial_of_another_attack_is_not_about_the_one_before() -> None:
    text = "Jets hit a convoy. The rebels denied involvement in the attack on the market."
    article = make_article(text)
    convoy = mention(article, "hit")
    market = mention(article, "attack", "The rebels", "denied", target="the market")
    assert read_positions(article, [convoy, market]) == {}
    plain = make_article("Jets hit a convoy. The rebels denied involvement in the attack.")
    again = [mention(plain, "hit"), mention(plain, "attack", "The rebels", "denied")]
    assert [one.stance for one in read_positions(plain, again)[again[0].id]] == ["denies"]


def test_a_speaker_of_two_verbs_is_known_from_the_coder() -> None:
    text = "The group shot down a drone. The coalition confirmed the loss but denied that it was shot."
    article = make_article(text)
    event = mention(article, "shot down")
    assert read_positions(article, [event]) == {}
    coalition = mention(article, "loss", "The coalition", "denied").attributions
    assert [one.stance for one in read_positions(article, [event], coalition)[event.id]] == ["denies"]


def test_nobody_takes_no_position() -> None:
    article = make_article("A bomb hit a bus. No group claimed responsibility.")
    assert read_positions(article, [mention(article, "hit")]) == {}


def test_who_denies_a_part_does_not_deny_the_event() -> None:
    article = make_article("The rebels denied involvement in the attack.")
    event = mention(article, "attack", "The rebels", "denied")
    assert denied_by_source(article, event) == "part"
    status = with_positions(make_status(polarity="denied"), (), "part")
    assert (status.polarity, status.contested) == ("affirmed", True)


def test_a_denial_that_tells_what_it_denies_is_not_about_what_stood_before() -> None:
    article = make_article("Rebels seized the capital. A leader, Omar Qasim, vehemently denied that it fell.")
    seized = mention(article, "seized")
    fell = msgspec.structs.replace(
        mention(article, "fell", "Omar Qasim", "denied", target="it"),
        status=make_status("occurred", "denied", "stated", "news"),
    )
    told = [seized, fell]
    assert [one.stance for one in read_positions(article, told)[seized.id]] == ["denies"]  # only "it"
    port = make_article(
        "Rebels seized the capital. A leader, Omar Qasim, vehemently denied that the port fell."
    )
    again = msgspec.structs.replace(
        mention(port, "fell", "Omar Qasim", "denied", target="the port"),
        status=make_status("occurred", "denied", "stated", "news"),
    )
    assert read_positions(port, [mention(port, "seized"), again]) == {}
    flight = make_article("Rebels seized the capital. The army denied reports that its soldiers had fled.")
    fled = msgspec.structs.replace(
        mention(flight, "fled", "The army", "denied"),
        status=make_status("occurred", "denied", "stated", "news"),
        arguments=(Argument("actor", flight.span(56, 68)),),
    )
    assert fled.arguments[0].span.text == "its soldiers"
    assert read_positions(flight, [mention(flight, "seized"), fled]) == {}


def test_an_adverb_is_no_speaker() -> None:
    article = make_article("Jets hit a convoy. The rebels have repeatedly denied involvement.")
    told = mention(article, "hit")
    (heard,) = read_positions(article, [told])[told.id]
    assert heard.speaker is not None and heard.speaker.text == "The rebels"
