"""Counts of people: found in running text, and read from a span that a coder gave.

What the wording bounds is kept as low, best and high (the table stands in `countgrammar`); a wording that
counts no people ("two hours", "90 percent of the territory") is no count.
"""

import re

import msgspec

from dateline.model.span import Span, span_of
from dateline.model.values import CountKind, CountOf, HowMany
from dateline.resolve.countgrammar import Bounds, Quantity, quantity_starts, read_quantity
from dateline.resolve.countnouns import counts_things, head_of, noun_of, people_like, plain_word, side_of, whose
from dateline.resolve.countwords import load_count_words
from dateline.resolve.masking import AGE, AGE_AHEAD, AGES

# How many words may stand between a number and the people that it counts ("40 heavily armed IS fighters").
_REACH_WORDS = 5

# A quantity with its modifiers is shorter than this; longer stretches are not looked through.
_REACH = 120


class CountExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people in the text: its bounds as in HowMany, and the noun that it counts, if any.

    The span runs from the first bounding word ("at least") to the noun; `of` says whose number it is.
    """

    span: Span
    low: int
    best: int | None
    high: int | None
    noun: Span | None = None
    of: CountOf = "unknown"


_STEP = re.compile(r"\s{1,3}([^\W_]+(?:[-'’.][^\W_]+)*['’]?)")


def find_counts(text: str, start: int = 0, end: int | None = None) -> tuple[CountExpression, ...]:
    """Return the numbers of people in `text[start:end]`, in order, not overlapping.

    A number counts people when a noun for people follows within a few words, or "of them", "others",
    "dead", "wounded". A lone "a soldier" is not found here; `read_count` reads it when it is given.
    Raises ValueError where start and end do not lie in the text in order.
    """
    stop = len(text) if end is None else end
    if not 0 <= start <= stop <= len(text):
        raise ValueError(f"offsets {start}:{stop} do not lie within a text of {len(text)} characters")
    found: list[CountExpression] = []
    position = start
    for offset in quantity_starts(text, start, stop):
        if offset < position:
            continue
        expression = _count_at(text, offset, min(stop, offset + _REACH))
        if expression is not None:
            found.append(expression)
            position = expression.span.end
    return tuple(found)


def _count_at(text: str, start: int, end: int) -> CountExpression | None:
    quantity = read_quantity(text, start, end)
    if quantity is None:
        return None
    noun = _counted_noun(text, quantity.end, end)
    if noun is None and not _counts_bare(text, start, quantity, end):
        return None
    stop, head = noun or (quantity.end, None)
    bounds = quantity.bounds
    return CountExpression(
        span=span_of(text, start, stop),
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        noun=head,
        of=side_of(text[quantity.end : stop]),
    )


_PASSIVE = re.compile(
    r"\s{1,3}(?:(?:were|was|are|have|has|had|been|being|reportedly|also)\s{1,3}){1,3}([^\W\d_]+)"
)
_LAST_WORD = re.compile(
    r"(?<!\w)([^\W\d_]+)(?:\s{1,3}(?:at\s{1,3}least|another|a\s{1,3}further))?\s{1,3}\Z", re.IGNORECASE
)
# A number that is nobody's noun ends at one of these.
_ENDED = re.compile(
    r"\s{0,3}(?:\Z|[.,;:!?)\]\"”]|(?:and|or|in|on|at|near|when|after|during|as|while|before|by|to)(?!\w))"
)


def _counts_bare(text: str, start: int, quantity: Quantity, end: int) -> bool:
    """Tell whether a number without a noun counts people: "dozens fled", "killing 12", "nine were wounded"."""
    harming = load_count_words().harming
    passive = _PASSIVE.match(text, quantity.end, end)
    if passive is not None and passive[1].lower() in harming:
        return True
    last = quantity.words.split()[-1]
    if last in load_count_words().plurals and not _OF.match(text, quantity.end, end):
        following = _STEP.match(text, quantity.end, end)
        return following is None or plain_word(following[1]) not in load_count_words().things
    if not quantity.number or not _ENDED.match(text, quantity.end, end):
        return False
    before = _LAST_WORD.search(text, max(0, start - 40), start)
    return before is not None and before[1].lower() in harming


_OF_THEM = re.compile(
    r"\s{1,3}of\s{1,3}(?:them|us|(?:the|those)\s{1,3}(?:dead|wounded|injured|killed|arrested|missing)|"
    r"those(?=\s{0,3}(?:[.,;:]|who(?!\w))))(?!\w)",
    re.IGNORECASE,
)
_OF = re.compile(r"\s{1,3}of(?:\s{1,3}(?:the|their|his|its|these|those))?(?!\w)", re.I)


def _counted_noun(text: str, start: int, end: int) -> tuple[int, Span | None] | None:
    """Return where the counted noun ends and its span; None where no people are counted."""
    them = _OF_THEM.match(text, start, end)
    if them is not None:
        return them.end(), None
    of = _OF.match(text, start, end)
    position = of.end() if of is not None else start
    words = load_count_words()
    best: tuple[int, Span | None] | None = None
    for _ in range(_REACH_WORDS):
        step = _STEP.match(text, position, end)
        if step is None:
            break
        word = plain_word(step[1])
        if word in words.stop or word in words.things or word[0].isdecimal():
            break
        position = step.start(1) + len(step[1].rstrip("'’"))
        if word in words.groups and best is None:
            best = None
            break
        if word in words.nouns or word in words.bare or people_like(word):
            best = (position, span_of(text, step.start(1), position))
        elif best is not None or (_is_plural(word) and step[1][0].islower() and word not in words.armed):
            break
    return best


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "ous"))


_TAIL = re.compile(
    r",?\s+(?:including|among\s+(?:them|whom)|amongst\s+them|most\s+of\s+(?:them|whom)|many\s+of\s+(?:them|whom)|"
    r"some\s+of\s+(?:them|whom)|mostly|mainly|all\s+of\s+them|both\s+of\s+them|who|whom|whose)(?!\w).*",
    re.IGNORECASE | re.DOTALL,
)

_SHARE = re.compile(
    r"(?<![\w.])(?:\d[\d.,]*\s?%|\w+\s+per\s?cent\b|[$€£]\s?\d|half\s+of\b|"
    r"(?:a|one|two)[- ](?:third|quarter|fifth)s?\s+of\b"
    r"|three[- ]quarters\b|one\s+in\s+(?:\w+)\b|\d+/\d+)",
    re.IGNORECASE,
)

_AGE = re.compile(f"{AGE.pattern}|{AGE_AHEAD.pattern}", re.IGNORECASE)
# A span may end with an age: "two guards aged 20 to 30", "a driver, 41".
_AGED = re.compile(rf"{AGES.pattern}|,\s+\d{{1,3}}\Z", re.IGNORECASE)

_JOINT = re.compile(
    r"\s*(?:,\s+(?:and|plus)|,|;|\s(?:and|plus|as\s+well\s+as|along\s+with|together\s+with|&))\s+", re.I
)


def read_count(span: Span, text: str, *, kind: CountKind) -> HowMany | None:
    """Read the number of people that a span says, or None where it counts no people.

    "More than 40 people", "two of them", "a soldier" (1), "a woman and her two children" (3), "Gen. Omar"
    (1), "villagers" (at least 2), "no one" (0). The parts of a list are added; what follows "including" is
    part of the number before it. `span` must lie in `text`; `kind` is passed on.
    """
    wording = text[span.start : span.end]
    whole = _read(wording)
    if whole is None:
        return None
    bounds, of = whole
    return HowMany(
        span.start, span.end, wording, kind=kind, low=bounds.low, best=bounds.best, high=bounds.high, of=of
    )


# No wording of one number is longer; a longer span is not a count, and is not looked through.
_LONGEST = 600


def _read(wording: str) -> tuple[Bounds, CountOf] | None:
    if len(wording) > _LONGEST or _SHARE.search(wording):
        return None
    body = _AGED.sub("", _TAIL.sub("", wording)).strip(" \t\n.,;:\"“”'‘’()")
    body = _AGE.sub(_without_age, body)
    parts = _parts(body)
    if len(parts) == 2 and _BOTH.match(body) and _is_role(parts[0][len("both ") :]):
        return Bounds(2, 2, 2), side_of(body)  # "both driver and assistant"
    total: Bounds | None = None
    sides: list[CountOf] = []
    shared = False
    for part in parts:
        one = _read_part(part)
        if one is None and total is None:
            return None
        if one is None:
            continue
        bounds, side, plural = one
        sides.append(side)
        if total is None:
            total, shared = bounds, plural
        elif not (shared and _shares(parts[0], part)) and not (total.high == 1 and _is_role(part)):
            total = total + bounds
            shared = plural
    return None if total is None else (total, whose(sides))


_THEIR = re.compile(r"(?:their|its)\s", re.IGNORECASE)


def _shares(counted: str, part: str) -> bool:
    """Tell whether a member of a list has no number of its own but that of the first.

    "20 soldiers and guards", "20 members of the army and their allied militiamen"; not "and their children".
    """
    on_their_side = _THEIR.match(part) is not None and side_of(part) == "combatant"
    return _bare_plural(part) or (on_their_side and " of " in counted)


_BOTH = re.compile(r"both\s(?=\S)", re.IGNORECASE)


def _without_age(match: "re.Match[str]") -> str:
    """Turn "a 12-year-old" into a noun or drop it before one."""
    following = _STEP.match(match.string, match.end())
    if following is not None and following[1].lower() not in load_count_words().stop:
        return ""
    return "people" if match[0].lower().endswith("s") else "person"


def _parts(body: str) -> list[str]:
    """Split a list at its commas and conjunctions, not within "between 10 and 15" or "two hundred and six"."""
    found: list[str] = []
    position = 0
    quantity = read_quantity(body, 0, len(body))
    guard = quantity.end if quantity is not None else 0
    for match in _JOINT.finditer(body):
        if match.start() < guard or match.start() < position:
            continue
        piece = body[position : match.start()].strip()
        if piece:
            found.append(piece)
        position = match.end()
        quantity = read_quantity(body, position, len(body))
        guard = quantity.end if quantity is not None else position
    piece = body[position:].strip()
    return [*found, piece] if piece else found


_DETERMINER = re.compile(
    r"(?:(?:the|his|her|their|its|our|my|your|this|that|these|those|another|other|one|all|both|and)\s+){1,3}",
    re.IGNORECASE,
)

_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})

_ARTICLE = re.compile(r"(?:an?|one|a\s+single)\s+(?=\w)", re.IGNORECASE)


def _read_part(part: str) -> tuple[Bounds, CountOf, bool] | None:
    """Read one member of a list: its bounds, whose it is, and whether it is a plural that may be shared."""
    words = load_count_words()
    key = " ".join(part.lower().split())
    if key in words.pronouns:
        low, high = words.pronouns[key]
        return Bounds(low, high, high), "unknown", False
    owner = _OWNER.match(part)
    for start in (0, owner.end()) if owner is not None else (0,):
        quantity = read_quantity(part, start, len(part))
        if quantity is not None:
            return _read_counted(part, quantity.end, quantity.bounds)
    return _read_uncounted(part)


# "The chief's two guards".
_OWNER = re.compile(r"(?:\w+\s+){0,4}[\w-]+['’]s?\s+", re.IGNORECASE)


def _read_counted(part: str, position: int, bounds: Bounds) -> tuple[Bounds, CountOf, bool] | None:
    """Read what follows a quantity; things, lengths and sums are no people."""
    rest = part[position:]
    group = _group_of(rest)
    if group is not None:
        each, stop = group
        inner = read_quantity(rest, stop, len(rest)) if stop else None
        if inner is not None and bounds.low == bounds.high == 1:
            return inner.bounds, side_of(rest[inner.end :]), False
        return Bounds(bounds.low * each, None, None), side_of(rest), False
    if counts_things(rest):
        return None
    inner_start = _INNER.match(rest)
    if inner_start is not None and bounds.high is None:
        # "a group of five fighters"
        inner = read_quantity(rest, inner_start.end(), len(rest))
        if inner is not None and inner.number:
            return inner.bounds, side_of(rest), True
    return bounds, side_of(rest), bounds.low != 1 or bounds.high != 1


_INNER = re.compile(r"\s+of\s+")


def _group_of(rest: str) -> tuple[int, int] | None:
    """Return the least size of one group and where "of" ends, for " families of five", " Red Cross team"."""
    groups = load_count_words().groups
    match = _STEP.match(rest)
    for _ in range(_REACH_WORDS):
        if match is None or plain_word(match[1]) in groups:
            break
        if noun_of(plain_word(match[1])) is not None or _OF.match(rest, match.end()) is not None:
            return None
        match = _STEP.match(rest, match.end())
    if match is None or plain_word(match[1]) not in groups:
        return None
    word = plain_word(match[1])
    after = _INNER.match(rest, match.end())
    follower = _STEP.match(rest, match.end())
    if after is None and follower is not None and noun_of(plain_word(follower[1])) is not None:
        return None
    return groups[word][0], after.end() if after is not None else 0


def _read_uncounted(part: str) -> tuple[Bounds, CountOf, bool] | None:
    """Read a wording without a number: "a soldier", "her child", "civilians", "Gen. Omar"."""
    words = load_count_words()
    article = _ARTICLE.match(part)
    body = part[article.end() :] if article else part
    determiner = None if article else _DETERMINER.match(part)
    body = body[determiner.end() :] if determiner else body
    group = _group_of(" " + body)
    if group is not None:
        each, stop = group
        inner = read_quantity(" " + body, stop, len(body) + 1) if stop else None
        if inner is not None:
            return inner.bounds, side_of(body), False
        return Bounds(each, None, None), side_of(body), False
    head = head_of(body)
    if head is not None:
        noun, named = head
        if article or noun.plural is False or (named and noun.plural is None):
            return Bounds(1, 1, 1), side_of(body), False
        return Bounds(2, None, None), side_of(body), True
    possessed = determiner is not None and determiner[0].split()[-1].lower() in _POSSESSIVES
    if article or (possessed and not body.endswith("s")):
        return None if counts_things(" " + body) else (Bounds(1, 1, 1), side_of(body), False)
    first_word = plain_word(body.split()[0].rstrip(".")) if body.split() else ""
    if first_word in words.titles | words.ranks and len(body.split()) > 1:
        return Bounds(1, 1, 1), "combatant" if first_word in words.ranks else "unknown", False
    if _is_person_name(body):
        return Bounds(1, 1, 1), "unknown", False
    return None


_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){1,5}")


def _is_person_name(body: str) -> bool:
    """Tell a person's name of two words or more from the name of an organisation or a people."""
    if _NAME.fullmatch(body) is None:
        return False
    words = load_count_words()
    pieces = [plain_word(piece) for piece in re.split(r"[\s-]+", body)]
    if any(piece in words.organisations or piece in words.things for piece in pieces):
        return False
    named = [piece[0].isupper() or piece.lower().startswith(_PARTICLES) for piece in body.split()]
    return all(named) and body[0].isupper()


_PARTICLES = ("al", "bin", "ibn", "abu", "de", "van", "von", "el", "ul", "ould", "ag")


def _is_role(part: str) -> bool:
    """Tell whether a member of a list says what else the one before is ("a paramedic and activist")."""
    counted = read_quantity(part, 0, len(part)) is not None
    if not part.strip() or counted or _ARTICLE.match(part) or _DETERMINER.match(part):
        return False
    head = head_of(part)
    words = load_count_words()
    last = plain_word(part.split()[-1])
    return head is not None and head[0].plural is False and not head[1] and last not in words.kin


def _bare_plural(part: str) -> bool:
    """Tell whether a member of a list has no number of its own ("... and security members")."""
    if _ARTICLE.match(part) or _DETERMINER.match(part):
        return False
    head = head_of(part)
    return head is not None and head[0].plural is not False and read_quantity(part, 0, len(part)) is None
