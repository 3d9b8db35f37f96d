"""Where the text of a dispatch begins, behind its dateline."""

from dateline.model.article import Article


def behind_dateline(article: Article, start: int) -> int:
    """Return where the first sentence begins behind "Erbil –" or "Kirkuk (Outlet.com)"."""
    head = article.dateline
    ends = [span.end for span in (head.place, head.outlet) if span is not None] if head else []
    if not ends:
        return start
    limit = article.sentences[0][1]
    end = min(max(ends), limit)
    while end < limit and not article.text[end].isalnum() and article.text[end] not in '“"‘«':
        end += 1
    return end
