"""Backends by name: what is offered loads, and what is not is refused with the names that are."""

from importlib.metadata import EntryPoint

import pytest

from dateline import plugins
from dateline.errors import PluginError
from dateline.plugins import GROUPS, load, names


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_every_group_offers_something_and_all_of_it_loads(group: str) -> None:
    assert names(group)
    assert list(names(group)) == sorted(names(group))
    for name in names(group):
        assert callable(load(group, name))


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PluginError, match="no exporter is called 'xls'; there is: csv, geojson, html, jsonl"):
        load("dateline.exporters", "xls")


def test_a_backend_that_does_not_load_and_one_offered_twice_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("far", "no_such_package.engine:Engine", "dateline.engines")
    other = EntryPoint("far", "dateline.engine.local:LocalEngine", "dateline.engines")
    offered = [broken]
    monkeypatch.setattr(plugins, "entry_points", lambda **_: offered)
    with pytest.raises(PluginError, match=r"'far' does not load .*no_such_package"):
        load("dateline.engines", "far")
    offered.append(other)
    with pytest.raises(PluginError, match="offered twice"):
        load("dateline.engines", "far")
    offered[:] = [other, other]
    assert load("dateline.engines", "far").__name__ == "LocalEngine"
