"""How a happening is said to stand: four axes, each read from cues near the trigger."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Literal, cast

import msgspec

from dateline.code.cues import RoleCues, StatusCue, StatusCues
from dateline.code.phrases import Parsed, Phrase
from dateline.code.tokens import Tag
from dateline.code.triggers import Hit
from dateline.model.values import Certainty, Currency, Polarity, Reality, Status, make_status

Axis = Literal["reality", "polarity", "certainty", "currency"]
AXES: tuple[Axis, ...] = ("reality", "polarity", "certainty", "currency")
# Words before an infinitive in which an implicative verb may stand ("forced thousands of people to flee").
IMPLICATIVE_REACH = 8
# No cue reaches farther than this many words, its own length included.
CUE_REACH = 18

# Tokens in which a light verb carries a plural, or a verb behind it says that it took place.
CARRIER_REACH = 5
_POINTERS = frozenset(
    {"the", "these", "those", "several", "many", "some", "both", "such", "all", "few", "more"}
)
_BORDERS = frozenset({Tag.COMMA, Tag.MARK, Tag.CLOSE})
_SHARES = frozenset({"responsibility", "involvement", "role", "part", "links", "complicity"})
_CLAUSE_WORDS = frozenset(
    {
        "but",
        "after",
        "following",
        "when",
        "since",
        "who",
        "where",
        "which",
        "whose",
        "while",
        "because",
        "although",
    }
)


class _Cue(msgspec.Struct, frozen=True):
    """One wording of one entry; `rank` is the entry's place on its axis, lower ranks win."""

    axis: Axis
    rank: int
    words: tuple[str, ...]
    entry: StatusCue


class Found(msgspec.Struct, frozen=True):
    """A cue at tokens[first:last] of a sentence."""

    cue: _Cue
    first: int
    last: int


class CueTable(msgspec.Struct, frozen=True):
    """The cues of a sentence: those with a reach in text order, their positions, and those without."""

    local: tuple[Found, ...]
    starts: tuple[int, ...]
    everywhere: tuple[Found, ...]


class _Index(msgspec.Struct, frozen=True):
    """All cues by their first word, and those whose first word takes any ending by its stem."""

    exact: dict[str, tuple[_Cue, ...]]
    stems: tuple[tuple[str, _Cue], ...]
    prefixes: tuple[str, ...]


@lru_cache(maxsize=4)
def _index(cues: StatusCues) -> _Index:
    exact: dict[str, list[_Cue]] = {}
    stems: list[tuple[str, _Cue]] = []
    for axis in AXES:
        for rank, entry in enumerate(getattr(cues, axis)):
            for pattern in entry.cues:
                cue = _Cue(axis, rank, tuple(pattern.split()), entry)
                if cue.words[0].endswith("*"):
                    stems.append((cue.words[0][:-1], cue))
                else:
                    exact.setdefault(cue.words[0], []).append(cue)
    return _Index(
        {word: tuple(found) for word, found in exact.items()},
        tuple(stems),
        tuple(sorted({stem for stem, _ in stems})),
    )


def find_cues(parsed: Parsed, cues: StatusCues) -> CueTable:
    """Return every cue of status in the sentence."""
    index = _index(cues)
    found: list[Found] = []
    for position, token in enumerate(parsed.tokens):
        if token.tag is Tag.NAME:
            continue  # "IS" the group is not "is" the verb
        starting: list[_Cue] = list(index.exact.get(token.lower, ()))
        if token.lower.startswith(index.prefixes):
            starting += [cue for stem, cue in index.stems if token.lower.startswith(stem)]
        found.extend(
            Found(cue, position, position + len(cue.words))
            for cue in starting
            if _matches(parsed, position, cue.words)
        )
    local = tuple(item for item in found if item.cue.entry.where != "sentence")
    everywhere = tuple(item for item in found if item.cue.entry.where == "sentence")
    return CueTable(local, tuple(item.first for item in local), everywhere)


def _matches(parsed: Parsed, at: int, words: Sequence[str]) -> bool:
    for step, word in enumerate(words):
        lower = parsed.lower(at + step)
        starts = word[-1] == "*" and lower and lower.startswith(word[:-1])
        if not (lower == word or starts or (word[0] == "*" and lower.endswith(word[1:]))):
            return False
    return True


def read_status(
    parsed: Parsed, hit: Hit, found: CueTable, cues: StatusCues, light_verbs: Collection[str]
) -> Status:
    """Return the status of the trigger `hit` under the cues `found` in its sentence.

    An axis without a cue keeps its plain value. An infinitive without a cue of its own is planned ("an
    operation to purge"), unless an implicative verb governs it ("managed to enter").
    """
    best: dict[Axis, Found] = {}
    for item in _near(hit, found):
        known = best.get(item.cue.axis)
        if (known is None or item.cue.rank < known.cue.rank) and _holds(parsed, hit, item, light_verbs):
            best[item.cue.axis] = item
    values = {axis: item.cue.entry.value for axis, item in best.items()}
    if "reality" not in values and hit.use == "infinitive" and not _implied(parsed, hit, cues):
        values["reality"] = "planned"
    return make_status(
        cast("Reality", values.get("reality", "occurred")),
        cast("Polarity", values.get("polarity", "affirmed")),
        cast("Certainty", values.get("certainty", "stated")),
        cast("Currency", values.get("currency", "news")),
    )


