"""Who says what in a sentence, beyond what the coder found: turns between speakers, and whom they quote."""

import re
from collections.abc import Sequence

from dateline.model.article import Article
from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.outlets import known_outlets
from dateline.resolve.sayingwords import load_saying_words

# More words than this name no speaker.
LONGEST_SPEAKER = 12
_CLAUSE = re.compile(
    r"[,;:!?“”\"«»()\n]|(?<!\w)(?:that|but|and|while|as|who|which|whom|because|after|before|when|although|though|"
    r"however|meanwhile|later|also|then)(?!\w)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[,.;:!?“”\"«»()\n]|(?<!\w)(?:as\s+(?:saying|telling)|that|who|which|but|said|says|saying|on\s+\w+day|in\s+an?)(?!\w)"
)
_PASSIVE = re.compile(r"(?<!\w)(?:was|were|is|are|been|being|be)\s+\Z", re.IGNORECASE)
_TOLD = re.compile(r"(?<!\w)(?:told|tells|telling)\s+(?:the\s+)?", re.IGNORECASE)


def segment_at(text: str, start: int, end: int, offset: int) -> tuple[int, int]:
    """Return the part of the sentence `text[start:end]` around `offset` between two turns of speaker."""
    first, last = start, end
    for turn in load_saying_words().turn.finditer(text, start, end):
        if turn.start() <= offset:
            first = turn.start()
        else:
            last = turn.start()
            break
    return first, last


def heard_at(article: Article, attributions: Sequence[Attribution], offset: int) -> tuple[Attribution, ...]:
    """Return those of `attributions` whose speaker is heard at `offset`.

    "Police said 12 died, but rebels said 20 did": where the part of the sentence around `offset` has a speaker
    of its own, those of the other parts are not heard there.
    """
    number = article.sentence_at(offset)
    if number is None:
        return tuple(attributions)
    start, end = article.sentences[number]
    first, last = segment_at(article.text, start, end, offset)
    own = [one for one in attributions if first <= one.cue.start < last]
    if not own:
        return tuple(attributions)
    return tuple(one for one in attributions if one in own or not start <= one.cue.start < end)


def with_quoted(
    article: Article, attributions: Sequence[Attribution], trigger: Span
) -> tuple[Attribution, ...]:
    """Return `attributions`, outermost first, with whom the trigger's sentence names as quoted or told.

    "..., the agency said, quoting the minister" adds the minister inside; "the officer told AFP" the agency
    outside, where the catalogue of outlets knows it.
    """
    number = article.sentence_at(trigger.start)
    if number is None:
        return tuple(attributions)
    start, end = article.sentences[number]
    first, last = segment_at(article.text, start, end, trigger.start)
    found = list(attributions)
    for cue in load_saying_words().quoting.finditer(article.text, first, last):
        if _PASSIVE.search(article.text, first, cue.start()) is not None:
            continue
        quoted = speaker_behind(article, cue.end(), last)
        speaker = speaker_before(article, first, cue.start())
        if quoted is None or quoted.overlaps(trigger):
            continue
        span = article.span(cue.start(), cue.end())
        if not _has(found, quoted):
            found.append(Attribution(span, quoted, article.span(start, end)))
        if speaker is not None and not speaker.overlaps(trigger):
            own = next((one for one in found if one.source.overlaps(speaker)), None)
            if own is not None:
                found.remove(own)  # who quotes stands outside, whatever the coder thought
            at = next((index for index, one in enumerate(found) if one.source.overlaps(quoted)), len(found))
            found.insert(at, own or Attribution(span, speaker, article.span(start, end)))
    for cue in _TOLD.finditer(article.text, start, end):
        told = _outlet_at(article, cue.end(), end)
        teller = next((at for at, one in enumerate(found) if one.cue.start <= cue.start() < one.cue.end), None)
        if told is not None and teller is not None and not _has(found, told):
            found.insert(teller, Attribution(article.span(*cue.span()), told, found[teller].content))
    return tuple(found)


def _outlet_at(article: Article, start: int, end: int) -> Span | None:
    """Return the outlet of the catalogue that is named from `start` on ("AFP on condition of anonymity")."""
    behind = speaker_behind(article, start, end)
    stops = [found.end() for found in _NAME_WORD.finditer(behind.text)][:LONGEST_OUTLET] if behind else []
    for stop in reversed(stops):
        outlet = known_outlets().named(behind.text[:stop]) if behind is not None else None
        if outlet is not None and not outlet.word and behind is not None:
            return article.span(behind.start, behind.start + stop)
    return None


# Words of the longest name of an outlet that people tell something.
LONGEST_OUTLET = 5
_NAME_WORD = re.compile(r"[^\s,]+")


def _has(attributions: Sequence[Attribution], speaker: Span) -> bool:
    return any(one.source.overlaps(speaker) for one in attributions)


# Between a speaker and the verb: "vehemently [denied]", "have also [denied]".
_HOW = re.compile(r"(?:\s+(?:\w+ly|also|later|then|again|still|has|have|had))+\Z")
_HOW_REACH = 60


def speaker_before(article: Article, start: int, verb: int) -> Span | None:
    """Return who stands before a verb as its subject, or None: "..., but the army [denied]"."""
    text = article.text
    stop = len(text[:verb].rstrip())
    how = _HOW.search(text, max(start, stop - _HOW_REACH), stop)
    stop = how.start() if how is not None else stop
    apposed = text[start:stop].endswith(",")
    body = text[start : stop - 1] if apposed else text[start:stop]
    cut = 0
    marks = list(_CLAUSE.finditer(body))
    if apposed and len(marks) > 0:
        # "Ali Hassan, a spokesman, said": the name before the apposition
        marks = marks[:-1] if marks[-1][0] == "," else marks
    if marks:
        cut = marks[-1].end()
    return _speaker(article, start + cut, start + len(body))


def speaker_behind(article: Article, start: int, end: int) -> Span | None:
    """Return who is named from `start` on, up to what ends a name or a description."""
    stop = _ENDS.search(article.text, start, end)
    return _speaker(article, start, stop.start() if stop is not None else end)


def _speaker(article: Article, start: int, end: int) -> Span | None:
    wording = article.text[start:end]
    start += len(wording) - len(wording.lstrip())
    end -= len(wording) - len(wording.rstrip())
    if start >= end or len(article.text[start:end].split()) > LONGEST_SPEAKER:
        return None
    words = article.text[start:end].lower().split()
    return None if words[0] in _NOBODY and len(words) == 1 else article.span(start, end)


_NOBODY = frozenset(
    {"it", "this", "which", "that", "there", "what", "he", "she", "they", "who", "nobody", "none"}
)


def is_quoted(article: Article, span: Span) -> bool:
    """Tell whether `span` stands between quotation marks of its paragraph."""
    start = article.text.rfind("\n\n", 0, span.start) + 1
    before = article.text[max(0, start) : span.start]
    if before.rfind("“") > before.rfind("”") or before.rfind("«") > before.rfind("»"):
        return True
    return before.count('"') % 2 == 1
