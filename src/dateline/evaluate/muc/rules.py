"""What is said in a data file of the task: incident types of our event types, and words to cut strings at."""

from collections.abc import Mapping
from functools import cache

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.model.mention import Mention

TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery")
# Told in the task, and too seldom in the keys for anything to be learned of them.
RARE = ("hijacking", "forced work stoppage")
NO_TYPE = "none"


class _Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Beginnings of words of a trigger that settle the incident type."""

    type: str
    words: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words at which strings are cut; small letters."""

    counts: frozenset[str]
    determiners: frozenset[str]
    inside_names: frozenset[str]
    function: frozenset[str]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The incident type of each event type, and the words that settle it first."""

    types: Mapping[str, str]
    triggers: tuple[_Word, ...]
    words: Words


def muc_type(mention: Mention) -> str:
    """Return the incident type that a mention may announce, or NO_TYPE where its type is outside the task."""
    rules = load_rules()
    trigger = f" {mention.trigger.text.lower()}"
    for entry in rules.triggers:
        if any(f" {word}" in trigger for word in entry.words):
            return entry.type
    return rules.types.get(mention.type, NO_TYPE)


@cache
def load_rules() -> Rules:
    """Return the rules; raises DataError where the file is damaged."""
    path = DATA / "evaluate" / "muc.yaml"
    try:
        rules = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Rules)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"{path.name}: {' '.join(str(error).split())}; install dateline again") from error
    told = {*rules.types.values(), *(entry.type for entry in rules.triggers)}
    if wrong := sorted(told - {*TYPES, *RARE, NO_TYPE}):
        raise DataError(f"{path.name}: no incident type of MUC-4: {', '.join(wrong)}")
    return rules
