"""Finding times: atoms are read off the text, joined with their neighbours, narrowed and given bounds."""

import re
from functools import cache

import msgspec

from dateline.model.span import span_of
from dateline.resolve.timeatoms import DIGITS, Atom, Rule
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    Duration,
    Feast,
    OtherDate,
    Part,
    PartOfDay,
    Period,
    Repeated,
    Shift,
    Stretch,
    TimeExpression,
    Vague,
    Weekday,
)
from dateline.resolve.timegrammar import grammar
from dateline.resolve.timejoining import REACH, append, join
from dateline.resolve.timenames import is_in_name
from dateline.resolve.timeslices import sliced
from dateline.resolve.timewords import GAP, alternatives, load_time_words

_WORD = re.compile(r"(?<!\w)(?<![\d][,.])(?:(\d)\w*|q[1-4](?!\w)|[^\W\d_]+)", re.IGNORECASE)


def find_times(text: str, start: int = 0, end: int | None = None) -> tuple[TimeExpression, ...]:
    """Return the times named in `text[start:end]`, in order, not overlapping.

    Spans point into `text`. An expression is found whatever can be made of it later: lengths ("two hours")
    and returning times ("every Friday") are found too, with a form that says so. Years and months that
    could be something else ("2003 people", "may", "March on the capital") need words beside them that
    show a date. Raises ValueError where start and end do not lie in the text in order.
    """
    stop = len(text) if end is None else end
    if not 0 <= start <= stop <= len(text):
        raise ValueError(f"offsets {start}:{stop} do not lie within a text of {len(text)} characters")
    joined: list[Atom] = []
    for atom in _atoms(text, start, stop):
        merged = join(joined[-1], atom, text) if joined else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(atom)
    found: list[TimeExpression] = []
    for atom in joined:
        if is_in_name(atom, text):
            continue
        expression = _expression(atom, text, max(start, found[-1].span.end if found else start), stop)
        if expression is not None:
            append(found, expression, text)
    return tuple(found)


def _atoms(text: str, start: int, stop: int) -> list[Atom]:
    """Read the atoms of `text[start:stop]`, the longest at each place; set phrases are dropped."""
    table = grammar()
    found: list[Atom] = []
    position = start
    for word in _WORD.finditer(text, start, stop):
        if word.start() < position:
            continue
        head = DIGITS if word[1] else word[0].lower()
        rules = table.get(head)
        if rules is None:
            continue
        atom = _longest(rules, text, word.start(), stop)
        if atom is not None:
            position = atom.end
            if not atom.dropped:
                found.append(atom)
    return found


def _longest(rules: tuple[Rule, ...], text: str, start: int, stop: int) -> Atom | None:
    best: Atom | None = None
    for rule in rules:
        match = rule.pattern.match(text, start, stop)
        if match is None:
            continue
        atom = rule.build(match)
        if atom is not None and (best is None or atom.end > best.end):
            best = atom
    return best


@cache
def _parts() -> re.Pattern[str]:
    words = alternatives(load_time_words().parts)
    pattern = rf"(?<!\w)(?:the{GAP})?({words})(?:{GAP}|-)?(?:(?:in|of|on){GAP})?(?:the{GAP})?\Z"
    return re.compile(pattern, re.IGNORECASE)


_LEAD = re.compile(
    rf"(?<!\w)(?:(ever{GAP}since|since|from|until|till|through|by|before|prior{GAP}to|ahead{GAP}of|after|between)"
    rf"(?:{GAP}(?:around|about))?{GAP}(?:the{GAP})?)\Z",
    re.IGNORECASE,
)

_THE = re.compile(rf"(?<!\w)the{GAP}\Z", re.IGNORECASE)

_LOOSE = re.compile(
    rf"(?<!\w)((?:more|less|fewer){GAP}than|well{GAP}over|over|under|about|around|roughly|approximately|almost|nearly|"
    rf"at{GAP}least|at{GAP}most|up{GAP}to|just|only|barely|some|another|close{GAP}to){GAP}\Z",
    re.IGNORECASE,
)

_SUPPORT = re.compile(
    r"(?<!\w)(?:in|on|at|of|since|until|till|from|by|during|before|after|between|throughout|through|over|around|"
    r"to|for|last|this|next|and|or|into|year|post|pre|mid|late|early|circa|as|for|until|the|a|an|its|his|their|"
    rf"our|'s|’s)(?:{GAP}|-)(?:the{GAP}|about{GAP}|around{GAP})?\Z",
    re.IGNORECASE,
)

