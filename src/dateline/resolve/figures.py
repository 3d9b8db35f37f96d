"""How many: the figures of a mention, from the coder's spans and from what the sentence itself says.

The coder tells which people belong to an event; the grammar of tolls tells what became of them. Where both read
the same words, the grammar's phrase, kind and parts are taken, for it reads lists and parts as a whole. A toll
that stands in the event's sentence and that no mention has is given to the nearest event and marked as `read`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast, get_args

import msgspec

from dateline.model.article import Article
from dateline.model.ids import MentionId
from dateline.model.mention import Argument, Mention
from dateline.model.span import Span
from dateline.model.values import CountKind, HowMany
from dateline.ontology import EventType
from dateline.resolve.countgrammar import Bounds
from dateline.resolve.quantities import find_counts, read_count
from dateline.resolve.tollbefore import lead_back
from dateline.resolve.tollreading import Toll, is_part_of_toll
from dateline.resolve.tolls import find_tolls
from dateline.resolve.tollwords import load_toll_words, wording_key

_HURT = frozenset({"killed", "injured", "harmed"})
_KINDS = frozenset(get_args(CountKind))
_HAPPENED = frozenset({"occurred", "ongoing"})


class Figures(msgspec.Struct):
    """The tolls of an article's sentences and the events that they belong to, read once for all mentions."""

    article: Article
    tolls: dict[int, tuple[Toll, ...]]
    given: dict[MentionId, list[Toll]]
    owners: dict[tuple[CountKind, int], MentionId]


def read_figures(article: Article, mentions: Sequence[Mention], types: Mapping[str, EventType]) -> Figures:
    """Read the tolls of the mentions' sentences and of those right behind them; give out those nobody has."""
    numbers: set[int] = set()
    for mention in mentions:
        numbers.add(mention.sentence)
        numbers.update(article.sentence_at(span.start) or 0 for span in _spans(mention))
        if _follows(article, mention.sentence):
            numbers.add(mention.sentence + 1)
    figures = Figures(article, {}, {}, _owners(mentions))
    for number in sorted(numbers):
        figures.tolls[number] = find_tolls(article.text, *article.sentences[number])
    lead_back(article, figures.tolls)
    taken = [(kind, span) for mention in mentions for kind, span in _counted(mention)]
    givers = _givers(mentions, types)
    for number, tolls in figures.tolls.items():
        for toll in tolls:
            if not any(_holds(toll, span) and _is_told(toll, kind) for kind, span in taken):
                nearest = _event_of(figures, number, toll, givers) or _told_by(toll, mentions)
                if nearest is not None:
                    figures.given.setdefault(nearest.id, []).append(toll)
    return figures


def _is_told(toll: Toll, kind: CountKind) -> bool:
    """Tell whether the kind that the coder gives people fits a toll of theirs: those shot may be either."""
    return kind in (toll.kind, "harmed") or (toll.kind == "harmed" and kind in _HURT)


class _Givers(msgspec.Struct, frozen=True):
    """The events that may have a toll that nobody has: the likelier kinds first."""

    able: tuple[Mention, ...]
    near: tuple[Mention, ...]
    tried: tuple[Mention, ...]
    real: tuple[Mention, ...]


def _givers(mentions: Sequence[Mention], types: Mapping[str, EventType]) -> _Givers:
    real = tuple(mention for mention in mentions if _happened(mention) and mention.type in types)
    return _Givers(
        able=tuple(mention for mention in real if types[mention.type].victims),
        # people are hurt at a protest and die where fighters slip in, though neither has victims as a rule
        near=tuple(mention for mention in real if types[mention.type].family in ("combat", "demonstration")),
        # people are hurt where robbers try to get in, too
        tried=tuple(mention for mention in mentions if mention.status.reality == "attempted"),
        real=real,
    )


def _event_of(figures: Figures, number: int, toll: Toll, givers: _Givers) -> Mention | None:
    """Return the nearest event that a toll of the killed or injured belongs to, here or a sentence before."""
    if toll.kind not in _HURT and toll.kind != "missing":
        return None
    here = (_nearest(number, toll, some) for some in (givers.able, givers.near, givers.tried))
    before = _nearest(number - 1, toll, givers.able) if _follows(figures.article, number - 1) else None
    seized = [mention for mention in givers.real if mention.type in _OWN["captured"]]
    return (
        next((found for found in here if found is not None), None)
        or before
        or _of_these(toll, givers.real)
        or _nearest(number, toll, seized)
    )


def _counted(mention: Mention) -> Iterator[tuple[CountKind, Span]]:
    return ((kind, argument.span) for kind, argument in _counting(mention))


def _counting(mention: Mention) -> Iterator[tuple[CountKind, Argument]]:
    for argument in mention.arguments:
        if argument.role in _KINDS:
            yield cast("CountKind", argument.role), argument


