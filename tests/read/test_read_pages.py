"""The reference pages say what the code does: every reason, every ending, every field name, every limit."""

import re
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.model.rejected import REASONS
from dateline.read import fields
from dateline.read.feeds import MAX_FEED
from dateline.read.fields import field_names
from dateline.read.jsons import MAX_JSON
from dateline.read.kinds import SUFFIXES
from dateline.read.options import FIELDS
from dateline.read.sidecars import SIDECAR_SUFFIXES
from dateline.read.source import MAX_ARTICLE

PAGES = Path(__file__).parents[2] / "docs" / "reference"


def rows(page: str) -> dict[str, str]:
    """Return the rows of a page's tables whose first cell is one name, by that name."""
    text = (PAGES / page).read_text("utf-8")
    return dict(re.findall(r"^\| `([^`|]+)` \|(.+)\|$", text, re.MULTILINE))


def test_every_reason_is_on_its_page_with_meaning_and_advice() -> None:
    documented = rows("reasons.md")
    assert list(documented) == list(REASONS)
    for cells in documented.values():
        meaning, advice = cells.split(" | ")
        assert len(meaning.split()) > 3
        assert len(advice.split()) > 3


def test_every_field_name_is_on_the_page_in_its_order() -> None:
    documented = rows("inputs.md")
    for field in FIELDS:
        assert tuple(re.findall(r"`([^`]+)`", documented[field])) == field_names()[field]


def test_every_ending_and_limit_is_on_the_page() -> None:
    text = (PAGES / "inputs.md").read_text("utf-8")
    endings = {ending for line in re.findall(r"^\| (`\..*?) \|", text, re.MULTILINE) for ending in line.split()}
    assert endings == {f"`{suffix}`" for suffix in SUFFIXES}
    assert all(f"name{suffix}" in text for suffix in SIDECAR_SUFFIXES)
    assert f"may have {MAX_ARTICLE >> 20} MiB" in text
    assert f"a feed {MAX_FEED >> 20} MiB" in text
    assert f"a `.json` file {MAX_JSON >> 30} GiB" in text


@pytest.mark.parametrize("content", [": [", "text: [a]", "text: 5", "- text"])
def test_a_damaged_list_of_fields_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / "read").mkdir()
    (tmp_path / "read" / "fields.yaml").write_text(content)
    monkeypatch.setattr(fields, "DATA", tmp_path)
    field_names.cache_clear()
    try:
        with pytest.raises(DataError, match=r"^data/read/fields\.yaml: .+"):
            field_names()
    finally:
        field_names.cache_clear()
