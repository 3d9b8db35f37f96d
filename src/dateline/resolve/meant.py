"""Whom the spans of a role mean where the words around tell: "fighters" after "IS", "police said they"."""

import re
from collections.abc import Container, Iterator, Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.model.values import Who
from dateline.resolve.actors import SCORES, ActorContext
from dateline.resolve.compose import compose
from dateline.resolve.countgrammar import read_quantity
from dateline.resolve.edges import trim
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.members import only_members
from dateline.resolve.names import normalise
from dateline.resolve.nations import load_nations
from dateline.resolve.persons import read_person
from dateline.resolve.place_words import place_words
from dateline.resolve.sayingwords import load_saying_words
from dateline.resolve.speakers import agrees
from dateline.resolve.wording import words

# Kinds of actors whose name stands before a word for their people ("Boko Haram fighters").
_WITH_PEOPLE = frozenset({"armed_group", "militia", "military", "coalition", "party"})
# "An official in Kabul [said]".
_LED = re.compile(r"(?<!\w)(?:in|at|near|from|of|outside|around|inside|to)\s+(?:the\s+)?\Z", re.IGNORECASE)
# "Jubaland fighters" are somewhere, wherever they are from.
_ARMED = re.compile(
    r" (?:fighters|forces|troops|soldiers|militia|militias|militiamen|rebels|army|"
    r"spokesman|spokeswoman|minister)(?![\w-])"
)
# "Wanted by Mogadishu", not "a road by Mogadishu".
_DONE_BY = re.compile(r"(?<!\w)\w+(?:ed|en|ught|ld)\s+by\s+(?:the\s+)?\Z")
# What may follow the name of a country that an actor is of.
_BEHIND = re.compile(r"(?:['’]s?)?\s+(?P<words>[\w-]+(?: [\w-]+){0,2})")
_GAP_BEFORE = re.compile(r"(?:['’]s?)? \Z")
_LEADS_ON = re.compile(r"\w\s+(?:of|from)(?:\s+the)?\s*\Z")
_OWNS = re.compile(r"['’]s?\s+")
_NEXT = re.compile(r"\s+[a-z][\w-]*")
_ACTED_ON = re.compile(r"(?<!\w)(?:on|in|into|inside|across|over)\s+(?:the\s+)?\Z")
# A noun right behind an abbreviated country: no preposition, time or verb of its own.
_QUALIFIED = re.compile(
    r" (?!(?:and|or|but|in|on|at|to|from|for|by|with|of|as|is|was|were|are|has|had|have|will|would|said|says|"
    r"last|this|next|since|when|where|which|who|that|than|after|before|during|until|because|while|over|under|through|"
    r"also|today)\b)[a-z]"
)
_GAP = re.compile(r" ")
PRONOUNS = frozenset("i he she it they we you him her them us who which that this these".split())  # noqa: SIM905
_SUBJECT = frozenset({"they", "it", "he", "she", "we", "i"})
# From the words of saying to their speaker's pronoun: "said on Monday that they".
_TO_PRONOUN = re.compile(
    r"(?:\s+(?:that|on|late|early|later|also|earlier|recently|today|yesterday|[A-Z][a-z]+day|in|a|statement|,)){0,6}"
    r"[\s,:]+[“\"]?",
)


def with_groups(spans: Sequence[Span], article: Article, context: ActorContext) -> tuple[Span, ...]:
    """Return the spans with the name of a group that stands right before, without those inside another.

    "Fighters" of "IS fighters" are those of IS; where both words were marked, they are one actor. So are a
    country and what it owns ("Sudan's Rapid Support Forces"), of which the latter is meant.
    """
    spans = _joined(spans, article)
    starts = {span.start for span in spans}
    free = [span for span in spans if not _is_owner(trim(span), article.text, starts)]
    wide = [_with_group(span, article, context) for span in free]
    kept = (one for one in wide if not any(other != one and other.contains(one) for other in wide))
    return tuple(dict.fromkeys(kept))


