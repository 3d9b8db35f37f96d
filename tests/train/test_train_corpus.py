"""Our own corpus: quoted strings are found at the right place, faults are told, and what is committed holds."""

import json
import runpy
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.clean.sentences import split
from dateline.errors import DataError
from dateline.ontology import load_ontology
from dateline.train.corpus import Passage, QuoteReader, load_passages, part_of
from dateline.train.documents import part_of_document
from dateline.train.examples import AXES, DEFAULT_STATUS, ROLES, Bounds, Example, Filler, Frame, faults_of
from dateline.train.standoff import read_stretches

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
HEAD = {"id": "made-1", "conflict": "made", "region": "made", "style": "wire"}
TEXT = "Gunmen shot a guard in Tara. The army denied an attack on Tara."
Compile = Callable[..., Example]
SHOT = {"type": "killing", "trigger": "shot"}


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    """Return what compiles one passage."""

    def compile_one(text: str, frames: Any = (), said: Any = (), **more: Any) -> Example:
        path = tmp_path / "made.yaml"
        item = HEAD | {"text": text, "frames": list(frames), "said": list(said)} | more
        path.write_text(yaml.safe_dump([item], allow_unicode=True), encoding="utf-8")
        (passage,) = load_passages([path])
        return passage.example

    return compile_one


def fillers(example: Example, number: int = 0) -> list[tuple[str, str]]:
    return [(each.role, example.text[each.start : each.end]) for each in example.frames[number].fillers]


def starts(frame: Frame, role: str) -> list[int]:
    return [each.start for each in frame.fillers if each.role == role]


# Where quoted strings are found


def test_a_passage_is_compiled_whole(compiled: Compile) -> None:
    example = compiled(
        TEXT,
        [
            {"type": "assault", "trigger": "attack", "actor": "The army", "target": "Tara", "status": "denied"},
            {"type": "killing", "trigger": "shot", "actor": "Gunmen", "killed": "a guard", "place": "Tara"},
        ],
        [{"cue": "denied", "source": "The army", "content": "an attack on Tara"}],
        title="Guard shot",
        dateline="TARA",
    )
    assert [example.text[slice(*frame.trigger)] for frame in example.frames] == ["shot", "attack"]
    assert fillers(example) == [
        ("actor", "Gunmen"), ("killed", "a guard"), ("place", "Tara"), ("target", "a guard"),
    ]  # fmt: skip
    assert fillers(example, 1) == [("actor", "army"), ("target", "Tara")]
    assert [starts(example.frames[0], "place"), starts(example.frames[1], "target")] == [[23], [58]]
    assert [frame.status for frame in example.frames] == [
        DEFAULT_STATUS,
        DEFAULT_STATUS | {"polarity": "denied"},
    ]
    (saying,) = example.sayings
    parts = [saying.cue, saying.source, saying.content]
    assert [example.text[slice(*part)] for part in parts if part] == ["denied", "army", "an attack on Tara"]
    assert (example.title, example.dateline, len(example.sentences)) == ("Guard shot", "TARA", 2)
    assert example.complete == {"triggers", "sayings"}
    assert example.roles == set(ROLES)
    assert faults_of(example) == []


def test_an_argument_is_taken_where_it_is_nearest(compiled: Compile) -> None:
    text = "Troops entered Gao while old Gao slept and new Gao fell."
    frames = [
        {"type": "territory_gain", "trigger": word, "place": "Gao"} for word in ("entered", "slept", "fell")
    ]
    assert [starts(frame, "place") for frame in compiled(text, frames).frames] == [[15], [29], [47]]


def test_the_sentence_of_the_trigger_comes_first(compiled: Compile) -> None:
    text = "Kidal, a town far in the north and quiet for a long time, was bombed. Kidal had no police."
    example = compiled(text, [{"type": "bombing", "trigger": "bombed", "place": "Kidal", "target": "police"}])
    assert starts(example.frames[0], "place") == [0]
    assert fillers(example) == [
        ("place", "Kidal"),
        ("target", "police"),
    ]  # in the next sentence, as nowhere else


def test_a_number_picks_the_occurrence(compiled: Compile) -> None:
    text = "An attack in Gao followed an attack in Tara and Gao."
    example = compiled(text, [{"type": "assault", "trigger": "attack#2", "place": ["Gao#1", "Tara"]}])
    assert example.frames[0].trigger == (29, 35)
    assert fillers(example) == [("place", "Gao"), ("place", "Tara")]
    assert starts(example.frames[0], "place") == [13, 39]


