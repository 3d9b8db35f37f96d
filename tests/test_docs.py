"""The reference says what there is and nothing else: commands, settings, plugins, errors, reasons, types."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import dateline
from dateline import errors
from dateline.cli.main import app
from dateline.config import DATA, SETTINGS
from dateline.model.rejected import REASONS
from dateline.ontology import load_ontology
from dateline.plugins import GROUPS, names
from dateline.store.query import EventQuery

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
# Typer's own, on every command.
EVERYWHERE = {"--help"}


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def commands(group: Any = None, above: str = "dateline") -> Iterator[tuple[str, Any]]:
    """Give every command with its full name."""
    group = group or get_command(app)
    yield above, group
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def options_of(command: Any) -> set[str]:
    given = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    return {option for option in given if option.startswith("--")}


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_every_command_and_option_is_documented(name: str, command: Any) -> None:
    text = page("commands.md")
    assert name in text
    missing = [option for option in options_of(command) if not re.search(rf"{option}\b", text)]
    assert not missing
    assert command.help, "a command without help"
    unexplained = [each.name for each in command.params if not getattr(each, "help", None)]
    assert not unexplained


def test_no_command_or_option_is_documented_that_is_not_there() -> None:
    text = page("commands.md")
    known = EVERYWHERE.union(*(options_of(command) for _, command in commands()))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known
    heads = {name for name, _ in commands()}
    for name in re.findall(r"dateline(?: gazetteer)? [a-z]+(?=[ `\n])", text):
        assert name in heads, name


def test_every_setting_is_documented() -> None:
    rows = page("settings.md").splitlines()
    for setting in SETTINGS:
        row = next(row for row in rows if row.startswith(f"| `{setting.name}` |"))
        assert f"`{setting.variable}`" in row
        assert f"`{setting.default}`" in row
        assert setting.help in row


def test_every_plugin_is_documented() -> None:
    rows = page("plugins.md").splitlines()
    for group, kind in GROUPS.items():
        row = next(row for row in rows if row.startswith(f"| `{group}` |"))
        assert kind in row
        assert all(f"`{name}`" in row for name in names(group))


def test_every_error_is_documented_and_drawn() -> None:
    text = page("python.md")
    found = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]
    assert len(found) > 3
    for error in found:
        assert issubclass(error, errors.DatelineError)
        assert f"`{error.__name__}`" in text
        assert error.__name__ in (errors.__doc__ or "")


def test_every_public_name_method_and_filter_is_documented() -> None:
    text = page("python.md")
    for name in dateline.__all__:
        assert f"`{name}`" in text
    for name in (name for name in vars(dateline.Workspace) if not name.startswith("_")):
        assert f"`{name}(" in text, name
    for name in EventQuery.__struct_fields__:
        assert f"`{name}`" in text


def test_every_reason_of_a_refusal_is_documented() -> None:
    text = page("reasons.md")
    assert [reason for reason in REASONS if f"`{reason}`" not in text] == []


def test_every_exporter_is_documented() -> None:
    text = page("exports.md")
    assert [name for name in names("dateline.exporters") if f"`{name}`" not in text] == []


def test_every_event_type_is_documented() -> None:
    text = page("ontology.md")
    assert [identity for identity in load_ontology().types if identity not in text] == []


def test_links_of_the_reference_lead_somewhere() -> None:
    for path in sorted(REFERENCE.glob("*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
            assert target.startswith("http") or (path.parent / target).exists(), f"{path.name}: {target}"


@pytest.mark.parametrize("name", ["python.md", "settings.md", "plugins.md"])
def test_the_examples_run(
    name: str, tmp_path: Path, gazetteer_cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_CACHE", str(gazetteer_cache))
    monkeypatch.delenv("DATELINE_WORKSPACE", raising=False)
    shutil.copytree(DATA / "sample" / "dispatches", tmp_path / "articles")
    blocks = re.findall(r"```python\n(.*?)```", page(name), re.DOTALL)
    assert blocks
    space: dict[str, Any] = {"__name__": "example"}
    for block in blocks:
        exec(compile(block, name, "exec"), space)  # noqa: S102 - our own pages
