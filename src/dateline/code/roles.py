"""Who does what to whom: the phrases of actors and targets around a trigger."""

from dateline.code.cues import RoleCues
from dateline.code.grammar import after_preposition, agents_after, object_of, subject_of
from dateline.code.phrases import Parsed, Phrase, base_of, conjuncts, with_of
from dateline.code.places import names_places
from dateline.code.tokens import Tag
from dateline.code.triggers import Hit

# Tokens behind an event noun in which the verb of "was carried out by" may stand.
TOLD_REACH = 14
_NOBODY = frozenset({"no", "nobody", "none", "neither"})
Actors = tuple[Phrase, ...]


def read_actors(parsed: Parsed, hit: Hit, cues: RoleCues) -> tuple[Actors, Actors]:
    """Return the phrases of the actors and of the targets of the trigger `hit`."""
    if hit.use == "noun":
        actors, targets = _of_noun(parsed, hit, cues)
    elif (hit.trigger.pos == "phrase" and parsed.lower(hit.last) == "by") or hit.use == "passive":
        actors, targets = agents_after(parsed, hit.last), _subjects(parsed, hit)
    else:
        actors, targets = _subjects(parsed, hit), _objects(parsed, hit, cues)
    if hit.trigger.lemma in cues.reversed_lemmas:
        actors, targets = targets, actors
    if hit.trigger.type in cues.absorbed_types and parsed.lower(hit.first) in cues.toll_intransitive:
        actors, targets = (), actors  # "two children died"
    if hit.use == "infinitive":  # "police foiled a plot to bomb the church": the police do not bomb
        actors = tuple(phrase for phrase in actors if not _thwarts(parsed, phrase, hit, cues))
    kept = tuple(phrase for phrase in actors if _may_act(parsed, phrase, hit, cues))
    left = (phrase for phrase in targets if phrase not in kept and not _holds(phrase, hit))
    return kept, tuple(phrase for phrase in left if parsed.lower(phrase.first) not in _NOBODY)


def _thwarts(parsed: Parsed, phrase: Phrase, hit: Hit, cues: RoleCues) -> bool:
    """Tell whether what `phrase` does stands in the way of the trigger ("foiled", "repelled")."""
    return any(parsed.lower(position) in cues.suffering_verbs for position in range(phrase.last, hit.first))


def _subjects(parsed: Parsed, hit: Hit) -> Actors:
    """Return the subjects of a verb; a participle right behind a phrase belongs to that phrase."""
    beside = parsed.phrase_at(hit.first - 1)
    if hit.use == "passive" and beside is None and parsed.tag(hit.first - 1) is Tag.COMMA:
        beside = parsed.phrase_at(hit.first - 2)  # "... to local forces, supported by the air force"
    if hit.use in ("gerund", "passive") and beside is not None:
        return (with_of(parsed, base_of(parsed, beside)),)
    return _list_of(parsed, subject_of(parsed, hit.first))


def _list_of(parsed: Parsed, subject: Phrase | None) -> Actors:
    return () if subject is None else conjuncts(parsed, subject, forward=False)


def _objects(parsed: Parsed, hit: Hit, cues: RoleCues) -> Actors:
    if hit.trigger.type in cues.intransitive:
        return ()
    wanted = cues.target_prepositions
    if hit.trigger.type in cues.with_is_target:
        wanted = wanted | {"with"}
    return object_of(parsed, hit.last, wanted)


def _may_act(parsed: Parsed, phrase: Phrase, hit: Hit, cues: RoleCues) -> bool:
    """Refuse the event itself, a time, a measure, and a bare number unless it counts a crowd."""
    if _holds(phrase, hit):
        return parsed.lower(hit.last - 1) in cues.person_triggers
    if parsed.lower(phrase.head) in cues.not_actors:
        return False
    head = parsed.tokens[phrase.head]
    if parsed.lower(phrase.first) in _NOBODY:
        return False
    if head.tag is Tag.NUMBER and not phrase.pronoun:
        people = parsed.tag(phrase.last - 1) in (Tag.NOUN, Tag.NAME)  # "thousands of students"
        return people or hit.trigger.type in cues.crowd_types
    unit = head.lower in parsed.words.time_units
    return head.tag is not Tag.TIME and not unit and not (head.lower.endswith("ing") and head.tag is Tag.NOUN)


def _holds(phrase: Phrase, hit: Hit) -> bool:
    return phrase.first < hit.last and hit.first < phrase.last


