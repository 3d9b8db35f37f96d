"""Who says so: attribution frames of an article, and which of them cover a trigger."""

from collections.abc import Sequence

import msgspec

from dateline.code.cues import AttributionCues
from dateline.code.grammar import object_of, subject_of
from dateline.code.phrases import Parsed, Phrase, conjuncts, with_of
from dateline.code.tokens import Tag

_NONE = frozenset[str]()
_SPEAKERS = frozenset({Tag.NOUN, Tag.NAME, Tag.PRONOUN})
_SUBORDINATE = frozenset({"when", "while", "as", "if", "although", "though", "because", "once"})
_CONTENT_OPENERS = frozenset({"that", ":", "“", '"', "«"})
# Fewer words than this behind a cue are no content: "..., the officer told reporters on Monday".
MIN_CONTENT = 5
# How far behind a cue a quotation mark or the comma that ends a relative clause is looked for.
REACH = 80


class Frame(msgspec.Struct, frozen=True):
    """One cue with its source, as token ranges of its sentence, and the character offsets that it covers."""

    sentence: int
    cue: tuple[int, int]
    source: tuple[int, int]
    content: tuple[int, int]

    def covers(self, start: int, end: int) -> bool:
        """Tell whether the characters `start:end` lie in the content."""
        return self.content[0] <= start and end <= self.content[1]


def read_frames(parsed: Parsed, cues: AttributionCues) -> tuple[Frame, ...]:
    """Return the attribution frames of a sentence, outermost first."""
    frames: list[Frame] = []
    for position, token in enumerate(parsed.tokens):
        if token.lower in cues.hearsay_starts:
            frames.extend(_hearsay(parsed, position, cues))
        if token.lower in cues.quote and token.tag is Tag.VERB:
            frames.extend(_quoting(parsed, position))
        elif token.lower in cues.speech or token.lower in cues.belief:
            # ", arguing that ...": the speaker before it goes on.
            further = token.lower.endswith("ing") and bool(frames)
            frame = None if further else _speech(parsed, position, cues)
            if frame is not None:
                frames.append(frame)
    return tuple(_merge(frames, cues, parsed))


def _merge(frames: list[Frame], cues: AttributionCues, parsed: Parsed) -> list[Frame]:
    """Keep one frame per source, and none whose source says nothing; the wider content is the outer one."""
    kept: list[Frame] = []
    taken: set[int] = set()
    for frame in sorted(frames, key=lambda f: (f.content[0] - f.content[1], f.cue)):
        words = range(*frame.source)
        if taken.isdisjoint(words) and _is_source(parsed, frame, cues):
            kept.append(frame)
            taken.update(words)
    return kept


def _is_source(parsed: Parsed, frame: Frame, cues: AttributionCues) -> bool:
    """Refuse "it", a number ("four more") and a time as somebody who says something."""
    if parsed.lower(frame.source[0]) in cues.no_source and frame.source[1] - frame.source[0] == 1:
        return False
    speaks = any(parsed.tag(position) in _SPEAKERS for position in range(*frame.source))
    phrase = parsed.phrase_at(frame.source[0])
    return speaks and (phrase is None or parsed.lower(phrase.head) not in parsed.words.time_units)


def _hearsay(parsed: Parsed, position: int, cues: AttributionCues) -> list[Frame]:
    frames: list[Frame] = []
    for cue in cues.hearsay:
        words = cue.split()
        if any(parsed.lower(position + step) != word for step, word in enumerate(words)):
            continue
        after = position + len(words)
        phrase = parsed.phrase_at(after)
        if phrase is not None and phrase.first == after and not phrase.pronoun:
            source = with_of(parsed, phrase)
            content = (parsed.start, parsed.end)
            frames.append(Frame(parsed.index, (position, after), (source.first, source.last), content))
    return frames


