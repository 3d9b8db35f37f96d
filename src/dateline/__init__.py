"""dateline turns conflict news into an event record that can be checked.

>>> import dateline
>>> reports = dateline.parse("Gunmen killed three people in Mosul on Friday.", published="2016-10-22")
>>> with dateline.open("news.dateline") as ws:
...     ws.add("articles/")
...     ws.code()
...     events = list(ws.events(where="Mosul", since="2016-10"))

The names below are loaded when they are first used, so that `import dateline` and `dateline --help` are quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.errors import DatelineError
    from dateline.store.query import EventQuery
    from dateline.workspace import Workspace
    from dateline.workspace import open_workspace as open
    from dateline.workspace import parse_text as parse

__all__ = ["DatelineError", "EventQuery", "Workspace", "open", "parse"]
__version__ = "0.1.0"

# Where each name lives, and what it is called there.
_HOMES = {
    "DatelineError": ("dateline.errors", "DatelineError"),
    "EventQuery": ("dateline.store.query", "EventQuery"),
    "Workspace": ("dateline.workspace", "Workspace"),
    "open": ("dateline.workspace", "open_workspace"),
    "parse": ("dateline.workspace", "parse_text"),
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
