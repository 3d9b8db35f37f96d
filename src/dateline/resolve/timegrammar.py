"""The grammar of times: all rules, by the word that an atom begins with.

Atoms are joined, narrowed and given their bounds in `timefinding`.
"""

import re
from functools import cache

from dateline.resolve.timeatoms import Atom, Rule, first_words, make_rule
from dateline.resolve.timeclocks import daypart_rules
from dateline.resolve.timedates import named_date_rules, numeric_date_rules, year_rules
from dateline.resolve.timefeasts import feast_rules
from dateline.resolve.timeforms import Vague
from dateline.resolve.timelengths import counted_rules, repeated_rules
from dateline.resolve.timemonthdays import month_day_rules
from dateline.resolve.timeperiods import period_rules, pointed_rules, weekday_rules
from dateline.resolve.timewords import GAP, TimeWords, alternatives, load_time_words


@cache
def grammar() -> dict[str, tuple[Rule, ...]]:
    """Return the rules by first word, built once."""
    words = load_time_words()
    rules = (
        *_false_friends(words),
        *numeric_date_rules(),
        *named_date_rules(words),
        *month_day_rules(words),
        *year_rules(),
        *feast_rules(),
        *weekday_rules(words),
        *period_rules(words),
        *pointed_rules(words),
        *counted_rules(words),
        *repeated_rules(words),
        *daypart_rules(words),
    )
    table: dict[str, list[Rule]] = {}
    for rule in rules:
        for head in sorted(rule.heads):
            table.setdefault(head, []).append(rule)
    return {head: tuple(found) for head, found in table.items()}


def _false_friends(words: TimeWords) -> tuple[Rule, ...]:
    phrases = words.not_times
    months = alternatives([*words.months, *words.seasons])
    return (
        make_rule(first_words(phrases), alternatives(phrases) + r"(?!\w)", _drop),
        # "the first ten months of 1915" is read from its end, where "1915" is: no length of its own
        make_rule(
            ["first", "last", "final", "opening", "closing"],
            rf"(?:first|last|final|opening|closing){GAP}(?:\d{{1,2}}|\w{{3,9}}){GAP}(?:days|weeks|months|years){GAP}(?:of|in){GAP}"
            rf"(?=(?:the{GAP}|this{GAP}|last{GAP}|next{GAP})?(?:{months}(?!\w)|[12]\d{{3}}(?!\w)|(?:month|year|decade|century)(?!\w)))",
            _drop,
        ),
    )


def _drop(match: "re.Match[str]") -> Atom:
    return Atom(start=match.start(), end=match.end(), form=Vague(), dropped=True)
