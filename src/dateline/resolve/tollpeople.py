"""Whose verb it is: the people that a word such as "killed" tells of, sought where English puts them."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import msgspec

from dateline.model.values import CountKind
from dateline.resolve.countwords import load_count_words
from dateline.resolve.peoplegroups import PART, Group
from dateline.resolve.tollwords import Place, load_toll_words

# Characters that may stand between people and what became of them ("the doctor, who ..., was killed").
REACH = 120

BE = (
    r"(?:(?:have|has|had|may|might|could|would|will|to|reportedly|also|all|both)\s+){0,3}"
    r"(?:was|were|been|being|be|is|are|got|get|gets|getting)"
)
_STEP = (
    r"\w+ly|also|later|then|all|both|each|since|first|further|\w+ed|shot|beaten|hit|struck|taken|held|burnt|cut|"
    r"found|to|death|dead|and|or|before|being|until|unconscious|(?:multiple|several|many|two|three)\s+times|"
    r"(?:in|on|to|at|from|into|inside|near|outside)\s+(?:the|his|her|their|an?)\s+\w+|by(?:\s+[^\s,;.]+){1,5}?(?=,?\s+(?:and|then|before))"
)
_AUXILIARY = re.compile(rf"(?<![\w-]){BE}(?:,?\s+(?:{_STEP})|,){{0,8}}\s+\Z", re.IGNORECASE)
_ADVERBS = re.compile(
    r"(?:\s+|,?\s+(?:(?:shot|beaten|taken|\w+ed)\s+and|\w+ly|either|all|both|also|later|have|has|had|since|then|at\s+least)(?=\s))*\s+\Z"
)
# After these a participle has no object: it says what became of those before it.
NO_OBJECT = re.compile(
    r"\s*(?:\Z|[.,;:!?)\]\"”’–—-]|(?:and|or|but|in|on|at|by|near|when|while|where|as|after|before|during|from|inside|"
    r"outside|since|with|following|for|due|because|under|within|across|around|along|to|if|later|yesterday|today|"
    r"overnight|early|late|last|this|there|here|while|amid|whilst|is|are|was|were|has|have)(?!\w)|\w+day\b|\w+ly\b)",
    re.IGNORECASE,
)


_ATTRIBUTE = re.compile(r"(?<!\w)(?:of|the|those|these|by|with|for|two|other)\s+\Z", re.IGNORECASE)


class TollVerb(msgspec.Struct, frozen=True):
    """The word at `start:end` that says what became of people, and where these stand beside it."""

    start: int
    end: int
    kind: CountKind
    place: Place


# What did not happen for all that is said: "to kill", "would injure", "from killing", "could have been killed".
_AIM = re.compile(
    r"(?:(?P<to>(?:[^\W\d_]+\s+){0,2})to|would|will|could|can|should|must|might|cannot|not|never|\w+n['’]t|from|without|"
    r"avoid|if)\s+(?:\w+ly\s+)?\Z",
    re.IGNORECASE,
)
_DONE_AFTER_ALL = re.compile(
    r"(?<!\w)(?:managed|went\s+on|goes\s+on|continued|continues|able|succeeded)\s+\Z", re.I
)
_HELD = re.compile(
    r"(?<!\w)(?:believed|reported|said|known|thought|confirmed|feared|understood|presumed|assumed|claimed|alleged|found)"
    r"\s+to\s",
    re.IGNORECASE,
)
_UNREAL_BE = re.compile(
    r"(?<!\w)(?:to|will|would|could|should|must|can|might|not|never)\s+(?:be|get)(?!\w)"
    r"|(?<!\w)(?:would|could|should|might)\s+have\s+been(?!\w)",
    re.IGNORECASE,
)
_WOULD_HAVE = re.compile(r"(?<!\w)(?:would|could|should|might)(?:\s+not)?\s+have\s+\Z", re.IGNORECASE)
# Characters before a verb in which its "to" or "would" stands.
_AIM_REACH = 40


def is_unreal(text: str, verb: TollVerb) -> bool:
    """Tell whether a verb says what was meant or feared, not what happened."""
    start = verb.start
    before = text[max(0, start - _AIM_REACH) : start]
    aim = _AIM.search(before)
    if aim is not None and verb.place == "done":
        return aim["to"] is None or _DONE_AFTER_ALL.search(before[: aim.end("to")]) is None
    if _WOULD_HAVE.search(before) is not None:
        return True
    auxiliary = _AUXILIARY.search(text, max(0, start - REACH), start)
    if auxiliary is None:
        return False
    whole = text[max(0, auxiliary.start() - 12) : start]
    return _UNREAL_BE.search(whole) is not None and _HELD.search(whole) is None


def people_of(text: str, groups: Sequence[Group], verb: TollVerb, taken: AbstractSet[int]) -> Group | None:
    """Return the people that `verb` tells of, or None; at the offsets `taken` stand objects of other verbs."""
    start, end = verb.start, verb.end
    behind = _behind(text, groups, verb)
    if verb.place in ("of", "done"):
        return behind
    if verb.place == "undergone":
        return _subject(text, groups, start)
    auxiliary = _AUXILIARY.search(text, max(0, start - REACH), start)
    if auxiliary is not None:
        return _subject(text, groups, auxiliary.start())
    if behind is not None:
        # "the wounded soldiers" are told of, not wounded here
        return None if _ATTRIBUTE.search(text, max(0, start - 8), start) is not None else behind
    if NO_OBJECT.match(text, end) is None and not any(_is_told(group, end) for group in groups):
        return None
    near = _before(text, groups, start)
    return near if near is not None and near.start not in taken else None


def _before(text: str, groups: Sequence[Group], start: int) -> Group | None:
    """Return the people right before a participle: "12 men killed", "12 members from the army killed"."""
    stop = start
    for group in reversed(groups):
        if group.stop <= start:
            gap = _FROM_NAME.sub(" ", text[group.stop : stop])
            aside = bool(group.parts) and gap.startswith(",")
            if _ADVERBS.fullmatch(gap[aside:]) is None or (stop < start and group.members[-1].sort == "name"):
                return None
            led = _FROM.search(text, max(0, group.start - 12), group.start)
            if led is None or group.members[0].sort != "loose":
                return group
            stop = led.start() + 1
    return None


_FROM = re.compile(r"\sfrom\s+\Z", re.IGNORECASE)
_FROM_NAME = re.compile(r"\sfrom\s+(?:the\s+)?(?:[A-Z][\w'’-]*\s+){1,5}")


# "Beat and arrested three teachers": two verbs with one object.
_SHARED = re.compile(r"\s+and\s+[^\W\d_]+ed\s+", re.IGNORECASE)


def _behind(text: str, groups: Sequence[Group], verb: TollVerb) -> Group | None:
    for group in groups:
        if group.start >= verb.end:
            if _is_told(group, verb.end):
                return None
            first = group.members[0]
            thing = first.sort == "loose" and text[first.start : first.start + 4].lower() == "the "
            gap = text[verb.end : group.start]
            shared = verb.kind in ("injured", "harmed") and _SHARED.fullmatch(gap) is not None
            return group if not thing and (shared or not gap.strip(" \n")) else None
    return None


def _is_told(group: Group, end: int) -> bool:
    """Tell whether a toll of its own stands right behind `end`: "three killed six wounded"."""
    first = group.members[0]
    return first.start - end == 1 and first.sort == "counted" and first.head in load_toll_words().heads


def is_people(group: Group) -> bool:
    """Refuse names and nouns that no list knows, where what happened also happens to places and things.

    One of a list who is known speaks for the others: "a driver and his assistant".
    """
    groups = load_count_words().groups
    return any(member.sort not in ("name", "loose") or member.head in groups for member in group.members)


# "The body of a man - who had died - was found": whoever stands before "who" is meant, also behind "of".
_WHO = re.compile(r"\s*[,(–—-]?\s*who(?:\s+(?:had|has|have|later|also|then|reportedly))*\s*", re.IGNORECASE)

# What may begin a stretch between people and their verb: what is told of them in passing, or an earlier verb.
_PASSING = re.compile(
    r"\s*(?:\Z|[,(–—-]|(?:in|at|from|of|for|with|near|on|inside|outside|who|whose|that|which|working|aged|as|by|"
    r"between|under|on|including|belonging|serving|living|during|walking|travell?ing|riding|also|later|reportedly|"
    r"allegedly|then|both|all|each|had|have|has|may|were|was|are|is|\w+ing|\w+ly"
    r"|\w+ed(?=(?:\s+[\w-]+){0,6},?\s+(?:and|but)(?:\s+(?:was|were|later|then|also))?\s*\Z))(?!\w))",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"[;:?!]|\.\s|(?<!\w)(?:and|but|while|when|after|before|because|if|where|as)\s+(?:the|an?|his|her|their|its|this|"
    r"that|he|she|they|it|\d)(?!\w)|(?<!\w)(?:he|she|they|it)\s*\Z",
    re.IGNORECASE,
)


_ASIDE = re.compile(r"\s*\([^()]*\)")
# "Two of those wounded later died": what the people went through before stands right behind them.
_OF_THOSE = re.compile(r"(?:those|people|persons)\Z", re.IGNORECASE)
_WENT_THROUGH = re.compile(r"\A\s+\w+ed(?=\s)", re.IGNORECASE)

# What hangs on one of these words is no subject, nor a thing behind a participle ("promoting a campaign").
_DONE_TO = re.compile(r"(?<!\w)\w{3,}ing\s+\Z", re.IGNORECASE)
_LED = re.compile(
    rf"(?:{PART.pattern}|(?<!\w)(?:from|of|at|by|in|near|with|to|for|inside|against|on|between|behind)\s+)\Z",
    re.I,
)


def _subject(text: str, groups: Sequence[Group], before: int) -> Group | None:
    """Return the people before a verb that it is told of, or None where something else stands nearer."""
    named: Group | None = None
    for group in reversed(groups):
        if group.stop > before:
            continue
        gap = _ASIDE.sub("", text[group.stop : before])
        if _OF_THOSE.search(text, group.start, group.stop) is not None:
            gap = _WENT_THROUGH.sub("", gap)
        if ")" in gap and "(" not in gap:
            continue  # told in brackets, of somebody who stands before them
        if len(gap) > REACH or _BROKEN.search(gap) is not None:
            break
        if _WHO.fullmatch(gap) is not None:
            return group
        loose = group.members[-1].sort == "loose"
        led = (_LED, _DONE_TO) if loose else (_LED,)
        if any(pattern.search(text, max(0, group.start - 30), group.start) for pattern in led):
            continue
        if group.members[-1].sort == "name":
            named = named or (group if not gap.strip() else None)
            continue
        if _PASSING.match(gap) is not None:
            return group
        break
    return named
