"""Which triggers of a sentence only tell more of the event of another one.

"The blast killed 12", "repelled an attack", "shot dead two men and wounded a third", "forcing thousands to
flee": two triggers, one happening. The one that is absorbed gives its actors and targets to the other.
"""

from collections.abc import Mapping, Sequence

import msgspec

from dateline.code.cues import RoleCues
from dateline.code.grammar import agents_after, object_of, subject_of
from dateline.code.phrases import Parsed, Phrase, with_of
from dateline.code.tokens import Tag
from dateline.code.triggers import Hit
from dateline.model.values import Status
from dateline.ontology import EventType

# Tokens in which "in", "during" or "with" may tie a killing to the event that it happened in.
TIE_REACH = 16
# Tokens between a verb and the infinitive of the same type that it governs.
GOVERNED_REACH = 8
_TIES = frozenset({"in", "during", "with", "by", "from", "when", "after", "as"})
_NONE = frozenset[str]()


class Candidate(msgspec.Struct, frozen=True):
    """A trigger with its status, before it is known whether it stands for itself."""

    hit: Hit
    status: Status

    @property
    def real(self) -> bool:
        """Whether it is told as something that happened."""
        return self.status.reality in ("occurred", "ongoing") and self.status.polarity == "affirmed"


class Merger(msgspec.Struct, frozen=True):
    """What is needed to judge the triggers of one sentence."""

    parsed: Parsed
    candidates: Sequence[Candidate]
    cues: RoleCues
    types: Mapping[str, EventType]

    def absorbers(self) -> dict[int, int]:
        """Return, for each trigger that is absorbed, the index of the one that it ends up in."""
        into: dict[int, int] = {}
        for index in range(len(self.candidates)):
            target = self._absorber(index)
            if target is not None and target != index and self._root(into, target) != index:
                into[index] = target
        return {index: self._root(into, index) for index in into}

    @staticmethod
    def _root(into: Mapping[int, int], index: int) -> int:
        while index in into:
            index = into[index]
        return index

    def _absorber(self, index: int) -> int | None:
        hit = self.candidates[index].hit
        if hit.use == "noun":
            return None
        doer = self._doer(hit)
        if doer is not None:
            return doer
        carried = self._carried(hit)
        if carried is not None:
            return carried
        governor = self._governor(index)
        governor = self._coordinated(index) if governor is None else governor
        if governor is not None:
            return governor
        if hit.trigger.type not in self.cues.absorbed_types:
            return None
        other = self._other_event(index)
        return other if other is not None else self._earlier_killing(index)

    def _noun_in(self, phrase: Phrase | None) -> int | None:
        """Return the violent event noun that a phrase holds."""
        if phrase is None:
            return None
        for index, candidate in enumerate(self.candidates):
            hit = candidate.hit
            inside = hit.use == "noun" and phrase.first <= hit.first and hit.last <= phrase.last
            if inside and self.types[hit.trigger.type].violent:
                return index
        return None

    def _doer(self, hit: Hit) -> int | None:
        """Return the event that is the subject or the agent of a violent verb ("the strike hit a school")."""
        if not self.types[hit.trigger.type].violent:
            return None
        if hit.use == "passive":
            agents = agents_after(self.parsed, hit.last)
            return self._noun_in(agents[0]) if agents else None
        return self._noun_in(subject_of(self.parsed, hit.first))

    def _carried(self, hit: Hit) -> int | None:
        """Return the event that is the object of a verb that only carries it ("repelled an attack")."""
        if hit.trigger.type not in self.cues.carrier_types or hit.trigger.pos != "verb":
            return None
        for phrase in object_of(self.parsed, hit.last, _NONE)[:1]:
            for index, candidate in enumerate(self.candidates):
                other = candidate.hit
                if other.use == "noun" and phrase.first <= other.first and other.last <= phrase.last:
                    return index
        return None

    def _governor(self, index: int) -> int | None:
        """Return the verb of the same type that governs this infinitive ("forced thousands to flee")."""
        hit = self.candidates[index].hit
        if hit.use != "infinitive" or index == 0:
            return None
        before = self.candidates[index - 1].hit
        near = hit.first - before.last <= GOVERNED_REACH
        plain = not any(self.parsed.tag(at) in (Tag.VERB, Tag.COMMA) for at in range(before.last, hit.first))
        same = before.trigger.type == hit.trigger.type and before.use != "noun"
        return index - 1 if near and plain and same else None

    def _coordinated(self, index: int) -> int | None:
        """Return the verb of the same type that stands right before "and" ("fled and sought refuge")."""
        hit = self.candidates[index].hit
        if index == 0 or self.parsed.tag(hit.first - 1) is not Tag.CONJUNCTION:
            return None
        before = self.candidates[index - 1].hit
        same = before.trigger.type == hit.trigger.type and before.use == hit.use
        return index - 1 if same and before.last == hit.first - 1 else None

    def _other_event(self, index: int) -> int | None:
        """Return the event beside a killing that the killing is part of."""
        hit = self.candidates[index].hit
        others = [
            number
            for number, candidate in enumerate(self.candidates)
            if candidate.hit.trigger.type not in self.cues.absorbed_types
            and self.types[candidate.hit.trigger.type].victims
            and (candidate.real or not self.candidates[index].real)
        ]
        if not others or not self._may_belong(hit, [self.candidates[number].hit for number in others]):
            return None
        return min(others, key=lambda number: (self._distance(hit, number), number))

    def _may_belong(self, hit: Hit, others: Sequence[Hit]) -> bool:
        if hit.use == "gerund":
            return True
        subject = subject_of(self.parsed, hit.first)
        dies = self.parsed.lower(hit.first) in self.cues.toll_intransitive
        if hit.use == "passive" or dies:
            agents = agents_after(self.parsed, hit.last)
            return not agents or any(hit.last <= other.first < agents[0].first for other in others)
        if subject is not None and self.parsed.tag(subject.first) is Tag.RELATIVE:
            return True
        return any(self._tied(hit, other) for other in others)

    def _tied(self, hit: Hit, other: Hit) -> bool:
        """Tell "killed 40 militants in air strikes" from two events."""
        between = range(hit.last, other.first)
        if other.use != "noun" or not 0 < len(between) <= TIE_REACH:
            return False
        phrase = self.parsed.phrase_at(other.first)
        start = other.first if phrase is None else phrase.first
        tied = self.parsed.lower(start - 1) in _TIES - {"after", "as"}
        return tied and not any(
            self.parsed.tag(at) in (Tag.VERB, Tag.RELATIVE, Tag.COMMA, Tag.MARK) for at in between
        )

    def _distance(self, hit: Hit, number: int) -> int:
        other = self.candidates[number].hit
        return other.first - hit.last if other.first >= hit.last else hit.first - other.last

    def _earlier_killing(self, index: int) -> int | None:
        """Return the killing before that this one goes on telling ("killed two and wounded five")."""
        hit = self.candidates[index].hit
        for number in range(index - 1, -1, -1):
            before = self.candidates[number].hit
            if before.trigger.type not in self.cues.absorbed_types or before.use == "noun":
                continue
            if any(self.parsed.tag(at) is Tag.MARK for at in range(before.last, hit.first)):
                return None
            return number if self._goes_on(before, hit) else None
        return None

    def _goes_on(self, before: Hit, hit: Hit) -> bool:
        if hit.use == "gerund":
            return True
        subject = subject_of(self.parsed, hit.first)
        if hit.use == "passive" or self.parsed.lower(hit.first) in self.cues.toll_intransitive:
            counted = subject is not None and self.parsed.tag(subject.first) is Tag.NUMBER
            relative = any(self.parsed.tag(at) is Tag.RELATIVE for at in range(before.last, hit.first))
            return (counted or relative or subject is None) and not agents_after(self.parsed, hit.last)
        return subject is not None and subject == subject_of(self.parsed, before.first)


def donated(phrases: Sequence[Phrase], parsed: Parsed, absorber: Hit) -> tuple[Phrase, ...]:
    """Return those phrases of an absorbed trigger that do not hold the absorber itself."""
    return tuple(
        phrase
        for phrase in phrases
        if not any(
            wide.first < absorber.last and absorber.first < wide.last
            for wide in (phrase, with_of(parsed, phrase))
        )
    )
