"""Insecurity Insight: numbers of victims and classes of perpetrator and weapon, from descriptions of incidents.

The held-back part of the records is read. What is compared:

- *killed*, *injured*, *kidnapped*, *arrested*: the number that the mentions give and the coded one, which must
  be equal. Several coded columns (educators, students) are added. Only records that state a number count, zero
  included; null says nothing. The main score asks records with at least one; its recall is the share that is
  right, its precision the share of the numbers given that are. "..., all stated" also asks those with zero.
  Many columns count some people only (aid workers, not the patients killed with them), so no reader of the text
  alone gets them all right; "one of the numbers told" (a detailed table) is right when any number that the
  mentions give is the coded one.
- *perpetrator* and *weapon*: the class, from the words of the mentions' actors and instruments, their types and
  triggers, and the kinds that the resolver gives the actors. Which of these go with which class is counted on
  the training part (`wordstats`), as the baseline coder reads it, for all coders alike.

Values such as "no information", "other" and "multiple" tell no class and are left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from dateline.clean import article_of
from dateline.code.base import Coder
from dateline.evaluate.suite import Score, SuiteResult, Tally, Task, classes, mean
from dateline.evaluate.tolls import number_told, numbers_told
from dateline.evaluate.wordstats import WordStats, learn
from dateline.model.article import Article
from dateline.model.mention import Mention, Role
from dateline.ontology import words_of
from dateline.plugins import load
from dateline.resolve.actors import read_actor, split_actors
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.context import read_context
from dateline.train.sources.insecurity import Record, read_records

# The number asked for, the columns' ending that holds it, the role that gives it.
NUMBERS: tuple[tuple[str, Role], ...] = (
    ("killed", "killed"),
    ("injured", "injured"),
    ("kidnapped", "captured"),
    ("arrested", "captured"),
)
PERPETRATOR, WEAPON = "perpetrator", "weapon"
AMONG = "one of the numbers told"
# Every so many records of the training part is counted: more of them do not change the figures.
LEARN_STEP = 2

_PERPETRATOR_COLUMNS = ("Reported Perpetrator", "Perpetrator ", "Actor Type")
_WEAPON_COLUMNS = ("Weapon Carried/Used", "Weapons use", "Explosive Weapon Type")
# The files' values, lower case without spaces, as classes that all files can tell apart.
_PERPETRATORS = {
    "state forces": (
        *("hostgovernment:military", "foreignforces-military", "foreignforces:military", "statemilitary"),
        *("foreignforce:military", "armedforcesofgovernmentorself-declaredgovernment", "milcombatant"),
        *("armedforcesofgovernment/self-declaredgovernment", "hostgovernment/self-declaredhostgovernment"),
    ),
    "armed group": ("nsa", "oppositiongroup", "paramilitaryandvigilantegroups", "vigilante"),
    "police": ("police", "lawenforcement"),
    "criminals": ("criminal",),
    "civilians": (
        *("civilian", "communitymember", "campresident", "patientortheirfamilymember", "protestors"),
        *("employee", "staffworker", "employeeorformeremployee"),
    ),
}
_WEAPONS = {
    "firearms": ("firearms",),
    "bombardment": (
        *("aerialbombing,missilesandshelling", "aerialbomb:plane", "aerialbomb:drone", "aerialbomb:missile"),
        *("aerialbomb:noinformationonplatformtype", "aerialbomb", "shelling", "artillery", "missile", "rocket"),
        *("mortar", "clusterbomb"),
    ),
    "explosives": (
        *("unspecifiedexplosive", "unspecifiedied", "ieds", "mine", "uxo", "vbied", "svied", "rcied", "rpg"),
        *("remote-controlledied", "handgrenade"),
    ),
    "arson": ("arson",),
    "blades and blows": (
        *("knife", "blunt,dagger,knifeandmachetes", "fistandfoot", "unarmedperpetrator", "firearmbluntuse"),
        *("stones,sticksandgravel", "stones"),
    ),
}
_CLASS_OF = {
    what: {value: name for name, values in table.items() for value in values}
    for what, table in ((PERPETRATOR, _PERPETRATORS), (WEAPON, _WEAPONS))
}
_COLUMNS = {PERPETRATOR: _PERPETRATOR_COLUMNS, WEAPON: _WEAPON_COLUMNS}


class _Read(msgspec.Struct, frozen=True):
    """A record with what a coder found in it."""

    record: Record
    article: Article
    mentions: tuple[Mention, ...]


def run(coder: Coder, task: Task) -> SuiteResult:
    """Measure `coder` on the held-back records."""
    records = list(read_records(task.data / "insecurity_insight"))
    held = [record for record in records if record.part == "test"]
    taught = [record for record in records if record.part == "train"][::LEARN_STEP]
    baseline: Coder = load("dateline.coders", "patterns")()
    stats = _learned([_read(baseline, record) for record in taught])
    tally, stated = Tally(), Tally()
    pairs: dict[str, Counter[tuple[str, str]]] = {PERPETRATOR: Counter(), WEAPON: Counter()}
    for number, record in enumerate(held):
        read = _read(coder, record)
        for name, role in NUMBERS:
            _count_number(tally, stated, read, name, role)
        for what, counts in pairs.items():
            gold = class_of(record, what)
            if gold is not None:
                counts[gold, stats[what].best(_features(read, what)) or ""] += 1
        task.progress(number + 1, len(held))
    return SuiteResult(
        suite="insecurity",
        coder=coder.name,
        scores=tuple(_scores(tally, stated, pairs)),
        headline="killed",
        notes=(f"{len(held)} records held back; classes learned from {len(taught)}", *_baselines(pairs)),
    )


def class_of(record: Record, what: str) -> str | None:
    """Return the class of perpetrator or weapon that a record states, or None."""
    value = record.value(*_COLUMNS[what])
    return None if value is None else _CLASS_OF[what].get(value.lower().replace(" ", ""))


def stated_number(record: Record, name: str) -> int | None:
    """Return the number of people that a record states to have been killed, injured ...; None: not stated."""
    counts = [count for column, count in record.counts.items() if column.lower().endswith(name)]
    return sum(counts) if counts else None


def _read(coder: Coder, record: Record) -> _Read:
    article = article_of(record.text)
    return _Read(record, article, coder.code(article))


def _count_number(tally: Tally, stated: Tally, read: _Read, name: str, role: Role) -> None:
    gold = stated_number(read.record, name)
    tally.add(name)
    stated.add(f"{name}, all stated")
    if gold is None:
        return
    mentions = mentions_for(name, read.mentions)
    told = number_told(read.article, mentions, role)
    tally.add(name, correct=told == gold > 0, predicted=bool(told), gold=gold > 0)
    stated.add(f"{name}, all stated", correct=told == gold, gold=1)
    among = gold in {told, *numbers_told(read.article, mentions, role)}
    tally.add(name, correct=among and gold > 0, predicted=bool(told), gold=gold > 0, table=AMONG)


def mentions_for(name: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions whose people count for `name`: arrests are told apart from abductions by type."""
    if name not in ("kidnapped", "arrested"):
        return tuple(mentions)
    return tuple(mention for mention in mentions if (mention.type == "arrest") == (name == "arrested"))


