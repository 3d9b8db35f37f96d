"""Fixtures of the coder's tests: articles from bare text, and the parts of a sentence."""

from collections.abc import Callable

import pytest

from dateline.code.cues import Cues, load_cues
from dateline.code.parsing import lexicon_of
from dateline.code.patterns import PatternCoder
from dateline.code.phrases import Parsed, parse
from dateline.code.tags import Lexicon, is_shouting, tokenize
from dateline.model import ids
from dateline.model.article import Article, Dateline, Published
from dateline.model.mention import Mention
from dateline.ontology import load_ontology


@pytest.fixture(scope="session")
def coder() -> PatternCoder:
    return PatternCoder()


@pytest.fixture(scope="session")
def cues() -> Cues:
    return load_cues()


@pytest.fixture(scope="session")
def lexicon(cues: Cues) -> Lexicon:
    return lexicon_of(load_ontology(), cues)


@pytest.fixture(scope="session")
def article_of() -> Callable[..., Article]:
    """Return a maker of articles: from sentences, one paragraph each unless told otherwise."""

    def make(*sentences: str, gap: str = " ", dateline: Dateline | None = None) -> Article:
        text, bounds = "", []
        for sentence in sentences:
            start = len(text) + (len(gap) if text else 0)
            text = f"{text}{gap if text else ''}{sentence}"
            bounds.append((start, start + len(sentence)))
        return Article(
            id=ids.article_id(text, None, None, None),
            capture=ids.CaptureId("cap_test"),
            locator="test",
            url=None,
            title=None,
            outlet=None,
            byline=None,
            published=Published(),
            language="en",
            dateline=dateline,
            origin=None,
            text=text,
            text_sha256=ids.sha256(text),
            sentences=tuple(bounds),
        )

    return make


@pytest.fixture(scope="session")
def read(coder: PatternCoder, article_of: Callable[..., Article]) -> Callable[..., tuple[Mention, ...]]:
    """Return a reader: the mentions of these sentences."""
    return lambda *sentences, **options: coder.code(article_of(*sentences, **options))


@pytest.fixture(scope="session")
def parsed_of(lexicon: Lexicon) -> Callable[[str], Parsed]:
    """Return a parser of one sentence."""

    def make(text: str) -> Parsed:
        shouting = is_shouting(text)
        tokens = tokenize(text, 0, len(text), lexicon, shouting=shouting)
        return parse((0, 0), (0, len(text)), tokens, lexicon.words, shouting=shouting)

    return make


@pytest.fixture(scope="session")
def roles_of() -> Callable[[Mention], dict[str, list[str]]]:
    """Return a viewer: role → wordings of a mention."""

    def view(mention: Mention) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for argument in mention.arguments:
            found.setdefault(argument.role, []).append(argument.span.text)
        return found

    return view
