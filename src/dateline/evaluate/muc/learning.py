"""Learning: the development set of MUC-4 becomes tables, judges and thresholds for the answers.

First the baseline coder reads four fifths of the set; tables and judges are learned on what it found, so
that they are the same for all coders (tables for a message are counted on others). The fifth that no model
is trained on (`dateline.train.sources.muc4.is_held_back`) is read by the coder that is measured: there a
small correction of each judge and the thresholds are set. For the baseline itself no correction is needed.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from dateline.code.base import Coder
from dateline.evaluate.muc.answer import (
    Learned,
    Limits,
    Ranked,
    answer,
    chosen,
    damp,
    kind_chances,
    role_chances,
)
from dateline.evaluate.muc.fillers import matched
from dateline.evaluate.muc.gold import (
    ASKED,
    FIVE,
    Entity,
    body_of,
    described,
    gold_fillers,
    gold_incidents,
    normal,
)
from dateline.evaluate.muc.incidents import five_roles, type_features
from dateline.evaluate.muc.judging import Page, features_of, read
from dateline.evaluate.muc.logistic import Features, Judge, fit
from dateline.evaluate.muc.rules import TYPES
from dateline.evaluate.muc.slots import learn_slots
from dateline.evaluate.muc.tables import Lesson, Tables, count
from dateline.evaluate.muc.templates import score_templates
from dateline.model.article import Article
from dateline.train.sources.muc4 import is_held_back
from dateline.train.sources.muckeys import Template

# The tables for a message come from the other parts of so many.
FOLDS = 4
ROLE_ROUNDS, KIND_ROUNDS = 8, 15
# The correction is learned from few messages, so its weights are held small.
LATER_ROUNDS, LATER_DECAY = 10, 3e-3
# Probabilities that are tried as thresholds: of the first filler of a role, of further ones, of a type.
FIRSTS = tuple(number / 100 for number in range(3, 60, 3))
FURTHERS = tuple(number / 100 for number in range(4, 90, 6))
KINDS = tuple(number / 100 for number in range(10, 60, 5))


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A message of the development set with its templates and the article made of it."""

    message: str
    templates: tuple[Template, ...]
    article: Article

    @property
    def lesson(self) -> Lesson:
        """What the tables count of it."""
        return Lesson(
            body=body_of(self.message),
            fillers=wanted(self),
            titles=tuple(
                option.lower()
                for template in self.templates
                for fill in template.description
                if fill.referents
                for option in fill.options
            ),
            types=frozenset(kind for template in self.templates for kind in template.types),
        )


def wanted(dossier: Dossier) -> Mapping[str, tuple[Entity, ...]]:
    """Return the participants that the keys ask for, by role, described people among them."""
    return {
        **gold_fillers(dossier.templates, dossier.message),
        "Person": described(dossier.templates, dossier.message),
    }


def learn(
    dossiers: Mapping[str, Dossier], coder: Coder, baseline: Coder, progress: Callable[[], None]
) -> Learned:
    """Learn from the development set; `progress` is called after each message that was read."""
    taught = {name: dossier for name, dossier in dossiers.items() if not is_held_back(name)}
    kept = {name: dossier for name, dossier in dossiers.items() if is_held_back(name)}
    first = _first(taught, baseline, progress)
    pages = {}
    for name, dossier in kept.items():
        pages[name] = read(coder, dossier.article, first.tables)
        progress()
    if coder.name != baseline.name:
        first = _corrected(first, kept, pages)
    return _limited(first, kept, pages)


def _first(taught: Mapping[str, Dossier], baseline: Coder, progress: Callable[[], None]) -> Learned:
    lessons = {name: dossier.lesson for name, dossier in taught.items()}
    fold = {name: number % FOLDS for number, name in enumerate(taught)}
    partial = [count(lessons[name] for name in taught if fold[name] != number) for number in range(FOLDS)]
    tables = count(lessons.values())
    pages: dict[str, Page] = {}
    for name, dossier in taught.items():
        pages[name] = read(baseline, dossier.article, partial[fold[name]])
        progress()
    roles: dict[str, Judge] = {}
    for role in ASKED:
        examples: list[tuple[Features, bool]] = []
        for name, page in pages.items():
            gold = _strings(lessons[name].fillers[role])
            own = partial[fold[name]]
            examples += [(features_of(group, role, own), group.plain in gold) for group in page.groups]
        roles[role] = fit(examples, rounds=ROLE_ROUNDS)
    examples = []
    for name, page in pages.items():
        own = partial[fold[name]]
        tops = _tops(page, own, roles)
        examples += [(type_features(page, kind, tops, own), kind in lessons[name].types) for kind in TYPES]
    return Learned(
        tables=tables,
        roles=roles,
        kinds=fit(examples, rounds=KIND_ROUNDS),
        limits=Limits(),
        slots=learn_slots((dossier.message, dossier.templates) for dossier in taught.values()),
    )


