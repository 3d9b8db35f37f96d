"""The process that links: what happens where it cannot be started."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dateline.web import linking
from dateline.web.hub import Hub


def no_start() -> None:
    raise RuntimeError("no process can be started here")


def test_closing_is_safe_where_no_process_could_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    end = SimpleNamespace(close=lambda: None)
    context = SimpleNamespace(Pipe=lambda: (end, end), Process=lambda **_: SimpleNamespace(start=no_start))
    monkeypatch.setattr(linking, "get_context", lambda _: context)
    served: Any = SimpleNamespace(writable=True, path=Path("w.dateline"), config=None)
    made = linking.Linking(served, Hub())
    with pytest.raises(RuntimeError):
        made._started()
    made.close()
