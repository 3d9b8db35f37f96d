"""How much credit a filler earns beside a key's: 1 full, 0.5 partial, 0 none, after the rules of MUC-4.

Set fills earn half where the answer is the wider class of the two ("GUN" for "RIFLE", "ATTACK" for "BOMBING");
strings where one holds the other and both end in the same word; dates where the intervals overlap; places where
the country is right and one path goes on where the other ends; numbers where only the bound or the "about"
differs. A cross reference must be right as well; where it is half right, so is the filler.
"""

import re
from datetime import date

from dateline.evaluate.muc.gold import normal
from dateline.train.sources.muckeys import Fill

FULL, PARTIAL, NONE = 1.0, 0.5, 0.0
# The wider class of each narrower one, from the task documents (sections 7.5, 7.8, 7.12, 7.24).
WIDER = {
    "BOMBING": "ATTACK", "ARSON": "ATTACK", "KIDNAPPING": "ATTACK", "HIJACKING": "ATTACK", "ROBBERY": "ATTACK",
    "FORCED WORK STOPPAGE": "ATTACK",
    "MACHINE GUN": "GUN", "MORTAR": "GUN", "HANDGUN": "GUN", "RIFLE": "GUN",
    "VEHICLE BOMB": "BOMB", "DYNAMITE": "BOMB", "MINE": "BOMB", "AERIAL BOMB": "BOMB",
    "BOMB": "EXPLOSIVE", "GRENADE": "EXPLOSIVE", "MOLOTOV COCKTAIL": "EXPLOSIVE",
    "MISSILE": "PROJECTILE", "ROCKET": "PROJECTILE",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "SUSPECTED OR ACCUSED",
    "NO INJURY": "NO INJURY OR DEATH", "NO DEATH": "NO INJURY OR DEATH",
}  # fmt: skip
STRINGS = frozenset({"instrument", "individual", "organization", "physical", "name", "description"})
NUMBERS = frozenset({"physical_number", "physical_total", "human_number", "human_total"})
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)")
_DIGITS = re.compile(r"\d+")


def credit(slot: str, answer: Fill, key: Fill) -> float:
    """Return the credit of an answer's filler (its first alternative) beside a key's filler."""
    best = max((_compare(slot, answer.options[0], option) for option in key.options), default=NONE)
    if best == NONE or not key.referents:
        return best
    if not answer.referents:
        return PARTIAL if best == FULL else NONE
    told = max(_string(answer.referents[0], name) for name in key.referents)
    return min(best, told)


def _compare(slot: str, answer: str, key: str) -> float:
    if slot in STRINGS:
        return _string(answer, key)
    if slot == "date":
        return _date(answer, key)
    if slot == "location":
        return _location(answer, key)
    if slot in NUMBERS:
        return _number(answer, key)
    return _set(answer, key)


def _set(answer: str, key: str) -> float:
    if answer == key:
        return FULL
    wider = WIDER.get(key)
    while wider is not None:
        if wider == answer:
            return PARTIAL
        wider = WIDER.get(wider)
    return NONE


def _string(answer: str, key: str) -> float:
    mine, theirs = normal(answer).split(), normal(key).split()
    if mine == theirs:
        return FULL
    if not mine or not theirs:
        return NONE
    short, long = sorted((mine, theirs), key=len)
    within = any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
    return PARTIAL if within and (mine[-1] == theirs[-1] or mine[0] == theirs[0]) else NONE


def interval(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a date slot ("- 21 JAN 89" begins long ago); None where it is none."""
    days = [
        date(1900 + int(year), _MONTHS.index(month) + 1, min(int(day), 28 if month == "FEB" else 30) or 1)
        for day, month, year in _DAY.findall(text.upper())
        if month in _MONTHS
    ]
    if not days:
        return None
    if len(days) == 1 and text.strip().startswith("-"):
        return date.min, days[0]
    return days[0], days[-1]


def _date(answer: str, key: str) -> float:
    if answer.replace(" ", "").lstrip("0") == key.replace(" ", "").lstrip("0"):
        return FULL
    mine, theirs = interval(answer), interval(key)
    if mine is None or theirs is None:
        return NONE
    return PARTIAL if max(mine[0], theirs[0]) <= min(mine[1], theirs[1]) else NONE


def _location(answer: str, key: str) -> float:
    if answer == key:
        return FULL
    mine, theirs = (
        [part.partition("(")[0].strip() for part in text.split(":") if part.strip()] for text in (answer, key)
    )
    if not mine or not theirs or mine[0] != theirs[0]:
        return NONE
    if mine == theirs:
        return PARTIAL if len(mine) > 1 else FULL
    if len(mine) == 1 or len(theirs) == 1 or set(mine[1:]) & set(theirs[1:]):
        return PARTIAL
    return NONE


def _number(answer: str, key: str) -> float:
    if answer.replace(" ", "") == key.replace(" ", ""):
        return FULL
    return PARTIAL if _DIGITS.findall(answer) and _DIGITS.findall(answer) == _DIGITS.findall(key) else NONE
