"""Who is heard at an event beyond its sentence: in brackets, led back, still quoting, or told of by kind."""

import pytest

from dateline.model.article import Article
from dateline.model.ids import MentionId
from dateline.model.mention import Attribution, Mention
from dateline.model.values import Chain, Status
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.context import read_context
from dateline.resolve.sources import read_chain, read_speakers
from dateline.resolve.voices import heard_by, read_voices, same_person
from tests.resolve.articles import make_article

# Where to look, the source and the cue behind that place.
Said = tuple[str, str, str]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def said(article: Article, where: Said) -> Attribution:
    """Return the attribution of a source and a cue; all of its sentence is content."""
    text = article.text
    start = text.index(where[0])
    source, cue = text.index(where[1], start), text.index(where[2], start)
    content = article.sentences[article.sentence_at(cue) or 0]
    return Attribution(
        article.span(cue, cue + len(where[2])),
        article.span(source, source + len(where[1])),
        article.span(*content),
    )


def mention(article: Article, trigger: str, own: tuple[Said, ...] = ()) -> Mention:
    start = article.text.index(trigger)
    return Mention(
        id=MentionId(f"men_{start}"),
        article=article.id,
        sentence=article.sentence_at(start) or 0,
        type="assault",
        trigger=article.span(start, start + len(trigger)),
        arguments=(),
        status=Status(),
        attributions=tuple(said(article, one) for one in own),
    )


def chain(
    catalogue: Catalogue, text: str, trigger: str, own: tuple[Said, ...] = (), others: tuple[Said, ...] = ()
) -> Chain:
    """Return the chain at `trigger`, whose own sayings are `own`; the text has `others` as well."""
    article = make_article(text)
    found = mention(article, trigger, own)
    voices = read_voices(article, [found], [said(article, one) for one in others])
    return read_chain(found, read_speakers(article, voices, read_context(article, catalogue), catalogue))


def names(links: Chain) -> list[str]:
    return [link.name for link in links]


QUOTED = (("The Harbour", "Harbour Post", "quoted"), ("quoted", "source", "saying"))
STORY = "The Harbour Post quoted a source as saying that a depot burned. The source added that men came."
ADDED = ("The source added", "source", "added")


def test_who_quoted_the_source_before_quotes_it_still(catalogue: Catalogue) -> None:
    assert names(chain(catalogue, STORY, "came", (ADDED,), QUOTED)) == ["Harbour Post", "source"]
    other = STORY.replace("The source added", "A source added")
    added = (("A source added", "source", "added"),)
    assert names(chain(catalogue, other, "came", added, QUOTED)) == ["source"]


def test_a_source_in_another_number_is_another(catalogue: Catalogue) -> None:
    text = STORY.replace("The source added", "The sources added")
    added = (("The sources", "sources", "added"),)
    assert names(chain(catalogue, text, "came", added, QUOTED)) == ["sources"]


def test_they_are_the_sources_who_were_quoted(catalogue: Catalogue) -> None:
    text = (
        "The Harbour Post quoted security sources as saying that a raid was near. The sources gave no day, but "
        "they stressed that gunmen had come."
    )
    others = (
        ("The Harbour", "Harbour Post", "quoted"),
        ("quoted", "security sources", "saying"),
        ("The sources", "sources", "gave"),
    )
    links = chain(catalogue, text, "come", (("but they", "they", "stressed"),), others)
    assert names(links) == ["Harbour Post", "security sources"]


def test_a_saying_in_brackets_covers_its_sentence(catalogue: Catalogue) -> None:
    ruvin = (("Ruvin", "Ruvin", "said"),)
    text = "Guards drove them off, Ruvin said, with help from warplanes that bombed the ridge."
    assert names(chain(catalogue, text, "bombed", (), ruvin)) == ["Ruvin"]
    plain = "Ruvin said guards drove them off. Warplanes bombed the ridge."
    assert names(chain(catalogue, plain, "bombed", (), ruvin)) == []


def test_a_verb_before_its_speaker_is_read_where_no_coder_found_one(catalogue: Catalogue) -> None:
    text = "Troops raided the camp at night, announced the interior ministry in a statement."
    (link,) = chain(catalogue, text, "raided")
    assert (link.name, link.kind) == ("interior ministry", "official")


