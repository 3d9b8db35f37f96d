"""Which time dates a happening."""

import pytest

from dateline.model.span import span_of
from dateline.resolve.times import Anchors, choose_time, find_times, resolve_time


def chosen(text: str, trigger: str) -> str | None:
    """Return the wording of the time that dates `trigger` in a one-sentence text."""
    start = text.index(trigger)
    sentence = span_of(text, 0, len(text))
    found = choose_time(find_times(text), span_of(text, start, start + len(trigger)), sentence, text)
    return found.span.text if found else None


@pytest.mark.parametrize(
    ("text", "trigger", "wording"),
    [
        ("Gunmen on Friday stormed a police post.", "stormed", "Friday"),
        ("Gunmen stormed a police post on Friday.", "stormed", "Friday"),
        ("On Friday, gunmen stormed a police post and burned two cars.", "burned", "Friday"),
        ("Gunmen entered the town on Thursday and withdrew on Friday.", "entered", "Thursday"),
        ("Gunmen entered the town on Thursday and withdrew on Friday.", "withdrew", "Friday"),
        ("Friday's ambush showed how weak the post was.", "ambush", "Friday"),
        ("The ambush on Friday was the worst since a raid in 2015 that killed 50.", "ambush", "Friday"),
        ("The ambush on Friday was the worst since a raid in 2015 that killed 50.", "raid", "2015"),
        ("Troops retook the town on Monday after militants seized it last week.", "retook", "Monday"),
        ("Troops retook the town on Monday after militants seized it last week.", "seized", "last week"),
        ("Three people died on Tuesday when a bomb exploded in the bazaar.", "died", "Tuesday"),
        ("Three people died on Tuesday when a bomb exploded in the bazaar.", "exploded", "Tuesday"),
        ("Three people died when a bomb exploded in the bazaar on Tuesday.", "died", "Tuesday"),
        ("Fighters on Friday launched an assault that killed 40 people.", "killed", "Friday"),
        ("Fighters launched an assault that killed 40 people on Friday.", "launched", "Friday"),
        ("The group has held the district since 2014, when it seized three towns.", "held", "since 2014"),
        ("The group has held the district since 2014, when it seized three towns.", "seized", "2014"),
        (
            "The army has been fighting, since October 2016, the group, which took a city.",
            "fighting",
            "since October 2016",
        ),
        ("At dawn gunmen opened fire on a convoy on Sunday.", "opened fire", "Sunday"),
        ("The town has recently witnessed clashes.", "clashes", "recently"),
        ("The patrol was hit two days later.", "hit", "two days later"),
        ("He said that gunmen killed two guards, a cook and a driver on Friday.", "killed", "Friday"),
        ("Sunday's twin bombings came days after the truce expired.", "bombings", "Sunday"),
        ("Two guards died when jets hit a camp on Sunday, hours after talks collapsed.", "died", "Sunday"),
        ("The attack, which killed nine, began on Friday.", "killed", "Friday"),
        ("A guard died of his burns on Friday, the sixth victim of the raid.", "raid", None),
        ("A guard died of his burns on Friday, the sixth victim of the raid.", "died", "Friday"),
        ("A guard hurt in the raid on the ford died in hospital on Friday.", "raid", None),
        ("Six people died on Friday in the raid on the ford.", "raid", "Friday"),
        ("A ninth man has died of wounds from Tuesday's blast on Friday.", "died", "Friday"),
        ("A ninth man has died of wounds from Tuesday's blast on Friday.", "blast", "Tuesday"),
        ("Men raided Harim on 3 May, and a day later they burned Salqin.", "burned", "a day later"),
        ("Men raided Harim, and a day later they burned Salqin.", "raided", None),
        ("The truce of Thursday says that nobody may shoot.", "truce", "Thursday"),
        ("Men burst in during a live broadcast on Thursday.", "burst", "Thursday"),
        ("Men burst in, it said in a broadcast on Thursday.", "burst", None),
    ],
)
def test_a_time_dates_what_stands_in_its_clause(text: str, trigger: str, wording: str) -> None:
    assert chosen(text, trigger) == wording


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Gunmen stormed a police post, the governor said on Friday.", "stormed"),
        ("The governor said on Friday that gunmen had stormed a police post.", "stormed"),
        ("A daily warned on Sunday of a plot to storm the city.", "plot"),
        ("The ministry announced Tuesday that troops will raid the valley.", "raid"),
        ("Gunmen killed two guards, according to a statement on Monday.", "killed"),
        ("Gunmen killed two guards, a resident told the newspaper on Sunday.", "killed"),
        ("Thousands were killed in the campaign, which started in October 2016.", "killed"),
        ("The army is fighting, since October 2016, the group, which proclaimed a state.", "proclaimed"),
        ("The group, which had held the town since 2014, was driven out.", "driven out"),
        ("Troops retook the town after militants seized it in 2014.", "retook"),
        ("They fought for three weeks.", "fought"),
        ("They shell the village every Friday.", "shell"),
        ("They stormed the post.", "stormed"),
        ("Two guards died a day after an ambush that hurt six.", "ambush"),
    ],
)
def test_a_time_of_another_clause_dates_nothing_else(text: str, trigger: str) -> None:
    assert chosen(text, trigger) is None


