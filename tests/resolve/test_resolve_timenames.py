"""Names with a date in them are no times."""

import pytest

from dateline.resolve.times import find_times


@pytest.mark.parametrize(
    "text",
    [
        "A shell fell on July 23 Street.",
        "They marched over the 6 October Bridge.",
        "Police cleared 14 February Square.",
        "She was a child of the Revolution of 17 October.",
        "A bomb went off in the Monday Market.",
        "The 14 Ramadan Mosque was hit.",
    ],
)
def test_a_date_in_a_name_is_no_time(text: str) -> None:
    assert find_times(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "A shell fell on July 23, Street vendors said.",
        "They shut the bridge on 6 October.",
        "Friday prayers were called off; the square was shut.",
        "Raids on Monday closed the market.",
    ],
)
def test_a_date_beside_such_a_word_is_one(text: str) -> None:
    assert len(find_times(text)) == 1