# A month that is also a name or a verb needs one of these before it.
_FIRM = re.compile(
    r"(?<!\w)(?:in|since|until|till|from|by|during|before|after|between|throughout|through|of|late|early|mid|"
    rf"last|this|next|for|and|or|to)(?:{GAP}|-)(?:about{GAP}|around{GAP})?\Z",
    re.IGNORECASE,
)

_COUNTING = re.compile(
    rf"(?<!\w)(?:about|some|nearly|almost|over|than|least|most|approximately|roughly|estimated|only|no\.?|up{GAP}to|"
    rf"another|killed|killing|the{GAP}other|exceeding|number|[$€£#]){GAP}?\Z",
    re.IGNORECASE,
)

_NEXT = re.compile(r"[ \t\n]{0,2}([^\W\d_]+)")

_POSSESSIVE = re.compile(r"['’]s?(?!\w)")


def _expression(atom: Atom, text: str, floor: int, stop: int) -> TimeExpression | None:
    """Give an atom its modifiers and bounds, or None where it does not hold as a time."""
    start = atom.start
    form = atom.form
    if isinstance(form, CalendarDate) and form.month and form.year is None and _every(text, floor, start):
        return TimeExpression(span=span_of(text, start, atom.end), form=Repeated(unit="year"))
    part, start = _part(atom, text, start, floor)
    if atom.weak and part is None and not _supported(atom, text, floor, stop):
        return None
    if part is None and _takes_the(atom, text):
        the = _THE.search(text, max(floor, start - REACH), start)
        start = the.start() if the else start
    loose = _LOOSE.search(text, max(floor, start - REACH), start) if _is_length(atom, text) else None
    if loose is not None:
        atom, start = _loosened(atom, loose[1]), loose.start()
    inner = _make(atom, text, start, part)
    if part is None:
        inner = sliced(inner, text, max(floor, start - 2 * REACH))
    start = inner.span.start
    lead = _LEAD.search(text, max(floor, start - REACH), start)
    if lead is None or not inner.places or isinstance(inner.form, Vague):
        return inner
    return _bounded(inner, " ".join(lead[1].lower().split()), lead.start(), text)


def _every(text: str, floor: int, start: int) -> bool:
    """Tell "as on every 6 April", which returns, from a day of this year."""
    return _EVERY.search(text, max(floor, start - REACH), start) is not None


_EVERY = re.compile(rf"(?<!\w)(?:every|each){GAP}\Z", re.IGNORECASE)
_BARE_DAY = re.compile(r"today|yesterday|tomorrow|tonight|overnight", re.IGNORECASE)


def _takes_the(atom: Atom, text: str) -> bool:
    """Tell whether an article before the atom belongs to it ("the same day", "the night of 3 May")."""
    if _BARE_DAY.match(text, atom.start):
        return False
    if isinstance(atom.form, Deictic | Shift | Stretch | Period | Feast):
        return True
    return atom.daypart is not None and text[atom.start].islower()


def _is_length(atom: Atom, text: str) -> bool:
    """Tell whether "about" or "over" before the atom can belong to its count; "the next day" has none."""
    form = atom.form
    counted = isinstance(form, Shift) and form.direction != 0
    return isinstance(form, Duration) or (counted and not _POINTER.match(text, atom.start))


_POINTER = re.compile(r"(?:next|previous|preceding|following|coming)\b", re.IGNORECASE)


def _loosened(atom: Atom, word: str) -> Atom:
    """Note on a step that the words give only a bound: "more than two years ago"."""
    if not isinstance(atom.form, Shift):
        return atom
    words = word.lower()
    if words.startswith(("more", "over", "well", "at least")):
        return msgspec.structs.replace(atom, form=msgspec.structs.replace(atom.form, loose="over"))
    if words.startswith(("less", "under", "fewer", "up", "within", "at most")):
        return msgspec.structs.replace(atom, form=msgspec.structs.replace(atom.form, loose="under"))
    return atom


