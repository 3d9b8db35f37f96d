"""Incident types of MUC-4 from our event types."""

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


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The incident type of each event type, and the words that settle it first."""

    types: Mapping[str, str]
    triggers: tuple[_Word, ...]


def muc_type(mention: Mention) -> str:
    """Return the incident type that a mention may announce, or NO_TYPE where its type is outside the task."""
    rules = _rules()
    trigger = f" {mention.trigger.text.lower()}"
    for entry in rules.triggers:
        if any(f" {word}" in trigger for word in entry.words):
            return entry.type
    return rules.types.get(mention.type, NO_TYPE)


@cache
def _rules() -> _Rules:
    path = DATA / "evaluate" / "muc.yaml"
    try:
        rules = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), _Rules)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"{path.name}: {' '.join(str(error).split())}; install dateline again") from error
    told = {*rules.types.values(), *(entry.type for entry in rules.triggers)}
    if wrong := sorted(told - {*TYPES, *RARE, NO_TYPE}):
        raise DataError(f"{path.name}: no incident type of MUC-4: {', '.join(wrong)}")
    return rules
