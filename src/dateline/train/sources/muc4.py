"""MUC-4: 1,300 reports of political violence with answer keys, as scenes and silver frames.

What the keys state, and how it becomes marks:

- *Scene.* Perpetrators (individuals and organisations) are `actor`, physical and human targets `target`,
  instruments `instrument`. The bounds are those of the keys' strings, which mostly leave counts out. A string
  is marked wherever it stands (longest first, no two of one role overlap) in a sentence that tells of the
  incident: one with another filler of the same template, or one with an event of the pattern coder whose type
  goes with the incident's and with no filler of another template.
- *Those harmed.* Human targets with the effect DEATH are `killed`, with INJURY `injured`; those of an
  accomplished kidnapping are `captured`. As in our own annotation these spans hold the number before the
  string ("six peasants"). Where the key gives a number and the text another ("30 people" for the 3 killed),
  other people are meant and nothing is marked. The keys leave out those who are no victims of terrorism, so
  these roles are never complete.
- *What is complete.* `actor`, `target` and `instrument`, also where no template was made: nothing of the
  kind is told. Masked are the stretches that hold a string of an optional template or filler, a string in a
  sentence that may not be about the incident, or a battle (the task leaves out clashes of armed sides).
- *Silver frames.* A mention of the pattern coder whose type goes with the incident type of a template, in a
  sentence with a filler of that template, is a frame with the template's fillers in that sentence (with their
  numbers). Its type is told only where the incident type settles it; its reality is the stage of execution,
  unless stage and words differ ("warned of attacks" in an accomplished one). The confidence of the key speaks
  of who did it, not of whether it happened, and is not used.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from dateline.clean import article_of
from dateline.clean.sentences import split
from dateline.code.patterns import PatternCoder
from dateline.model.mention import Mention, Role
from dateline.model.span import span_of
from dateline.resolve.quantities import read_count
from dateline.train.cutting import cut
from dateline.train.examples import Bounds, Example, Filler, Frame
from dateline.train.sources.messages import head_of
from dateline.train.sources.messages import read_folder as read_messages
from dateline.train.sources.muckeys import Fill, Template
from dateline.train.sources.muckeys import read_folder as read_templates

SCENE_ROLES = frozenset({"actor", "target", "instrument"})
# Which event types may be the announcement of an incident of each type, beside a mere "attack".
COMPATIBLE: dict[str, frozenset[str]] = {
    "attack": frozenset(
        {
            "assault",
            "killing",
            "assassination",
            "execution",
            "shelling",
            "air_strike",
            "grenade_attack",
            "torture",
        }
        | {"property_destruction", "intimidation", "threat", "sexual_violence", "mob_violence", "infiltration"}
        | {"protest_crackdown", "chemical_attack", "siege", "bombing", "drone_strike"}
    ),
    "bombing": frozenset(
        {"bombing", "suicide_bombing", "grenade_attack", "assault", "killing", "assassination", "shelling"}
        | {"property_destruction", "threat"}
    ),
    "kidnapping": frozenset({"abduction", "assault", "threat", "release"}),
    "hijacking": frozenset({"abduction", "assault", "threat"}),
    "robbery": frozenset({"property_destruction", "assault"}),
    "arson": frozenset({"property_destruction", "assault", "threat"}),
    "forced work stoppage": frozenset({"strike", "intimidation", "threat", "road_blockade"}),
}
# The type that an incident type settles, by the types that the words alone would give.
SETTLED: dict[str, dict[str, str]] = {
    "bombing": {"bombing": "bombing", "suicide_bombing": "suicide_bombing"},
    "kidnapping": {"abduction": "abduction"},
    "arson": {"property_destruction": "property_destruction"},
}
# Words that say no more than "attack": their type is that of the incident as the message tells it.
GENERAL = re.compile(r"(?:attack|assault|raid|aggression)(?:s|ed|ing)?", re.IGNORECASE)
OF_GENERAL = {"bombing": "bombing"}
REALITY = {"ACCOMPLISHED": "occurred", "ATTEMPTED": "attempted", "THREATENED": "threatened"}
# Battles: what the task calls clashes and leaves out, so that their parties are told and not in the keys.
BATTLES = frozenset(
    {"armed_clash", "territory_gain", "military_operation", "air_strike", "withdrawal", "infiltration", "siege"}
)
# Of the development set every so many messages is kept for setting thresholds.
HELD_BACK_STEP = 5
HARMED: dict[str, Role] = {"DEATH": "killed", "INJURY": "injured"}
_COUNT = re.compile(
    r"(?:(?:AT LEAST|AS MANY AS|MORE THAN|OVER|ABOUT|AROUND|SOME|NEARLY|ALMOST|UP TO|APPROXIMATELY)\s+)?"
    r"(?:\d[\d,.]*|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE|THIRTEEN|FOURTEEN|FIFTEEN|SIXTEEN"
    r"|SEVENTEEN|EIGHTEEN|NINETEEN|TWENTY|THIRTY|FORTY|FIFTY|SIXTY|SEVERAL|DOZENS OF|HUNDREDS OF|ONE|AN?)\s+\Z",
    re.IGNORECASE,
)
_BEFORE = 40  # characters before a string in which its number may stand
_NUMBER = re.compile(r"\d+")


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One participant of a template: its alternative strings in one role.

    `harmed` are the victim roles that the key states; `number` is the number that the key gives, or None.
    """

    template: int
    role: Role
    strings: tuple[str, ...]
    optional: bool
    harmed: tuple[Role, ...] = ()
    number: int | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a string of one or more entities stands; `wide` takes in the number before it."""

    start: int
    end: int
    wide: int
    role: Role
    entities: tuple[Entity, ...]
    sentence: int


def read(folder: Path, *, everything: bool = False) -> Iterator[Example]:
    """Yield the stretches of the development set, which is the training part of MUC-4.

    `folder` holds `CORPORA/dev`. The test sets 1 and 2 belong to the suite and are never read here. Every
    fifth message is held back unless `everything` is asked for: the suite sets its thresholds there, and a
    model's answers on what it was trained on would be too good to set them by.
    """
    dev = folder / "CORPORA" / "dev"
    keys = read_templates(dev)
    coder = PatternCoder()
    for name, message in read_messages(dev).items():
        if name in keys and (everything or not is_held_back(name)):
            yield from examples_of(name, message, keys[name], coder)


def is_held_back(message: str) -> bool:
    """Say whether a message of the development set is not trained on; it depends on its number alone."""
    return int(message[-4:]) % HELD_BACK_STEP == 0


def examples_of(
    name: str, message: str, templates: Sequence[Template], coder: PatternCoder
) -> Iterator[Example]:
    """Yield the stretches of one message with what its templates state."""
    head = head_of(message)
    text = message[head.end :].strip()
    sentences = split(text)
    mentions = coder.code(article_of(text, sentences=sentences))
    entities = [entity for number, template in enumerate(templates) for entity in entities_of(template, number)]
    places = find_places(text, sentences, entities)
    told = _told(places, mentions, templates)
    doubtful = [place for place in places if place not in told]
    whole = Example(
        id=f"muc4/{name}",
        source="muc4",
        text=text,
        sentences=sentences,
        dateline=head.dateline.partition(",")[0].strip() or None,
        frames=tuple(_frames(mentions, templates, told)),
        scene=tuple(sorted({filler for place in told for filler in _scene(place)})),
        kinds=tuple(sorted({_kinds(template) for template in templates if not template.optional})),
    )
    position = 0
    for stretch in cut(whole):
        start = text.index(stretch.text, position)
        position = start + len(stretch.text)
        masked: set[str] = {place.role for place in doubtful if start <= place.start < position}
        if any(start <= mention.trigger.start < position and mention.type in BATTLES for mention in mentions):
            masked |= SCENE_ROLES
        yield msgspec.structs.replace(stretch, scene_roles=SCENE_ROLES - masked)


def entities_of(template: Template, number: int = 0) -> Iterator[Entity]:
    """Yield the participants of a template, which is the `number`th of its message."""

    def entity(fill: Fill, role: Role, *, harmed: tuple[Role, ...] = (), count: int | None = None) -> Entity:
        return Entity(
            template=number,
            role=role,
            strings=fill.options,
            optional=fill.optional or template.optional,
            harmed=harmed,
            number=count,
        )

    for slot in ("individual", "organization"):
        yield from (entity(fill, "actor") for fill in template.fills(slot))
    yield from (entity(fill, "instrument") for fill in template.instrument)
    yield from (entity(fill, "target") for fill in template.physical)
    for fill in human_targets(template):
        yield entity(fill, "target", harmed=_harmed(template, fill), count=_number(template, fill))


def human_targets(template: Template) -> tuple[Fill, ...]:
    """Return the named people, and the described ones that are not the description of a named one."""
    return (*template.name, *(fill for fill in template.description if not fill.referents))


def find_places(text: str, sentences: Sequence[Bounds], entities: Iterable[Entity]) -> list[Place]:
    """Return where the entities' strings stand, longest first within a role, in the order of the text."""
    owners: dict[tuple[Role, str], list[Entity]] = {}
    for entity in entities:
        for string in entity.strings:
            owners.setdefault((entity.role, string), []).append(entity)
    places: list[Place] = []
    taken: dict[Role, list[Bounds]] = {}
    for role, string in sorted(owners, key=lambda pair: (-len(pair[1]), pair)):
        for start, end in _standing(text, string):
            held = taken.setdefault(role, [])
            if any(start < stop and begin < end for begin, stop in held):
                continue
            held.append((start, end))
            home = next((i for i, (_, stop) in enumerate(sentences) if start < stop), len(sentences))
            floor = sentences[home][0] if home < len(sentences) else 0
            count = _COUNT.search(text, max(floor, start - _BEFORE), start)
            wide = start if count is None else count.start()
            claims = tuple(entity for entity in owners[role, string] if _agrees(entity, text, wide, end))
            if claims:
                places.append(Place(start=start, end=end, wide=wide, role=role, entities=claims, sentence=home))
    return sorted(places, key=lambda place: (place.start, place.end, place.role))


