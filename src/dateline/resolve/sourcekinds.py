"""One source by its own words: its name, its kind, and the outlet that it may be."""

import re
from functools import cache
from typing import cast, get_args

import msgspec

from dateline.errors import DataError
from dateline.model.article import Article
from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.model.values import UNGRADED, ActorKind, Link, SourceKind, Who
from dateline.outlets import Outlet, known_outlets
from dateline.resolve.actors import read_actor
from dateline.resolve.catalogue import Catalogue
from dateline.resolve.context import ActorContext
from dateline.resolve.edges import trim
from dateline.resolve.entries import ActorEntry
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import FOLDER, load_yaml
from dateline.resolve.sayingwords import load_saying_words
from dateline.resolve.wording import Trie, keys, words

# Kinds that a named actor of the catalogue or a titled person keeps whatever words stand around the name.
_SURE: frozenset[ActorKind] = frozenset(
    {
        "armed_group",
        "military",
        "police",
        "militia",
        "coalition",
        "government",
        "intergovernmental",
        "ngo",
        "media",
    }
)


class _SourceWords(msgspec.Struct, frozen=True):
    order: tuple[SourceKind, ...]
    anonymity: Trie[bool]
    phrases: Trie[SourceKind]
    actors: dict[ActorKind, SourceKind]
    outlet_names: dict[str, SourceKind]


def outlet_of(article: Article) -> Outlet | None:
    """Return what the catalogue knows of the article's outlet, by its name, else by its address."""
    outlets = known_outlets()
    found = outlets.named(article.outlet) if article.outlet else None
    if found is None and article.url:
        at = outlets.at(article.url)
        # a post on a platform is not by the platform
        found = at if at is not None and at.kind not in ("aggregator", "social_media") else None
    return found


def read_source(
    attribution: Attribution, article: Article, context: ActorContext, catalogue: Catalogue
) -> Link:
    """Return the link that the source of `attribution` makes; its offsets are those of the trimmed source."""
    core = trim(attribution.source)
    core = core if core.text else attribution.source
    link = read_speaker(core, article, context, catalogue)
    stance = load_saying_words().stance_of(attribution.cue.text)
    return msgspec.structs.replace(link, stance=stance)


def read_speaker(core: Span, article: Article, context: ActorContext, catalogue: Catalogue) -> Link:
    """Return the link of somebody who is named or described at `core`."""
    who = read_actor(core, article, context, catalogue)
    entry = _outlet(core, who, context)
    name = entry.name if entry else who.name
    outlet = _known_outlet(core, name, media=entry is not None or who.kind == "media")
    kind: SourceKind = "media" if entry else source_kind(core, who)
    grade = UNGRADED
    if outlet is not None and kind not in ("anonymous", "document"):
        kind, grade = outlet.kind, outlet.grade
        name = name if who.id is not None or entry else outlet.name
    return Link(name=name, kind=kind, text=core.text, start=core.start, end=core.end, grade=grade)


def _known_outlet(core: Span, name: str, *, media: bool) -> Outlet | None:
    """Return the outlet of the catalogue that a source is: by the name read, by the wording, or by its head.

    "The daily Al-Mada" and "Al-Mada newspaper" are Al-Mada. A name that is also another word counts beside
    a word for media only.
    """
    outlets = known_outlets()
    found = outlets.named(name) or outlets.named(core.text)
    worded = media
    if found is None:
        bare = _MEDIA_WORDS.sub(" ", core.text).strip(" ,'’\"“”")
        worded = bare != core.text.strip()
        found = outlets.named(bare) if worded and bare else None
    if found is None:
        return None
    spelled = core.text[:1].isupper() or worded or core.text.lower().startswith("the ")
    return found if spelled and (worded or not found.word) else None


_MEDIA_WORDS = re.compile(
    r"(?<!\w)(?:the|newspaper|daily|weekly|news\s+(?:agency|site|website|outlet|channel)|agency|website|magazine|"
    r"channel|tv|television|radio|broadcaster|state[- ](?:run|owned|media)|state|official|pro-\w+|"
    r"\w+-(?:based|linked|run))(?!\w)"
    r"|['’]s(?!\w)",
    re.IGNORECASE,
)


