"""Judging: what speaks for a string being a filler of a role, as features of a logistic regression."""

import math
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.evaluate.muc.candidates import Candidate, candidates_of, name_like
from dateline.evaluate.muc.gold import normal
from dateline.evaluate.muc.logistic import Features
from dateline.evaluate.muc.tables import UNSEEN, Tables
from dateline.evaluate.muc.types import muc_type
from dateline.model.article import Article
from dateline.model.mention import Mention

_REAL = frozenset({"occurred", "ongoing", "attempted"})


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The candidates of an article with one wording; `text` is the first as it stands there."""

    text: str
    plain: str
    candidates: tuple[Candidate, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """An article with what a coder read in it, and the groups of candidates found there."""

    article: Article
    mentions: tuple[Mention, ...]
    groups: tuple[Group, ...]
    odds: float
    sentences: tuple[float, ...]
    body: str


def page_of(article: Article, mentions: Sequence[Mention], tables: Tables) -> Page:
    """Return the groups of candidates of an article, in the order of their first standing."""
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates_of(article, mentions, tables):
        found.setdefault(normal(candidate.text), []).append(candidate)
    return Page(
        article=article,
        mentions=tuple(mentions),
        groups=tuple(
            Group(text=listed[0].text, plain=plain, candidates=tuple(listed)) for plain, listed in found.items()
        ),
        odds=tables.message_odds(article.text),
        sentences=tuple(tables.sentence_odds(article.text[start:end]) for start, end in article.sentences),
        body=f" {normal(article.text)} ",
    )


def features_of(group: Group, page: Page, role: str, tables: Tables) -> Features:
    """Return the features of a group for a role; all are of the order of one."""
    words = group.plain.split()
    odds = [tables.words[role].get(word, UNSEEN) for word in words]
    last = tables.lasts[role].get(words[-1], UNSEEN)
    features: dict[str, float] = {
        "": 1.0,
        "string": (tables.string_odds(role, group.plain) - UNSEEN) / 3,
        "seen": float(group.plain in tables.strings[role]),
        "last": (last - UNSEEN) / 3,
        "first": (odds[0] - UNSEEN) / 3,
        "words": (sum(odds) / len(odds) - UNSEEN) / 3,
        "length": math.log(len(words)),
        "message": page.odds / 3,
        "often": math.log(1 + page.body.count(f" {group.plain} ")),
        "named": float(all(name_like(word, tables) for word in words)),
        "digits": float(any(word[0].isdigit() for word in words)),
    }
    features["new name"] = features["named"] * (1 - features["seen"])
    features |= _arguments(group.candidates)
    features |= _mentions(group.candidates, page)
    return features


def _arguments(candidates: Iterable[Candidate]) -> Mapping[str, float]:
    features: dict[str, float] = {}
    mentions: dict[str, set[int]] = {}
    for candidate in candidates:
        features[f"role {candidate.role}"] = max(features.get(f"role {candidate.role}", 0.0), candidate.score)
        features[f"cut {candidate.kind}"] = 1.0
        mentions.setdefault(candidate.role, set()).add(candidate.mention)
    for role, held in mentions.items():
        if role != "none":
            features[f"several {role}"] = math.log(len(held))
    return features


def _mentions(candidates: Sequence[Candidate], page: Page) -> Mapping[str, float]:
    numbers = sorted({candidate.mention for candidate in candidates if candidate.mention >= 0})
    sentences = sorted({candidate.sentence for candidate in candidates})
    features: dict[str, float] = {
        "sentence": max(page.sentences[number] for number in sentences) / 3,
        "place": math.log(1 + sentences[0]) / 3,
    }
    if not numbers:
        near = [mention for mention in page.mentions if mention.sentence in sentences]
    else:
        near = [page.mentions[number] for number in numbers]
    for mention in near:
        features[f"type {muc_type(mention)}"] = 1.0
    count = len(near) or 1
    features["unreal"] = sum(mention.status.reality not in _REAL for mention in near) / count
    features["denied"] = sum(mention.status.polarity == "denied" for mention in near) / count
    features["background"] = sum(mention.status.currency == "background" for mention in near) / count
    features["unsure"] = sum(mention.status.certainty != "stated" for mention in near) / count
    features["score"] = max((mention.score for mention in near), default=0.0)
    return features
