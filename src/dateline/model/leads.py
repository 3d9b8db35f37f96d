"""What the head of an article names: its title and the sentences that it opens with."""

import re

from dateline.model.article import Article

# News says where it plays in its headline and its first sentences; further on other places are named as well.
LEAD_SENTENCES = 3
# A lead with more names than this is a list, and says little of any one of them.
MOST_NAMES = 40

# Capitalised words, with an apostrophe inside ("N'Djamena"); a possessive is left out.
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][^\W_]*(?:['’](?!s\b)[^\W_]+)?")


def lead_names(article: Article) -> tuple[str, ...]:
    """Return the capitalised words of the title and the first sentences, each once, in their order.

    Words that only begin a sentence are among them: whether a word is a name is not decided here.
    """
    end = article.sentences[min(LEAD_SENTENCES, len(article.sentences)) - 1][1] if article.sentences else 0
    words = _NAME.findall(f"{article.title or ''}\n{article.text[:end]}")
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))[:MOST_NAMES]
