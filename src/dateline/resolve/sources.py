"""The chain of attribution: from the outlet that published inward to who said it."""

import re
from functools import cache
from typing import cast, get_args

import msgspec

from dateline.errors import DataError
from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import ActorKind, Chain, Link, SourceKind, Who
from dateline.resolve.actors import read_actor, trim
from dateline.resolve.catalogue import Catalogue
from dateline.resolve.context import ActorContext
from dateline.resolve.entries import ActorEntry
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import FOLDER, load_yaml
from dateline.resolve.wording import Trie, fold, keys, words

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
_DOMAIN = re.compile(
    r"^(?:https?://)?(?:www\.)?|\.(?:com|org|net|info|news|co\.uk|tv|de|fr|iq|sy|ng|ke|in|pk)$"
)


class _SourceWords(msgspec.Struct, frozen=True):
    order: tuple[SourceKind, ...]
    anonymity: Trie[bool]
    phrases: Trie[SourceKind]
    actors: dict[ActorKind, SourceKind]


def read_chain(article: Article, mention: Mention, context: ActorContext, catalogue: Catalogue) -> Chain:
    """Return who says so, outermost first: the outlet, the origin of a reprint, then the attributions.

    An article without a known outlet has no link for it. A source that is already in the chain (the outlet that
    was "told") is not repeated.
    """
    links: list[Link] = []
    if article.outlet:
        links.append(Link(name=article.outlet, kind="outlet"))
    if article.origin:
        links.append(Link(name=article.origin.name, kind="media", text=article.origin.text))
    links += [read_source(attribution, article, context, catalogue) for attribution in mention.attributions]
    return _distinct(links, catalogue)


def read_source(
    attribution: Attribution, article: Article, context: ActorContext, catalogue: Catalogue
) -> Link:
    """Return the link that the source of `attribution` makes; its offsets are those of the trimmed source."""
    core = trim(attribution.source)
    core = core if core.text else attribution.source
    who = read_actor(core, article, context, catalogue)
    outlet = _outlet(core, who, context)
    if outlet:
        return Link(name=outlet.name, kind="media", text=core.text, start=core.start, end=core.end)
    return Link(name=who.name, kind=source_kind(core, who), text=core.text, start=core.start, end=core.end)


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
    worded = _worded_kind(core.text, lists)
    if who.id is not None and "/" not in who.id:
        told = lists.actors.get(who.kind, "unknown")
        return worded if worded in ("anonymous", "document") else told
    if worded in ("person", "official") and who.kind in _SURE:
        return lists.actors.get(who.kind, worded)
    if worded is None and who.kind == "other":
        return "person" if _looks_like_name(core.text) else "unknown"
    return worded or lists.actors.get(who.kind, "unknown")


def _worded_kind(text: str, lists: _SourceWords) -> SourceKind | None:
    """Return the kind that the words tell: those of the head noun first, then any of the wording."""
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


def _distinct(links: list[Link], catalogue: Catalogue) -> Chain:
    seen: list[set[str]] = []
    kept: list[Link] = []
    for link in links:
        own = _identities(link, catalogue)
        if any(own & other for other in seen):
            continue
        seen.append(own)
        kept.append(link)
    return tuple(kept)


def _identities(link: Link, catalogue: Catalogue) -> set[str]:
    """Return all that may say that two links are one: the catalogue's id and the name without its domain."""
    bare = _DOMAIN.sub("", link.name.strip().lower())
    entry = catalogue.find(link.name) or catalogue.find(bare)
    own = {"".join(keys(bare)) or fold(bare)}
    if entry:
        own.add(f"id:{entry.id}")
    return own


@cache
def _source_words() -> _SourceWords:
    data = load_yaml(FOLDER / "sources.yaml")
    faults = [f"unknown kind {kind}" for kind in data["phrases"] if kind not in get_args(SourceKind)]
    faults += [f"{kind} is not in `order`" for kind in data["phrases"] if kind not in data["order"]]
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
    return _SourceWords(tuple(data["order"]), anonymity, phrases, data["actors"])
