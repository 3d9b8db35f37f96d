"""ECB+: event mentions with their coreference within and across documents, as reports.

A gold mention becomes the report that a coder reads at its trigger, where it reads one, else a bare report: its
type is its own first word without ending, its actors and places are the entity mentions of its sentence, as
worded. The corpus gives no dates: all documents of a topic get one day of publication, which tells nothing
between them. `own` are the reports that the coder reads in the annotated sentences.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as Tree

import msgspec

from dateline.evaluate.pairs.reading import Readings, an_article
from dateline.link.words import fold
from dateline.model.ids import ReportId, digest
from dateline.model.report import Acled, Crosswalk, Plover, Report, source_of
from dateline.model.span import Span
from dateline.model.values import Where, Who
from dateline.ontology import load_ontology

# The usual development topics.
DEVELOPMENT = (2, 5, 12, 18, 21, 23, 34, 35)
# The one day on which all documents are said to be published.
DAY = "2010-01-01"
_CROSSWALK = Crosswalk(plover=Plover(None), acled=Acled(None))
_ENDINGS = ("ings", "ing", "ed", "es", "s", "e")
Item = tuple[str, int]


class Topic(NamedTuple):
    """Gold labels of items, and reports by item: of gold mentions, and of the coder's own."""

    number: int
    labels: Mapping[Hashable, Hashable]
    gold: Mapping[Item, Report]
    own: Mapping[Item, Report]


class _Marks(NamedTuple):
    """A document: its text, where each token stands in it, and its marks with their tokens."""

    name: str
    text: str
    spans: Mapping[int, tuple[int, int]]
    sentence_of: Mapping[int, int]
    marks: Mapping[str, tuple[str, tuple[int, ...]]]
    label_of: Mapping[str, str]


def read_topics(data: Path, readings: Readings, numbers: tuple[int, ...] = DEVELOPMENT) -> Iterator[Topic]:
    """Give the topics of the corpus under `data`."""
    for number in numbers:
        labels: dict[Hashable, Hashable] = {}
        gold: dict[Item, Report] = {}
        own: dict[Item, Report] = {}
        for path in sorted((data / "ecbplus" / str(number)).glob("*.xml")):
            _add(_marks_of(path), readings, labels, gold, own)
        readings.keep()
        yield Topic(number, labels, gold, own)


def _marks_of(path: Path) -> _Marks:
    root = Tree.parse(path).getroot()  # noqa: S314 - a corpus on disk
    text = ""
    spans: dict[int, tuple[int, int]] = {}
    sentence_of: dict[int, int] = {}
    last = 0
    for token in root.iter("token"):
        number, sentence, word = int(token.attrib["t_id"]), int(token.attrib["sentence"]), token.text or ""
        text += ("\n" if sentence != last else " ") if text else ""
        spans[number] = (len(text), len(text) + len(word))
        sentence_of[number], last = sentence, sentence
        text += word
    marks: dict[str, tuple[str, tuple[int, ...]]] = {}
    for mark in root.find("Markables") or ():
        tokens = tuple(int(anchor.attrib["t_id"]) for anchor in mark.iter("token_anchor"))
        if tokens:
            marks[mark.attrib["m_id"]] = (mark.tag, tokens)
    label_of: dict[str, str] = {}
    for relation in root.find("Relations") or ():
        note = relation.attrib.get("note") if relation.tag.startswith("CROSS") else None
        for source in relation.iter("source"):
            label_of[source.attrib["m_id"]] = note or f"{path.name} {relation.attrib['r_id']}"
    return _Marks(path.name, text, spans, sentence_of, marks, label_of)


def _add(
    document: _Marks,
    readings: Readings,
    labels: dict[Hashable, Hashable],
    gold: dict[Item, Report],
    own: dict[Item, Report],
) -> None:
    read = readings(document.text, document.name, DAY)
    around: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    events: dict[str, tuple[int, ...]] = {}
    for mark, (kind, tokens) in document.marks.items():
        if "ACTION" in kind:
            events[mark] = tokens
        else:
            around[document.sentence_of[tokens[0]]].append((kind, _span(document, tokens)))
    annotated = {document.sentence_of[tokens[0]] for tokens in events.values()}
    taken: set[ReportId] = set()
    for mark, tokens in sorted(events.items()):
        item = (document.name, tokens[0])
        span = _span(document, tokens)
        labels[item] = document.label_of.get(mark, f"{document.name} {mark}")
        found = next(
            (one for one in read if one.trigger.start < span.end and span.start < one.trigger.end), None
        )
        if found is not None and found.id not in taken:
            taken.add(found.id)
            own[item] = found
        gold[item] = found if item in own and found else _bare(document, tokens, around)
    token_at = {start: number for number, (start, _) in document.spans.items()}
    for report in read:
        token = token_at.get(report.trigger.start)
        if report.id not in taken and token is not None and document.sentence_of[token] in annotated:
            own.setdefault((document.name, token), report)


def _span(document: _Marks, tokens: tuple[int, ...]) -> Span:
    start, end = document.spans[tokens[0]][0], document.spans[tokens[-1]][1]
    return Span(start, end, document.text[start:end])


def _bare(document: _Marks, tokens: tuple[int, ...], around: Mapping[int, list[tuple[str, Span]]]) -> Report:
    sentence = document.sentence_of[tokens[0]]
    inside = [number for number, place in document.sentence_of.items() if place == sentence]
    entities = around.get(sentence, [])
    return Report(
        id=ReportId("rep_" + digest(document.name, *map(str, tokens))),
        article=source_of(an_article(document.text, document.name, DAY)),
        type=stem(_span(document, tokens).text),
        trigger=_span(document, tokens),
        sentence=_span(document, (min(inside), max(inside))),
        actors=tuple(
            Who(span.start, span.end, span.text, name=span.text)
            for kind, span in entities
            if kind.startswith("HUMAN")
        ),
        where=tuple(
            Where(span.start, span.end, span.text, name=span.text)
            for kind, span in entities
            if kind.startswith("LOC")
        ),
        crosswalk=_CROSSWALK,
    )


def stem(words: str) -> str:
    """Return the first word without its ending: enough to tell that "killed" and "killings" are one type."""
    word = fold(words).partition(" ")[0]
    ending = next((ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) > 2), "")
    return word.removesuffix(ending)


class StemTypes(msgspec.Struct, frozen=True):
    """The ontology, with words that it does not know as types of their own."""

    def family(self, type_id: str, /) -> str:
        """Return the family of a type; a word is its own."""
        known = load_ontology().types.get(type_id)
        return known.family if known else type_id

    def is_violent(self, type_id: str, /) -> bool:
        """Tell whether a type is of violence; a word is not taken for it."""
        known = load_ontology().types.get(type_id)
        return known is not None and known.violent

    def related(self, a: str, b: str, /) -> float:
        """Return how far two types name one happening; a word is related to itself only."""
        return load_ontology().related(a, b)

    def crosswalk_for(self, type_id: str, actor_kind: str | None = None, *, harmed: bool = False) -> Crosswalk:
        """Return the crosswalk of a type; none for a word."""
        ontology = load_ontology()
        if type_id not in ontology.types:
            return _CROSSWALK
        return ontology.crosswalk_for(type_id, actor_kind, harmed=harmed)
