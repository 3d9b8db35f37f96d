"""Where the wounded were brought: the hospital in which somebody dies is not where he was hit."""

import re

from dateline.model.article import Article
from dateline.model.span import Span

# So far before a name the words that lead to it are looked for, in characters.
_REACH = 120
_HOUSE = (
    r"(?:hospitals?|clinics?|infirmary|mortuary|morgue|burns?\s+(?:unit|ward)|"
    r"medical\s+(?:college|cent(?:re|er)|facility)|trauma\s+cent(?:re|er))"
)
# A word that may describe a hospital, none that leads on to it: "in an attack on a hospital".
_WORDS = r"(?:(?!(?:on|of|in|at|near|to|from|and|that|by|after)\s)[a-z][\w’'-]*\s+)"
_LED = rf"(?:in|at|to|into)\s+(?:the\s+|an?\s+|its\s+|his\s+|her\s+)?{_WORDS}{{0,3}}?"
_IN_CARE = (
    r"(?<!\w)(?:died|dies|die|dying|succumb(?:ed|s)?|perished|li(?:es|e|ey)|lay|lying|treated|treatment|admitted|"
    r"taken|brought|rushed|flown|carried|driven|moved|transferred|evacuated|airlifted|ferried|sent)\s+"
    r"(?:[\w’'-]+\s+){0,4}?|(?<!\w)(?:is|are|was|were)\s+(?:still\s+|now\s+|also\s+|both\s+|all\s+)?"
)
# "Flown to Raipur".
_BROUGHT = re.compile(
    r"(?<!\w)(?:taken|brought|rushed|flown|carried|driven|transferred|evacuated|airlifted|ferried)\s+"
    r"(?:[a-z][\w’'-]*\s+){0,3}?to\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?\Z"
)
# "Died in a [Nairobi] hospital".
_BEHIND = re.compile(rf"(?:['’]s)?\s+{_WORDS}{{0,2}}?{_HOUSE}(?!\w)", re.IGNORECASE)
_DIES = re.compile(
    r"(?:has|have|had)?\s*(?:died|dies|die|dead|passed\s+away|succumb\w*|did\s+not\s+(?:live|survive)\b.*)",
    re.I,
)
_SUCCUMBS = re.compile(r"(?<!\w)succumb", re.IGNORECASE)
# Who dies had been hurt before, and where he dies is where he was brought.
_WAS_HURT = re.compile(
    r"(?<!\w)(?:of|among)\s+(?:the\s+|those\s+|his\s+|her\s+|them\s+)?(?:\w+\s+)?(?:wounded|injured|hurt)(?!\w)|"
    r"(?<!\w)who\s+(?:was|were|had\s+been)\s+(?:\w+ly\s+)?(?:hit|hurt|wounded|injured|shot|burn(?:t|ed))(?!\w)|"
    r"(?<!\w)(?:the|a|an|one|another)\s+(?:\w+\s+)?(?:wounded|injured)\s+\w+\s+\Z",
    re.IGNORECASE,
)
_OF_WOUNDS = re.compile(
    r"[^.;,]{0,40}?\b(?:of|from|to)\s+(?:his|her|their|the)\s+(?:\w+\s+)?(?:wounds|injuries|burns)",
    re.IGNORECASE,
)

# "Died of the wounds that he received at Usoor".
_GOT = re.compile(
    r"(?<!\w)(?:received|suffered|sustained|got|inflicted|from|after|since|when)(?!\w)", re.IGNORECASE
)


# "Died in the military hospital of [Baquba]".
_CARE = re.compile(rf"(?:{_IN_CARE}){_LED}(?:{_HOUSE}\s+(?:in|of|at|near)\s+)?(?:the\s+)?{_WORDS}{{0,2}}?\Z")
_HOUSE_IN = re.compile(rf"{_HOUSE}\s+(?:in|of|at|near)\s+(?:the\s+)?{_WORDS}{{0,2}}?\Z", re.IGNORECASE)
_HOUSE_NAMED = re.compile(_HOUSE, re.IGNORECASE)


def is_where_brought(span: Span, trigger: Span, article: Article) -> bool:
    """Tell whether `span` is where those whom `trigger` tells of were brought, not where they were hit.

    That is a hospital in which they lie or die, or a town to which they are flown, or in which one dies who had
    been hurt before. What was attacked is no such hospital.
    """
    text = article.text
    here = article.sentence_at(span.start)
    if here is None or here != article.sentence_at(trigger.start):
        return False
    start = max(article.sentences[here][0], span.start - _REACH)
    if _BROUGHT.search(text, start, span.start) is not None:
        return True
    led = _HOUSE_IN.search(text, start, span.start) or _HOUSE_NAMED.search(span.text)
    if (led or _BEHIND.match(text, span.end)) and _CARE.search(text, start, span.start):
        return True
    if span.start < trigger.end or _DIES.fullmatch(trigger.text.strip()) is None:
        return False
    if _GOT.search(text, trigger.end, span.start) is not None:
        return False
    if _SUCCUMBS.search(trigger.text) is not None or _OF_WOUNDS.match(text, trigger.end) is not None:
        return True
    return _WAS_HURT.search(text, article.sentences[here][0], trigger.start) is not None
