"""What the scheme forbids in a reading of the model: parts of names, echoes, speakers as doers.

The counts are those of the train parts of the corpus: 2,706 texts, 17,000 frames.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import msgspec

from dateline.code.cues import grammar_words, load_cues
from dateline.code.decoding import Found
from dateline.code.tags import is_shouting
from dateline.code.windows import Bounds
from dateline.model.mention import Argument, Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import Status, make_status

# Of two triggers of one type with no more than so many words of grammar between them ("returned to their
# homes") one tells the happening: in the corpus there are 7 such pairs, and 28 with "and" or "or".
ECHO_WORDS = 3
_JOINING = frozenset({"and", "or", "but"})
# A sentence is a headline where so many and so much of its longer words have a capital: they tell no names.
HEADLINE_SHARE = 0.6
HEADLINE_WORDS = 5
HEADLINE_LETTERS = 4
_LONGER = re.compile(rf"[^\W\d_]{{{HEADLINE_LETTERS},}}")
# The name of an operation is its trigger, whole; of no other name is a part one (none in the corpus).
_OPERATION = "operation"
_OPENING = re.compile(r"(?:\A|[.!?:;\"“”‘’\n\d])\s*\Z")
# What changes hands goes to who gains it: "fell to the rebels", "lost most of it to them".
_LOST = re.compile(r"(?<!\w)(?:f[ae]ll(?:s|en|ing)?|los(?:t|es?|ing)|ced(?:ed?|es|ing))(?!\w)", re.IGNORECASE)
_TO = re.compile(r"(?<!\w)to\s+(?:(?:the|a|an)\s+)?\Z", re.IGNORECASE)
_GAINED = "territory_gain"
# "Forcing thousands to flee": they fled. What "would be forced" or "may be led" to it has not done it.
_CAUSED = re.compile(
    r"(?<!be )(?<!to )(?<!not )(?<!n't )(?<!n’t )(?<!\w)(?:forc(?:ed|ing)|compell(?:ed|ing)|caus(?:ed|ing)|"
    r"prompt(?:ed|ing)|led|driv(?:en|ing)|drove|obliged|obliging)\s+(?:(?:[^\s,.;:]|(?<=\d),(?=\d))+\s+){0,8}?to\s+(?:\w+ly\s+)?\Z",
    re.IGNORECASE,
)
_CAUSED_REACH = 90
# "Ethiopia and Eritrea [signed]": what joins a second name to the first, and what may stand before the verb.
_SECOND = re.compile(r" and (?:the )?(?P<name>[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})(?!['’]s?\w*)")
_TO_VERB = re.compile(r"\s(?:(?:[a-z]+|on\s[A-Z]\w+day)\s){0,4}")
_AHEAD = frozenset({"planned", "demanded"})
# "Announced the liberation of the town": whoever says so has taken it.
_DECLARED = re.compile(
    r"(?<!to )(?<!\w)(?:announced|announcing|declared|declaring|proclaimed|hailed|celebrated|confirmed)\s+"
    r"(?:the\s+)?(?:\w+\s+){0,2}?\Z",
    re.IGNORECASE,
)
_DECLARED_REACH = 60


def whole_names(text: str, bounds: Sequence[Bounds], sentence: Bounds, found: Sequence[Found]) -> list[Found]:
    """Return the triggers of one sentence without those that are part of a name, which tells no happening.

    `bounds` are the words' offsets in `text`. "Northern Strike Command" and "Commission of Inquiry" are no
    triggers, of "Islamic State control" the last word is, and of "Operation Inherent Resolve" all.
    """
    if is_shouting(text[slice(*sentence)]) or _is_headline(text[slice(*sentence)]):
        return list(found)
    names = _Names(text, bounds)
    return [kept for trigger in found if (kept := names.mended(trigger)) is not None]


def without_echoes(text: str, bounds: Sequence[Bounds], found: Sequence[Found]) -> list[Found]:
    """Leave of two triggers of one type with mere words of grammar between them the likelier one.

    A trigger is whole words: of "hit-and-run attacks" the first two are one, and the likelier is left.
    """
    kept: list[Found] = []
    for trigger in sorted(found, key=lambda each: each.first):
        whole = _whole_word(text, bounds, trigger)
        before = kept[-1] if kept else None
        if before is None or before.type != whole.type or not _echoes(text, bounds, before, whole):
            kept.append(whole)
        elif whole.score > before.score:
            kept[-1] = whole
    return kept


def mended(mention: Mention, text: str) -> Mention:
    """Return a mention with roles and status as the scheme has them.

    See `without_speakers`, `with_gainers`, `with_joined` and `as_done`.
    """
    arguments = without_speakers(mention.arguments, mention.attributions)
    arguments = with_joined(with_gainers(arguments, mention, text), mention.trigger, text)
    return msgspec.structs.replace(mention, arguments=arguments, status=as_done(mention, text))


def with_joined(arguments: Sequence[Argument], trigger: Span, text: str) -> tuple[Argument, ...]:
    """Give a second name that "and" joins to that of an actor, right before the verb, the same role."""
    found = list(arguments)
    for argument in arguments:
        second = _SECOND.match(text, argument.span.end) if argument.role == "actor" else None
        if second is None or not argument.span.text[:1].isupper():
            continue
        span = Span(*second.span("name"), second["name"])
        taken = any(span.overlaps(other.span) for other in arguments)
        if not taken and _TO_VERB.fullmatch(text, span.end, trigger.start):
            found.append(msgspec.structs.replace(argument, span=span))
    return tuple(found)


def as_done(mention: Mention, text: str) -> Status:
    """Return the status of a mention: done where people were made to do it, or announce that land is taken."""
    status, at = mention.status, mention.trigger.start
    caused = _CAUSED.search(text, max(0, at - _CAUSED_REACH), at) is not None
    declared = mention.type == _GAINED and _DECLARED.search(text, max(0, at - _DECLARED_REACH), at) is not None
    if status.reality not in _AHEAD or not (caused or declared):
        return status
    return make_status(
        "occurred", status.polarity, status.certainty, status.currency, contested=status.contested
    )


def without_speakers(
    arguments: Sequence[Argument], attributions: Sequence[Attribution]
) -> tuple[Argument, ...]:
    """Leave out actors who only speak, where what they say has an actor of its own.

    Of the mentions inside a saying 3,119 have actors other than who says it, 873 him alone and 13 both.
    """

    def speaks(argument: Argument) -> bool:
        if argument.role != "actor":
            return False
        spoken = [each for each in attributions if argument.span.overlaps(each.source)]
        return any(_told_inside(arguments, each) for each in spoken)

    return tuple(argument for argument in arguments if not speaks(argument))


def with_gainers(arguments: Sequence[Argument], mention: Mention, text: str) -> tuple[Argument, ...]:
    """Give who gains what "falls to" or is "lost to" somebody as actor, and who loses it as target."""
    trigger = mention.trigger
    if mention.type != _GAINED or _LOST.search(trigger.text) is None:
        return tuple(arguments)
    falls = trigger.text[:1].lower() == "f"

    def role_of(argument: Argument) -> Argument:
        span, led = argument.span, _is_led(argument, text)
        if argument.role in ("actor", "target") and led and span.start >= trigger.end:
            return msgspec.structs.replace(argument, role="actor")
        loses = argument.role == "actor" and not (falls or led) and span.end <= trigger.start
        return msgspec.structs.replace(argument, role="target") if loses else argument

    return tuple(map(role_of, arguments))


def _is_led(argument: Argument, text: str) -> bool:
    return _TO.search(text, max(0, argument.span.start - 8), argument.span.start) is not None


def _told_inside(arguments: Sequence[Argument], attribution: Attribution) -> bool:
    return any(
        argument.role == "actor"
        and argument.span.overlaps(attribution.content)
        and not argument.span.overlaps(attribution.source)
        for argument in arguments
    )


class _Names:
    """The words of a window, and which of them are parts of names."""

    def __init__(self, text: str, bounds: Sequence[Bounds]) -> None:
        self._text, self._bounds = text, bounds

    def mended(self, trigger: Found) -> Found | None:
        """Return a trigger as far as it is no part of a name, None where all of it is."""
        first, end = trigger.first, trigger.end
        if not self._is_name(first) or self._opens(first):
            return trigger
        if self._word(first).lower() == _OPERATION:
            while self._is_name(end) and self._joined(end - 1):
                end += 1
            return msgspec.structs.replace(trigger, end=end)
        if self._joined(first - 1) and self._is_name(first - 1):
            while first < end and self._is_name(first):
                first += 1
            if first < end:  # "Islamic State control"
                return msgspec.structs.replace(trigger, first=first)
            return None if self._goes_on(end) else trigger
        return None if self._goes_on(end) or self._is_held(first) else trigger

    def _goes_on(self, end: int) -> bool:
        """Tell whether a name goes on behind the trigger: no weekday, and nothing in between."""
        return self._is_name(end) and self._joined(end - 1) and self._word(end).lower() not in _calendar_words()

    def _is_held(self, first: int) -> bool:
        """Tell whether it stands behind "of" in a name: "Commission of Inquiry"."""
        return self._word(first - 1) == "of" and self._is_name(first - 2) and not self._opens(first - 2)

    def _word(self, number: int) -> str:
        return self._text[slice(*self._bounds[number])] if 0 <= number < len(self._bounds) else ""

    def _is_name(self, number: int) -> bool:
        return self._word(number)[:1].isupper()

    def _joined(self, number: int) -> bool:
        """Tell whether nothing but a space stands between a word and the next."""
        if not 0 <= number < len(self._bounds) - 1:
            return False
        return self._text[self._bounds[number][1] : self._bounds[number + 1][0]] == " "

    def _opens(self, number: int) -> bool:
        """Tell whether a word may have its capital for standing first, in a sentence or a quotation."""
        start = self._bounds[number][0]
        return _OPENING.search(self._text, max(0, start - 4), start) is not None


@cache
def _calendar_words() -> frozenset[str]:
    words = load_cues().words
    return words.days | words.months


@cache
def _mere_words() -> frozenset[str]:
    return (grammar_words() | load_cues().words.auxiliaries) - _JOINING


def _is_headline(sentence: str) -> bool:
    longer: list[str] = _LONGER.findall(sentence)
    capitals = sum(1 for word in longer if word[0].isupper())
    return capitals >= HEADLINE_WORDS and capitals > HEADLINE_SHARE * len(longer)


def _whole_word(text: str, bounds: Sequence[Bounds], trigger: Found) -> Found:
    """Return a trigger with the rest of a compound that it cuts: "hit-and-run", "intelligence-based"."""
    end = trigger.end
    while end < len(bounds) and bounds[end][0] == bounds[end - 1][1] and text[bounds[end][0]] == "-":
        end += 1
    return trigger if end == trigger.end else msgspec.structs.replace(trigger, end=end)


def _echoes(text: str, bounds: Sequence[Bounds], before: Found, after: Found) -> bool:
    between = bounds[before.end : after.first]
    if len(between) > ECHO_WORDS or after.first < before.end:
        return after.first < before.end
    gaps = pairwise((bounds[before.end - 1], *between, bounds[after.first]))
    if any(text[one[1] : other[0]].strip() for one, other in gaps):
        return False
    return all(text[start:end].lower() in _mere_words() for start, end in between)