def _learned(reads: Iterable[_Read]) -> dict[str, WordStats]:
    listed = list(reads)
    return {
        what: learn(
            (name, _features(read, what))
            for read in listed
            if (name := class_of(read.record, what)) is not None
        )
        for what in (PERPETRATOR, WEAPON)
    }


def _features(read: _Read, what: str) -> list[str]:
    """Return what tells the class: words of the spans, kinds of actors; for weapons types and triggers too."""
    role: Role = "actor" if what == PERPETRATOR else "instrument"
    spans = sorted({span for mention in read.mentions for span in mention.spans(role)})
    found = [word for span in spans for word, _, _ in words_of(span.text)]
    if what == PERPETRATOR:
        return [*found, *(f"kind {kind}" for kind in _kinds(read))]
    for mention in read.mentions:
        found.append(f"type {mention.type}")
        found.extend(f"trigger {word}" for word, _, _ in words_of(mention.trigger.text))
    return found


def _kinds(read: _Read) -> Iterator[str]:
    catalogue = _catalogue()
    context = read_context(read.article, catalogue)
    wholes = sorted({span for mention in read.mentions for span in mention.spans("actor")})
    for whole in wholes:
        for span in split_actors(whole, read.article, context, catalogue):
            yield read_actor(span, read.article, context, catalogue).kind


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


def _scores(tally: Tally, stated: Tally, pairs: dict[str, Counter[tuple[str, str]]]) -> Iterator[Score]:
    yield from tally.scores()
    yield from stated.scores(kind="share")
    for what, counts in pairs.items():
        right = sum(count for (gold, told), count in counts.items() if gold == told)
        given = sum(count for (_, told), count in counts.items() if told)
        yield Score(label=what, correct=right, predicted=given, gold=counts.total())
        yield mean(f"{what}, mean F1 of the classes", [each.f1 for each in classes(counts)])
    yield from tally.scores(AMONG)
    for what, counts in pairs.items():
        yield from classes(counts, table=what)


def _baselines(pairs: dict[str, Counter[tuple[str, str]]]) -> Iterator[str]:
    for what, counts in pairs.items():
        golds: Counter[str] = Counter()
        for (gold, _), count in counts.items():
            golds[gold] += count
        if golds:
            name, count = min(golds.items(), key=lambda item: (-item[1], item[0]))
            yield f"{what}: always answering {name!r} would be right for {count / golds.total():.3f}"