@pytest.mark.parametrize("content", ["The port … on fire", "The port ... on fire", "The port…on fire"])
def test_a_long_content_is_its_first_and_last_words(compiled: Compile, content: str) -> None:
    text = "It is on fire. The port was hit and is on fire, dockers said. It is on fire."
    (saying,) = compiled(text, said=[{"cue": "said", "source": "dockers", "content": content}]).sayings
    assert saying.content is not None
    assert text[slice(*saying.content)] == "The port was hit and is on fire"


def test_dots_that_stand_in_the_text_are_its_own(compiled: Compile) -> None:
    text = "“We wait... and then we see,” he said."
    (saying,) = compiled(text, said=[{"cue": "said", "source": "he", "content": "We wait... and then"}]).sayings
    assert saying.content == (1, 20)


def test_no_word_is_cut(compiled: Compile) -> None:
    text = "A report on ports named the port and Port-Saïd."
    example = compiled(text, [{"type": "bombing", "trigger": "port", "place": "Port-Saïd"}])
    assert example.frames[0].trigger == (28, 32)
    with pytest.raises(DataError, match="trigger 'por' is not in the text"):
        compiled(text, [{"type": "bombing", "trigger": "por"}])


def test_the_and_possessives_are_left_out_of_fillers_and_sources(compiled: Compile) -> None:
    text = "The army said the rebels burned their homes; the rebels fled theirs."
    example = compiled(
        text,
        [{"type": "property_destruction", "trigger": "burned", "actor": "the rebels", "target": "their homes"}],
        [{"cue": "said", "source": "The army", "content": "the rebels burned their homes"}],
    )
    assert fillers(example) == [("actor", "rebels"), ("target", "homes")]
    (saying,) = example.sayings
    assert saying.source == (4, 8)
    assert saying.content is not None
    assert text[slice(*saying.content)] == "the rebels burned their homes"


@pytest.mark.parametrize(
    ("entry", "targets"),
    [
        ({"type": "abduction", "captured": "six nurses"}, ["six nurses"]),
        ({"type": "abduction", "captured": "six nurses", "target": "clinic"}, ["clinic"]),
        ({"type": "bombing", "killed": "six nurses"}, []),
        ({"type": "killing", "killed": "six nurses", "injured": "two guards"}, ["six nurses", "two guards"]),
        ({"type": "release", "freed": "two guards", "captured": "six nurses"}, ["two guards"]),
    ],
)
def test_whom_the_act_befell_is_its_target(
    compiled: Compile, entry: dict[str, str], targets: list[str]
) -> None:
    example = compiled(
        "Six nurses, six nurses and two guards left the clinic by night.", [entry | {"trigger": "left"}]
    )
    assert [words for role, words in fillers(example) if role == "target"] == targets


def test_status_words_go_to_their_axes(compiled: Compile) -> None:
    entry = {"type": "assault", "trigger": "attack", "status": ["planned", "unconfirmed", "background"]}
    assert compiled(TEXT, [entry]).frames[0].status == {
        "reality": "planned", "polarity": "affirmed", "certainty": "unconfirmed", "currency": "background",
    }  # fmt: skip


WORDS = st.sampled_from(["rebels", "Gao", "shot", "post", "al-Tara", "Sule's", "12", "é", "port", "ports"])
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=7), min_size=1, max_size=4)


def joined(sentences: list[list[str]]) -> tuple[str, list[Bounds]]:
    """Return a text of the sentences, and where its words stand."""
    text, places = "", []
    for words in sentences:
        text += "Then" if not text else " Then"
        for word in words:
            places.append((len(text) + 1, len(text) + 1 + len(word)))
            text += f" {word}"
        text += "."
    return text, places


@given(SENTENCES, st.data())
def test_numbered_quotes_give_back_their_very_words(sentences: list[list[str]], data: st.DataObject) -> None:
    text, places = joined(sentences)
    trigger, actor = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))

    def quoted(place: Bounds) -> str:
        word = text[slice(*place)]
        same = [other for other in places if text[slice(*other)] == word]
        return f"{word}#{same.index(place) + 1}"

    faults: list[str] = []
    entry = {"type": "killing", "trigger": quoted(trigger), "actor": quoted(actor)}
    frame = QuoteReader(text, split(text), "made", faults).frame(entry)
    assert not faults
    assert frame is not None
    assert frame.trigger == trigger
    assert frame.fillers == (Filler("actor", *actor),)