def _quoting(parsed: Parsed, cue: int) -> list[Frame]:
    """Read "the paper quoted a source as saying that ...": two frames, the paper's around the source's."""
    content = (parsed.tokens[cue].end, parsed.end)
    frames: list[Frame] = []
    quoted = object_of(parsed, cue + 1, _NONE)
    subject = subject_of(parsed, cue)
    if subject is not None and not subject.pronoun:
        outer = with_of(parsed, subject)
        frames.append(
            Frame(parsed.index, (cue, cue + 1), (outer.first, outer.last), (parsed.start, parsed.end))
        )
    if quoted:
        inner = quoted[0]
        start = parsed.tokens[inner.last - 1].end
        frames.append(Frame(parsed.index, (cue, cue + 1), (inner.first, inner.last), (start, content[1])))
    return frames


def _speech(parsed: Parsed, cue: int, cues: AttributionCues) -> Frame | None:
    inverted = _inverted_source(parsed, cue)
    if inverted is not None:
        return Frame(
            parsed.index, (cue, cue + 1), (inverted.first, inverted.last), _around(parsed, cue, inverted)
        )
    token = parsed.tokens[cue]
    if token.tag is not Tag.VERB:
        return None
    subject = subject_of(parsed, cue)
    if subject is None or subject.last > cue:
        return None
    source = _with_partner(parsed, with_of(parsed, subject))
    if not _has_content(parsed, cue, source, cues):
        return None
    relative = _relative_before(parsed, cue, subject)
    content = _to_comma(parsed, cue) if relative else _around(parsed, cue, source)
    return Frame(parsed.index, (cue, cue + 1), (source.first, source.last), content)


def _with_partner(parsed: Parsed, source: Phrase) -> Phrase:
    """Widen the second of two speakers over the first: "..., police and medical sources said"."""
    first = parsed.phrase_at(source.first - 2)
    if parsed.lower(source.first - 1) != "and" or first is None or first.last != source.first - 1:
        return source
    apart = parsed.tag(first.first - 1) in (Tag.COMMA, Tag.QUOTE) or first.first == 0
    return Phrase(first.first, source.last, source.head) if apart else source


def _has_content(parsed: Parsed, cue: int, subject: Phrase, cues: AttributionCues) -> bool:
    """Refuse cues that are other verbs here: "the blast showed", "declared a caliphate", "added two units"."""
    word = parsed.lower(cue)
    opens = any(parsed.lower(cue + step) in _CONTENT_OPENERS for step in (1, 2, 3, 4))
    if word in cues.evidence_verbs and parsed.lower(subject.head) not in cues.evidence and not opens:
        return False
    closes = parsed.tag(subject.first - 1) in (Tag.COMMA, Tag.QUOTE)
    return word not in cues.needs_clause or opens or closes


def _relative_before(parsed: Parsed, cue: int, subject: Phrase) -> bool:
    """Tell whether the cue stands in a relative clause ("the officer, who said he was there, ...")."""
    return any(parsed.tag(position) is Tag.RELATIVE for position in range(subject.last, cue))


def _to_comma(parsed: Parsed, cue: int) -> tuple[int, int]:
    """Return the characters from the cue to the comma that ends its clause, or to the end."""
    for position in range(cue + 1, min(cue + REACH, len(parsed.tokens))):
        if parsed.tag(position) in (Tag.COMMA, Tag.MARK):
            return parsed.tokens[cue].end, parsed.tokens[position].start
    return parsed.tokens[cue].end, parsed.end


def _inverted_source(parsed: Parsed, cue: int) -> Phrase | None:
    """Read "..., said the officer": the source follows a cue that a comma or a quotation mark precedes."""
    if parsed.tag(cue - 1) not in (Tag.COMMA, Tag.QUOTE) or cue == 0:
        return None
    phrase = parsed.phrase_at(cue + 1)
    if phrase is None or phrase.first != cue + 1:
        return None
    following = conjuncts(parsed, phrase, forward=True)
    # "..., told reporters" and "..., added that": what follows is not the speaker.
    if parsed.lower(cue) in ("told", "tells") or parsed.lower(phrase.last) == "that":
        return None
    return following[0]