def _standing(text: str, string: str) -> Iterator[Bounds]:
    before = r"(?<!\w)" if string[:1].isalnum() else ""
    after = r"(?!\w)" if string[-1:].isalnum() else ""
    for match in re.finditer(before + re.escape(string) + after, text, re.IGNORECASE):
        yield match.span()


def _agrees(entity: Entity, text: str, wide: int, end: int) -> bool:
    """Say whether the number in the text, if there is one, is that of the key, if there is one."""
    if entity.number is None:
        return True
    count = read_count(span_of(text, wide, end), text, kind="killed")
    if (
        count is None
        or count.best is None
        or not any(sign.isdigit() or sign.isalpha() for sign in text[wide:end])
    ):
        return True
    low = count.low if count.low is not None else count.best
    high = count.high if count.high is not None else count.best
    return low <= entity.number <= high


def _told(places: Sequence[Place], mentions: Sequence[Mention], templates: Sequence[Template]) -> set[Place]:
    """Return the places in sentences that tell of the incident, without those that the keys leave open."""
    kinds: dict[int, set[str]] = {}
    for mention in mentions:
        kinds.setdefault(mention.sentence, set()).add(mention.type)
    fillers: dict[int, dict[int, set[tuple[str, ...]]]] = {}
    for place in places:
        for entity in place.entities:
            own = fillers.setdefault(place.sentence, {}).setdefault(entity.template, set())
            own.add(entity.strings)

    def is_told(entity: Entity, sentence: int) -> bool:
        here = fillers[sentence]
        if len(here[entity.template]) > 1:
            return True
        others = {strings for number, held in here.items() if number != entity.template for strings in held}
        fits = kinds.get(sentence, set()) & _compatible(templates[entity.template])
        return bool(fits) and not others - here[entity.template]

    return {
        place
        for place in places
        if any(not entity.optional and is_told(entity, place.sentence) for entity in place.entities)
    }