def _make(atom: Atom, text: str, start: int, part: Part | None) -> TimeExpression:
    span = span_of(text, start, atom.end)
    if atom.second is None or atom.cut is None:
        return TimeExpression(span=span, form=atom.form, part=part, daypart=atom.daypart)
    first = TimeExpression(span=span_of(text, atom.start, atom.cut[0]), form=atom.form)
    last = TimeExpression(span=span_of(text, atom.cut[1], atom.end), form=atom.second)
    return TimeExpression(span=span, form=Between(first=first, last=last), part=part, daypart=atom.daypart)


_LONG = ("month", "year", "decade", "century", "week", "quarter", "day", "weekend")


def _part(atom: Atom, text: str, start: int, floor: int) -> tuple[Part | None, int]:
    """Return the part that stands before an atom ("late", "mid-"), and where it begins."""
    form = atom.form
    fits = isinstance(form, CalendarDate | Period | Weekday | PartOfDay | Feast | OtherDate) or (
        isinstance(form, Deictic | Shift) and form.unit in _LONG
    )
    found = _parts().search(text, max(floor, start - REACH), start) if fits else None
    if found is None:
        return None, start
    word = " ".join(found[1].lower().split())
    if isinstance(form, PartOfDay):
        return (None, start) if not atom.weak else (None, found.start())
    part = load_time_words().parts[word]
    return part, found.start()


def _supported(atom: Atom, text: str, floor: int, stop: int) -> bool:
    """Tell whether the words around a weak atom show that it is a time."""
    form = atom.form
    low = max(floor, atom.start - REACH)
    following = _NEXT.match(text, atom.end, min(stop, atom.end + REACH))
    after = following[1] if following else ""
    if isinstance(form, CalendarDate):
        if form.month is None:
            return _year_holds(atom, text, low, after)
        if form.short_year:
            return bool(_SUPPORT.search(text, low, atom.start))
        return _month_holds(atom, form.month, text, low, after)
    if isinstance(form, Period) and form.unit == "decade" and _AGED.search(text, low, atom.start):
        return False
    if isinstance(form, Shift):
        return False  # "the eve of" nothing that is a time
    if isinstance(form, Deictic):
        return form.unit == "weekend" and bool(_SUPPORT.search(text, low, atom.start))
    return bool(_SUPPORT.search(text, low, atom.start))


# "In his 30s" is an age.
_AGED = re.compile(
    r"(?<!\w)(?:his|her|their|my|your|our|its|['’]s)\s(?:early|mid|late)?[\s-]?\Z", re.IGNORECASE
)

_OTHER_ERA = frozenset({"bc", "bce", "ad", "hours", "hrs", "gmt", "utc"})


# Four figures below this are a year only behind a preposition: slugs and clock times look like them.
SURE_YEAR = 1500


def form_year(atom: Atom) -> int:
    """Return the year of an atom that is a bare year."""
    return atom.form.year or 0 if isinstance(atom.form, CalendarDate) else 0


def _year_holds(atom: Atom, text: str, low: int, after: str) -> bool:
    """Tell a year from a count: "in 2003" against "2003 people" and "about 2000 rounds"."""
    if after.lower() in _OTHER_ERA or _COUNTING.search(text, low, atom.start):
        return False
    if text[atom.start - 1 : atom.start] in ("$", "€", "£", "#", "/", "+", "-") and not _SUPPORT.search(
        text, low, atom.start
    ):
        return False
    if after.lower() in load_clause_words().counted:
        return bool(re.search(r"(?<!\w)(?:In|since|Since|until|Until)\s\Z", text[low : atom.start]))
    if _SUPPORT.search(text, low, atom.start):
        return True
    if form_year(atom) < SURE_YEAR:
        return False
    before = text[max(low, atom.start - 2) : atom.start].strip()
    closing = text[atom.end : atom.end + 1]
    ending = atom.end == len(text) or closing == "\n"
    return (
        before in ("(", "", ",", "–", "-", "—") or closing in (",", ")", ".", ";", ":", "–", "'", "’") or ending
    )