@given(SENTENCES, st.data())
def test_plain_quotes_give_back_the_words_nearest(sentences: list[list[str]], data: st.DataObject) -> None:
    text, places = joined(sentences)
    anchor, wanted = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))
    bounds = split(text)
    number = [place for place in places if text[slice(*place)] == text[slice(*anchor)]].index(anchor) + 1
    entry = {"cue": f"{text[slice(*anchor)]}#{number}", "source": text[slice(*wanted)]}
    faults: list[str] = []
    saying = QuoteReader(text, bounds, "made", faults).saying(entry)
    assert not faults
    assert saying is not None
    assert saying.source is not None
    assert text[slice(*saying.source)] == text[slice(*wanted)]

    def home(place: Bounds) -> int:
        return next(number for number, (_, end) in enumerate(bounds) if place[0] < end)

    def far(place: Bounds) -> tuple[bool, int]:
        return home(place) != home(anchor), abs(place[0] - anchor[0])

    same = [place for place in places if text[slice(*place)] == text[slice(*wanted)]]
    assert far(saying.source) == min(far(place) for place in same)


# Faults


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"frames": [{"type": "killing", "trigger": "shelled"}]}, "trigger 'shelled' is not in the text"),
        ({"frames": [{"type": "killing", "trigger": "SHOT"}]}, "trigger 'SHOT' is not in the text"),
        ({"frames": [SHOT | {"trigger": "Tara"}]}, "trigger 'Tara' stands 2 times: say which, as Tara#2"),
        ({"frames": [{"type": "killing", "trigger": "Tara#3"}]}, "trigger 'Tara#3' is not in the text"),
        ({"frames": [{"type": "killing", "trigger": "shot#0"}]}, "trigger 'shot#0' is not in the text"),
        ({"frames": [{"type": "killing", "trigger": ""}]}, "trigger '' is not in the text"),
        ({"frames": [SHOT | {"actor": ""}]}, "actor '' is not in the text"),
        ({"frames": [SHOT | {"place": ["Tara", "Gao"]}]}, "place 'Gao' is not in the text"),
        ({"frames": [SHOT | {"place": "Tara#0"}]}, "place 'Tara#0' is not in the text"),
        ({"frames": [{"type": "murder", "trigger": "shot"}]}, "no such type: murder (trigger 'shot')"),
        ({"frames": [{"trigger": "shot"}]}, "no such type: None (trigger 'shot')"),
        ({"frames": [{"type": ["killing"], "trigger": "shot"}]}, "no such type: ['killing'] (trigger 'shot')"),
        ({"frames": [SHOT | {"victim": "guard"}]}, "no such role: victim (trigger 'shot')"),
        ({"frames": [SHOT | {"status": "rumoured"}]}, "no such status: rumoured"),
        ({"frames": [{"type": "killing"}]}, "a frame needs a trigger"),
        ({"frames": ["shot"]}, "a frame needs a trigger: shot"),
        ({"said": [{"cue": "said"}]}, "cue 'said' is not in the text"),
        ({"said": [{"cue": "Tara"}]}, "cue 'Tara' stands 2 times"),
        ({"said": [{"cue": "denied", "source": "police"}]}, "source 'police' is not in the text"),
        ({"said": [{"cue": "denied", "content": "an … on Gao"}]}, "content 'an … on Gao' is not in the text"),
        ({"said": [{"cue": "denied", "content": "on Tara … an attack"}]}, "is not in the text"),
        ({"said": [{"cue": "denied", "speaker": "army"}]}, "no such part of an attribution: speaker"),
        ({"said": [{"source": "army"}]}, "an attribution needs a cue"),
        ({"mood": "sad"}, "unknown key mood"),
        ({"conflict": None}, "conflict is missing"),
        ({"region": ""}, "region is missing"),
        ({"style": None}, "style is missing"),
        ({"nothing": "sport", "frames": [{"type": "killing", "trigger": "shot"}]}, "`nothing` has no frames"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_passage(compiled: Compile, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(DataError) as caught:
        compiled(TEXT, **changes)
    (line,) = str(caught.value).splitlines()
    assert line.startswith("made.yaml: made-1: ")
    assert fault in line


def written(folder: Path, name: str, *items: Any) -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(list(items)), encoding="utf-8")
    return path


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    first = written(
        tmp_path, "a.yaml", HEAD | {"text": TEXT, "said": [{"cue": "x"}, {"cue": "y"}]}, {"id": "made-0"}
    )
    second = written(tmp_path, "b.yaml", HEAD | {"text": TEXT, "moods": 1, "mood": 2, "aside": 3})
    with pytest.raises(DataError) as caught:
        load_passages([second, first])
    assert str(caught.value).splitlines() == [
        "a.yaml: made-1: cue 'x' is not in the text",
        "a.yaml: made-1: cue 'y' is not in the text",
        "a.yaml: a passage needs id and text: {'id': 'made-0'}",
        "b.yaml: made-1: unknown key aside",
        "b.yaml: made-1: unknown key mood",
        "b.yaml: made-1: unknown key moods",
        "made-1: this id is used twice",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"- {id: [", "made.yaml: not YAML"),
        (b"- {id: \xff}", "made.yaml: not YAML"),
        (b"12", "made.yaml: not a list of passages"),
        (b"id: made-1", "made.yaml: not a list of passages"),
        (b"- word", "made.yaml: a passage needs id and text: word"),
        (None, "made.yaml: cannot be read"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, content: bytes | None, fault: str) -> None:
    path = tmp_path / "made.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=fault) as caught:
        load_passages([path])
    assert len(str(caught.value).splitlines()) == 1


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "a.yaml", HEAD | {"id": "z", "text": TEXT}, HEAD | {"id": "b", "text": TEXT}),
        written(tmp_path, "b.yaml", HEAD | {"id": "a", "text": TEXT, "nothing": "sport"}),
        written(tmp_path, "empty.yaml"),
    ]
    passages = load_passages(paths)
    assert passages == load_passages(reversed(paths))
    assert [passage.example.id for passage in passages] == ["a", "b", "z"]
    assert [passage.nothing for passage in passages] == ["sport", None, None]


