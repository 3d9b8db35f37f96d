"""From mentions to MUC-4's answers: the pieces of spans, what is learned, and the suite on a small set."""

from pathlib import Path

import pytest

from dateline.clean import article_of
from dateline.code.patterns import PatternCoder
from dateline.evaluate.muc import suite
from dateline.evaluate.muc.candidates import name_in, pieces, title_of
from dateline.evaluate.muc.gold import ASKED
from dateline.evaluate.muc.judging import features_of, read
from dateline.evaluate.muc.logistic import Judge, fit
from dateline.evaluate.muc.rules import NO_TYPE, load_rules, muc_type
from dateline.evaluate.muc.slots import names_of, path_to
from dateline.evaluate.muc.tables import Lesson, Tables, count
from dateline.evaluate.suite import Task
from dateline.model.article import Article
from dateline.model.mention import Argument, Mention
from dateline.model.span import Span
from dateline.model.values import Status
from dateline.ontology import load_ontology
from dateline.train.sources.muckeys import SLOTS

CITIES = ("PUNO", "CUSCO", "TACNA", "PIURA", "IQUITOS")
NAMES = ("ANA RUIZ", "LUIS PAZ", "INES SOTO", "RAUL VEGA", "EVA LUNA", "HUGO RIOS")


def lesson(body: str, **fillers: tuple[tuple[str, ...], ...]) -> Lesson:
    return Lesson(
        body=body,
        fillers={role: fillers.get(role, ()) for role in ASKED},
        titles=("mayor",),
        types=frozenset({"attack"} if fillers else ()),
    )


@pytest.fixture(scope="module")
def tables() -> Tables:
    told = "gunmen killed mayor ana ruiz in puno."
    return count(
        [lesson(told, PerpInd=(("gunmen",),), Victim=(("ana ruiz",),))] * 3
        + [lesson("the mayor opened a market. the gunmen of old are a legend.")] * 5
    )


def mention(kind: str, trigger: str) -> Mention:
    return Mention(
        id="men_x",  # type: ignore[arg-type]  # any id does
        article="art_x",  # type: ignore[arg-type]
        sentence=0,
        type=kind,
        trigger=Span(0, len(trigger), trigger),
        arguments=(),
        status=Status(),
    )


@pytest.mark.parametrize(
    ("kind", "trigger", "wanted"),
    [
        ("killing", "murdered", "attack"),
        ("assault", "bomb attack", "bombing"),
        ("property_destruction", "BURNED", "arson"),
        ("property_destruction", "destroyed", "attack"),
        ("abduction", "took away", "kidnapping"),
        ("killing", "problem", "attack"),
        ("negotiation", "talks", NO_TYPE),
    ],
)
def test_incident_types_come_from_the_event_type_and_the_trigger(kind: str, trigger: str, wanted: str) -> None:
    assert muc_type(mention(kind, trigger)) == wanted


def test_the_rules_name_event_types_that_exist() -> None:
    assert set(load_rules().types) <= set(load_ontology().types)


def test_a_span_stands_for_its_pieces(tables: Tables) -> None:
    found = dict(pieces("the three members of the Southern Front (SF) who fled", tables))
    assert found["whole"] == "three members of the Southern Front (SF) who fled"
    assert found["bracket"] == "SF"
    assert found["head"] == "members of the Southern Front"
    assert found["first"] == "members"
    assert found["rest"] == "Southern Front"


def test_a_name_is_cut_out_of_its_titles(tables: Tables) -> None:
    assert name_in("MAYOR ANA RUIZ", tables) == "ANA RUIZ"
    assert name_in("THE MAYOR", tables) == ""
    assert title_of("ANA RUIZ", ["FORMER MAYOR ANA RUIZ", "ANA RUIZ", "THE ANA RUIZ"]) == "FORMER MAYOR"


def test_tables_tell_fillers_and_sentences_from_others(tables: Tables) -> None:
    assert tables.string_odds("PerpInd", "gunmen") > tables.string_odds("PerpInd", "market")
    assert tables.sentence_odds("gunmen killed two") > 0 > tables.sentence_odds("the mayor opened a legend")
    assert tables.kind_odds("attack", "killed") > 0
    assert tables.kind_odds("robbery", "killed") == 0


class SceneTeller:
    """A coder that reads no event, and names who acts in the scene."""

    name = "scene"
    version = "1"

    def code(self, article: Article) -> tuple[Mention, ...]:
        return ()

    def scene(self, article: Article) -> tuple[Argument, ...]:
        start = article.text.index("gunmen")
        return (Argument("actor", article.span(start, start + len("gunmen")), 0.4),)


