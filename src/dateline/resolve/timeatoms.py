"""Atoms: the smallest stretches of text that name a time, and the rules that read them.

A rule is tried only where one of its first words stands, so that a text without words of time costs one look
at each word.
"""

import re
from collections.abc import Callable, Iterable

import msgspec

from dateline.resolve.timeforms import Form

DIGITS = "0"


class Atom(msgspec.Struct, frozen=True, kw_only=True):
    """One atom: `text[start:end]` and its form.

    `weak` atoms hold only beside a preposition or another atom ("May", "2003", "night"). `dropped`
    marks a set phrase that is no time ("Sunday Times"). `second` is the last day of "3-5 March"; `cut` is where
    the first ends and the second begins.
    """

    start: int
    end: int
    form: Form
    weak: bool = False
    dropped: bool = False
    daypart: str | None = None
    second: Form | None = None
    cut: tuple[int, int] | None = None


Build = Callable[["re.Match[str]"], Atom | None]


class Rule(msgspec.Struct, frozen=True):
    """A pattern, the words (lower case, or DIGITS) it may begin with, and what makes the Atom."""

    heads: frozenset[str]
    pattern: re.Pattern[str]
    build: Build


def make_rule(heads: Iterable[str], pattern: str, build: Build) -> Rule:
    """Make a rule; its pattern is read without regard to case."""
    return Rule(frozenset(heads), re.compile(pattern, re.IGNORECASE), build)


def make_atom(match: "re.Match[str]", form: Form, *, weak: bool = False, daypart: str | None = None) -> Atom:
    """Make the atom of a whole match."""
    return Atom(start=match.start(), end=match.end(), form=form, weak=weak, daypart=daypart)


def first_words(phrases: Iterable[str]) -> set[str]:
    """Return the first word of each phrase, as the scanner sees it."""
    found = {re.split(r"\W+", phrase)[0] for phrase in phrases}
    return {DIGITS if head.isdecimal() else head for head in found}
