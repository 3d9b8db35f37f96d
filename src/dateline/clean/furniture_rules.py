"""Furniture rules: the word patterns of furniture.yaml, compiled and checked against their own examples."""

import re
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import msgspec

from dateline.clean.wordlists import FOLDER, check_words, read_mapping
from dateline.errors import DataError

PATH = FOLDER / "furniture.yaml"

Where = Literal["any", "head", "inside"]
Then = Literal["rest", "headings"]

# What a pattern may name in braces; {date} covers every common way of writing a day.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?"
DATE_PATTERN = (
    rf"(?i:(?:{_CLOCK}\s*(?:gmt|utc|[a-z]{{2,4}})?[,\s|–—-]*)?(?:{_DAY},?\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?:\d{{4}}|'?\d{{2}})"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:t\d{2}:\d{2}(?::\d{2})?z?)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})))"
)
_NAMED = {
    "{brand}": r"(?:[^\s.!?|]+(?: [^\s.!?|]+){0,5})",
    "{date}": DATE_PATTERN,
}


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: its name, where it applies, one pattern for a whole paragraph, and what it starts."""

    name: str
    where: Where
    pattern: re.Pattern[str]
    then: Then | None = None


@cache
def load_rules(path: Path = PATH) -> tuple[Rule, ...]:
    """Read the rules at `path`, in their order, which is the order in which they are tried.

    Raises DataError where a rule lacks a part, a pattern does not compile or matches nothing at all, an
    example is not matched, or a sentence under `not` is.
    """
    return tuple(_rule(path, str(name), entry) for name, entry in read_mapping(path).items())


def _rule(path: Path, name: str, entry: object) -> Rule:
    where_it_is = f"{path.name}: {name}"
    if not isinstance(entry, dict) or not {"where", "patterns", "examples", "not"} <= set(entry):
        raise DataError(f"{where_it_is}: where, patterns, examples and not are needed; add what is missing")
    if entry["where"] not in get_args(Where) or entry.get("then") not in (None, *get_args(Then)):
        raise DataError(f"{where_it_is}: `where` or `then` is unknown; see the head of the file")
    flags = re.NOFLAG if entry.get("case") == "exact" else re.IGNORECASE
    sources = check_words(path, name, entry["patterns"])
    joined = "|".join(f"(?:{_filled(where_it_is, source, flags)})" for source in sources)
    pattern = re.compile(joined, flags)
    for example in check_words(path, name, entry["examples"]):
        if not pattern.fullmatch(example):
            raise DataError(f"{where_it_is}: example {example!r} matches no pattern; mend the pattern")
    for sentence in check_words(path, name, entry["not"]):
        if pattern.fullmatch(sentence):
            raise DataError(
                f"{where_it_is}: {sentence!r} is matched though it is no furniture; narrow a pattern"
            )
    if pattern.fullmatch(""):
        raise DataError(f"{where_it_is}: a pattern matches an empty line; make it need a word")
    return Rule(
        name=name,
        where=cast(Where, entry["where"]),
        pattern=pattern,
        then=cast(Then | None, entry.get("then")),
    )


def _filled(where_it_is: str, source: str, flags: re.RegexFlag) -> str:
    """Return `source` with its names in braces filled in; raises DataError where it does not compile."""
    for name, text in _NAMED.items():
        source = source.replace(name, text)
    try:
        return re.compile(source, flags).pattern
    except re.error as error:
        raise DataError(f"{where_it_is}: {source!r} is no regular expression ({error}); repair it") from error
