"""Readings side by side: what several people said of the same reports, where they differ, and who decides.

A case is a set of reports that a first reader judged as one matter. A second reading is about it without
having seen the first, and an adjudication settles what the two answer differently.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from dateline.model.ids import ReportId, VerdictId
from dateline.model.verdict import Verdict, VerdictRole, standing

CaseState = Literal["read once", "agreed", "disagreed", "adjudicated"]
# What a reader who accepts an event says of a field that another corrects.
AS_SHOWN = "as shown"

_JUDGING = ("accept", "reject", "correct", "merge", "split", "one_origin", "own_origins")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one person said of a case, question by question: "event", "one happening", "origin", fields."""

    by: str
    role: VerdictRole
    answers: Mapping[str, str]
    verdicts: tuple[VerdictId, ...]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One matter with its readings in the order of the log; `id` is the verdict that began it."""

    id: VerdictId
    reports: tuple[ReportId, ...]
    readings: tuple[Reading, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """The questions that its readers answer differently."""
        given = compared(self)
        return tuple(question for question, answers in given.items() if len(set(answers.values())) > 1)

    @property
    def state(self) -> CaseState:
        """Where the matter stands."""
        if any(reading.role == "adjudicator" for reading in self.readings):
            return "adjudicated"
        if len({person(reading.by) for reading in self.readings}) < 2:
            return "read once"
        return "disagreed" if self.differing else "agreed"


def person(name: str) -> str:
    """Return what tells people apart: their name without regard to case and spaces."""
    return " ".join(name.casefold().split())


def read_cases(verdicts: Sequence[Verdict]) -> tuple[Case, ...]:
    """Return the cases of the log, in the order in which they were begun.

    Verdicts of readers on the same reports are one case. What was undone is in none; a second reading of a
    verdict that was undone stays, and is set beside the first reader's next verdict on these reports.
    """
    given = {verdict.id: verdict for verdict in verdicts}
    cases: dict[frozenset[ReportId], dict[tuple[str, VerdictRole], list[Verdict]]] = {}
    for verdict in standing(verdicts):
        if verdict.kind not in _JUDGING:
            continue
        about = given.get(verdict.about) if verdict.about else None
        subject = (about or verdict).subject
        cases.setdefault(subject, {}).setdefault((person(verdict.by), verdict.role), []).append(verdict)
    return tuple(
        Case(
            id=next(iter(people.values()))[0].id,
            reports=tuple(sorted(subject)),
            readings=tuple(_reading(many) for many in people.values()),
        )
        for subject, people in cases.items()
    )


def _reading(verdicts: Sequence[Verdict]) -> Reading:
    answers: dict[str, str] = {}
    for verdict in verdicts:
        match verdict.kind:
            case "accept" | "reject":
                answers["event"] = verdict.kind
            case "merge" | "split":
                answers["one happening"] = "one" if verdict.kind == "merge" else "several"
            case "one_origin" | "own_origins":
                answers["origin"] = "one" if verdict.kind == "one_origin" else "several"
            case _:
                scope = "" if verdict.scope == "event" else " of the report"
                answers[f"{verdict.field}{scope}"] = verdict.value or ""
    if answers.get("event") == "accept":
        answers.setdefault("one happening", "one")
    return Reading(
        by=verdicts[0].by,
        role=verdicts[0].role,
        answers=answers,
        verdicts=tuple(verdict.id for verdict in verdicts),
    )


def compared(case: Case) -> dict[str, dict[str, str]]:
    """Return question → person → answer for what at least two readers answered, adjudicators left out.

    Who accepts an event and corrects nothing of a field says of it that it is as shown.
    """
    read = [reading for reading in case.readings if reading.role != "adjudicator"]
    questions = sorted({question for reading in read for question in reading.answers})
    found: dict[str, dict[str, str]] = {}
    for question in questions:
        answers: dict[str, str] = {}
        for reading in read:
            answer = reading.answers.get(question) or _implied(question, reading)
            if answer is not None:
                answers[person(reading.by)] = answer
        if len(answers) > 1:
            found[question] = answers
    return found


def _implied(question: str, reading: Reading) -> str | None:
    fields = question not in ("event", "one happening", "origin")
    return AS_SHOWN if fields and reading.answers.get("event") == "accept" else None


def answers_given(cases: Iterable[Case]) -> dict[str, list[tuple[str, str, str]]]:
    """Return question → (person, case, answer) of all that was read by several: what agreement is counted of.

    Fields that were corrected are one question, "fields": single ones are too few.
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    for case in cases:
        for question, answers in compared(case).items():
            known = question in ("event", "one happening", "origin")
            for who, answer in answers.items():
                unit = case.id if known else f"{case.id} {question}"
                found.setdefault(question if known else "fields", []).append((who, unit, answer))
    return found