def _month_holds(atom: Atom, month: int, text: str, low: int, after: str) -> bool:
    """Tell a month from a name or a verb: "in May" against "Theresa May", "the March on the capital"."""
    if _FIRM.search(text, low, atom.start):
        short = atom.end - atom.start <= 3 and not after.isupper()
        return not (after[:1].isupper() and (after.lower() == "day" or (short and month != 5)))
    modifier = after.lower() in load_clause_words().happenings
    if _HEADS.match(text, atom.end) and _PARAGRAPH.search(text, max(0, atom.start - 3), atom.start):
        return atom.end - atom.start > 3 or month == 5
    if after in _MONTH_TELLS and _CLAUSE_OPENS.search(text, low, atom.start):
        return True
    if month in (3, 5):
        opens = not text[max(low, atom.start - 2) : atom.start].strip(' \n"“') and bool(
            atom.start == 0 or _SENTENCE_END.search(text, max(0, atom.start - 4), atom.start)
        )
        return modifier or (opens and after in _MONTH_VERBS[month])
    if after[:1].isupper() and not after.isupper():
        return False
    if text[atom.start : atom.end].endswith(".") or atom.end - atom.start <= 3:
        return modifier
    before = text[low : atom.start].rstrip()
    named = bool(re.search(r"[A-Z]\w*\Z", before)) and not before.endswith((".", ","))
    return not named


# Behind a month that opens its sentence, where it is no name and no verb: "March belonged to the rebels".
_MONTH_VERBS = {
    3: frozenset(
        {"belonged", "brought", "saw", "began", "opened", "ended", "passed", "cost", "alone", "was", "had"}
    ),
    5: frozenset({"belonged", "alone"}),
}
# "March. Nine were shot": the month heads a paragraph.
_HEADS = re.compile(r"[.:]\s+[“\"‘(]?[A-Z]")
_PARAGRAPH = re.compile(r"(?:\A|\n\s?\n)\Z")
# The same within a sentence: "in Harim, where March saw the deadliest raid".
_MONTH_TELLS = frozenset({"saw", "brought", "cost"})
_CLAUSE_OPENS = re.compile(r"(?<!\w)(?:where|when|and|but|since|that|which|while|as|then)\s\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:[.!?][\"”’']?\s|\n)[\"“]?\Z")

_OUT = re.compile(
    r"\s+(?:is|was|were|had|has)\s+(?:quite\s+)?(?:out|over|up|done|ended|gone|passed)(?!\w)", re.IGNORECASE
)
_LAST = frozenset({"until", "till", "through", "by"})

_BEFORE = frozenset({"before", "prior to", "ahead of"})


def _bounded(inner: TimeExpression, lead: str, start: int, text: str) -> TimeExpression:
    """Apply "since", "until", "before" ... to the time that follows it."""
    if lead in ("before", "prior to", "ahead of", "after", "between") and isinstance(inner.form, PartOfDay):
        return inner
    possessive = _POSSESSIVE.match(text, inner.span.end)
    span = span_of(text, start, inner.span.end)
    if lead == "between" or isinstance(inner.form, PartOfDay):
        return inner if not isinstance(inner.form, Between) else msgspec.structs.replace(inner, span=span)
    if isinstance(inner.form, Between):
        return msgspec.structs.replace(inner, span=span) if lead == "from" else inner
    if lead in ("by", "from") and possessive:
        # "protected by today's rules", "of wounds from Tuesday's blast"
        return inner
    if lead in _LAST:
        return TimeExpression(span=span, form=Between(last=inner))
    if lead in _BEFORE or lead == "after":
        if inner.daypart is not None or (lead != "after" and _OUT.match(text, inner.span.end)):
            # "before the month was out" is within it, and "before dawn on Friday" is on Friday
            return msgspec.structs.replace(inner, span=span)
        if possessive or not _ends_phrase(text, inner.span.end):
            return inner
        if lead == "after":
            return TimeExpression(span=span, form=Between(first=inner, exclusive=True))
        return TimeExpression(span=span, form=Between(last=inner, exclusive=True))
    return TimeExpression(span=span, form=Between(first=inner))


_AFTER_PHRASE = re.compile(
    r"\s*(?:\Z|[.,;:!?)\]\"”—–]|(?:and|but|when|while|the|in|at|on|with|as|he|she|it|they|that|which|who|was|were|"
    r"has|have|had|is|are|for|by|to|or)(?!\w))"
)


def _ends_phrase(text: str, offset: int) -> bool:
    """Tell whether the time is a phrase of its own there, not the modifier of a noun ("Friday prayers")."""
    return bool(_AFTER_PHRASE.match(text, offset))