def _around(parsed: Parsed, cue: int, source: Phrase) -> tuple[int, int]:
    """Return the characters that a cue covers: what follows it, what goes before, or both."""
    first = min(cue, source.first)
    last = max(cue + 1, source.last)
    before = first - 1
    ahead = range(last, min(last + MIN_CONTENT + 2, len(parsed.tokens)))
    follows = sum(1 for position in ahead if parsed.tag(position) is not Tag.MARK) >= MIN_CONTENT
    leads = parsed.tag(before) in (Tag.COMMA, Tag.QUOTE) and _is_clause(parsed, before, alone=not follows)
    if leads and follows and not _quote_after(parsed, last):
        follows = parsed.lower(last) in ("that", ",", ":") and not _closes_quote(parsed, before)
    start = parsed.start if leads else parsed.tokens[cue].end
    end = parsed.end if follows or not leads else parsed.tokens[first].start
    return start, end


def _is_clause(parsed: Parsed, end: int, *, alone: bool) -> bool:
    """Tell whether the words before `end` say something: "Late on Friday, ..." does not.

    "After clashes broke out, police said ..." does only where nothing follows that could be the content.
    """
    for position in range(max(0, end - REACH), end):
        if parsed.tag(position) is Tag.VERB:
            return alone or (parsed.tag(0) is not Tag.PREPOSITION and parsed.lower(0) not in _SUBORDINATE)
    return alone and end >= MIN_CONTENT


def _quote_after(parsed: Parsed, position: int) -> bool:
    ahead = range(position, min(position + REACH, len(parsed.tokens)))
    return any(parsed.tag(at) is Tag.QUOTE for at in ahead)


def _closes_quote(parsed: Parsed, position: int) -> bool:
    return parsed.tag(position) is Tag.QUOTE


def covering(frames: Sequence[Frame], start: int, end: int) -> tuple[Frame, ...]:
    """Return the frames whose content holds the characters `start:end`, outermost first."""
    return tuple(frame for frame in frames if frame.covers(start, end))


def speakers_of_quotes(
    text: str, sentences: Sequence[Parsed], frames: Sequence[Sequence[Frame]]
) -> dict[int, Frame]:
    """Return, for sentences that lie inside a quotation and name nobody, the frame that they belong to.

    The speaker of a quotation stands before it or after it in the same paragraph; the nearest before the
    sentence wins, because news names the speaker behind the first quoted sentence.
    """
    spoken: dict[int, Frame] = {}
    for paragraph in _paragraphs(text, sentences):
        inside = _quoted(text, [sentences[number] for number in paragraph])
        later = _next_frames([frames[number] for number in paragraph])
        earlier: Frame | None = None
        for place, number in enumerate(paragraph):
            if frames[number]:
                earlier = frames[number][-1]
            elif inside[place]:
                frame = earlier or later[place]
                if frame is not None:
                    spoken[number] = frame
    return spoken


def _next_frames(frames: Sequence[Sequence[Frame]]) -> list[Frame | None]:
    """Return, for each sentence, the first frame of the nearest sentence behind it that has one."""
    following: list[Frame | None] = []
    nearest: Frame | None = None
    for own in reversed(frames):
        following.append(nearest)
        nearest = own[0] if own else nearest
    return following[::-1]


def _paragraphs(text: str, sentences: Sequence[Parsed]) -> list[list[int]]:
    paragraphs: list[list[int]] = []
    for number, parsed in enumerate(sentences):
        fresh = number == 0 or "\n\n" in text[sentences[number - 1].end : parsed.start]
        if fresh:
            paragraphs.append([])
        paragraphs[-1].append(number)
    return paragraphs


def _quoted(text: str, paragraph: Sequence[Parsed]) -> list[bool]:
    """Tell for each sentence whether a quotation is open at its first letter or begins with it."""
    depth = 0
    flags: list[bool] = []
    for parsed in paragraph:
        wording = text[parsed.start : parsed.end]
        flags.append(depth > 0 or wording[:1] in '“"«')
        for mark in wording:
            if mark in "“«":
                depth = 1
            elif mark in "”»":
                depth = 0
            elif mark == '"':
                depth = 1 - depth
    return flags
