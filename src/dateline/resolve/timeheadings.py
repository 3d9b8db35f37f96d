"""Times that head a paragraph of a chronicle: "March. Nine were shot at the ford." is told of March."""

from collections.abc import Callable, Sequence

from dateline.model.article import Article
from dateline.resolve.timeforms import CalendarDate, TimeExpression


def heading_of(
    article: Article, sentence: int, times_in: Callable[[int], Sequence[TimeExpression]]
) -> TimeExpression | None:
    """Return the day, month or year that alone makes the first sentence of the paragraph of `sentence`."""
    start = article.sentences[sentence][0]
    opens = article.text.rfind("\n\n", 0, start) + 2
    first = article.sentence_at(opens) if opens > 1 else 0
    if first is None or first >= sentence:
        return None
    low, high = article.sentences[first]
    alone = article.text[low:high].strip(" \n.:")
    times = [time for time in times_in(first) if isinstance(time.form, CalendarDate)]
    return times[0] if len(times) == 1 and times[0].span.text == alone else None
