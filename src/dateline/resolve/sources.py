"""The chain of attribution: from the outlet that published inward to who said it."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention
from dateline.model.values import PUBLISHERS, UNGRADED, Chain, Link, SourceKind, When
from dateline.outlets import known_outlets
from dateline.resolve.catalogue import Catalogue
from dateline.resolve.context import ActorContext
from dateline.resolve.ledback import read_told
from dateline.resolve.sayings import is_quoted, with_quoted
from dateline.resolve.sourcekinds import outlet_of, read_source
from dateline.resolve.speakers import without_own_pronouns
from dateline.resolve.voices import Speakers, heard_by, quoted_before
from dateline.resolve.wording import fold, keys

_DOMAIN = re.compile(
    r"^(?:https?://)?(?:www\.)?|\.(?:com|org|net|info|news|co\.uk|tv|de|fr|iq|sy|ng|ke|in|pk)$"
)


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