@pytest.mark.parametrize(
    ("text", "trigger", "wording"),
    [
        ("The governor said on Friday that gunmen had stormed a post.", "said", "Friday"),
        ("A daily warned on Sunday of a plot to storm the city.", "warned", "Sunday"),
        ("The army announced Tuesday a new operation.", "announced", "Tuesday"),
    ],
)
def test_a_word_of_saying_has_its_own_time(text: str, trigger: str, wording: str) -> None:
    assert chosen(text, trigger) == wording


def test_a_time_that_opens_the_sentence_reaches_into_what_is_said() -> None:
    assert chosen(
        "Late in May, the outlet quoted a source saying that the group opened an office.", "opened"
    ) == ("Late in May")


def test_only_times_of_the_sentence_count() -> None:
    text = "On Monday it was calm. Gunmen stormed a post. On Friday they left."
    sentence = span_of(text, 23, 45)
    trigger = span_of(text, text.index("stormed"), text.index("stormed") + 7)
    assert choose_time(find_times(text), trigger, sentence, text) is None


def test_times_of_the_whole_text_may_be_given() -> None:
    text = "Gunmen entered the town on Thursday and withdrew on Friday. Monday was calm."
    start = text.index("withdrew")
    sentence = span_of(text, 0, text.index(" Monday"))
    found = choose_time(find_times(text), span_of(text, start, start + 8), sentence, text)
    assert found is not None
    assert found.span.text == "Friday"


def test_only_the_times_near_a_trigger_count_in_an_endless_sentence() -> None:
    text = "on 3 May 2014 " + "and so on " * 400 + "gunmen stormed a post " + "and so on " * 400 + "on Friday"
    assert chosen(text, "stormed") is None
    assert chosen(text.replace("a post", "a post on Monday"), "stormed") == "Monday"


@pytest.mark.parametrize(
    ("text", "trigger", "wording", "start", "end"),
    [
        (
            "He praised the operation, which was launched on 3 May 2016 to search the hills.",
            "operation",
            "3 May 2016",
            "2016-05-03",
            "2016-05-03",
        ),
        (
            "Thousands fled throughout the campaign, which started in October 2016.",
            "campaign",
            "October 2016",
            "2016-10-01",
            None,
        ),
        (
            "The army lost the battle, which took place in May 2015.",
            "battle",
            "May 2015",
            "2015-05-01",
            "2015-05-31",
        ),
    ],
)
def test_a_relative_clause_tells_when_its_antecedent_came_about(
    text: str, trigger: str, wording: str, start: str, end: str | None
) -> None:
    at = text.index(trigger)
    found = choose_time(
        find_times(text), span_of(text, at, at + len(trigger)), span_of(text, 0, len(text)), text
    )
    assert found is not None
    assert found.span.text == wording
    when = resolve_time(found, Anchors())
    assert (when.start, when.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "trigger", "wording"),
    [
        ("A court convicted a colonel in 2014 as an accessory to the massacre of villagers.", "massacre", None),
        ("A court convicted a colonel in 2014 of the massacre of 2003.", "massacre", "2003"),
        ("The town mourned on Monday the victims of the blast.", "blast", None),
        ("On Friday the governor revised the toll of the attack to 38.", "attack", None),
        ("Doctors on Tuesday put the number of people slaughtered there at 19.", "slaughtered", None),
        ("The Free Hand, a group that emerged this year, claimed the raid.", "raid", None),
        ("The Free Hand said that the raid, on Friday, was its work.", "raid", "Friday"),
        ("Nine men were shot that Friday.", "shot", "Friday"),
        ("They buried on Friday those shot the day before.", "shot", "the day before"),
        ("On Monday the men promised the elders on Friday that they would strike.", "strike", "Monday"),
    ],
)
def test_a_time_belongs_to_its_own_verb(text: str, trigger: str, wording: str | None) -> None:
    assert chosen(text, trigger) == wording
