"""Judging: what speaks for a string being a filler of a role, as features of a logistic regression."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import msgspec

from dateline.code.base import Coder
from dateline.evaluate.muc.candidates import Candidate, candidates_of, name_like
from dateline.evaluate.muc.gold import normal
from dateline.evaluate.muc.logistic import Features
from dateline.evaluate.muc.rules import muc_type
from dateline.evaluate.muc.tables import UNSEEN, Tables
from dateline.model.article import Article
from dateline.model.mention import Argument, Mention

_REAL = frozenset({"occurred", "ongoing", "attempted"})


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The candidates of an article with one wording; `text` is the first as it stands there.

    `features` are those that are the same for all roles.
    """

    text: str
    plain: str
    candidates: tuple[Candidate, ...]
    features: Features


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """An article with what a coder read in it, and the groups of candidates found there.

    `odds` says how much the article speaks for an incident, `sentences` how much each of its sentences does.
    """

    article: Article
    mentions: tuple[Mention, ...]
    groups: tuple[Group, ...]
    odds: float
    sentences: tuple[float, ...]


@runtime_checkable
class SceneReader(Protocol):
    """A coder that also tells who and what fills a role in the violent happenings of a text as a whole."""

    def scene(self, article: Article) -> tuple[Argument, ...]:
        """Return the fillers with their scores, unsure ones too, in the order of the text."""
        ...


def read(coder: Coder, article: Article, tables: Tables) -> Page:
    """Return the page of an article as a coder reads it, with its scene where it offers one."""
    scene = coder.scene(article) if isinstance(coder, SceneReader) else ()
    return page_of(article, coder.code(article), tables, scene)


def page_of(
    article: Article, mentions: Sequence[Mention], tables: Tables, scene: Sequence[Argument] = ()
) -> Page:
    """Return the groups of candidates of an article, in the order of their first standing."""
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates_of(article, mentions, tables, scene):
        found.setdefault(normal(candidate.text), []).append(candidate)
    sentences = tuple(tables.sentence_odds(article.text[start:end]) for start, end in article.sentences)
    body = f" {normal(article.text)} "
    odds = tables.message_odds(article.text)
    groups: list[Group] = []
    for plain, listed in found.items():
        features = _string(plain, body, tables)
        features["message"] = odds / 3
        features |= _arguments(listed)
        features |= _mentions(listed, mentions, sentences)
        groups.append(Group(text=listed[0].text, plain=plain, candidates=tuple(listed), features=features))
    return Page(article=article, mentions=tuple(mentions), groups=tuple(groups), odds=odds, sentences=sentences)


def features_of(group: Group, role: str, tables: Tables) -> Features:
    """Return the features of a group for a role; all are of the order of one."""
    words = group.plain.split()
    odds = [tables.words[role].get(word, UNSEEN) for word in words]
    seen = float(group.plain in tables.strings[role])
    return {
        **group.features,
        "string": (tables.string_odds(role, group.plain) - UNSEEN) / 3,
        "seen": seen,
        "last": (tables.lasts[role].get(words[-1], UNSEEN) - UNSEEN) / 3,
        "first": (odds[0] - UNSEEN) / 3,
        "words": (sum(odds) / len(odds) - UNSEEN) / 3,
        "new name": group.features["named"] * (1 - seen),
    }


def _string(plain: str, body: str, tables: Tables) -> dict[str, float]:
    words = plain.split()
    return {
        "": 1.0,
        "length": math.log(len(words)),
        "often": math.log(1 + body.count(f" {plain} ")),
        "named": float(all(name_like(word, tables) for word in words)),
        "digits": float(any(word[0].isdigit() for word in words)),
    }


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


def _mentions(
    candidates: Sequence[Candidate], mentions: Sequence[Mention], odds: Sequence[float]
) -> Mapping[str, float]:
    numbers = sorted({candidate.mention for candidate in candidates if candidate.mention >= 0})
    sentences = sorted({candidate.sentence for candidate in candidates})
    near = [mentions[number] for number in numbers]
    if not near:
        near = [mention for mention in mentions if mention.sentence in sentences]
    features: dict[str, float] = {f"type {muc_type(mention)}": 1.0 for mention in near}
    features["sentence"] = max(odds[number] for number in sentences) / 3
    features["place"] = math.log(1 + sentences[0]) / 3
    count = len(near) or 1
    features["unreal"] = sum(mention.status.reality not in _REAL for mention in near) / count
    features["denied"] = sum(mention.status.polarity == "denied" for mention in near) / count
    features["background"] = sum(mention.status.currency == "background" for mention in near) / count
    features["unsure"] = sum(mention.status.certainty != "stated" for mention in near) / count
    features["score"] = max((mention.score for mention in near), default=0.0)
    return features
