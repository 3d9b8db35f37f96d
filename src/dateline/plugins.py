"""Backends by name. Built-in ones enter by the same door as anybody's: entry points, loaded late."""

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from dateline.errors import PluginError

# Each group with what its members are; documented in docs/reference/plugins.md.
GROUPS: dict[str, str] = {
    "dateline.coders": "coder",
    "dateline.stores": "store",
    "dateline.engines": "engine",
    "dateline.exporters": "exporter",
}


def names(group: str) -> tuple[str, ...]:
    """Return the names that `group` offers, sorted."""
    return tuple(sorted({entry.name for entry in entry_points(group=group)}))


def load(group: str, name: str) -> Any:
    """Return the backend called `name` of `group`.

    Raises PluginError, listing the names that exist, when there is none, two, or it does not load.
    """
    kind = GROUPS[group]
    found: list[EntryPoint] = list(entry_points(group=group, name=name))
    if not found:
        raise PluginError(f"no {kind} is called {name!r}; there is: {', '.join(names(group)) or 'none'}")
    if len({entry.value for entry in found}) > 1:
        values = ", ".join(sorted(entry.value for entry in found))
        raise PluginError(f"{kind} {name!r} is offered twice ({values}); uninstall one of the packages")
    try:
        return found[0].load()
    except (ImportError, AttributeError) as error:
        raise PluginError(f"{kind} {name!r} does not load ({error}); reinstall its package") from error