def _joined(spans: Sequence[Span], article: Article) -> list[Span]:
    """Join "militants from the" with the name that follows it."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if last is not None and _LEADS_ON.search(last.text) and not article.text[last.end : span.start].strip():
            found[-1] = article.span(last.start, span.end)
        else:
            found.append(span)
    return found


def _is_owner(span: Span, text: str, starts: Container[int]) -> bool:
    owner = _OWNS.match(text, span.end)
    return owner is not None and owner.end() in starts and load_nations().country_of(span.text) is not None


def _with_group(span: Span, article: Article, context: ActorContext) -> Span:
    for start, end in _names_before(span.start, article.text, context):
        if only_members(article.text[start : span.end], 0, end - start):
            return article.span(start, span.end)
    return span


def _names_before(at: int, text: str, context: ActorContext) -> Iterator[tuple[int, int]]:
    """Give the bounds of the names of groups after which, behind one blank or a possessive, `at` follows."""
    gap = _GAP_BEFORE.search(text, max(0, at - 3), at)
    if gap is None:
        return
    for named in context.named:
        if named.end == gap.start() and named.entry.kind in _WITH_PEOPLE:
            yield named.start, named.end
    for own in context.own:
        if own.end == gap.start():
            yield own.start, own.end


def is_of_actor(name: Span, article: Article, context: ActorContext) -> bool:
    """Tell whether a country's name only says whose an actor is ("US forces", "Yemen's Houthis").

    Or it stands for its government, as its capital does, that says or does something ("Abuja promised").
    """
    nation = load_nations().country_of(name.text)
    if (nation or load_nations().seat_of(name.text)) and _acts(name, article.text):
        return True
    if _ARMED.match(article.text, name.end) is not None:
        return True
    if nation is None:
        return False
    if name.text.replace(".", "").isupper() and _QUALIFIED.match(article.text, name.end) is not None:
        return True  # "U.S. embassies"
    behind = _BEHIND.match(article.text, name.end)
    if behind is None:
        return False
    at = behind.start("words")
    if any(named.start == at for named in context.named):
        return True
    ends = [behind.end("words"), *(at + gap.start() for gap in _GAP.finditer(behind["words"]))]
    return any(compose(article.text[name.start : end]) is not None for end in ends)


def _acts(name: Span, text: str) -> bool:
    """Tell whether a name stands for a government: it says or does something, or something is done by it."""
    if _DONE_BY.search(text, max(0, name.start - 24), name.start) is not None:
        return True
    led = _LED.search(text, max(0, name.start - 16), name.start)
    return led is None and load_saying_words().acting.match(text, name.end) is not None


def is_acted_on(span: Span, article: Article) -> bool:
    """Tell whether a country stands where no actor does, behind "on" or "in" ("strikes on Yemen")."""
    led = _ACTED_ON.search(article.text, max(0, span.start - 12), span.start)
    return led is not None and load_nations().country_of(span.text) is not None


def state_meant(span: Span, article: Article) -> str | None:
    """Return the ISO code of the country whose state acts, where only its adjective says so ("Israeli strike").

    None where the words are a people's ("Israelis", "an Israeli man") or no adjective of a country.
    """
    nations = load_nations()
    behind = _NEXT.match(article.text, span.end)
    if behind is None or not nations.is_adjective(span.text) or nations.country_of(span.text) is not None:
        return None
    if compose(article.text[span.start : behind.end()]) is not None:
        return None
    code = place_words().demonyms.get(normalise(span.text))
    return code if code in nations.by_code else None


def is_common_word(span: Span) -> bool:
    """Tell whether a span is nothing but "No", "Some" or the like with a capital at the head of a sentence."""
    lexicon = load_lexicon()
    light = lexicon.determiners | lexicon.openers | lexicon.stops
    return all(word.key in light for word in words(span.text) if word.key)


_OTHERS = re.compile(r"\s+(?:others?|more|of (?:them|those|whom))\Z", re.IGNORECASE)


def is_bare_number(span: Span) -> bool:
    """Tell whether a span is nothing but a number ("4,500", "ten others"), which names nobody."""
    text = _OTHERS.sub("", span.text.strip())
    quantity = read_quantity(text, 0, len(text))
    return quantity is not None and quantity.end >= len(text)


def speaker_meant(span: Span, sayings: Sequence[Attribution], text: str) -> Span | None:
    """Return the speaker whom a pronoun means as the subject of what is said, or None.

    "Police said they had arrested two men": they are the police. In a quotation "we" and "I" are the speaker.
    """
    word = span.text.strip().lower()
    if word not in _SUBJECT:
        return None
    for saying in sayings:
        source = saying.source
        if source.text.strip().lower() in load_lexicon().pronouns or source.overlaps(span):
            continue
        if not agrees(word, source, text) or (word == "they" and read_person(source.text) is not None):
            continue
        if word in ("we", "i"):
            return source
        if source.end <= saying.cue.start <= saying.cue.end <= span.start and _TO_PRONOUN.fullmatch(
            text, saying.cue.end, span.start
        ):
            return source
    return None


def as_meant(span: Span, who: Who) -> Who:
    """Return the pronoun at `span` as the speaker that was read as `who`."""
    return msgspec.structs.replace(
        who,
        start=span.start,
        end=span.end,
        text=span.text,
        by="described",
        score=min(who.score, SCORES["described"]),
    )


def without_doers(targets: Sequence[Who], actors: Sequence[Who]) -> tuple[Who, ...]:
    """Leave out pronouns that would mean who did it: rebels who "took farmers and beat them" beat others."""
    doers = {(who.id, who.name) for who in actors}
    return tuple(who for who in targets if who.text.lower() not in PRONOUNS or (who.id, who.name) not in doers)
