"""Link Reports that tell of one happening into Events."""

from dateline.link.events import link
from dateline.link.facts import Facts, facts_of

__all__ = ["Facts", "facts_of", "link"]
