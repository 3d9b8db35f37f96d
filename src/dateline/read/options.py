"""ReadOptions: what the user says about the inputs."""

from collections.abc import Mapping

import msgspec

from dateline.errors import InputError
from dateline.model.capture import Declared

# The names that a field map may use on its left side.
FIELDS = ("text", "title", "outlet", "byline", "published", "url", "language", "origin")


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to read.

    `field_map` gives, for our field names (FIELDS), the name of the record's field or the table's column; a
    dotted name reaches into nested records. `declared` is the user's own word for all inputs and overrides
    what they say of themselves. With `recursive` off, folders inside folders are left alone.

    Raises InputError for a field map that names a field dateline does not have, or maps one to nothing.
    """

    field_map: Mapping[str, str] = {}
    declared: Declared = Declared()
    recursive: bool = True

    def __post_init__(self) -> None:
        """Refuse field names that do not exist and names that are empty."""
        wrong = sorted(set(self.field_map) - set(FIELDS))
        if wrong:
            raise InputError(f"no field is called {', '.join(wrong)}; there is: {', '.join(FIELDS)}")
        blank = sorted(field for field, name in self.field_map.items() if not name.strip())
        if blank:
            raise InputError(f"{', '.join(blank)}: the field map names no field; write {blank[0]}=FIELD")
