"""The record factories as a fixture."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """Return the module `export_factories`."""
    path = Path(__file__).with_name("export_factories.py")
    spec = importlib.util.spec_from_file_location("export_factories", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
