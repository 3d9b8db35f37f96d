"""Answer keys of MUC-3/4: templates of 24 slots in a column format.

The format is that of the task documents of MUC-4 (template-doc-part1, version 7): one line per filler,
alternatives parted by "/", a cross reference behind ":", an optional filler behind "?", "-" for nothing and
"*" for a slot that does not apply.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.errors import DataError

_LINE = re.compile(r"^(\d{1,2})\.\s+[A-Z ]+:(?: [A-Z]+)*(?:\s{2,}|\s+(?=[*-]\s*$)|$)(.*)$")
_TOKEN = re.compile(r'"((?:\\.|[^"\\])*)"|([:/])|([^":/]+|")')
_OPTIONAL = "(OPTIONAL)"


class Fill(msgspec.Struct, frozen=True):
    """One filler: its alternatives, what it refers to (a filler of another slot), whether it may be left out.

    Strings are in capitals without their quotes; set fills and numbers as they stand. A dummy reference
    ("-") is left out.
    """

    options: tuple[str, ...]
    referents: tuple[str, ...] = ()
    optional: bool = False


Fills = tuple[Fill, ...]


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """One incident of a message; the fields from `date` on are the slots 2 to 24 in their order.

    An empty slot is (). `inapplicable` names the slots that the key marks with an asterisk.
    """

    message: str
    number: int
    optional: bool = False
    inapplicable: frozenset[str] = frozenset()
    date: Fills = ()
    location: Fills = ()
    type: Fills = ()
    stage: Fills = ()
    instrument: Fills = ()
    instrument_type: Fills = ()
    category: Fills = ()
    individual: Fills = ()
    organization: Fills = ()
    confidence: Fills = ()
    physical: Fills = ()
    physical_type: Fills = ()
    physical_number: Fills = ()
    physical_nation: Fills = ()
    physical_effect: Fills = ()
    physical_total: Fills = ()
    name: Fills = ()
    description: Fills = ()
    human_type: Fills = ()
    human_number: Fills = ()
    human_nation: Fills = ()
    human_effect: Fills = ()
    human_total: Fills = ()

    def fills(self, slot: str) -> Fills:
        """Return the fillers of a slot by its field's name."""
        found: Fills = getattr(self, slot)
        return found

    @property
    def types(self) -> tuple[str, ...]:
        """The incident types that are right for it, in lower case; nearly always one."""
        return tuple(option.lower() for fill in self.type for option in fill.options)


# The fields of the slots 2 to 24.
SLOTS: tuple[str, ...] = tuple(
    name for name in Template.__struct_fields__ if name not in Template.__struct_fields__[:4]
)


def read_keys(path: Path) -> dict[str, tuple[Template, ...]]:
    """Return the templates of a key file by message, in the file's order; () for one without a template.

    Raises DataError where a line belongs to no slot.
    """
    found: dict[str, list[Template]] = {}
    for rows in _blocks(path):
        message = rows[0][0].split()[0]
        listed = found.setdefault(message, [])
        number = " ".join(rows[1])
        if "*" not in number:
            listed.append(_template(message, number, rows))
    return {message: tuple(templates) for message, templates in found.items()}


def read_folder(folder: Path) -> dict[str, tuple[Template, ...]]:
    """Return the templates of every key file (`key-*`) of a folder."""
    paths = sorted(folder.glob("key-*"))
    return {name: templates for path in paths for name, templates in read_keys(path).items()}


def parse_fill(text: str, slot: str) -> Fill | None:
    """Return the filler that one line gives for a slot; None for "-" and "*"."""
    wording = text.strip()
    optional = wording.startswith("?")
    wording = wording.removeprefix("?").strip()
    if wording in {"-", "*", ""}:
        return None
    if slot in {"date", "location"}:
        return Fill(tuple(_alternatives(wording)), (), optional)
    options, referents = _cross_referenced(wording)
    real = tuple(option for option in options if option != "-")
    return Fill(real, tuple(name for name in referents if name != "-"), optional) if real else None


def _blocks(path: Path) -> Iterator[dict[int, list[str]]]:
    """Yield the lines of each template by slot."""
    rows: dict[int, list[str]] = {}
    current = 0
    for number, line in enumerate(path.read_text("ascii", "replace").splitlines(), 1):
        if not line.strip() or line.startswith(";"):
            continue
        match = _LINE.match(line)
        if match is not None:
            current = int(match[1])
            if current == 0 and rows:
                yield rows
                rows = {}
            rows.setdefault(current, []).append(match[2].strip())
        elif line[0].isspace() and rows:
            rows[current].append(line.strip())
        else:
            raise DataError(f"{path.name}, line {number}: no slot of a template: {line[:60]!r}")
    if rows:
        yield rows


def _template(message: str, number: str, rows: dict[int, list[str]]) -> Template:
    slots: dict[str, Fills] = {}
    inapplicable: list[str] = []
    for place, slot in enumerate(SLOTS, 2):
        lines = rows.get(place, [])
        slots[slot] = tuple(fill for line in lines if (fill := parse_fill(line, slot)) is not None)
        if any(line == "*" for line in lines):
            inapplicable.append(slot)
    return msgspec.convert(
        {
            **slots,
            "message": message,
            "number": int(number.split()[0]),
            "optional": _OPTIONAL in number,
            "inapplicable": frozenset(inapplicable),
        },
        Template,
    )


def _alternatives(wording: str) -> Iterator[str]:
    """Part "(A) / (B)" at the strokes that stand in no bracket."""
    depth, start = 0, 0
    for place, sign in enumerate(wording + "/"):
        depth += (sign == "(") - (sign == ")")
        if sign == "/" and (depth == 0 or place == len(wording)):
            part = wording[start:place].strip()
            if part.startswith("(") and part.endswith(")"):
                part = part[1:-1].strip()
            if part:
                yield " ".join(part.split())
            start = place + 1


def _cross_referenced(wording: str) -> tuple[list[str], list[str]]:
    """Part 'A / B: "X" / "Y"' into what is told and what it refers to."""
    items: list[tuple[str, str]] = [("/", "")]  # the sign before, the wording
    for quoted, sign, bare in _TOKEN.findall(wording):
        text = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare.strip(' "?')
        if sign:
            items.append((sign, ""))
        elif text.strip():
            text = " ".join(text.split()).removesuffix(" /")
            text = text if quoted else text.strip("()").strip()
            items[-1] = (items[-1][0], text) if not items[-1][1] else items[-1]
            if items[-1][1] != text:
                items.append(("/", text))
    options: list[str] = []
    referents: list[str] = []
    behind = False
    for place, (sign, text) in enumerate(items):
        # 'A: "X" / B: "Y"': what stands before a further colon is told again.
        behind = sign == ":" or (behind and not (place + 1 < len(items) and items[place + 1][0] == ":"))
        if text:
            (referents if behind else options).append(text)
    return options, referents