def _outlet(core: Span, who: Who, context: ActorContext) -> ActorEntry | None:
    """Return the one outlet that a shared name means, where it speaks and no country says otherwise."""
    if who.id is not None:
        return None
    hits = [hit for hit in context.within(core.start, core.end) if hit.end - hit.start == len(core.text)]
    if len(hits) != 1 or any(context.cues.lead(entry) for entry in hits[0].candidates):
        return None
    media = [entry for entry in hits[0].candidates if entry.kind == "media"]
    return media[0] if len(media) == 1 else None


def source_kind(core: Span, who: Who) -> SourceKind:
    """Return what kind of source the wording `core` is, which was read as the actor `who`.

    An actor of the catalogue decides, unless the words say that it was an unnamed source or a document; else
    the words decide; else the kind of the actor.
    """
    lists = _source_words()
    worded = worded_kind(core.text)
    if who.kind in ("other", "media") and _looks_like_name(core.text) and " " in core.text:
        worded = lists.outlet_names.get(keys(core.text)[-1], worded)
    if who.id is not None and "/" not in who.id:
        told = lists.actors.get(who.kind, "unknown")
        return worded if worded in ("anonymous", "document") else told
    if worded in ("person", "official") and who.kind in _SURE:
        return lists.actors.get(who.kind, worded)
    if worded is None and who.kind == "other":
        return "person" if _looks_like_name(core.text) else "unknown"
    return worded or lists.actors.get(who.kind, "unknown")


def worded_kind(text: str) -> SourceKind | None:
    """Return the kind that the words tell: those of the head noun first, then any of the wording."""
    lists = _source_words()
    lexicon = load_lexicon()
    found = [word for word in words(text) if word.key]
    if any(next(lists.anonymity.starts(found, index), None) for index in range(len(found))):
        return "anonymous"
    head = next((i for i in range(1, len(found)) if found[i].key in lexicon.ends | {"of"}), len(found))
    for last in (head, len(found)):
        best: tuple[bool, int, int] | None = None
        kind: SourceKind | None = None
        for index in range(last):
            for after, given in lists.phrases.starts(found[:last], index):
                for one in given:
                    # the phrase that ends the wording, then the longest, then the order of the list
                    rank = (after == last, after - index, -lists.order.index(one))
                    if best is None or rank > best:
                        best, kind = rank, one
        if kind:
            return kind
    return None


def _looks_like_name(text: str) -> bool:
    found = [word for word in words(text) if word.key]
    return 0 < len(found) <= 5 and all(word.capital for word in found)


@cache
def _source_words() -> _SourceWords:
    data = load_yaml(FOLDER / "sources.yaml")
    faults = [f"unknown kind {kind}" for kind in data["phrases"] if kind not in get_args(SourceKind)]
    faults += [f"{kind} is not in `order`" for kind in data["phrases"] if kind not in data["order"]]
    faults += [f"unknown kind {kind}" for kind in data["outlet_names"] if kind not in get_args(SourceKind)]
    faults += [f"unknown actor kind {kind}" for kind in data["actors"] if kind not in get_args(ActorKind)]
    phrases: Trie[SourceKind] = Trie()
    for kind, given in data["phrases"].items():
        for phrase in given:
            if not isinstance(phrase, str) or not keys(phrase):
                faults.append(f"{kind}: {phrase!r} is not a word")
            else:
                phrases.add(keys(phrase), cast(SourceKind, kind))
    if faults:
        raise DataError("sources.yaml: " + "; ".join(faults) + "; repair the file")
    anonymity = Trie((keys(phrase), True) for phrase in data["anonymity"])
    outlets = {word: kind for kind, listed in data["outlet_names"].items() for word in listed}
    return _SourceWords(tuple(data["order"]), anonymity, phrases, data["actors"], outlets)
