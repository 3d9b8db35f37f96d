"""The build of the front end, as a step of making the wheel.

A wheel and an sdist contain the built files, so nobody who installs them needs Node. From a source folder
without Node the package is made without them, and the server says what is missing.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the front end before the files of a wheel or an sdist are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build where Node is found and the built files are not there; an editable install builds nothing."""
        root = Path(self.root)
        if version == "editable" or (root / "src/dateline/web/static/.vite/manifest.json").exists():
            return
        npm = shutil.which("npm")
        if npm is None or not (root / "web").is_dir():
            self.app.display_warning("npm was not found: the package is made without the front end")
            return
        for step in (("ci",), ("run", "build")):
            subprocess.run((npm, *step), cwd=root / "web", check=True)  # noqa: S603
