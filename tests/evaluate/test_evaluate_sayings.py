"""Scoring of attributions on a worked example, counted by hand."""

from dateline.evaluate.sayings import ANY, EXACT, count_sayings
from dateline.evaluate.suite import Tally
from dateline.train.examples import Saying

TEXT = 'The governor of Gao said that "two posts were lost on Friday," and the army denied it.'


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


GOLD = (
    Saying(cue=at("said"), source=at("governor of Gao"), content=at("two posts were lost on Friday")),
    Saying(cue=at("denied"), source=at("army"), content=None),
)


def counted(tally: Tally, label: str, table: str = "") -> tuple[float, float, float]:
    score = next(score for score in tally.scores(table) if score.label == label)
    return score.correct, score.predicted, score.gold


def test_equal_readings_are_right_in_every_way() -> None:
    tally = Tally()
    count_sayings(tally, TEXT, GOLD, GOLD)
    for table in ("", EXACT, ANY):
        assert all(score.correct == score.predicted == score.gold for score in tally.scores(table))


def test_in_part_exact_and_any_overlap_differ() -> None:
    found = (
        # Exact but for determiner and quotation marks; the source is one word of three; the content half.
        Saying(cue=at("said"), source=at("The governor"), content=at('"two posts were')),
        Saying(cue=at("denied it"), source=at("the army"), content=at("lost on Friday")),
    )
    tally = Tally()
    count_sayings(tally, TEXT, GOLD, found)
    assert counted(tally, "cue") == (2, 2, 2)
    assert counted(tally, "cue", EXACT) == (1, 2, 2)
    assert counted(tally, "source") == (1, 2, 2)
    assert counted(tally, "source", EXACT) == (1, 2, 2)
    assert counted(tally, "source", ANY) == (2, 2, 2)
    # Two found contents lie in the one gold content, which can be found only once.
    assert counted(tally, "content") == (1, 2, 1)
    assert counted(tally, "content", EXACT) == (0, 2, 1)
    # The first lacks its source, the second has a content where none is marked.
    assert counted(tally, "whole attribution") == (0, 2, 2)


def test_a_whole_attribution_wants_all_parts_of_the_same_one() -> None:
    crossed = (
        Saying(cue=at("said"), source=at("army"), content=at("two posts were lost on Friday")),
        Saying(cue=at("denied"), source=at("governor of Gao"), content=None),
    )
    tally = Tally()
    count_sayings(tally, TEXT, GOLD, crossed)
    assert counted(tally, "source") == (2, 2, 2)
    assert counted(tally, "whole attribution") == (0, 2, 2)
