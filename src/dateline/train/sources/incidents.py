"""Scenes of Insecurity Insight's incidents: the coded values, found as words of the description.

What the record says is a value; what is taught is the words that say it, where they can be found:

- *victims*: phrases of people whose number is the coded one, or which add up to it, and which the sentence
  says were killed, injured or captured (`incidentvictims`, which says when a kind counts as complete).
- *actor*: noun phrases that do the deed (behind "by", or the pattern coder's actors) and whose words fit the
  coded class or the coded name of the perpetrator. Never complete: a description may name further actors.
- *instrument*: nouns for the coded class of weapon, where they are not part of the name of an event ("drone
  strike"). *Place*: the coded first-level area, country or camp where it is named. *Time*: a date whose month
  (and day) are the coded ones. None of them is complete.
- *triggers*: the pattern coder's, where its reading fits the record: told with its victims, so the trigger is
  right, but of which type remains masked, except where a coded value names it (kidnapped, arrested, a drone,
  rape ...). A record that counts victims states that the thing happened: such frames occurred and are affirmed.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.clean.sentences import split
from dateline.model.mention import Mention
from dateline.ontology import load_ontology
from dateline.train.conventions import noun_phrase
from dateline.train.examples import Bounds, Example, Filler, Frame
from dateline.train.silver import silver_mentions
from dateline.train.sources.incidentvictims import HARMS, Victims, find_victims
from dateline.train.sources.incidentwords import IncidentWords, load_incident_words
from dateline.train.sources.insecurity import Record, read_records

_HAPPENED = {"reality": "occurred", "polarity": "affirmed"}


def read(folder: Path) -> Iterator[Example]:
    """Yield the records of the training part of which anything could be found."""
    return (
        example for record in read_records(folder) if record.part == "train" for example in examples_of(record)
    )


def examples_of(record: Record) -> Iterator[Example]:
    """Yield a record as an example, or nothing where no value of it stands in its text."""
    words = load_incident_words()
    sentences = split(record.text)
    mentions = silver_mentions(record.text, sentences)
    victims = find_victims(record, sentences, mentions, words)
    scene = {Filler(role, *people.bounds) for role in HARMS for people in victims.found[role]}
    scene |= {Filler("actor", *bounds) for bounds in find_actors(record, mentions, words)}
    scene |= {Filler("instrument", *bounds) for bounds in find_weapons(record, words)}
    scene |= {Filler("place", *bounds) for bounds in find_places(record)}
    scene |= {Filler("time", *bounds) for bounds in find_times(record)}
    frames = tuple(_frames(record, mentions, victims, scene, words))
    if scene or frames or victims.complete:
        yield Example(
            id=f"insecurity_insight/{record.id}",
            source="insecurity_insight",
            text=record.text,
            sentences=sentences,
            frames=frames,
            # A single frame has the whole scene's victims; of several it is not told whose they are.
            roles=frozenset(victims.complete) if len(frames) == len(mentions) == 1 else frozenset(),
            scene=tuple(sorted(scene)),
            scene_roles=frozenset(victims.complete),
            kinds=_kinds(record, words),
        )


_NAME_WORD = re.compile(r"[A-Z][\w’'-]{3,}")
# "by five heavily armed men": the phrase behind "by" ends at one of these.
_AGENT = re.compile(r"\bby\s+(?=[\w’'“\"-])", re.IGNORECASE)
_AGENT_END = re.compile(
    r"[,;:.(]|\s(?:in|on|at|who|that|which|when|while|whilst|during|after|before|as|from|near|for|to|and then|"
    r"by|was|were|over|because|with|inside|outside|within|affiliated|belonging|using|wearing|dressed|following|since|amid)\s|\Z"
)
# An actor with which a thing or a deed was read along: "a bomb dropped by the army", "an army missile".
_NO_ACTOR = re.compile(
    r"\b(?:by|dropped|fired|launched)\b|\b(?:missiles?|rockets?|shells?|bombs?|coup|whilst|airstrikes?|shelling|fire)\Z",
    re.I,
)
# Words that may stand before the head of the phrase.
_BEFORE_HEAD = 6
_OF_GROUP = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+|al-)?[A-Z][\w’'-]*){0,5}")


def find_actors(record: Record, mentions: Sequence[Mention], words: IncidentWords) -> Iterator[Bounds]:
    """Yield the noun phrases that do the deed and fit the coded perpetrator."""
    coded = record.value("Reported Perpetrator", "Perpetrator ", "Actor Type") or ""
    name = record.value("Reported Perpetrator Name", "Perpetrator Group Name", "Actor Name") or ""
    heads = words.perpetrator(coded)
    names = [word for word in _NAME_WORD.findall(name) if word not in words.common and not word.endswith("’s")]
    known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})") if names else None
    text = record.text
    able: list[Bounds] = [
        (span.start, span.end)
        for mention in mentions
        for span in mention.spans("actor")
        if not _NO_ACTOR.search(span.text)
    ]
    if heads is not None:
        able += _agents(text, heads)
    kept: list[Bounds] = []
    for bounds in sorted(able, key=lambda bounds: (bounds[0] - bounds[1], bounds)):
        fits = any(words and words.search(text, *bounds) for words in (heads, known))
        trimmed = noun_phrase(text, bounds) if fits else None
        if trimmed is not None and not any(one[0] < trimmed[1] and trimmed[0] < one[1] for one in kept):
            kept.append(trimmed)
    yield from sorted(kept)


def _agents(text: str, heads: "re.Pattern[str]") -> Iterator[Bounds]:
    """Yield "five armed men" behind "by", with the group that "of" names behind it."""
    for match in _AGENT.finditer(text):
        start = match.end()
        ends = _AGENT_END.search(text, start)
        stop = ends.start() if ends else len(text)
        found = list(heads.finditer(text, start, stop))
        if found and len(text[start : found[0].start()].split()) <= _BEFORE_HEAD:
            end = found[0].end()
            for further in found[1:]:  # "Boko Haram militants", "IS fighters"
                end = further.end() if text[end : further.start()].isspace() else end
            group = _OF_GROUP.match(text, end)
            yield start, group.end() if group else end


_WEAPON_LEFT = re.compile(
    r"(?:(?<![\w-])(?:an?|one|two|three|four|five|six|several|\d{1,3})\s+)?"
    r"(?:(?<![\w-])(?:[A-Z][\w-]*\d[\w-]*|[a-z]+-[a-z]+|Russian|Israeli|heavy|homemade|improvised|unidentified|unknown)\s+)?\Z"
)


def find_weapons(record: Record, words: IncidentWords) -> Iterator[Bounds]:
    """Yield the nouns for the coded class of weapon, with their article or number."""
    coded = record.value("Weapon Carried/Used", "Weapons use", "Explosive Weapon Type") or ""
    text = record.text
    found: list[Bounds] = []
    for pattern in words.weapon(coded):
        for match in pattern.finditer(text):
            left = _WEAPON_LEFT.search(text, max(0, match.start() - 60), match.start())
            bounds = (left.start() if left else match.start(), match.end())
            if not any(one[0] < bounds[1] and bounds[0] < one[1] for one in found):
                found.append(bounds)
    yield from sorted(found)


# Shorter names are codes ("OPT", "DRC").
SHORT_NAME = 3
_ADMIN_TAIL = re.compile(
    r"\s+(?:Governorate|State|Region|Oblast|Province|Division|Department|District|County)\Z", re.I
)
_PLACE_BEFORE = r"(?<![\w-])(?:near\s+|(?:north|south|east|west|central)\w*\s+)?"
_PLACE_BEHIND = (
    r"(?:\s+(?:governorate|state|region|oblast|province|division|department|district|county|city|"
    r"(?:refugee\s+)?camp)\b)?"
)
# "Kyiv forces", "Darfur-based", "Unity's": not where it happened.
_NO_PLACE = (
    r"(?![\w’'-])(?!\s+(?:forces|military|army|soldiers?|police|government|troops|armed|people|rebels|warplanes|"
    r"national))"
)


def find_places(record: Record) -> Iterator[Bounds]:
    """Yield where the coded area, country or camp is named."""
    names = {
        _ADMIN_TAIL.sub("", value)
        for column in ("Admin 1", "Country", "Camp Name")
        if (value := record.value(column)) and len(value) > SHORT_NAME
    }
    found: list[Bounds] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        pattern = _PLACE_BEFORE + re.escape(name) + _PLACE_BEHIND + _NO_PLACE
        for match in re.finditer(pattern, record.text, re.IGNORECASE):
            named = match.group().casefold().find(name.casefold())
            if match.group()[named].isupper() and not any(
                o[0] < match.end() and match.start() < o[1] for o in found
            ):
                found.append(match.span())
    yield from sorted(found)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({'|'.join(_MONTHS)})\s+(\d{{4}})\b")


def find_times(record: Record) -> Iterator[Bounds]:
    """Yield the dates whose year, month and day (where there is one) are the coded ones."""
    coded = record.value("Date", "Incident date") or ""
    for match in _DATE.finditer(record.text):
        day, month, year = match.groups()
        begins = f"{year}-{_MONTHS.index(month) + 1:02}-"
        if coded.startswith(begins + f"{int(day):02}" if day else begins):
            yield match.span()


def _frames(
    record: Record, mentions: Sequence[Mention], victims: Victims, scene: set[Filler], words: IncidentWords
) -> Iterator[Frame]:
    """Yield the pattern coder's triggers that the record bears out."""
    ontology = load_ontology()
    alone = len(mentions) == 1
    for mention in mentions:
        able = ontology.types[mention.type].victims or mention.type == "arrest"
        own = _own_victims(mention, victims, alone=alone) if able else []
        told = _told(record, mention, words)
        if not own and told is None:
            continue
        happened = mention.status.reality == "occurred" and mention.status.polarity == "affirmed"
        fillers = [filler for filler in scene if alone and filler.role not in HARMS] + own
        yield Frame(
            trigger=(mention.trigger.start, mention.trigger.end),
            type=told,
            fillers=tuple(sorted(f for f in fillers if not _overlap(f, mention))),
            status=dict(_HAPPENED) if own and happened else {},
        )


