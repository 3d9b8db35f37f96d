"""Sources: the public corpora that are learned from, each with what it really says.

No text of theirs lies in the package; every reader takes the folder in which its corpus was put.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from dateline.train.examples import Example
from dateline.train.sources import (
    ecbplus,
    factuality,
    headlines,
    incidents,
    muc4,
    plover,
    polnear,
    re3d,
    typebook,
)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A corpus: its folder under the data, its licence, its reader, and what it teaches each head."""

    name: str
    folder: str
    licence: str
    read: Callable[[Path], Iterator[Example]]
    teaches: str


_ALL = (
    Source(
        name="ontology",
        folder="",
        licence="Apache-2.0 (our own)",
        read=typebook.read,
        teaches="triggers with their types",
    ),
    Source(
        name="muc4",
        folder="muc4",
        licence="public release (NIST/DARPA)",
        read=muc4.read,
        teaches="roles of the scene (actor, target, instrument), roles and types of silver triggers",
    ),
    Source(
        name="polnear",
        folder="polnear",
        licence="CC BY-SA 4.0",
        read=polnear.read,
        teaches="attribution: cues (all marked), sources and contents",
    ),
    Source(
        name="insecurity_insight",
        folder="insecurity_insight",
        licence="CC BY 4.0",
        read=incidents.read,
        teaches="roles of the scene found by the coded values, silver triggers with types that are told",
    ),
    Source(
        name="ged",
        folder="ged_syria",
        licence="CC BY 4.0",
        read=headlines.read,
        teaches="roles of the scene in headlines (killed, actor, target, place)",
    ),
    Source(
        name="plover",
        folder="plover",
        licence="CC BY-SA 4.0 / MIT",
        read=plover.read,
        teaches="types, as one of several that a story must hold",
    ),
    Source(
        name="factuality",
        folder="factuality",
        licence="CC BY-SA 4.0",
        read=factuality.read,
        teaches="status (reality, polarity) where the treebank's sentences are at hand; nothing without them",
    ),
    Source(
        name="ecbplus",
        folder="ecbplus",
        licence="CC BY 3.0",
        read=ecbplus.read,
        teaches="types and triggers where the lexicon and the mark agree, denial, cues of reporting",
    ),
    Source(
        name="re3d",
        folder="re3d",
        licence="Open Government Licence / public domain / CC BY-SA",
        read=re3d.read,
        teaches="actor and target of words that announce one type",
    ),
)
SOURCES: dict[str, Source] = {source.name: source for source in _ALL}
