"""Places in the words of who says it: where somebody speaks is not where it happened."""

import re
from collections.abc import Sequence

from dateline.model.article import Article
from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.resolve.nations import load_nations
from dateline.resolve.timeclauses import load_clause_words

# So far behind the words of saying a place can be where it is said, in characters.
_REACH = 90
# "In [Kismayo], a spokesman said".
_LEADS = re.compile(r"(?:\A|[\s“\"])(?:in|at|from)\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?\Z", re.IGNORECASE)
LONGEST_LEAD = 4
_TO_SPEAKER = re.compile(r"\s*,?\s*(?:(?:the|an?|one|another)\s+)?\Z")
_OWNS = re.compile(r"['’]s?\s+(?:[a-z-]+\s+){0,3}(?:,\s*)?")
# "An officer in [Kunduz] said", where only the officer is marked.
_IS_IN = re.compile(r"\s+(?:in|at|of|from)\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?")
_LED = re.compile(r"(?<!\w)(?:in|at|of|from|outside)\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?\Z")
_CUT = re.compile(r"[,;:.!?“”\"()]")
# What follows tells of the happening, not of the speaker: "wrote of yesterday's disorder in".
_TELLS = re.compile(
    r"\A\s*(?:of|on)\s+(?!\w+day\b)|"
    r"(?<!\w)(?:about|after|following|regarding|concerning|since|whose|where|when|who)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+")


def places_of_speech(
    named: Sequence[Span], trigger: Span, sayings: Sequence[Attribution], article: Article
) -> tuple[frozenset[Span], frozenset[Span]]:
    """Return those of a sentence's places where it only is said, and those of which the speakers are.

    "In Kismayo, a spokesman said", "he told reporters in Bula Hawa" and "Cairo's interior ministry wrote" are
    the first; "police in Bannu said" is the second: it may have happened where those who speak of it are.
    """
    around = [one for one in sayings if one.content.contains(trigger)]
    outside = [name for name in named if not any(one.content.overlaps(name) for one in around)]
    said = {name for name in outside if any(_is_said_at(name, one, article) for one in around)}
    theirs = {name for name in outside if any(_is_of(name, one, article) for one in around)}
    nations = load_nations()
    capitals = {name for name in theirs if nations.seat_of(name.text) or nations.country_of(name.text)}
    return frozenset((said - theirs) | capitals), frozenset(theirs - capitals)


def _is_said_at(name: Span, saying: Attribution, article: Article) -> bool:
    """Tell whether a place leads to the speaker or follows the words of saying ("announced in Abuja").

    What tells of the happening again does not count ("said of the attack in Bannu").
    """
    text, source = article.text, saying.source
    here = article.sentence_at(name.start)
    if here is not None and name.end <= source.start:
        head = text[article.sentences[here][0] : name.start]
        led = len(head.split()) <= LONGEST_LEAD and _LEADS.search(head) is not None
        return led and _TO_SPEAKER.fullmatch(text, name.end, source.start) is not None
    start = max(saying.cue.end, source.end if source.start >= saying.cue.end else 0)
    if not 0 <= name.start - start <= _REACH or start <= saying.content.start < name.start:
        return False
    between = text[start : name.start]
    if _CUT.search(between) or _TELLS.search(between) or _LED.search(between) is None:
        return False
    happenings = load_clause_words().happenings
    return not any(word.lower() in happenings for word in _WORD.findall(between))


def _is_of(name: Span, saying: Attribution, article: Article) -> bool:
    """Tell whether a place stands in the words for who speaks, or owns him ("Bannu's police chief")."""
    text, source = article.text, saying.source
    if source.contains(name):
        return True
    if name.end < source.start:
        return _OWNS.fullmatch(text, name.end, source.start) is not None
    between = source.end < name.start and name.end <= saying.cue.start
    return between and _IS_IN.fullmatch(text, source.end, name.start) is not None
