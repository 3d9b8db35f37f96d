"""What the keys of MUC-4 ask for in the five-role forms of GRIT and GTT, and how their strings are compared.

Both forms keep five slots: perpetrators (individuals, organisations), physical targets, *named* human targets
(described ones are left out) and instruments; optional templates and fillers count like all others. Of the
alternatives of a filler those are mentions that stand in the text (an alternative with a square bracket never
does, since their texts have round ones). That is what Du, Rush and Cardie (2021) made of the keys; compared
with their files for TST1 and TST2 the fillers and templates below are the same.
"""

import re
import string
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.train.sources.messages import head_of
from dateline.train.sources.muckeys import Template

SLOT_OF: dict[str, str] = {
    "PerpInd": "individual",
    "PerpOrg": "organization",
    "Target": "physical",
    "Victim": "name",
    "Weapon": "instrument",
}
FIVE: tuple[str, ...] = tuple(SLOT_OF)
# Human targets that are told without a name: asked for in the full templates only.
PERSON = "Person"
ASKED: tuple[str, ...] = (*FIVE, PERSON)
# A participant: the strings by which it is mentioned.
Entity = tuple[str, ...]
Fillers = Mapping[str, tuple[Entity, ...]]
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """A template of five roles with its incident type ("attack", "bombing", "bombing / attack")."""

    type: str
    fillers: Mapping[str, tuple[Entity, ...]]


def normal(text: str) -> str:
    """Return a string as it is compared: small letters, no punctuation, no articles, single spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def body_of(message: str) -> str:
    """Return the text of a message as the keys' strings are looked up in it."""
    return " ".join(message[head_of(message).end :].lower().replace("[", "(").replace("]", ")").split())


def gold_fillers(templates: Iterable[Template], message: str) -> Fillers:
    """Return the participants of a message by role, whatever incident they belong to.

    A participant whose alternatives are all alternatives of an earlier one, or the other way round, is the
    same and is not told again.
    """
    body = body_of(message)
    listed = tuple(templates)
    return {role: tuple(_participants(listed, slot, body)) for role, slot in SLOT_OF.items()}


def described(templates: Iterable[Template], message: str) -> tuple[Entity, ...]:
    """Return the human targets that are told by a description only."""
    body = body_of(message)
    fills = (fill for template in templates for fill in template.description if not fill.referents)
    return tuple(dict.fromkeys(entity for fill in fills if (entity := _mentions(fill.options, body))))


def _participants(templates: Sequence[Template], slot: str, body: str) -> Iterable[Entity]:
    known: list[set[str]] = []
    for template in templates:
        for fill in template.fills(slot):
            options = {" ".join(option.lower().split()) for option in fill.options}
            if not any(options <= earlier or earlier <= options for earlier in known):
                known.append(options)
                if entity := _mentions(fill.options, body):
                    yield entity


def gold_incidents(templates: Iterable[Template], message: str) -> tuple[Incident, ...]:
    """Return the templates of a message; of two that are alike in type and all roles only one."""
    body = body_of(message)
    found: list[Incident] = []
    for template in templates:
        incident = Incident(
            type=" / ".join(template.types),
            fillers={
                role: tuple(
                    entity for fill in template.fills(slot) if (entity := _mentions(fill.options, body))
                )
                for role, slot in SLOT_OF.items()
            },
        )
        if incident not in found:
            found.append(incident)
    return tuple(found)


def _mentions(options: Iterable[str], body: str) -> Entity:
    words = (" ".join(option.lower().split()) for option in options)
    return tuple(sorted({word for word in words if word in body and "[" not in word}, key=body.index))
