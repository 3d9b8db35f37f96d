"""Which countries the actors of an article speak for: one on the ADF plays in Congo or Uganda."""

from collections import defaultdict
from collections.abc import Sequence

from dateline.model.values import ActorKind
from dateline.resolve.catalogue import Catalogue
from dateline.resolve.wording import Word

# An actor says as much for its own country as the name of a people. By hand.
ACTOR_HINT = 1.0
# Less for each in which it acts without being of it: which one it is now, the places tell. By hand.
ABROAD_HINT = 0.4
# What acts in more countries than this says nothing on any.
MOST_COUNTRIES = 3
_AT_HOME: frozenset[ActorKind] = frozenset({"armed_group", "militia", "military", "police", "party"})


def countries_of_actors(
    text: str, catalogue: Catalogue, found: Sequence[Word] | None = None
) -> dict[str, float]:
    """Return how much the forces and groups that `text` names speak for countries, each counted once.

    `found` are the words of the text, where the caller has them.
    """
    named = {hit.entry.id: hit.entry for hit in catalogue.scan(text, found=found) if hit.entry is not None}
    hints: dict[str, float] = defaultdict(float)
    for entry in named.values():
        countries = dict.fromkeys(code for code in (entry.country, *entry.active) if code)
        if entry.kind in _AT_HOME and 0 < len(countries) <= MOST_COUNTRIES:
            for code in countries:
                hints[code] += ACTOR_HINT if code == entry.country else ABROAD_HINT
    return dict(hints)
