"""Words of saying: loaded from data/actors/sayings.yaml, checked, and turned into lookups."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import msgspec

from dateline.errors import DataError
from dateline.model.values import SourceKind, Stance
from dateline.resolve.nations import FOLDER, load_yaml

SAYINGS = FOLDER / "sayings.yaml"

About = Literal["event", "part", "figures"]
_LISTS = (
    "unverified", "turns", "quoting", "counting", "no_saying", "spoken_of", "nobody", "described", "inverted",
    "speaking", "acting",
)  # fmt: skip


class SayingWords(msgspec.Struct, frozen=True):
    """The lookups; the patterns match whole words whatever their case."""

    stances: dict[str, Stance]
    stance: re.Pattern[str]
    about: tuple[tuple[About, re.Pattern[str]], ...]
    unverified: re.Pattern[str]
    turn: re.Pattern[str]
    quoting: re.Pattern[str]
    counting: re.Pattern[str]
    inverted: re.Pattern[str]
    speaking: re.Pattern[str]
    acting: re.Pattern[str]
    no_saying: frozenset[str]
    spoken_of: frozenset[str]
    nobody: re.Pattern[str]
    described: dict[str, tuple[SourceKind, ...]]

    def stance_of(self, cue: str) -> Stance:
        """Return how somebody stands to what follows the verb `cue`; most verbs only say it."""
        key = " ".join(cue.lower().split())
        return self.stances.get(key) or self.stances.get(key.rpartition(" ")[2]) or "says"


# Who tells it together with the one before: "police, a doctor and two witnesses said". Nothing stands between
# the last of them and the verb, or a list of victims would be speakers: "a boy and a nurse, officials said".
_CLAUSE = r"(?!(?:who|whom|whose|which|that|when|where|while|after|before|because|as|were|was)\s)"
_SPEAKER = rf"(?!(?:\w+ing|\d[\d,]*)\s)(?:{_CLAUSE}[^\s,.;:]+\s+){{0,7}}?{_CLAUSE}[^\s,.;:]+"


@cache
def load_saying_words(path: Path = SAYINGS) -> SayingWords:
    """Load and check the words; raises DataError that names every list that is missing, unknown or doubled."""
    data: Any = load_yaml(path)
    stances = data.get("stances", {})
    about = data.get("about", {})
    faults = [f"unknown stance {name}" for name in stances if name not in get_args(Stance)]
    faults += [f"unknown subject {name}" for name in about if name not in get_args(About)]
    kinds = {kind for listed in data.get("described", {}).values() for kind in listed}
    faults += [f"unknown kind of source {name}" for name in sorted(kinds - set(get_args(SourceKind)))]
    faults += [f"{name} is missing" for name in ("stances", "about", *_LISTS) if not data.get(name)]
    verbs: dict[str, Stance] = {}
    for name, words in stances.items():
        for word in words:
            if word in verbs:
                faults.append(f"{word!r} stands under {verbs[word]} and {name}")
            verbs[word] = cast("Stance", name)
    if faults:
        raise DataError(f"{path.name}: " + "; ".join(faults) + "; repair the file")
    turns = _words(data["turns"])
    return SayingWords(
        stances=verbs,
        stance=_any(verbs),
        about=tuple((cast("About", name), _any(words)) for name, words in about.items()),
        unverified=_any(data["unverified"]),
        turn=re.compile(rf";|,?\s{turns}(?!\w)|(?<=\s)–\s", re.IGNORECASE),
        quoting=_any(data["quoting"]),
        counting=_any(data["counting"]),
        inverted=re.compile(rf",[”\"’]?\s+({_words(data['inverted'])})\s+(?=the\s|an?\s|[A-Z])"),
        speaking=re.compile(
            rf"(?:(?:,\s+{_SPEAKER})*?,?\s+and\s+{_SPEAKER})?"
            r"(?:\s+(?:in|at|of|from|with|for|near)\s+[^,.;:]{1,60}?)?\s+"
            r"(?:\w+ly\s+|also\s+|later\s+|has\s+|have\s+|had\s+)?"
            rf"{_words(data['speaking'])}(?![\w-])",
            re.IGNORECASE,
        ),
        acting=re.compile(
            r"\s+(?:\w+ly\s+|also\s+|later\s+|has\s+|have\s+|had\s+)?"
            rf"{_words([*data['speaking'], *data['acting']])}(?![\w-])"
        ),
        no_saying=frozenset(data["no_saying"]),
        spoken_of=frozenset(data["spoken_of"]),
        nobody=_any(data["nobody"]),
        described={noun: tuple(listed) for noun, listed in data["described"].items()},
    )


def _words(wordings: Iterable[str]) -> str:
    ordered = sorted(set(wordings), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) + ")"


def _any(wordings: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_words(wordings)}(?![\w-])", re.IGNORECASE)