# Parts


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("sahel-001", "train"),
        ("sahel-004", "test"),
        ("sahel-006", "dev"),
        ("levant-007", "test"),
        ("asia-012", "test"),
    ],
)
def test_a_passage_never_changes_its_part(name: str, part: str) -> None:
    """A passage that moved between the parts would be learned and then measured on."""
    assert part_of(name) == part


def test_parts_depend_on_the_id_alone(tmp_path: Path) -> None:
    first = load_passages([written(tmp_path, "a.yaml", HEAD | {"text": TEXT})])
    other = HEAD | {"conflict": "other", "style": "blog", "text": "Nothing.", "nothing": "sport"}
    second = load_passages([written(tmp_path, "b.yaml", other)])
    assert first[0].part == second[0].part == part_of("made-1")


def test_parts_have_their_shares() -> None:
    counts = Counter(part_of(f"made-{number}") for number in range(4000))
    assert set(counts) == {"train", "dev", "test"}
    assert abs(counts["test"] / 4000 - 0.25) < 0.03
    assert abs(counts["dev"] / 4000 - 0.15) < 0.03


# The committed corpus


@pytest.fixture(scope="module")
def passages() -> tuple[Passage, ...]:
    return load_passages((CORPUS / "passages").glob("*.yaml"))


def test_the_corpus_is_as_large_as_promised(passages: tuple[Passage, ...]) -> None:
    assert len(passages) >= 600
    assert sum(len(passage.example.sentences) for passage in passages) >= 3_000
    assert len({passage.conflict for passage in passages}) >= 25
    assert {passage.part for passage in passages} == {"train", "dev", "test"}


def test_every_mark_of_the_corpus_is_sound(passages: tuple[Passage, ...]) -> None:
    assert [fault for passage in passages for fault in faults_of(passage.example)] == []
    assert len({passage.example.id for passage in passages}) == len(passages)
    triggers = [(passage.example.id, frame.trigger) for passage in passages for frame in passage.example.frames]
    assert len(triggers) == len(set(triggers))
    texts = Counter(passage.example.text for passage in passages)
    assert max(texts.values()) == 1  # else a passage of one part could stand in another


def test_every_type_and_status_is_told_often(passages: tuple[Passage, ...]) -> None:
    frames = [frame for passage in passages for frame in passage.example.frames]
    types = Counter(frame.type for frame in frames)
    assert {name: types[name] for name in load_ontology().types if types[name] < 40} == {}
    status = Counter(value for frame in frames for value in frame.status.values())
    assert {value: status[value] for values in AXES.values() for value in values if status[value] < 100} == {}
    roles = Counter(each.role for frame in frames for each in frame.fillers)
    assert set(roles) == set(ROLES)