def _scene(place: Place) -> Iterator[Filler]:
    yield Filler(place.role, place.start, place.end)
    for role in sorted({role for entity in place.entities if not entity.optional for role in entity.harmed}):
        yield Filler(role, place.wide, place.end)


def _frames(
    mentions: Iterable[Mention], templates: Sequence[Template], told: Iterable[Place]
) -> Iterator[Frame]:
    """Yield the silver frames; a mention that two templates explain equally well is left out."""
    by_sentence: dict[int, list[Place]] = {}
    for place in sorted(told, key=lambda place: (place.start, place.end, place.role)):
        by_sentence.setdefault(place.sentence, []).append(place)
    for mention in mentions:
        near = by_sentence.get(mention.sentence, [])
        trigger = (mention.trigger.start, mention.trigger.end)
        held: dict[int, list[Place]] = {}
        for place in near:
            apart = place.end <= trigger[0] or trigger[1] <= place.start
            for number in sorted({entity.template for entity in place.entities if not entity.optional}):
                if apart and mention.type in _compatible(templates[number]):
                    held.setdefault(number, []).append(place)
        if not held:
            continue
        most = max(len(found) for found in held.values())
        best = [number for number, found in held.items() if len(found) == most]
        if len({_profile(templates[number], held[number]) for number in best}) > 1:
            continue
        yield _frame(mention, templates[best[0]], best[0], held[best[0]])


