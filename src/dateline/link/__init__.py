"""Link Reports that tell of one happening into Events."""

from dateline.link.events import link
from dateline.link.facts import Facts, facts_of
from dateline.link.outcomes import Outcome, follow_warnings
from dateline.link.words import outlet_key

__all__ = ["Facts", "Outcome", "facts_of", "follow_warnings", "link", "outlet_key"]
