"""Link Reports that tell of one happening into Events, and follow them: warnings and surges."""

from dateline.link.coverage import Volume
from dateline.link.events import link
from dateline.link.facts import Facts, facts_of
from dateline.link.outcomes import follow_warnings, is_warning
from dateline.link.rates import hit_rates
from dateline.link.surges import find_surges
from dateline.link.words import outlet_key
from dateline.model.outcome import Outcome

__all__ = [
    "Facts",
    "Outcome",
    "Volume",
    "facts_of",
    "find_surges",
    "follow_warnings",
    "hit_rates",
    "is_warning",
    "link",
    "outlet_key",
]
