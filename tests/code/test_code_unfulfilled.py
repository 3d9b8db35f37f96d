"""What was expected and did not come is no happening that is denied."""

import pytest

from dateline.code.unfulfilled import as_expected
from dateline.model.values import make_status


@pytest.mark.parametrize(
    ("sentence", "trigger", "reality"),
    [
        ("The raids that were expected for the feast did not come.", "raids", "feared"),
        ("The strike that the union had announced never took place.", "strike", "planned"),
        ("The assault which the rebels had vowed has not begun.", "assault", "threatened"),
        (
            "The bombing that had been feared in Bor never happened; the shelling of Juba did.",
            "bombing",
            "feared",
        ),
        (
            "The bombing that had been feared in Bor never happened; the shelling of Juba did.",
            "shelling",
            "occurred",
        ),
        ("The raid did not happen, the army said.", "raid", "occurred"),
        ("The expected raid killed ten.", "raid", "occurred"),
    ],
)
def test_what_was_awaited_in_vain(sentence: str, trigger: str, reality: str) -> None:
    found = as_expected(make_status("occurred", "denied"), sentence, sentence.index(trigger))
    assert (found.reality, found.polarity) == (reality, "denied")


def test_a_warning_stays_what_it_is() -> None:
    planned = make_status("planned")
    assert as_expected(planned, "The march that was feared did not happen.", 4) == planned