def test_fillers_of_the_scene_are_candidates_of_their_own_kind(tables: Tables) -> None:
    page = read(SceneTeller(), article_of("Masked gunmen came at night. They left."), tables)
    (group,) = page.groups
    assert group.plain == "gunmen"
    assert group.features["role scene actor"] == 0.4
    assert features_of(group, "PerpInd", tables)["seen"] == 1
    assert features_of(group, "Weapon", tables)["seen"] == 0


def test_a_judge_learns_what_separates_and_the_same_each_time() -> None:
    examples = [({"": 1.0, "good": float(number % 2)}, number % 2 == 1) for number in range(40)]
    judge = fit(examples)
    assert judge.probability({"": 1.0, "good": 1.0}) > 0.8 > 0.2 > judge.probability({"": 1.0})
    assert fit(examples) == judge
    assert Judge({"": 99.0}).probability({"": 1.0}) == 1.0


def test_paths_of_places_are_cut_at_a_name() -> None:
    path = "PERU: PUNO (DEPARTMENT): JULIACA (CITY)"
    assert list(names_of(path)) == ["puno", "juliaca"]
    assert path_to(path, "puno") == "PERU: PUNO (DEPARTMENT)"


def told(number: int) -> tuple[str, dict[str, list[str]]]:
    """Return a message and its key; every third is about nothing of the kind."""
    city, name = CITIES[number % 5], NAMES[number % 6]
    head = f"\n\n   LIMA, {number % 28 + 1} MAY 90 (RADIO SUR) -- [TEXT] "
    if number % 3 == 0:
        return f"{head}THE SENATE DEBATED A LAW ON FISHERIES, AND A FAIR OPENED IN {city}.\n\n", {}
    if number % 3 == 1:
        return (
            f"{head}GUNMEN KILLED MAYOR {name} IN {city} YESTERDAY, THE POLICE SAID.\n\n",
            {"type": ["ATTACK"], "individual": ['"GUNMEN"'], "name": [f'"{name}"'],
             "human_effect": [f'DEATH: "{name}"'],
             "description": [f'"MAYOR": "{name}"'], "human_type": [f'GOVERNMENT OFFICIAL: "{name}"'],
             "human_number": [f'1: "{name}"'], "location": [f"PERU: {city} (CITY)"], "stage": ["ACCOMPLISHED"]},
        )  # fmt: skip
    return (
        f"{head}REBELS DYNAMITED A POWER PYLON NEAR {city} YESTERDAY. NOBODY WAS HURT.\n\n",
        {"type": ["BOMBING"], "individual": ['"REBELS"'], "physical": ['"POWER PYLON"'],
         "physical_type": ['ENERGY: "POWER PYLON"'], "location": [f"PERU: {city} (CITY)"],
         "stage": ["ACCOMPLISHED"]},
    )  # fmt: skip


def write(folder: Path, kind: str, numbers: range) -> None:
    folder.mkdir(parents=True)
    texts, keys = "", ""
    for number in numbers:
        name = f"{kind}-MUC3-{number:04}"
        text, slots = told(number)
        texts += name + text
        rows = [(0, name), (1, "1" if slots else "*")]
        for place, slot in enumerate(SLOTS, 2):
            rows += [(place, value) for value in slots.get(slot, ["-" if slots else "*"])]
        keys += "".join(f"{place}.  SLOT: NAME      {value}\n" for place, value in rows) + "\n"
    (folder / f"{kind.lower()}-muc3").write_text(texts, "ascii")
    (folder / f"key-{kind.lower()}").write_text(keys, "ascii")


class Silent:
    """A coder that reads nothing."""

    name = "silent"
    version = "1"

    def code(self, article: Article) -> tuple[Mention, ...]:
        return ()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    corpora = folder / "muc4" / "CORPORA"
    write(corpora / "dev", "DEV", range(1, 91))
    write(corpora / "tst1", "TST1", range(101, 107))
    write(corpora / "tst2", "TST2", range(107, 113))
    return folder


def test_the_suite_learns_a_small_world(data: Path) -> None:
    seen: list[tuple[int, int]] = []
    task = Task(data=data, corpus=data, progress=lambda done, of: seen.append((done, of)))
    result = suite.run(PatternCoder(), task)
    assert seen[-1] == (102, 102)
    assert result.score("role fillers").f1 > 0.8
    assert result.score("templates").f1 > 0.8
    assert result.score("all slots").recall > 0.6
    assert result.score("Victim", suite.FILLERS).recall > 0.6
    assert result.score(result.headline) == result.score("templates")


def test_who_reads_nothing_fills_no_role(data: Path) -> None:
    result = suite.run(Silent(), Task(data=data, corpus=data))
    assert result.score("role fillers").predicted == 0
    assert result.score("role fillers").recall == 0


def test_another_coder_is_corrected_where_no_model_was_trained(data: Path) -> None:
    other = PatternCoder()
    other.name = "other"
    result = suite.run(other, Task(data=data, corpus=data))
    assert result.score("role fillers").f1 > 0.7