def test_a_speaker_of_another_paragraph_is_not_heard() -> None:
    text = "“It was a raid,” Ruvin said. “They attacked us.”\n\n“It is calm,” said Talan."
    article = make_article(text)
    found = mention(article, "attacked", (("Ruvin", "Ruvin", "said"), ("said Talan", "Talan", "said")))
    assert [one.source.text for one in heard_by(article, found, ())] in ([], ["Ruvin"])
    assert all(one.source.text != "Talan" for one in heard_by(article, found, found.attributions[:1]))


@pytest.mark.parametrize(
    ("source", "cue"), [("None of the men", "told"), ("The men", "purportedly"), ("The elders", "discuss")]
)
def test_nobody_and_no_saying_are_no_voice(source: str, cue: str) -> None:
    article = make_article(f"{source} {cue} of a raid on the port.")
    assert read_voices(article, [mention(article, "raid", ((source, source, cue),))]) == ()


def test_whom_people_told_before_is_told_still(catalogue: Catalogue) -> None:
    text = "Colonel Tal Ruvin told Reuters that it was calm. Gunmen attacked the port, Ruvin said."
    later = ("Gunmen", "Ruvin", "said")
    links = chain(catalogue, text, "attacked", (later,), (("Colonel", "Colonel Tal Ruvin", "told"), later))
    assert names(links) == ["Reuters", "Tal Ruvin"]
    assert [link.kind for link in links] == ["wire", "military"]


def test_the_agency_is_the_one_that_was_named(catalogue: Catalogue) -> None:
    text = "Reuters reported a blast. The agency said gunmen attacked the port."
    own = (("The agency", "agency", "said"),)
    links = chain(catalogue, text, "attacked", own, (("Reuters", "Reuters", "reported"),))
    assert [(link.name, link.kind) for link in links] == [("Reuters", "wire")]


def test_a_paper_that_is_named_a_sentence_later_is_that_one(catalogue: Catalogue) -> None:
    text = "A Saudi daily warned of a plot to attack the port. In its report, Okaz newspaper named no source."
    okaz = (("In its", "Okaz newspaper", "named"),)
    links = chain(catalogue, text, "attack", (("A Saudi", "A Saudi daily", "warned"),), okaz)
    assert [(link.name, link.stance) for link in links] == [("Okaz", "warns")]
    text = text.replace("Saudi", "Danish")
    links = chain(catalogue, text, "attack", (("A Danish", "A Danish daily", "warned"),), okaz)
    assert "Okaz" not in names(links)


def test_what_the_text_says_of_a_speaker_gives_the_kind_and_the_full_name(catalogue: Catalogue) -> None:
    text = "“It is calm,” said Tal Ruvin, a researcher at the port. Gunmen attacked the port, Ruvin added."
    later = ("Gunmen", "Ruvin", "added")
    (link,) = chain(catalogue, text, "attacked", (later,), (("said", "Tal Ruvin", "said"), later))
    assert (link.name, link.kind) == ("Tal Ruvin", "analyst")


def test_who_is_quoted_stands_inside_whatever_the_coder_says(catalogue: Catalogue) -> None:
    text = "The Harbour Post, quoting the mayor, said gunmen attacked the port."
    own = (("quoting", "mayor", "said"), ("The", "Harbour Post", "said"))
    assert names(chain(catalogue, text, "attacked", own)) == ["Harbour Post", "mayor"]


def test_an_unknown_outlet_is_told_by_the_words_of_its_name(catalogue: Catalogue) -> None:
    text = "The Nile Courier reported that gunmen attacked the port. The newspaper said that two men died."
    courier = (("The Nile", "Nile Courier", "reported"),)
    (link,) = chain(catalogue, text, "attacked", courier)
    assert link.kind == "newspaper"
    links = chain(catalogue, text, "died", (("The newspaper", "newspaper", "said"),), courier)
    assert names(links) == ["Nile Courier"]


def test_one_person_by_full_name_and_surname() -> None:
    assert same_person("Tal Ruvin", "Ruvin")
    assert same_person("Colonel Tal Ruvin", "Tal Ruvin")
    assert not same_person("Tal Ruvin", "Mor Ruvin")
    assert not same_person("a source", "the source")