def _profile(template: Template, places: Sequence[Place]) -> tuple[object, ...]:
    return template.types, template.stage, tuple((place.start, place.end, place.role) for place in places)


def _frame(mention: Mention, template: Template, number: int, places: Sequence[Place]) -> Frame:
    fillers: set[Filler] = set()
    for place in places:
        wide = place.wide if place.role == "target" else place.start
        fillers.add(Filler(place.role, wide, place.end))
        harmed = {role for entity in place.entities if entity.template == number for role in entity.harmed}
        fillers |= {Filler(role, place.wide, place.end) for role in harmed}
    return Frame(
        trigger=(mention.trigger.start, mention.trigger.end),
        type=_settled(mention, template),
        fillers=tuple(sorted(fillers)),
        status=_status(mention, template),
    )


def _settled(mention: Mention, template: Template) -> str | None:
    """Return the event type where the incident type settles it."""
    if len(template.types) != 1:
        return None
    if GENERAL.fullmatch(mention.trigger.text):
        return OF_GENERAL.get(template.types[0])
    return SETTLED.get(template.types[0], {}).get(mention.type)


def _status(mention: Mention, template: Template) -> dict[str, str]:
    """Return the reality that the stage of execution states, unless the words of the mention differ."""
    stages = {REALITY.get(option) for fill in template.stage for option in fill.options}
    if len(stages) != 1 or (stage := stages.pop()) is None:
        return {}
    if stage == "occurred" and mention.status.reality != "occurred":
        return {}
    return {"reality": stage}


def _compatible(template: Template) -> frozenset[str]:
    return frozenset(kind for name in template.types for kind in COMPATIBLE.get(name, ()))


def _kinds(template: Template) -> tuple[str, ...]:
    """Return the event types of which one must stand in a message with this template."""
    return tuple(sorted(_compatible(template)))


def _harmed(template: Template, target: Fill) -> tuple[Role, ...]:
    effects = {
        option
        for fill in template.human_effect
        if not fill.optional and len(fill.options) == 1 and set(fill.referents) & set(target.options)
        for option in fill.options
    }
    roles: set[Role] = {HARMED[effect] for effect in effects if effect in HARMED}
    accomplished = {option for fill in template.stage for option in fill.options} == {"ACCOMPLISHED"}
    if template.types == ("kidnapping",) and accomplished:
        roles.add("captured")
    return tuple(sorted(roles))


def _number(template: Template, target: Fill) -> int | None:
    """Return the number of a target where the key states one exact number."""
    for fill in template.human_number:
        if set(fill.referents) & set(target.options):
            exact = len(fill.options) == 1 and _NUMBER.fullmatch(fill.options[0])
            return int(fill.options[0]) if exact else None
    return None
