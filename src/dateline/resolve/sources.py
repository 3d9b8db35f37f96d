"""The chain of attribution: from the outlet that published inward to who said it."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import cast, get_args

import msgspec

from dateline.errors import DataError
from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import PUBLISHERS, UNGRADED, ActorKind, Chain, Link, SourceKind, When, Who
from dateline.outlets import Outlet, known_outlets
from dateline.resolve.actors import read_actor, trim
from dateline.resolve.catalogue import Catalogue
from dateline.resolve.context import ActorContext
from dateline.resolve.entries import ActorEntry
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import FOLDER, count_countries, load_yaml
from dateline.resolve.sayings import is_quoted, with_quoted
from dateline.resolve.sayingwords import load_saying_words
from dateline.resolve.speakers import without_own_pronouns
from dateline.resolve.voices import Speakers, heard_by, may_be, quoted_before, same_person, whom_meant
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
    outlet_names: dict[str, SourceKind]


def read_chain(
    mention: Mention, speakers: Speakers, said: Callable[[Attribution], When | None] | None = None
) -> Chain:
    """Return who says so, outermost first: the outlet, the origin of a reprint, then the attributions.

    An article without a known outlet has no link for it. A source that is already in the chain (the outlet that
    was "told") is not repeated. Where a sentence has several speakers, only those heard at the trigger count;
    whom they quote follows them. `speakers` are those of the whole article: they tell who speaks in a sentence
    of a longer quotation, whom "he" or "the source" means where no name does, and who quoted a speaker before
    and so quotes him still. `said` gives the day on which something was said.
    """
    article, told = speakers.article, speakers.attributions
    links = list(outer_links(article))
    quoted = is_quoted(article, mention.trigger)
    heard = without_own_pronouns(heard_by(article, mention, told))
    found = with_quoted(article, heard, mention.trigger)
    first = read_told(found[0], speakers) if found else None
    carried = quoted_before(speakers, found[0], first.name) if first is not None else ()
    for attribution in (*carried, *found):
        link = read_told(attribution, speakers)
        if attribution in found or link.kind in PUBLISHERS:
            day = said(attribution) if said is not None else None
            links.append(msgspec.structs.replace(link, voice="paraphrased", said=day))
    if quoted and links and links[-1].start is not None:
        links[-1] = msgspec.structs.replace(links[-1], voice="quoted")
    return _distinct(links, speakers.catalogue)


def read_told(attribution: Attribution, speakers: Speakers) -> Link:
    """Return the link of the source of `attribution`, with the name and kind that the text gave it before."""
    article, told = speakers.article, speakers.attributions
    link = speakers.link_of(attribution)
    if link.text is not None and _ARTICLE.sub("", link.name.lower()) == _ARTICLE.sub("", link.text.lower()):
        meant = (
            whom_meant(article, attribution, told)
            or _outlet_meant(attribution, link, speakers)
            or _outlet_to_come(attribution, link, speakers)
        )
        if meant is not None:
            return _meant_link(link, read_told(meant, speakers))
    if link.kind not in ("person", "unknown"):
        return link
    known = apposed_kind(article.text, attribution.source) or link.kind
    for one in told:
        if one.source.start >= attribution.source.start or not may_be(one.source, link.name):
            continue
        before = speakers.link_of(one)
        if not same_person(before.name, link.name):
            continue
        kind = apposed_kind(article.text, one.source) or before.kind
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
    return _worded_kind(found[1], _source_words())


def _outlet_meant(attribution: Attribution, link: Link, speakers: Speakers) -> Attribution | None:
    """Return the earlier attribution whose outlet "the agency" or "the paper" means, or None."""
    wording = _BASED.sub("", " ".join(link.name.lower().split()).removeprefix("the "))
    kinds = load_saying_words().described.get(wording, ())
    earlier = [one for one in speakers.attributions if one.source.start < attribution.source.start]
    for one in reversed(earlier) if kinds else ():
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
    for one in speakers.attributions if country else ():
        number = article.sentence_at(one.source.start)
        near = number is not None and here < number <= here + _TO_COME
        outlet = known_outlets().named(speakers.link_of(one).name) if near else None
        if outlet is not None and outlet.kind == link.kind and outlet.country == country:
            return one
    return None


def _meant_link(pronoun: Link, link: Link) -> Link:
    """Return the link of whom a pronoun means; "he" is no newspaper and no document."""
    person = pronoun.name.lower() in ("he", "she")
    if person and (link.kind in PUBLISHERS or link.kind == "document"):
        return pronoun
    return msgspec.structs.replace(link, stance=pronoun.stance)


def read_speakers(
    article: Article, voices: Sequence[Attribution], context: ActorContext, catalogue: Catalogue
) -> Speakers:
    """Return the speakers of an article; `voices` are its attributions in order."""
    read: dict[tuple[int, int, int], Link] = {}

    def link_of(one: Attribution) -> Link:
        key = (one.source.start, one.source.end, one.cue.start)
        if key not in read:
            read[key] = read_source(one, article, context, catalogue)
        return read[key]

    return Speakers(article, tuple(voices), link_of, context, catalogue)


def outer_links(article: Article) -> Iterator[Link]:
    """Yield the links of the outlet that published and of the origin of a reprint, as far as they are known."""
    if article.outlet:
        outlet = outlet_of(article)
        yield Link(
            name=article.outlet,
            kind=outlet.kind if outlet is not None else "outlet",
            grade=outlet.grade if outlet is not None else UNGRADED,
        )
    if article.origin:
        outlet = known_outlets().named(article.origin.name)
        kind: SourceKind = "wire" if article.origin.kind == "wire" else "media"
        yield Link(
            name=article.origin.name,
            kind=outlet.kind if outlet is not None else kind,
            text=article.origin.text,
            grade=outlet.grade if outlet is not None else UNGRADED,
        )


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
    worded = _worded_kind(core.text, lists)
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
    for index, link in enumerate(links):
        own = _identities(link, catalogue)
        beside = [*links[max(0, index - 1) : index], *links[index + 1 : index + 2]]
        same = next((at for at, other in enumerate(kept) if _same_words(link, other)), None)
        if same is not None and len(link.name) > len(kept[same].name) and link.kind == "person":
            kept[same] = link
        if same is not None or any(own & other for other in seen):
            continue
        if any(_describes(link, other) for other in beside):
            continue
        seen.append(own)
        kept.append(link)
    return tuple(kept)


def _same_words(link: Link, other: Link) -> bool:
    """Tell whether two links are read from words that overlap, or name one person in full and by surname."""
    if link.start is None or other.start is None or link.end is None or other.end is None:
        return False
    if link.start < other.end and other.start < link.end:
        return True
    left, right = link.name.split(), other.name.split()
    shorter = min(len(left), len(right))
    return link.kind == other.kind == "person" and left[-shorter:] == right[-shorter:]


def _describes(link: Link, other: Link) -> bool:
    """Tell whether a link only describes the known outlet beside it ("Okaz ... the Saudi daily")."""
    if link.kind != other.kind or link.kind not in PUBLISHERS or link.text is None:
        return False
    described = link.text.lower().startswith(("a ", "an ", "the ")) and known_outlets().named(link.name) is None
    return described and known_outlets().named(other.name) is not None


def _identities(link: Link, catalogue: Catalogue) -> set[str]:
    """Return all that may say that two links are one: the catalogue's id and the name without its domain."""
    bare = _DOMAIN.sub("", link.name.strip().lower())
    entry = catalogue.find(link.name) or catalogue.find(bare)
    own = {"".join(keys(bare)) or fold(bare)}
    if entry:
        own.add(f"id:{entry.id}")
    outlet = known_outlets().named(link.name)
    if outlet is not None and (link.start is None or link.kind == outlet.kind):
        own.add(f"outlet:{outlet.name}")
    return own


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
