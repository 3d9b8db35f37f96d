"""Who does what to whom with what: the role phrases around a trigger."""

from dateline.code.cues import RoleCues
from dateline.code.grammar import after_preposition, agents_after, object_of, subject_of
from dateline.code.phrases import Parsed, Phrase, base_of, conjuncts, with_of
from dateline.code.tokens import Tag
from dateline.code.triggers import Hit

Actors = tuple[Phrase, ...]
_NONE = frozenset[str]()


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
    kept = tuple(phrase for phrase in actors if _may_act(parsed, phrase, hit))
    return kept, tuple(phrase for phrase in targets if phrase not in kept and not _holds(phrase, hit))


def _subjects(parsed: Parsed, hit: Hit) -> Actors:
    """Return the subjects of a verb; a participle right behind a phrase belongs to that phrase."""
    beside = parsed.phrase_at(hit.first - 1)
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


def _may_act(parsed: Parsed, phrase: Phrase, hit: Hit) -> bool:
    """Refuse the event itself, a bare number or a time as an actor."""
    if _holds(phrase, hit):
        return False
    head = parsed.tokens[phrase.head]
    return head.tag not in (Tag.NUMBER, Tag.TIME) or phrase.pronoun


def _holds(phrase: Phrase, hit: Hit) -> bool:
    return phrase.first < hit.last and hit.first < phrase.last


def _of_noun(parsed: Parsed, hit: Hit, cues: RoleCues) -> tuple[Actors, Actors]:
    phrase = parsed.phrase_at(hit.last - 1)
    if phrase is None:
        return agents_after(parsed, hit.last), ()
    kind = hit.trigger.type
    actors = agents_after(parsed, phrase.last)
    targets: Actors = ()
    pair = _between(parsed, phrase.last)
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
    verb = _light_verb(parsed, phrase, cues)
    if verb is not None:
        subjects = _list_of(parsed, subject_of(parsed, verb))
        if parsed.lower(verb) in cues.suffering_verbs:
            targets = targets or subjects
        else:
            actors = actors or subjects
    return actors, targets


def _between(parsed: Parsed, after: int) -> Actors:
    """Return the two sides of "clashes between A and B"."""
    phrase = parsed.phrase_at(after + 1)
    if parsed.lower(after) != "between" or phrase is None:
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
        named = token.tag in (Tag.NAME, Tag.OPEN, Tag.CLOSE)
        if not (named or token.lower in cues.actor_modifiers or (possessive and token.tag is Tag.NOUN)):
            break
        first -= 1
    if first == last:
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


def read_places(parsed: Parsed, hit: Hit, cues: RoleCues) -> tuple[tuple[int, int, float], ...]:
    """Return token ranges that may name the trigger's place, the closest first, with a score in 0..1.

    A range begins at its phrase, or at a word that makes it relative ("near", "north of", "between").
    """
    found: list[tuple[int, int, int]] = []
    for position in range(len(parsed.tokens)):
        span = _place_at(parsed, position, cues)
        if span is None or (span[0] < hit.last and hit.first < span[1]):
            continue
        if found and span[0] < found[-1][1]:
            continue
        found.append((span[0], span[1], _verbs_between(parsed, hit, span[0], cues)))
    if not found:
        return ()
    nearest = min(gap for _, _, gap in found)
    kept = [(first, last, 1.0 / (1 + gap)) for first, last, gap in found if gap == nearest]
    return tuple(sorted(kept, key=lambda item: (abs(item[0] - hit.last), item[0])))


def _place_at(parsed: Parsed, position: int, cues: RoleCues) -> tuple[int, int] | None:
    word = parsed.lower(position)
    if word not in cues.place_prepositions or parsed.tag(position) not in (Tag.PREPOSITION, Tag.TO, Tag.NOUN):
        return None
    if parsed.lower(position - 1) == "according":
        return None
    following = position + 1
    if word in cues.compass and parsed.lower(following) == "of":
        following += 1
    phrase = parsed.phrase_at(following)
    if phrase is None or phrase.first != following or phrase.pronoun:
        return None
    extended = with_of(parsed, phrase)
    named = any(parsed.tag(index) is Tag.NAME for index in range(extended.first, extended.last))
    shouting = parsed.tokens[position].text.isupper()
    if not named and not shouting:
        return None
    return _place_start(parsed, position, phrase, cues), _place_end(parsed, word, phrase, extended)


def _place_start(parsed: Parsed, position: int, phrase: Phrase, cues: RoleCues) -> int:
    """Return where the wording of a place begins: "20 km south of X", "near X", else the phrase."""
    word = parsed.lower(position)
    measured = parsed.phrase_at(position - 1)
    if word in cues.compass:
        is_distance = measured is not None and parsed.tag(measured.first) is Tag.NUMBER
        return measured.first if measured is not None and is_distance else position
    return position if word in ("near", "outside", "around", "between") else phrase.first


def _place_end(parsed: Parsed, word: str, phrase: Phrase, extended: Phrase) -> int:
    return conjuncts(parsed, phrase, forward=True)[-1].last if word == "between" else extended.last


def _verbs_between(parsed: Parsed, hit: Hit, place: int, cues: RoleCues) -> int:
    """Count the clause borders between trigger and place: verbs that are not light, and relatives."""
    low, high = (hit.last, place) if place >= hit.last else (place, hit.first)
    return sum(
        1
        for position in range(low, high)
        if (parsed.tag(position) is Tag.VERB and parsed.lower(position) not in cues.light_verbs)
        or parsed.tag(position) in (Tag.RELATIVE, Tag.MARK, Tag.QUOTE)
    )


def read_instruments(parsed: Parsed, hit: Hit, cues: RoleCues) -> tuple[tuple[int, int], ...]:
    """Return token ranges of weapons and means near the trigger, in text order."""
    found: list[tuple[int, int]] = []
    low = max(0, hit.first - cues.instrument_reach)
    high = min(len(parsed.tokens), hit.last + cues.instrument_reach)
    position = low
    while position < high:
        length = next(
            (
                size
                for size in (3, 2, 1)
                if " ".join(parsed.lower(position + step) for step in range(size)) in cues.instruments
            ),
            0,
        )
        if length and parsed.tag(position) is not Tag.VERB:
            found.append((position, position + length))
        position += length or 1
    return tuple(found)
