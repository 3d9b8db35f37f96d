"""The suite: MUC-4's first two test sets (200 messages, used for development), under three metrics."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from dateline.clean import article_of, clean
from dateline.code.base import Coder
from dateline.evaluate.muc import fillers, official, templates
from dateline.evaluate.muc.answer import answer
from dateline.evaluate.muc.filling import templates_of
from dateline.evaluate.muc.gold import gold_fillers, gold_incidents
from dateline.evaluate.muc.incidents import five_roles
from dateline.evaluate.muc.judging import read
from dateline.evaluate.muc.learning import Dossier, learn
from dateline.evaluate.suite import SuiteResult, Task
from dateline.model.article import Article
from dateline.model.capture import make_capture
from dateline.plugins import load
from dateline.train.sources.messages import read_folder as read_messages
from dateline.train.sources.muckeys import read_folder as read_keys

TESTS = ("tst1", "tst2")
FILLERS, TEMPLATES, SLOTS = "CEAF-REE", "GTT", official.TABLE


def run(coder: Coder, task: Task) -> SuiteResult:
    """Measure `coder` on TST1 and TST2; what its mentions mean for the task is learned on the dev set."""
    folder = task.data / "muc4" / "CORPORA"
    dossiers = read_dossiers(folder / "dev")
    tests = {name: dossier for test in TESTS for name, dossier in read_dossiers(folder / test).items()}
    whole = len(dossiers) + len(tests)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        task.progress(done, whole)

    baseline: Coder = load("dateline.coders", "patterns")()
    learned = learn(dossiers, coder, baseline, step)
    told, incidents, slots = {}, {}, {}
    for name, dossier in tests.items():
        page = read(coder, dossier.article, learned.tables)
        answered = answer(page, learned)
        told[name], incidents[name] = answered.five, five_roles(answered.shared)
        slots[name] = templates_of(page, answered, learned, name)
        step()
    by_role = fillers.score_fillers(
        told, {name: gold_fillers(each.templates, each.message) for name, each in tests.items()}, FILLERS
    )
    by_slot = templates.score_templates(
        incidents,
        {name: gold_incidents(each.templates, each.message) for name, each in tests.items()},
        TEMPLATES,
    )
    official_scores = official.score_slots(slots, {name: each.templates for name, each in tests.items()})
    return SuiteResult(
        suite="muc4",
        coder=coder.name,
        scores=(
            *(msgspec.structs.replace(scores[-1], table="") for scores in (by_role, by_slot)),
            official_scores[-1],
            *by_role[:-1],
            *by_slot[:-1],
            *official_scores[:-1],
        ),
        headline=templates.MICRO,
        notes=(
            f"{FILLERS}: five roles per message (GRIT); {TEMPLATES}: five roles and type per template; "
            f"{SLOTS}: all 24 slots, re-implemented",
        ),
    )


def read_dossiers(folder: Path) -> Mapping[str, Dossier]:
    """Return the messages of a folder that have a key, in the order of their names."""
    keys = read_keys(folder)
    return {
        name: Dossier(message=message, templates=keys[name], article=article_from(name, message))
        for name, message in sorted(read_messages(folder).items())
        if name in keys
    }


def article_from(name: str, message: str) -> Article:
    """Return the article of a message; one that is refused as no article is taken as it stands."""
    cleaned = clean(make_capture(message.encode("utf-8"), "text/plain", name))
    return cleaned if isinstance(cleaned, Article) else article_of(message)
