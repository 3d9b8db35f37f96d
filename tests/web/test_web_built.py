"""The front end as it is built and packed: nothing of it needs Node, nothing of it names a host."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dateline.export.marks import LETTERS
from dateline.web.shell import STATIC, built_assets

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "web" / "src"
MANIFEST = STATIC / ".vite" / "manifest.json"
needs_build = pytest.mark.skipif(not MANIFEST.exists(), reason="the front end is not built: make web")


def test_the_lock_file_names_no_host() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))
    assert len(lock["packages"]) > 10
    resolved = {name: each["resolved"] for name, each in lock["packages"].items() if "resolved" in each}
    assert resolved == {}
    assert all("integrity" in each for name, each in lock["packages"].items() if name)


def test_the_letters_of_roles_are_those_of_the_report() -> None:
    text = (SOURCES / "lib" / "roles.ts").read_text("utf-8")
    assert dict(re.findall(r'^  (\w+): "(\w*)",$', text, re.MULTILINE)) == LETTERS


def test_no_component_renders_text_as_markup() -> None:
    paths = [*SOURCES.rglob("*.svelte"), *SOURCES.rglob("*.ts")]
    assert len(paths) > 20
    faults = [
        path.name
        for path in paths
        if re.search(r"\{@html|innerHTML|insertAdjacentHTML", path.read_text("utf-8"))
    ]
    assert faults == []


@needs_build
def test_every_file_that_the_build_names_is_there() -> None:
    assets = built_assets()
    assert assets is not None
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    named = {
        file
        for entry in manifest.values()
        for file in (entry["file"], *entry.get("css", ()), *entry.get("assets", ()))
    }
    assert all((STATIC / file).is_file() for file in named)


@needs_build
def test_the_licences_of_what_is_packed_go_with_it() -> None:
    text = (STATIC / "licences.txt").read_text("utf-8")
    packed = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))["dependencies"]
    assert all(f"{name}\n" in text for name in (*packed, "svelte"))
    assert "Redistribution and use in source and binary forms" in text


@needs_build
def test_a_wheel_holds_the_front_end_and_is_made_without_node(tmp_path: Path) -> None:
    """Where the front end is built, neither making the package nor installing it calls Node."""
    bare = tmp_path / "bin"
    bare.mkdir()
    fails = bare / "npm"
    fails.write_text("#!/bin/sh\nexit 3\n")
    fails.chmod(0o755)
    path = f"{bare}:{Path(shutil.which('sh') or '/bin/sh').parent}"
    pip = (
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(tmp_path),
        str(ROOT),
    )
    made = subprocess.run(("env", f"PATH={path}", *pip), check=False, capture_output=True, text=True)
    if "hatchling" in made.stderr and "No matching distribution" in made.stderr:
        pytest.skip("hatchling, which makes the package, cannot be got without a network")
    assert made.returncode == 0, made.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    built = {f"dateline/web/static/{path.relative_to(STATIC)}" for path in STATIC.rglob("*") if path.is_file()}
    assert built <= names
    assert not [name for name in names if "node_modules" in name or name.endswith((".svelte", ".ts", ".map"))]
