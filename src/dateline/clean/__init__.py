"""Clean a Capture into an Article: main text, metadata, sentences, or a Rejected with its reason."""

from dateline.clean.articles import article_of, clean
from dateline.clean.published import parse_date

__all__ = ["article_of", "clean", "parse_date"]
