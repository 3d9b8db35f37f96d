"""Posts that somebody comes to hold: "was named prime minister" means the office, not who held it then."""

import re

_FILLED = re.compile(
    r"(?<!\w)(?:named|appointed|re-?elected|elected|chosen|picked|selected|nominated|installed|proclaimed|promoted|"
    r"made|be(?:came|comes?|coming)|sworn\s+in|inaugurated|(?:took|taking|takes?)\s+(?:office|over))\s+"
    r"(?:(?:as|to|be|the|its|their|new|next|interim|acting|first|country['’]s|nation['’]s)\s+){0,4}\Z",
    re.IGNORECASE,
)
# Characters before the post in which these words stand.
_REACH = 60


def is_filled(text: str, start: int) -> bool:
    """Tell whether the words before `start` say that somebody comes to hold the post that begins there."""
    return _FILLED.search(text, max(0, start - _REACH), start) is not None
