"""A coder whose packages are missing: another one stands in, and that is said."""

import pytest

from dateline.code.frames import FrameCoder
from dateline.errors import PluginError
from dateline.pipeline import coder_key, lacking, load_coder, notice_of


def test_the_coder_that_was_asked_for_is_loaded_where_it_can_run() -> None:
    assert lacking("frames") == ()
    assert notice_of("frames") is None
    assert load_coder("frames").name == "frames"


def test_the_lexicon_coder_stands_in_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FrameCoder, "needs", ("no_such_package", "numpy"))
    assert lacking("frames") == ("no_such_package",)
    coder = load_coder("frames")
    assert coder.name == "patterns"
    assert coder_key(coder).startswith("patterns/")
    notice = notice_of("frames")
    assert notice is not None
    assert "no_such_package" in notice
    assert "'patterns' stands in" in notice


def test_a_coder_that_does_not_exist_is_no_case_for_a_stand_in() -> None:
    with pytest.raises(PluginError, match="frames"):
        load_coder("nobody")
