"""Sources that the text has told of before: "he", "the source", "the agency", a surname."""

import re

import msgspec

from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.model.values import PUBLISHERS, Link, SourceKind
from dateline.outlets import known_outlets
from dateline.resolve.nations import count_countries
from dateline.resolve.sayingwords import load_saying_words
from dateline.resolve.sourcekinds import worded_kind
from dateline.resolve.speakers import told_before, told_between
from dateline.resolve.voices import MOST_STEPS, Speakers, may_be, same_person, whom_meant
from dateline.resolve.wording import words


def read_told(attribution: Attribution, speakers: Speakers) -> Link:
    """Return the link of the source of `attribution`, with the name and kind that the text gave it before."""
    link, meant = speakers.link_of(attribution), attribution
    for _ in range(MOST_STEPS):
        earlier = _led_back(meant, speakers)
        if earlier is None:
            break
        meant = earlier
        link = _meant_link(link, _introduced(meant, speakers))
    return link if meant is not attribution else _introduced(attribution, speakers)


def _led_back(attribution: Attribution, speakers: Speakers) -> Attribution | None:
    """Return the attribution that names whom this one only describes; None where it has its own name."""
    link = speakers.link_of(attribution)
    if link.text is None or _ARTICLE.sub("", link.name.lower()) != _ARTICLE.sub("", link.text.lower()):
        return None
    return (
        whom_meant(speakers.article, attribution, speakers.attributions)
        or _outlet_meant(attribution, link, speakers)
        or _outlet_to_come(attribution, link, speakers)
    )


def _introduced(attribution: Attribution, speakers: Speakers) -> Link:
    """Return the link of a person with the full name and the kind that the text has given before."""
    link = speakers.link_of(attribution)
    if link.kind not in ("person", "unknown"):
        return link
    text = speakers.article.text
    known = apposed_kind(text, attribution.source) or link.kind
    for one in told_before(speakers.attributions, attribution.cue.start):
        if one.source.start >= attribution.source.start or not may_be(one.source, link.name):
            continue
        before = speakers.link_of(one)
        if not same_person(before.name, link.name):
            continue
        kind = apposed_kind(text, one.source) or before.kind
        known = kind if known in ("person", "unknown") else known
        if len(before.name.split()) > len(link.name.split()):
            link = msgspec.structs.replace(link, name=before.name)
    return msgspec.structs.replace(link, kind=known)


_ARTICLE = re.compile(r"^(?:an?|the)\s+")
# "Ruvin, a researcher at the institute, said": how long such a description may be.
_APPOSED = re.compile(r",\s+((?:an?|the|his|her)\s+[^,;.:“”\"]{3,90})[,.]")


def apposed_kind(text: str, source: Span) -> SourceKind | None:
    """Return what kind of source the description between commas behind a name tells, or None."""
    found = _APPOSED.match(text, source.end)
    if found is None or "former" in found[1].split():
        return None
    return worded_kind(found[1])


def _outlet_meant(attribution: Attribution, link: Link, speakers: Speakers) -> Attribution | None:
    """Return the earlier attribution whose outlet "the agency" or "the paper" means, or None."""
    wording = _BASED.sub("", " ".join(link.name.lower().split()).removeprefix("the "))
    kinds = load_saying_words().described.get(wording, ())
    earlier = told_before(speakers.attributions, attribution.cue.start) if kinds else ()
    for one in reversed(earlier):
        known = speakers.link_of(one)
        if known.kind in kinds and known.name[:1].isupper() and known.name.split()[-1][:1].isupper():
            return one
    return None


# "The Britain-based monitor".
_BASED = re.compile(r"^[\w-]+-based\s+")


# Sentences behind "a Saudi daily" in which its name may follow.
_TO_COME = 2


def _outlet_to_come(attribution: Attribution, link: Link, speakers: Speakers) -> Attribution | None:
    """Return the attribution just behind this one that names the outlet which is only described here.

    "A Saudi daily warned ... In its report, Okaz newspaper ...": kind and country must be the same.
    """
    article = speakers.article
    here = article.sentence_at(attribution.source.start)
    if link.kind not in PUBLISHERS or here is None:
        return None
    named = count_countries(list(words(attribution.source.text)))
    country = named[0][0] if len(named) == 1 else None
    last = article.sentences[min(here + _TO_COME, len(article.sentences) - 1)][1]
    after = told_between(speakers.attributions, article.sentences[here][1], last) if country else ()
    for one in after:
        outlet = known_outlets().named(speakers.link_of(one).name)
        if outlet is not None and outlet.kind == link.kind and outlet.country == country:
            return one
    return None


def _meant_link(pronoun: Link, link: Link) -> Link:
    """Return the link of whom a pronoun means; "he" is no newspaper and no document."""
    person = pronoun.name.lower() in ("he", "she")
    if person and (link.kind in PUBLISHERS or link.kind == "document"):
        return pronoun
    return msgspec.structs.replace(link, stance=pronoun.stance)
