"""A coder that answers the anchors of worlds, so that resolving and linking are measured apart from reading."""

from collections.abc import Iterator, Sequence

from dateline.evaluate.worlds import Dispatch, World
from dateline.model.article import Article
from dateline.model.ids import mention_id
from dateline.model.mention import Argument, Attribution, Mention
from dateline.model.values import make_status
from dateline.train.examples import Bounds, Saying


class GivenMentions:
    """A coder that answers the anchors of the worlds it was made of."""

    name = "given"
    version = "1"

    def __init__(self, worlds: Sequence[World]) -> None:
        self._dispatches = {each.article.id: each for world in worlds for each in world.dispatches}

    def code(self, article: Article) -> tuple[Mention, ...]:
        """Return a mention for each anchor of the article, none for an article of no world."""
        dispatch = self._dispatches.get(article.id)
        return tuple(_mentions(dispatch)) if dispatch else ()


def _mentions(dispatch: Dispatch) -> Iterator[Mention]:
    article = dispatch.article
    for anchor in dispatch.anchors:
        frame = anchor.frame
        kind = frame.type or ""
        yield Mention(
            id=mention_id(article.id, kind, *frame.trigger),
            article=article.id,
            sentence=article.sentence_at(frame.trigger[0]) or 0,
            type=kind,
            trigger=article.span(*frame.trigger),
            arguments=tuple(Argument(each.role, article.span(each.start, each.end)) for each in frame.fillers),
            # the loader has checked the values
            status=make_status(**frame.status),  # type: ignore[arg-type]
            attributions=tuple(_attributions(article, dispatch.sayings, frame.trigger)),
        )


def _attributions(article: Article, sayings: Sequence[Saying], trigger: Bounds) -> Iterator[Attribution]:
    covering = [
        (saying.content[0] - saying.content[1], saying.cue, saying.source, saying.content)
        for saying in sayings
        if saying.source and saying.content
        and saying.content[0] <= trigger[0] and trigger[1] <= saying.content[1]
    ]  # fmt: skip
    for _, cue, source, content in sorted(covering):
        yield Attribution(article.span(*cue), article.span(*source), article.span(*content))