def _owners(mentions: Sequence[Mention]) -> dict[tuple[CountKind, int], MentionId]:
    """Return whose the people are that the coder gave to several events: the surest's, then the nearest's."""
    best: dict[tuple[CountKind, int], tuple[float, int, int]] = {}
    owners: dict[tuple[CountKind, int], MentionId] = {}
    for mention in mentions:
        for kind, argument in _counting(mention):
            rank = (-argument.score, _distance(mention.trigger, argument.span), mention.trigger.start)
            for place in range(argument.span.start, argument.span.end):
                if (kind, place) not in best or rank < best[kind, place]:
                    best[kind, place], owners[kind, place] = rank, mention.id
    return owners


def _is_either(mention: Mention, toll: Toll) -> bool:
    """Tell whether the coder gives the people of a toll as killed and as injured: it cannot tell which."""
    return len({kind for kind, span in _counted(mention) if kind in _HURT and _holds(toll, span)}) > 1


def _spans(mention: Mention) -> Iterator[Span]:
    return (span for _, span in _counted(mention))


def _follows(article: Article, sentence: int) -> bool:
    """Tell whether a sentence has another behind it in its paragraph."""
    if sentence + 1 >= len(article.sentences):
        return False
    return "\n\n" not in article.text[article.sentences[sentence][1] : article.sentences[sentence + 1][0]]


def _holds(toll: Toll, span: Span) -> bool:
    return toll.people.overlaps(span) or any(part.span.overlaps(span) for part in toll.parts)


def _happened(mention: Mention) -> bool:
    return mention.status.reality in _HAPPENED and mention.status.polarity == "affirmed"


def _nearest(sentence: int, toll: Toll, mentions: Sequence[Mention]) -> Mention | None:
    """Return that of `mentions` in a sentence which is nearest to a toll."""
    here = [mention for mention in mentions if mention.sentence == sentence]
    return min(
        here, key=lambda mention: (_distance(mention.trigger, toll.word), mention.trigger.start), default=None
    )


def _told_by(toll: Toll, mentions: Sequence[Mention]) -> Mention | None:
    """Return the event whose own trigger says what became of the people ("arrested 12"), or None."""
    types = _OWN.get(toll.kind, ())
    return next(
        (mention for mention in mentions if mention.type in types and mention.trigger.overlaps(toll.word)), None
    )


def _of_these(toll: Toll, mentions: Sequence[Mention]) -> Mention | None:
    """Return the event of the same people ("two men were arrested and injured"; "... He died"), or None."""
    told = [toll.people] if toll.before is None else [toll.people, toll.before]
    own = (
        mention
        for mention in mentions
        if any(people.overlaps(other.span) for people in told for other in mention.arguments)
    )
    return next(own, None)


# The types whose own words tell what became of people who are neither killed nor hurt.
_OWN: dict[CountKind, tuple[str, ...]] = {
    "captured": ("arrest", "abduction", "surrender"),
    "displaced": ("displacement", "deportation"),
    "freed": ("release",),
    "missing": ("abduction",),
    "present": ("siege", "infiltration", "deployment", "protest"),
}


def _distance(left: Span, right: Span) -> int:
    if left.overlaps(right):
        return 0
    return right.start - left.end if right.start >= left.end else left.start - right.end


def counts_of(mention: Mention, figures: Figures) -> tuple[HowMany, ...]:
    """Return the figures of a mention, each total with its parts behind it, in the order of the spans."""
    found: dict[tuple[int, int, CountKind], HowMany] = {}

    def keep(counts: Iterable[HowMany]) -> None:
        for count in counts:
            found.setdefault((count.start, count.end, count.kind), count)

    text = figures.article.text
    for kind, span in _counted(mention):
        if figures.owners.get((kind, span.start), mention.id) != mention.id:
            continue  # another event's: nobody dies twice
        tolls = [toll for toll in _tolls_at(figures, span) if _holds(toll, span)]
        same = [toll for toll in tolls if toll.kind == kind]
        hurt = [toll for toll in tolls if toll.kind in _HURT]
        if same:
            keep(count for toll in same for count in as_counts(toll, kind, "coded"))
        elif kind in _HURT and hurt and all(toll.kind == "harmed" for toll in hurt):
            # of "two were shot" the coder tells what became of them; "killed and injured" are both
            both = load_toll_words().both.search(hurt[0].word.text) is not None or _is_either(mention, hurt[0])
            keep(as_counts(hurt[0], "harmed" if both else kind, "coded"))
        elif _decided(figures, span, kind) or (
            kind in {*_HURT, "missing"} and any(toll.kind != "harmed" for toll in hurt)
        ):
            continue  # the words say who they were, or that something else became of them
        else:
            count = read_count(span, text, kind=kind)
            part = is_part_of_toll(span.text, kind)
            keep([] if count is None else [msgspec.structs.replace(count, part=part)])
    for toll in figures.given.get(mention.id, ()):
        keep(as_counts(toll, toll.kind, "read"))
    if not found and mention.type in _MOVING:
        keep(_moved(mention, figures))
    return without_repeats(tuple(found.values()))


# Events of armed people on the move, whose number stands beside the words for it.
_MOVING = frozenset({"infiltration", "deployment"})
# Characters between such words and the number.
MOVED_REACH = 80