def _own_victims(mention: Mention, victims: Victims, *, alone: bool) -> list[Filler]:
    """Return the victims that the trigger was read with; all, where it is the only one."""
    own: list[Filler] = []
    for role in HARMS:
        spans = mention.spans(role)
        own += [
            Filler(role, *people.bounds)
            for people in victims.found[role]
            if alone or any(span.start < people.end and people.start < span.end for span in spans)
        ]
    return own


def _told(record: Record, mention: Mention, words: IncidentWords) -> str | None:
    """Return the type of a trigger where a coded value names it and the lexicon reads it so."""
    for ending, name in (("kidnapped", "abduction"), ("arrested", "arrest")):
        counted = any(count for column, count in record.counts.items() if column.lower().endswith(ending))
        if mention.type == name and counted:
            return name
    for told in words.types:
        values = (str(value) for column, value in record.row.items() if column.strip().startswith(told.column))
        if mention.type in told.read and any(told.holds in value for value in values):
            return told.is_
    return None


def _overlap(filler: Filler, mention: Mention) -> bool:
    return filler.start < mention.trigger.end and mention.trigger.start < filler.end


def _kinds(record: Record, words: IncidentWords) -> tuple[tuple[str, ...], ...]:
    """Return what must be told somewhere: a capture, a rape, where the words speak of such a thing."""
    kinds: list[tuple[str, ...]] = []
    if any(record.numbers("captured")) and words.plain["captured"].search(record.text):
        kinds.append(("abduction", "arrest"))
    if "Rape" in str(record.row.get("Type") or "") and re.search(r"\brap(?:e|ed|es|ing)\b", record.text, re.I):
        kinds.append(("sexual_violence",))
    return tuple(kinds)
