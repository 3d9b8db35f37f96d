"""Continuations: the rest of an article whose body stands in several blocks, with advertisements between.

Extractors choose one block and can lose the other half. Here a body goes on into blocks that are built alike.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dateline.clean.metadata import select

# Lines shorter than this (in words) say little about which blocks are the body.
LEAST_WORDS = 12

# Paragraphs of the body that must share their build before it counts as the body's own.
LEAST_ALIKE = 3

# What is lost must be a good part of the article. On the 181 pages of the article extraction benchmark, single
# paragraphs that look like the body are mostly notes and captions (18 of 26 wrong for losses under a third);
# both losses above it were halves of articles.
LEAST_LOST = 3
LEAST_SHARE = 0.3

# Levels above a paragraph's block in which the blocks of one article meet.
_MEETING = 3

# Characters by which a paragraph is recognised; extractors differ in inner spaces and notes further on.
_OPENING = 60


def continued(tree: Any, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return `paragraphs` with those of like blocks of the same article put in their places.

    A block is like the body's if its paragraphs and it have the same tag and class, and if both lie in one
    larger block that holds no other headline (so the next story of an endless page is not taken in).
    """
    nodes = [(text, node) for node in select(tree.body, "p") if (text := " ".join(node.text.split()))]
    places = {text[:_OPENING]: n for n, text in enumerate(paragraphs)}
    held = [(text, node) for text, node in nodes if text[:_OPENING] in places and _is_long(text)]
    builds = Counter(_build(node) for _, node in held)
    body = {build for build, count in builds.items() if count >= LEAST_ALIKE and build[3]}
    lost = [
        (text, node)
        for text, node in nodes
        if text[:_OPENING] not in places and _is_long(text) and _build(node) in body
    ]
    if len(lost) < max(LEAST_LOST, LEAST_SHARE * len(paragraphs)):
        return tuple(paragraphs)
    first = next(node for _, node in held if _build(node) in body)
    headline = tree.body.query_selector("h1")
    lost = [(text, node) for text, node in lost if _meet(first, node, headline)]
    if len(lost) < max(LEAST_LOST, LEAST_SHARE * len(paragraphs)):
        return tuple(paragraphs)
    return _merge(paragraphs, places, [text for text, _ in nodes], {text for text, _ in lost})


def _is_long(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS


def _build(node: Any) -> tuple[str, str, str, str]:
    """Return tag and class of a paragraph and of its block."""
    block = node.parent
    return (node.tag, node.getattr("class") or "", block.tag or "", block.getattr("class") or "")


def _meet(first: Any, other: Any, headline: Any) -> bool:
    """Tell whether two paragraphs lie in one larger block without a headline but the page's first."""
    own = _above(first)
    shared = next((block for block in _above(other) if any(block == mine for mine in own)), None)
    return shared is not None and all(node == headline for node in select(shared, "h1"))


def _above(node: Any) -> list[Any]:
    found: list[Any] = []
    block = node.parent
    while block is not None and block.tag not in ("body", "html", None) and len(found) <= _MEETING:
        found.append(block)
        block = block.parent
    return found


def _merge(
    paragraphs: Sequence[str], places: dict[str, int], order: Sequence[str], lost: set[str]
) -> tuple[str, ...]:
    """Return the paragraphs with each lost one behind the paragraph that stands before it on the page."""
    after: dict[int, list[str]] = {}
    place = -1
    for text in order:
        place = places.get(text[:_OPENING], place)
        if text in lost:
            after.setdefault(place, []).append(text)
            lost.discard(text)
    merged = list(after.get(-1, []))
    for n, paragraph in enumerate(paragraphs):
        merged += [paragraph, *after.get(n, [])]
    return tuple(merged)
