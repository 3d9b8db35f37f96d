"""The suite of our own corpus: who answers as annotated is right, who says nothing is not."""

from pathlib import Path

import msgspec
import pytest

from dateline.errors import DataError, InputError
from dateline.evaluate import corpus
from dateline.evaluate.agreement import agreement, as_markdown, kappa, read_second
from dateline.evaluate.corpus import FALSE_MENTIONS, NO_SAYINGS
from dateline.evaluate.frames import CHAIN_TOLD, ROLE, STATUS_MEAN, STRICT, TYPED
from dateline.evaluate.suite import Task
from dateline.train.corpus import load_passages, part_of
from dateline.train.examples import Example


def named(part: str, number: int) -> str:
    """Return the id of the `number`-th passage that belongs to `part`."""
    return [name for name in (f"told-{n:03}" for n in range(200)) if part_of(name) == part][number]


PASSAGES = f"""
- id: {named("test", 0)}
  conflict: Ruhan war
  region: Sahel
  style: wire
  text: >-
    Gunmen stormed a post near Tara on Friday, the mayor said. He warned that they may attack Sela.
  frames:
  - {{type: assault, trigger: stormed, actor: Gunmen, target: a post, place: near Tara, time: Friday}}
  - {{type: assault, trigger: attack, actor: they, place: Sela, status: feared}}
  said:
  - {{cue: said, source: mayor, content: Gunmen … Friday}}
  - {{cue: warned, source: He, content: they may attack Sela}}
- id: {named("test", 1)}
  conflict: none
  region: Europe
  style: blog
  nothing: sport
  text: >-
    The striker attacked from the left. The keeper was under siege all night.
  frames: []
  said: []
- id: {named("dev", 0)}
  conflict: Ruhan war
  region: Sahel
  style: wire
  text: Troops left the town.
  frames:
  - {{type: withdrawal, trigger: left, actor: Troops, place: town}}
  said: []
"""


@pytest.fixture
def task(tmp_path: Path) -> Task:
    (tmp_path / "passages").mkdir()
    (tmp_path / "passages" / "told-01.yaml").write_text(PASSAGES, "utf-8")
    return Task(data=tmp_path, corpus=tmp_path)


def examples(task: Task) -> dict[str, Example]:
    passages = load_passages((task.corpus / "passages").glob("*.yaml"))
    return {passage.example.id: passage.example for passage in passages}


def test_the_annotation_itself_is_right_everywhere(task: Task, telling) -> None:  # type: ignore[no-untyped-def]
    result = corpus.run(telling(examples(task).values()), task)
    assert result.headline == TYPED
    for score in result.scores:
        if score.gold or score.predicted:
            assert score.value == (0 if score.better_low else 1), score
    assert result.score(TYPED).gold == 2
    assert result.score("Sahel", "roles by region").gold == 6
    assert result.score(CHAIN_TOLD).gold == 2


def test_who_says_nothing_finds_nothing_and_invents_nothing(task: Task, telling) -> None:  # type: ignore[no-untyped-def]
    result = corpus.run(telling([]), task)
    assert result.score(TYPED).value == result.score(ROLE).value == 0
    assert result.score("cue").value == 0
    assert result.score(FALSE_MENTIONS).value == 0


def test_mentions_in_passages_of_nothing_are_counted_by_the_sentence(task: Task, telling) -> None:  # type: ignore[no-untyped-def]
    known = examples(task)
    quiet = known[named("test", 1)]
    start = quiet.text.index("attacked")
    frame = msgspec.structs.replace(known[named("test", 0)].frames[0], trigger=(start, start + 8), fillers=())
    invented = msgspec.structs.replace(quiet, frames=(frame,))
    result = corpus.run(telling([invented]), task)
    assert result.score(FALSE_MENTIONS).value == pytest.approx(50)


def test_a_wrong_status_costs_its_axis_only(task: Task, telling) -> None:  # type: ignore[no-untyped-def]
    one = examples(task)[named("test", 0)]
    wrong = tuple(msgspec.structs.replace(each, status=one.frames[0].status) for each in one.frames)
    result = corpus.run(telling([msgspec.structs.replace(one, frames=wrong)]), task)
    # occurred: 1 of 2 told, 1 of 1 gold; feared: never told.
    assert result.score("status: reality").value == pytest.approx((2 / 3 + 0) / 2)
    assert result.score("status: polarity").value == 1
    assert result.score(STATUS_MEAN).value == pytest.approx((1 / 3 + 3) / 4)
    assert result.score(STRICT).value == 1


def test_the_part_decides_which_passages_are_read(task: Task, telling) -> None:  # type: ignore[no-untyped-def]
    result = corpus.run(telling([]), msgspec.structs.replace(task, part="dev"))
    assert result.score(TYPED).gold == 1
    (task.corpus / "passages" / "told-01.yaml").write_text("[]", "utf-8")
    with pytest.raises(InputError, match="--corpus"):
        corpus.run(telling([]), task)


def test_a_coder_without_attributions_is_told_so(task: Task) -> None:
    class Silent:
        name = version = "silent"

        def code(self, article: object) -> tuple[()]:
            return ()

    result = corpus.run(Silent(), task)
    assert NO_SAYINGS in result.notes
    assert not any(score.label == "cue" for score in result.scores)


SECOND = f"""
- id: {named("test", 0)}
  frames:
  - {{type: armed_clash, trigger: stormed, actor: Gunmen, target: post, place: Tara}}
  - {{type: assault, trigger: attack, actor: they, place: Sela, status: feared}}
  said:
  - {{cue: said, source: mayor, content: Gunmen … Friday}}
"""


def test_second_readings_are_compared_with_the_first(task: Task) -> None:
    (task.corpus / "second.yaml").write_text(SECOND, "utf-8")
    first = examples(task)
    second = read_second([task.corpus / "second.yaml"], first)
    found = agreement(first, second)
    assert (found.passages, found.sentences) == (1, 2)
    scores = {score.label: score for score in found.scores if not score.table}
    assert scores["trigger"].value == 1
    # Both: Gunmen, post (a determiner aside), they, Sela; only the first: near Tara, Friday; second: Tara.
    assert (scores["roles"].correct, scores["roles"].gold, scores["roles"].predicted) == (4, 6, 5)
    assert (scores["cue"].correct, scores["cue"].gold) == (1, 2)
    by_label = {each.label: each for each in found.kappas}
    assert by_label["type"].observed == 0.5
    assert by_label["status: reality"].kappa == 1
    assert by_label["status: polarity"].kappa is None
    table = as_markdown(found)
    assert "| trigger | 1.000 | 2 | 2 | 2 |" in table
    assert "| status: polarity | – | 1.000 | 2 |" in table


def test_faults_of_second_readings_are_all_named(task: Task) -> None:
    path = task.corpus / "second.yaml"
    path.write_text(
        f"- {{id: nobody-1, frames: []}}\n- {{id: {named('test', 1)}, text: Other words., frames: []}}\n"
        f"- {{id: {named('dev', 0)}, frames: [{{type: withdrawal, trigger: went}}]}}\n",
        "utf-8",
    )
    with pytest.raises(DataError) as raised:
        read_second([path], examples(task))
    for words in ("no passage of this id", "not that of the first reading", "'went' is not in the text"):
        assert words in str(raised.value)


def test_kappa_is_agreement_beyond_chance() -> None:
    # The worked example in use for two raters: 20 yes-yes, 15 no-no, 5 and 10 apart; chance is 0.5.
    found = kappa("x", {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert found.observed == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)
    assert kappa("x", {("yes", "yes"): 3}).kappa is None
    assert kappa("x", {}).pairs == 0