def _of_noun(parsed: Parsed, hit: Hit, cues: RoleCues) -> tuple[Actors, Actors]:
    phrase = parsed.phrase_at(hit.last - 1)
    if phrase is None:
        return agents_after(parsed, hit.last), ()
    if parsed.lower(hit.last - 1) in cues.person_triggers:
        return (phrase,), ()
    kind = hit.trigger.type
    actors = agents_after(parsed, phrase.last) or _told_agents(parsed, phrase.last, cues)
    targets: Actors = ()
    pair = _between(parsed, phrase.last, cues)
    if pair:
        return pair[:1], pair[1:]
    prepositions = cues.target_prepositions
    if kind in cues.of_is_actor:
        prepositions = prepositions - {"of"}
        actors = actors or after_preposition(parsed, phrase.last, frozenset({"of"}))
    if kind in cues.with_is_target:
        prepositions = prepositions | {"with"}
    targets = after_preposition(parsed, phrase.last, prepositions)
    modifier = _modifier(parsed, phrase, hit, cues)
    if modifier is not None:
        actors = actors or (modifier,)
    if not targets and parsed.lower(phrase.last) in cues.affecting_verbs:
        targets = object_of(parsed, phrase.last + 1, frozenset())
    return _with_carrier(parsed, phrase, (actors, targets), cues)


def _with_carrier(
    parsed: Parsed, phrase: Phrase, known: tuple[Actors, Actors], cues: RoleCues
) -> tuple[Actors, Actors]:
    """Add the subject of the verb that carries the noun: "the group launched an attack"."""
    actors, targets = known
    verb = _claim_verb(parsed, phrase, cues)
    if verb is None:
        verb = _light_verb(parsed, phrase, cues)
    if verb is None:
        return known
    subjects = _list_of(parsed, subject_of(parsed, verb))
    if parsed.lower(verb) in cues.suffering_verbs:
        return actors, targets or subjects
    return actors or subjects, targets


def _told_agents(parsed: Parsed, after: int, cues: RoleCues) -> Actors:
    """Return X of "the attack, which was carried out by X" and "the attack was claimed by X"."""
    passive = False
    for position in range(after, min(after + TOLD_REACH, len(parsed.tokens))):
        tag = parsed.tag(position)
        if tag is Tag.VERB:
            carries = parsed.lower(position) in cues.light_verbs or parsed.lower(position) in cues.claim_verbs
            return agents_after(parsed, position + 1) if passive and carries else ()
        passive = passive or tag is Tag.AUXILIARY
        if tag in (Tag.CONJUNCTION, Tag.MARK, Tag.QUOTE, Tag.MODAL):
            return ()
    return ()


def _claim_verb(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> int | None:
    """Return the verb of "claimed responsibility for the attack"."""
    words = (parsed.lower(phrase.first - 2), parsed.lower(phrase.first - 1))
    verb = phrase.first - 3
    claims = words == ("responsibility", "for") and parsed.lower(verb) in cues.claim_verbs
    return verb if claims and parsed.tag(verb) is Tag.VERB else None


def _between(parsed: Parsed, after: int, cues: RoleCues) -> Actors:
    """Return the two sides of "clashes between A and B", not of "between the villages of A and B"."""
    phrase = parsed.phrase_at(after + 1)
    if parsed.lower(after) != "between" or phrase is None or names_places(parsed, phrase, cues):
        return ()
    return conjuncts(parsed, phrase, forward=True)


def _modifier(parsed: Parsed, phrase: Phrase, hit: Hit, cues: RoleCues) -> Phrase | None:
    """Return what stands before the noun inside its phrase and may be its actor: "coalition airstrikes"."""
    last = hit.first
    while last > phrase.first and parsed.tag(last - 1) is Tag.POSSESSIVE:
        last -= 1
    possessive = last < hit.first
    first = last
    while first > phrase.first:
        token = parsed.tokens[first - 1]
        named = token.tag in (Tag.NAME, Tag.OPEN, Tag.CLOSE, Tag.SUFFIX)
        if not (named or token.lower in cues.actor_modifiers or (possessive and token.tag is Tag.NOUN)):
            break
        first -= 1
    if last > first and parsed.tag(last - 1) is Tag.SUFFIX:
        last -= 1  # "U.S.-led invasion": the United States
    if parsed.tag(first) is Tag.SUFFIX:
        first += 1
    if first >= last:
        return None
    return Phrase(first, last, last - 1)


def _light_verb(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> int | None:
    """Return the verb that only carries the noun: "launched" in "launched an attack"."""
    for cursor in range(phrase.first - 1, max(phrase.first - 5, -1), -1):
        if parsed.tag(cursor) is Tag.VERB:
            return cursor if parsed.lower(cursor) in cues.light_verbs else None
        particle = parsed.lower(cursor) in ("out", "up", "of", "off") or parsed.tag(cursor) is Tag.ADVERB
        if not particle and parsed.phrase_at(cursor) is None:
            return None
    return None
