"""Whether a happening shares the time that its sentence gives to another: "shot on Friday and robbed".

What stands in the same clause, or joined to it, is of one time. What is told as an answer to it, as what came
before or after, or as something recalled is not; nor does the present perfect take a day that is past.
"""

import re

from dateline.model.span import Span
from dateline.resolve.timetense import load_tense_words

# Characters before a trigger in which its preposition or auxiliary stands.
REACH = 60

_APART = re.compile(
    r"[:()]|\n\s*\n|(?<!\w)(?:after|before|following|followed\s+by|then\s+came|since|than|until|till|recall\w*|remember\w*|"
    r"despite|unlike|because of|in response|in retaliation|reveng\w*|aveng\w*|retaliat\w*|"
    r"protest(?:ing|ed)? (?:at|against|over)|ahead of|in memory|anniversary)(?!\w)",
    re.IGNORECASE,
)
# "Captives of the ambush", "a march against the killing": the noun names another happening.
_OTHER = re.compile(
    r"(?<!\w)(?:of|for|against|over|to|about)\s+(?:the|an?|this|that|these|those|its|his|her|their)\s+"
    r"(?:[\w’'-]+\s+){0,2}\Z|(?<!\w)(?:of|against|over|about)\s+(?:[\w’'-]+\s+)?\Z",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"(?<!\w)(?:has|have|['’]ve)\s+(?:(?:been|also|now|already|since)\s+)*\Z", re.IGNORECASE)

_OF_NEXT = re.compile(r"(?<!\w)(?:and|but|then|or),\s+(?:(?:on|in|at|by)\s+)?(?:the\s+)?\Z", re.IGNORECASE)

_BRACKETS = re.compile(r"\([^()]{1,30}\)")


def _is_verb(trigger: str) -> bool:
    first = trigger.split()[0].lower()
    return first.endswith("ed") or first in load_tense_words().past


# "... have laid down their lives," its wing said of Thursday's attack: what is quoted is of that day.
_SAID_OF = re.compile(
    r"[”\"’'].*(?<!\w)(?:said|says|wrote|writes|told|tells)(?!\w)[^.;]{0,30}\s(?:of|about|after|on)\s+\Z",
    re.DOTALL,
)
# "The flight followed the raid on Friday": of the raid.
_FOLLOWED = re.compile(r"(?<!\w)followed(?!\w)")
_OWNS = re.compile(r"['’]s?\s")


def shares_time(text: str, time: Span, trigger: Span, start: int) -> bool:
    """Tell whether the happening of `trigger` is of the `time` that another of its sentence was given.

    `start` is that of the sentence.
    """
    first, last = sorted((time, trigger))
    quoted = first == trigger and _OWNS.match(text, time.end) is not None
    if quoted and _SAID_OF.search(text, trigger.end, time.start):
        return True
    if first == trigger and _FOLLOWED.search(text, trigger.end, time.start):
        return False
    if first == trigger and ";" in text[trigger.end : time.start]:
        return False
    if _APART.search(_BRACKETS.sub(" ", text[first.end : last.start])):
        return False
    low = max(start, trigger.start - REACH)
    noun = not _is_verb(trigger.text)
    if (noun and _OTHER.search(text, low, trigger.start)) or _PERFECT.search(text, low, trigger.start):
        return False
    # "burned banks, a curfew and, a month ago, a grenade": of what follows only
    return first == time or _OF_NEXT.search(text, trigger.end, time.start) is None