def is_generic(
    parsed: Parsed, hit: Hit, *, status: Status, told: bool, cues: StatusCues, roles: RoleCues
) -> bool:
    """Tell whether a noun speaks of a kind of happening and not of one ("their attacks", "from attacks").

    It does when it is a plural without article, number or pointing word, nothing in the sentence dates, counts
    or places it (`told`), no verb carries it ("launched attacks") and none behind it says that it took place.
    """
    plain = status.reality == "occurred" and status.polarity == "affirmed" and status.currency == "news"
    if hit.use != "noun" or hit.trigger.tag != "NNS" or told or not plain:
        return False
    phrase = parsed.phrase_at(hit.last - 1)
    if phrase is None or phrase.last != hit.last or _points(parsed, phrase):
        return False
    if any(token.tag is Tag.TIME for token in parsed.tokens):
        return False
    carried = any(
        parsed.tag(at) is Tag.VERB and parsed.lower(at) in roles.light_verbs
        for at in range(max(0, phrase.first - CARRIER_REACH), phrase.first)
    )
    ahead = range(phrase.last, min(phrase.last + CARRIER_REACH, len(parsed.tokens)))
    return not carried and not any(parsed.lower(at) in cues.occurring for at in ahead)


def _points(parsed: Parsed, phrase: Phrase) -> bool:
    """Tell whether the phrase says which or how many: "the attacks", "two attacks", "several attacks"."""
    first = parsed.lower(phrase.first)
    counted = any(parsed.tag(at) is Tag.NUMBER for at in range(phrase.first, phrase.last))
    return counted or first in _POINTERS


def _near(hit: Hit, found: CueTable) -> list[Found]:
    """Return the cues that may reach the trigger: those around it, and those that hold for the sentence."""
    low = bisect_left(found.starts, hit.first - CUE_REACH)
    high = bisect_left(found.starts, hit.last + CUE_REACH)
    return [*found.everywhere, *found.local[low:high]]


def _implied(parsed: Parsed, hit: Hit, cues: StatusCues) -> bool:
    low = max(0, hit.first - IMPLICATIVE_REACH)
    return any(parsed.lower(position) in cues.implicative for position in range(low, hit.first))


def _holds(parsed: Parsed, hit: Hit, item: Found, light_verbs: Collection[str]) -> bool:
    entry = item.cue.entry
    if entry.uses and _use(parsed, hit) not in entry.uses:
        return False
    if entry.where == "sentence":
        return True
    if entry.where == "after":
        near = item.last <= hit.first <= item.last + entry.reach
        return near and _same_clause(parsed, item.last, hit.first) and _governs(parsed, item, hit, light_verbs)
    near = hit.last <= item.first <= hit.last + entry.reach
    return near and _same_clause(parsed, hit.last, item.first)


def _use(parsed: Parsed, hit: Hit) -> str:
    """Return how a trigger is used, a wording that begins with a gerund ("moving into") counting as one."""
    verbal = hit.use == "active" and parsed.lower(hit.first).endswith("ing")
    return "gerund" if verbal else hit.use


def _governs(parsed: Parsed, item: Found, hit: Hit, light_verbs: Collection[str]) -> bool:
    """Refuse "an attempt to delay the offensive": what was attempted there is the delay.

    Nor does a cue govern a finite verb behind an "and" ("tried to stop them and arrested two"). A cue that
    ends in "to" governs an event noun only through a verb that is light ("plan to launch"). A
    negation that another verb takes up, or that denies a part in the event, leaves the event as it is ("no
    one was killed in the attack", "denied responsibility for the attack").
    """
    if hit.use != "noun":
        finite = hit.use == "active" and hit.trigger.tag in ("VBD", "VBZ")
        return not (finite and any(parsed.tag(at) is Tag.CONJUNCTION for at in range(item.last, hit.first)))
    if item.cue.axis == "polarity":
        return not any(
            (parsed.tag(at) is Tag.VERB and parsed.lower(at) not in light_verbs) or parsed.lower(at) in _SHARES
            for at in range(item.last, hit.first)
        )
    return parsed.lower(item.last - 1) != "to" or parsed.lower(item.last) in light_verbs


def _same_clause(parsed: Parsed, low: int, high: int) -> bool:
    """Tell whether no border lies between; a word in quotation marks of its own is none ("imminent")."""
    if sum(parsed.tag(position) is Tag.QUOTE for position in range(low, high)) % 2:
        return False
    return not any(
        parsed.tag(position) in _BORDERS or parsed.lower(position) in _CLAUSE_WORDS
        for position in range(low, high)
    )
