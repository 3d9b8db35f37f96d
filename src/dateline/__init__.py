"""dateline turns conflict news into an event record that can be checked.

>>> import dateline
>>> reports = dateline.parse("Gunmen killed three people in Mosul on Friday.", published="2016-10-22")
>>> with dateline.open("news.dateline") as ws:
...     ws.add("articles/")
...     ws.code()
...     events = list(ws.events())
"""

from dateline.errors import DatelineError
from dateline.store.query import EventQuery
from dateline.workspace import Workspace
from dateline.workspace import open_workspace as open
from dateline.workspace import parse_text as parse

__all__ = ["DatelineError", "EventQuery", "Workspace", "open", "parse"]
__version__ = "0.1.0"