def _moved(mention: Mention, figures: Figures) -> Iterator[HowMany]:
    """Yield how many armed people move: "in small groups – 10 to a dozen fighters"."""
    article, trigger = figures.article, mention.trigger
    start, end = article.sentences[mention.sentence]
    tolls = figures.tolls.get(mention.sentence, ())
    low, high = max(start, trigger.start - MOVED_REACH), min(end, trigger.end + MOVED_REACH)
    for counted in find_counts(article.text, low, high):
        if counted.of == "combatant" and not any(toll.people.overlaps(counted.span) for toll in tolls):
            bounds = Bounds(counted.low, counted.best, counted.high)
            yield _count(counted.span, bounds, kind="present", of=counted.of, scope="event", basis="read")
            return


def _decided(figures: Figures, span: Span, kind: CountKind) -> bool:
    """Tell whether the sentence of `span` says whom `kind` befell, or that something else befell these."""
    tolls = _tolls_at(figures, span)
    if any(toll.kind == kind for toll in tolls):
        return True
    told = any(_holds(toll, span) and toll.kind not in _HURT for toll in tolls)
    return told and not _named(figures.article, span, kind)


def _named(article: Article, span: Span, kind: CountKind) -> bool:
    """Tell whether any word for `kind` stands in the sentence."""
    number = article.sentence_at(span.start)
    if number is None:
        return False
    start, end = article.sentences[number]
    words = load_toll_words()
    return any(
        words.verbs[wording_key(found[0])][0] == kind for found in words.verb.finditer(article.text, start, end)
    )


def _tolls_at(figures: Figures, span: Span) -> tuple[Toll, ...]:
    number = figures.article.sentence_at(span.start)
    return figures.tolls.get(-1 if number is None else number, ())


def as_counts(toll: Toll, kind: CountKind, basis: str) -> Iterator[HowMany]:
    """Yield the total of a toll, then its parts; nothing of people who died of it."""
    if toll.died:
        return
    told = cast("dict[str, str]", {"kind": kind, "scope": toll.scope, "basis": basis})
    high = toll.bounds.high
    # what is named as a part and is more than the whole was misread
    parts = [part for part in toll.parts if high is None or part.bounds.low <= high]
    low = max([toll.bounds.low, *(part.bounds.low for part in parts)])
    best = None if toll.bounds.best is None else max(toll.bounds.best, low)
    whole = Bounds(low, best, high)
    people = toll.people
    yield _count(people, whole, of=toll.of, sex_age=toll.sex_age, part=toll.part, **told)
    for part in parts:
        yield _count(part.span, part.bounds, of=part.of, sex_age=part.sex_age, part=True, **told)


def _count(span: Span, bounds: Bounds, **told: object) -> HowMany:
    return HowMany(span.start, span.end, span.text, low=bounds.low, best=bounds.best, high=bounds.high, **told)  # type: ignore[arg-type]  # the fields of a Toll have the types of those of HowMany


def without_repeats(counts: Sequence[HowMany]) -> tuple[HowMany, ...]:
    """Leave out what repeats the people of a longer wording of the same kind."""
    kept: list[HowMany] = []
    for count in counts:
        wider = any(
            other is not count
            and other.kind == count.kind
            and not other.part
            and other.contains(count)
            and (other.start, other.end) != (count.start, count.end)
            for other in counts
        )
        if count.part or not wider:
            kept.append(count)
    return tuple(kept)


def told_together(article: Article, counts: Iterable[HowMany]) -> Bounds | None:
    """Return how many the figures of one kind tell of together, without counting anybody twice.

    Parts and people of a longer time are left out; the same words count once, also where they come again. The
    first sentence with a number gives the answer, its numbers added: later ones mostly tell of the same people
    or of some of them (on the training incidents this was right a little oftener than adding all, or taking the
    largest). A later toll that replaces earlier ones ("rose to 17") does so. None where no words say a number.
    """
    totals = sorted({count for count in counts if not count.part and count.scope != "period"})
    apart: list[HowMany] = []
    said: set[str] = set()
    for count in sorted(totals, key=lambda each: (each.start - each.end, each.start)):
        words = " ".join(count.text.lower().split())
        again = words in said and count.best != 1
        if not again and not any(count.overlaps(other) for other in apart):
            apart.append(count)
            said.add(words)
    by_sentence: dict[int, list[HowMany]] = {}
    for count in sorted(apart):
        if count.best is not None or count.high is not None:
            by_sentence.setdefault(article.sentence_at(count.start) or 0, []).append(count)
    if not by_sentence:
        return None
    first, *later = [by_sentence[number] for number in sorted(by_sentence)]
    total = _bounds(first[0])
    for count in first[1:]:
        total = total + _bounds(count)
    for count in (count for sentence in later for count in sentence):
        if count.scope == "running":
            total = _bounds(count)
    return total


def _bounds(count: HowMany) -> Bounds:
    return Bounds(count.low, count.best, count.high)