def test_passages_of_nothing_are_many_and_hold_no_event(passages: tuple[Passage, ...]) -> None:
    nothing = [passage.example for passage in passages if passage.nothing]
    assert sum(len(example.sentences) for example in nothing) >= 500
    assert not [example.id for example in nothing if example.frames]


def test_chains_of_attribution_go_three_deep(passages: tuple[Passage, ...]) -> None:
    depths: Counter[int] = Counter()
    for passage in passages:
        contents = [saying.content for saying in passage.example.sayings if saying.content]
        for frame in passage.example.frames:
            depths[sum(start <= frame.trigger[0] < end for start, end in contents)] += 1
    assert all(depths[depth] >= least for depth, least in ((0, 500), (1, 500), (2, 100), (3, 20)))


def strings(value: Any) -> Iterator[str]:
    """Yield every string in a decoded JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (word for own in value.values() for word in strings(own))
    elif isinstance(value, list):
        yield from (word for own in value for word in strings(own))


@pytest.mark.parametrize("path", sorted((CORPUS / "standoff").glob("*.jsonl")), ids=lambda path: path.stem)
def test_stand_off_lines_are_sound_and_hold_no_text(path: Path) -> None:
    stretches = read_stretches([path])
    assert stretches
    types = load_ontology().types
    known = {*types, *ROLES, *(value for values in AXES.values() for value in values), "train", "dev", "test"}
    for stretch, line in zip(stretches, path.read_text("utf-8").splitlines(), strict=True):
        own = {stretch.id, stretch.corpus, stretch.document, stretch.sha256}
        assert set(strings(json.loads(line))) <= known | own
        assert stretch.id == f"{stretch.document}@{stretch.start}"
        assert stretch.part == part_of_document(stretch.document)
        assert len(stretch.sha256) == 64
        marks = [mark for saying in stretch.sayings for mark in saying if mark is not None]
        for frame in stretch.frames:
            marks += [frame.trigger, *((low, high) for _, low, high in frame.fillers)]
            assert frame.type in types
            assert all(value in AXES[axis] for axis, value in frame.status.items())
            assert {role for role, _, _ in frame.fillers} <= set(ROLES)
        assert all(stretch.start <= low < high <= stretch.end for low, high in marks)


def test_no_stretch_is_annotated_twice() -> None:
    stretches = read_stretches((CORPUS / "standoff").glob("*.jsonl"))
    assert len({stretch.id for stretch in stretches}) == len(stretches)
    ends: dict[str, int] = {}
    for stretch in sorted(stretches, key=lambda stretch: (stretch.document, stretch.start)):
        assert ends.get(stretch.document, 0) <= stretch.start
        ends[stretch.document] = stretch.end


# The script


def test_the_script_counts_or_tells_the_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "corpus.py"))
    frames = [
        {"type": "killing", "trigger": "shot", "killed": "a guard"},
        {"type": "assault", "trigger": "attack", "actor": "Gunmen", "status": "denied"},
    ]
    said = [{"cue": "denied", "content": "an attack on Tara"}]
    quiet = {"id": "made-2", "text": "THE TEAM WON. IT RAINED.", "nothing": "sport"}
    good = written(tmp_path, "a.yaml", HEAD | {"text": TEXT, "frames": frames, "said": said}, HEAD | quiet)
    assert script["main"]([str(good)]) == 0
    told = capsys.readouterr().out
    assert "2 passages, 4 sentences, 1 conflicts, 1 passages of nothing (2 sentences)" in told
    assert "2 sentences without an event, 1 passages in capitals" in told
    assert "2 frames, 1 attributions, 1 passages with an argument across sentences" in told
    assert "frames by depth of attribution {0: 1, 1: 1}" in told
    assert "denied 1" in told
    assert script["main"]([str(written(tmp_path, "b.yaml", HEAD | {"text": TEXT, "mood": 1}))]) == 1
    assert capsys.readouterr().out == "b.yaml: made-1: unknown key mood\n"


def test_passages_that_only_teach_are_train_whatever_their_hash() -> None:
    assert {part_of(f"train-africa-{number:03}") for number in range(200)} == {"train"}
    assert {part_of(f"africa-{number:03}") for number in range(200)} == {"train", "dev", "test"}
