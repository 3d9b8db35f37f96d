"""A coder that answers what it is given, so that scorers are tested without any real one."""

from collections.abc import Callable, Iterable

import pytest

from dateline.model.article import Article
from dateline.model.ids import mention_id
from dateline.model.mention import Argument, Attribution, Mention
from dateline.model.values import make_status
from dateline.train.examples import Bounds, Example, Saying

Telling = Callable[[Iterable[Example]], "Told"]


class Told:
    """Answers, for each text it knows, what is marked in its example; nothing for others."""

    name = "told"
    version = "1"

    def __init__(self, examples: Iterable[Example]) -> None:
        self._examples = {example.text: example for example in examples}

    def attributions(self, article: Article) -> tuple[Attribution, ...]:
        example = self._examples.get(article.text)
        return _attributions(article, example.sayings) if example else ()

    def code(self, article: Article) -> tuple[Mention, ...]:
        example = self._examples.get(article.text)
        return (
            tuple(_mention(article, example, number) for number in range(len(example.frames)))
            if example
            else ()
        )


def _mention(article: Article, example: Example, number: int) -> Mention:
    frame = example.frames[number]
    kind = frame.type or "assault"
    covering = [
        saying
        for saying in example.sayings
        if saying.content and saying.content[0] <= frame.trigger[0] and frame.trigger[1] <= saying.content[1]
    ]
    covering.sort(key=lambda saying: _width(saying.content), reverse=True)
    return Mention(
        id=mention_id(article.id, kind, *frame.trigger),
        article=article.id,
        sentence=article.sentence_at(frame.trigger[0]) or 0,
        type=kind,
        trigger=article.span(*frame.trigger),
        arguments=tuple(Argument(each.role, article.span(each.start, each.end)) for each in frame.fillers),
        status=make_status(**frame.status),  # type: ignore[arg-type]
        attributions=_attributions(article, covering),
    )


def _width(bounds: Bounds | None) -> int:
    return bounds[1] - bounds[0] if bounds else 0


def _attributions(article: Article, sayings: Iterable[Saying]) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(article.span(*each.cue), article.span(*each.source), article.span(*each.content))
        for each in sayings
        if each.source and each.content
    )


@pytest.fixture
def telling() -> Telling:
    """Return what makes a coder that answers the marks of examples."""
    return Told