def _tops(page: Page, tables: Tables, roles: Mapping[str, Judge]) -> dict[str, float]:
    return {
        role: max((judge.probability(features_of(group, role, tables)) for group in page.groups), default=0.0)
        for role, judge in roles.items()
    }


def _corrected(first: Learned, kept: Mapping[str, Dossier], pages: Mapping[str, Page]) -> Learned:
    """Add to each judge a second one that knows the first one's answer and how this coder reads."""
    later: dict[str, Judge] = {}
    asked = {name: wanted(dossier) for name, dossier in kept.items()}
    for role in ASKED:
        examples: list[tuple[Features, bool]] = []
        for name, page in pages.items():
            gold = _strings(asked[name][role])
            examples += [(first.later_role(group, role), group.plain in gold) for group in page.groups]
        later[role] = fit(examples, rounds=LATER_ROUNDS, decay=LATER_DECAY)
    half = msgspec.structs.replace(first, later_roles=later)
    examples = []
    for name, page in pages.items():
        told = kept[name].lesson.types
        tops = {
            role: max((chance for chance, _ in ranked), default=0.0)
            for role, ranked in role_chances(page, half).items()
        }
        examples += [(half.later_kind(page, kind, tops), kind in told) for kind in TYPES]
    return msgspec.structs.replace(half, later_kinds=fit(examples, rounds=LATER_ROUNDS, decay=LATER_DECAY))


def _limited(learned: Learned, kept: Mapping[str, Dossier], pages: Mapping[str, Page]) -> Learned:
    """Set the thresholds: those of fillers by their micro F1, those of types by the F1 of templates."""
    chances = {name: role_chances(page, learned) for name, page in pages.items()}
    ranked = {name: kind_chances(page, chances[name], learned) for name, page in pages.items()}
    damped = {name: damp(chances[name], ranked[name]) for name in pages}
    gold = {name: wanted(dossier) for name, dossier in kept.items()}
    counts = {role: _counts(role, damped, gold, learned) for role in ASKED}
    best = {role: max(table, key=lambda pair: (_f1([table[pair]]), pair)) for role, table in counts.items()}
    for _ in range(2):
        for role in FIVE:
            others = [counts[other][best[other]] for other in FIVE if other != role]
            best[role] = max(counts[role], key=lambda pair: (_f1([*others, counts[role][pair]]), pair))
    limits = Limits(firsts={r: best[r][0] for r in ASKED}, furthers={r: best[r][1] for r in ASKED})
    incidents = {name: gold_incidents(dossier.templates, dossier.message) for name, dossier in kept.items()}
    scored: list[tuple[float, float]] = []
    for kind in KINDS:
        tried = msgspec.structs.replace(learned, limits=msgspec.structs.replace(limits, kind=kind))
        told = {
            name: five_roles(answer(page, tried, chances=chances[name], kinds=ranked[name]).shared)
            for name, page in pages.items()
        }
        scored.append((score_templates(told, incidents)[-1].f1, kind))
    return msgspec.structs.replace(learned, limits=msgspec.structs.replace(limits, kind=max(scored)[1]))


def _counts(
    role: str,
    chances: Mapping[str, Mapping[str, Ranked]],
    gold: Mapping[str, Mapping[str, tuple[Entity, ...]]],
    learned: Learned,
) -> dict[tuple[float, float], tuple[int, int, int]]:
    """Return matched, given and asked fillers of a role under each pair of thresholds."""
    counts: dict[tuple[float, float], tuple[int, int, int]] = {}
    for first in FIRSTS:
        for further in FURTHERS:
            if further < first:
                continue
            right = given = asked = 0
            for name, ranked in chances.items():
                groups = chosen(ranked[role], first, further, learned.tables, role)
                key = gold[name][role]
                given, asked = given + len(groups), asked + len(key)
                if groups and key:
                    right += matched(tuple((group.plain,) for group in groups), key)
            counts[first, further] = right, given, asked
    return counts


def _f1(counts: Iterable[tuple[int, int, int]]) -> float:
    listed = list(counts)
    below = sum(given + asked for _, given, asked in listed)
    return 2 * sum(right for right, _, _ in listed) / below if below else 0.0


def _strings(entities: Iterable[Entity]) -> set[str]:
    return {normal(mention) for entity in entities for mention in entity}
