"""Tolls: what a sentence says became of how many people, and who they were."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.resolve.tollreading import Toll
from dateline.resolve.tolls import find_tolls
from dateline.resolve.tollwords import load_toll_words


def tolls(text: str) -> list[tuple[str, str, int | None]]:
    """Return kind, people and best reading of each toll."""
    return [(toll.kind, toll.people.text, toll.bounds.best) for toll in find_tolls(text, 0, len(text))]


def one(text: str) -> Toll:
    (toll,) = find_tolls(text, 0, len(text))
    return toll


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("The attack killed at least 19 people, a hospital official said.", "at least 19 people"),
        ("The bomb wounded three soldiers, a doctor in the town told reporters.", "three soldiers"),
        (
            "Shelling killed a woman, two children, and a nurse, officials said.",
            "a woman, two children, and a nurse",
        ),
        ("It wounded 20, police and medical sources said.", "20"),
        ("It killed ten, a doctor and police told reporters.", "ten"),
        ("A bomb wounded 20, police, a doctor and two witnesses said.", "20"),
        ("It killed 12, officials and rescue workers in the town of Bor later said.", "12"),
        ("It killed ten, according to police and medics.", "ten"),
        (
            "It killed five guards, two boys and a nurse, the mayor said.",
            "five guards, two boys and a nurse",
        ),
    ],
)
def test_who_tells_it_is_no_victim(text: str, people: str) -> None:
    (toll,) = find_tolls(text, 0, len(text))
    assert toll.people.text == people


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The blast killed 12 people.", [("killed", "12 people", 12)]),
        ("Twelve people were killed near Bor.", [("killed", "Twelve people", 12)]),
        ("A midwife was shot in the head and killed.", [("killed", "A midwife", 1)]),
        ("A teacher at the school of Bor was killed by gunmen.", [("killed", "A teacher", 1)]),
        ("Gunmen shot dead two guards.", [("killed", "two guards", 2)]),
        ("Two aid workers from a charity were killed.", [("killed", "Two aid workers", 2)]),
        ("The raid left 12 people dead.", [("killed", "12 people dead", 12)]),
        ("At least 12 dead and dozens wounded, the post says.",
         [("killed", "At least 12 dead", 12), ("injured", "dozens wounded", None)]),
        ("One herder was killed, six injured and six more were arrested by soldiers.",
         [("killed", "One herder", 1), ("injured", "six injured", 6), ("captured", "six more", 6)]),
        ("A driver was killed and another injured by shells.",
         [("killed", "A driver", 1), ("injured", "another", 1)]),
        ("It caused the death of a nurse and the injury of two others.",
         [("killed", "a nurse", 1), ("injured", "two others", 2)]),
        ("The body of a trader was found.", [("killed", "a trader", 1)]),
        ("Three boys aged 12, 13 and 15 died.", [("killed", "Three boys", 3)]),
        ("From 10 to 15 soldiers were killed on 12 May 2017.", [("killed", "From 10 to 15 soldiers", None)]),
        ("The mine kills a person and injures others.",
         [("killed", "a person", 1), ("injured", "others", None)]),
        ("The strike kills and injures 7 citizens.", [("harmed", "7 citizens", 7)]),
        ("Two nurses were kidnapped and killed.", [("captured", "Two nurses", 2), ("killed", "Two nurses", 2)]),
        ("A medic was shot by troops.", [("harmed", "A medic", 1)]),
        ("A director and manager were killed.", [("killed", "A director and manager", 2)]),
        ("A paramedic and activist was killed.", [("killed", "A paramedic and activist", 1)]),
        ("Professor arrested and killed by rebels.",
         [("captured", "Professor", 1), ("killed", "Professor", 1)]),
        ("His body was found by the road.", [("killed", "His body", 1)]),
        ("He was killed and his body was dumped.", [("killed", "He", 1)]),
        ("A driver and a cook were both killed.", [("killed", "A driver and a cook", 2)]),
        ("A medic (also a sergeant of the reserve) died.", [("killed", "A medic", 1)]),
        ("A nurse, having suffered two wounds, later died.", [("killed", "A nurse", 1)]),
        ("Nine people were killed, including a cook and 21 were injured.",
         [("killed", "Nine people", 9), ("injured", "21", 21)]),
        ("A teacher was taken from her home and shot dead.", [("killed", "A teacher", 1)]),
        ("A 22-year old driver was shot dead.", [("killed", "A 22-year old driver", 1)]),
        ("Police beat and arrested three traders.",
         [("injured", "three traders", 3), ("captured", "three traders", 3)]),
        ("Two traders were assaulted with sticks.", [("harmed", "Two traders", 2)]),
        ("Six girls were raped by gunmen.", [("other", "Six girls", 6)]),
        ("It left a driver dead and 24 people, including two nurses, wounded.",
         [("killed", "a driver", 1), ("injured", "24 people", 24)]),
        ("It left 30 herders and seven children dead.",
         [("killed", "30 herders and seven children dead", 37)]),
        ("Seven children, five women and two men died.",
         [("killed", "Seven children, five women and two men", 14)]),
        ("In Camp 18, a guard was killed.", [("killed", "a guard", 1)]),
        ("Four cooks were killed in the raid, along with a guard.", [("killed", "Four cooks", 5)]),
        ("Men attacked a nurse and two boys, injuring them.", [("injured", "them", 3)]),
        ("Each of the three blasts killed two soldiers.", [("killed", "two soldiers", 6)]),
        ("Some 20 gunmen shot dead a farmer.", [("killed", "a farmer", 1)]),
        ("The group lost 12 fighters.", [("killed", "12 fighters", 12)]),
        ("He died a month later.", [("killed", "He", 1)]),
        ("The flood took the lives of 20 people.", [("killed", "20 people", 20)]),
        ("They saved the lives of 20 people.", []),
        ("It endangers the lives of 300 patients.", []),
        ("They threatened to kill five hostages.", [("captured", "five hostages", 5)]),
        ("Five people could have been killed.", []),
        ("They kept him from killing two guards.", []),
        ("He went on to kill two guards.", [("killed", "two guards", 2)]),
        ("The party lost the town.", []),
        ("The villages were captured by rebels.", []),
        ("Rebels captured the town and burned it.", []),
        ("Soldiers killed the story.", []),
        ("Relatives of the wounded waited.", []),
        ("They met two hours later.", []),
        ("Two pupils died, and a 9 and 11-year-old were hurt, along with a cook.",
         [("killed", "Two pupils", 2), ("injured", "9 and 11-year-old", 3)]),
        ("A thirty-year-old and forty-year-old medic were injured.",
         [("injured", "A thirty-year-old and forty-year-old medic", 2)]),
        ("Two men, a woman and a child were killed.", [("killed", "Two men, a woman and a child", 4)]),
        ("Ten women, including two girls, and six men were detained.",
         [("captured", "Ten women, including two girls, and six men", 16)]),
        ("Ten people, including two girls, and six cooks, one of whom was ill, were killed.",
         [("killed", "Ten people", 10)]),
        ("It killed five guards, including a cook, and ten boys were taken away.",
         [("killed", "five guards", 5)]),
        ("A nurse, a mason, and a driver were kidnapped.",
         [("captured", "A nurse, a mason, and a driver", 3)]),
        ("One of the guards, a father of three, died on Monday.", [("killed", "One of the guards", 1)]),
        ("Two heads of School No. 4 and School No. 9 were detained.",
         [("captured", "Two heads of School No. 4 and School", 2)]),
        ("Soldiers slaughtered their livestock.", []),
        ("The blast killed both driver and assistant.", [("killed", "both driver and assistant", 2)]),
        ("A driver, a guard and their escort were assaulted.",
         [("harmed", "A driver, a guard and their escort", 3)]),
        ("A cook was hit by a stray bullet.", [("harmed", "A cook", 1)]),
        ("A clerk was killed when he was struck by several bullets.", [("killed", "A clerk", 1)]),
        ("A man was found dead with stab wounds.", [("killed", "A man", 1)]),
        ("Shells wounded a child, who later died.", [("killed", "a child", 1)]),
        ("Dozens of pupils suffered from tear gas inhalation.", [("injured", "Dozens of pupils", None)]),
        ("One was fatally shot, one sustained chest and leg wounds.",
         [("killed", "One", 1), ("injured", "one", 1)]),
        ("Three people killed six wounded after a raid.",
         [("killed", "Three people", 3), ("injured", "six wounded", 6)]),
        ("He tended a wounded 28-year-old fighter.", []),
        ("Nine members of the “Free Men” group, including a cook, were killed.",
         [("killed", "Nine members of the “Free Men” group", 9)]),
        ("Ten fighters of “Free Men” were killed.", [("killed", "Ten fighters of “Free Men”", 10)]),
        ("28 members at least from the regime forces killed.", [("killed", "28 members", 28)]),
        ("24 members from the “Free Army” killed in clashes.", [("killed", "24 members", 24)]),
        ("Five more Turkish soldiers were killed.", [("killed", "Five more Turkish soldiers", 5)]),
        ("At least 18 of ISIS were killed.", [("killed", "At least 18 of ISIS", 18)]),
        ("18 of Bor's hospitals were hit.", []),
        ("24 members of the army and their allied militiamen were killed.",
         [("killed", "24 members of the army and their allied militiamen", 24)]),
        ("Seven members of the army and their children were killed.",
         [("killed", "Seven members of the army and their children", None)]),
        ("It killed Abu Omar al-Bori and 14 members of the group.",
         [("killed", "Abu Omar al-Bori and 14 members of the group", 15)]),
        ("At least 11 martyrs and wounded in air strikes.", [("harmed", "At least 11 martyrs", 11)]),
        ("They are within the enclave of ISIS and at least 18 guards were killed.",
         [("killed", "at least 18 guards", 18)]),
        ("A man - who had died of wounds - was buried.", [("killed", "A man", 1)]),
        ("He was carrying the body of an old man, who had died.", [("killed", "an old man", 1)]),
        ("A nurse was shot at home, she later died.", [("killed", "A nurse", 1)]),
        ("Troops shot a pupil in the head, killing him.", [("killed", "a pupil", 1)]),
        ("A nurse was hurt, and the driver died.", [("injured", "A nurse", 1), ("killed", "the driver", 1)]),
        ("Two cooks were arrested and hurt.", [("captured", "Two cooks", 2), ("injured", "Two cooks", 2)]),
        ("Three cooks had their legs amputated.", [("injured", "Three cooks", 3)]),
        ("A medic was hit by a gas canister.", [("harmed", "A medic", 1)]),
        ("A Red Cross crew were assaulted.", [("harmed", "A Red Cross crew", None)]),
        ("A medical team of three was abducted.", [("captured", "A medical team of three", 3)]),
        ("A gang member was killed.", [("killed", "A gang member", 1)]),
        ("Two team members were killed.", [("killed", "Two team members", 2)]),
        ("Ten U.S. soldiers were killed.", [("killed", "Ten U.S. soldiers", 10)]),
        ("It wounded 12 U.N. peacekeepers.", [("injured", "12 U.N. peacekeepers", 12)]),
        ("At least 10 guards died.[3][4]", [("killed", "At least 10 guards", 10)]),
        ("A 65 - year - old woman was killed .", [("killed", "A 65 - year - old woman", 1)]),
    ],
)  # fmt: skip
def test_what_became_of_whom(text: str, found: list[tuple[str, str, int | None]]) -> None:
    assert tolls(text) == found


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("No one was hurt.", (0, 0, 0)),
        ("The raid caused no injuries.", (0, 0, 0)),
        ("No casualties were reported.", (0, 0, None)),
        ("There were no immediate reports of casualties.", (0, 0, None)),
        ("An unknown number of people were killed.", (1, None, None)),
        ("Clashes killed nine persons at least.", (9, 9, None)),
        ("More than 40 people were killed.", (40, 40, None)),
        ("Two bombs killed five soldiers each.", (10, 10, 10)),
        ("The bombs killed five soldiers each.", (10, None, None)),
    ],
)
def test_bounds(text: str, bounds: tuple[int, int | None, int | None]) -> None:
    read = one(text).bounds
    assert (read.low, read.best, read.high) == bounds


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("46 people, including 12 officers, died.", "46 people", [("12 officers", 12, "combatant")]),
        ("Five people were killed, including a teacher.", "Five people", [("a teacher", 1, "civilian")]),
        ("Two refugees, one of them a woman, were killed.", "Two refugees",
         [("one of them a woman", 1, "civilian")]),
        ("12 civilians, most of them women, were killed.", "12 civilians", [("women", None, "civilian")]),
        ("12 people, mostly fighters, were killed.", "12 people", [("fighters", None, "combatant")]),
        ("18 pupils, ten girls and eight boys, were killed.", "18 pupils",
         [("ten girls", 10, "civilian"), ("eight boys", 8, "civilian")]),
        ("Three soldiers and two civilians were killed.", "Three soldiers and two civilians",
         [("Three soldiers", 3, "combatant"), ("two civilians", 2, "civilian")]),
        ("At least 46 people, including 12 children, were killed, the agency said.", "At least 46 people",
         [("12 children", 12, "civilian")]),
    ],
)  # fmt: skip
def test_parts_stand_beside_their_total(text: str, whole: str, parts: list[tuple[str, int, str]]) -> None:
    read = one(text)
    assert read.people.text == whole
    assert [(part.span.text, part.bounds.best, part.of) for part in read.parts] == parts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Three of the wounded were in a critical condition.", [("injured", 3, True)]),
        ("Two of those killed were children.", [("killed", 2, True)]),
        ("Two of the people killed were guards.", [("killed", 2, True)]),
        ("Three of the dead were killed by shells.", [("killed", 3, True)]),
        ("Five of the wounded died overnight.", [("killed", 5, False)]),
        ("Two of those wounded later died.", [("killed", 2, False)]),
        ("Two of the guards were killed.", [("killed", 2, False)]),
    ],
)
def test_some_of_the_dead_are_no_toll_of_their_own(text: str, told: list[tuple[str, int, bool]]) -> None:
    assert [(toll.kind, toll.bounds.best, toll.part) for toll in find_tolls(text, 0, len(text))] == told


@pytest.mark.parametrize(
    ("text", "people", "scope"),
    [
        ("The death toll rose from 12 to 17.", "17", "running"),
        ("More deaths raise to about 320 the number of people killed.", "about 320", "running"),
        ("More than 300 people were killed since the beginning of the war.", "More than 300 people", "period"),
        ("About 50 civilians were killed within 6 days.", "About 50 civilians", "period"),
        ("The blast killed 12 people.", "12 people", "event"),
    ],
)
def test_what_a_figure_covers(text: str, people: str, scope: str) -> None:
    read = one(text)
    assert (read.people.text, read.scope) == (people, scope)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Two women were killed.", "women"),
        ("Six children died.", "children"),
        ("Two women and six children died.", "women and children"),
        ("Two men and six children died.", None),
    ],
)
def test_women_and_children(text: str, group: str | None) -> None:
    assert one(text).sex_age == group


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Some 40 people were killed this month.", "period"),
        ("Earlier this month gunmen killed 40 people.", "event"),
        ("A month later gunmen killed 40 people.", "event"),
    ],
)
def test_a_figure_of_a_longer_time(text: str, scope: str) -> None:
    assert one(text).scope == scope


def test_a_toll_has_its_number_in_its_own_clause() -> None:
    assert tolls("The toll could rise because many are missing.") == [("missing", "many", None)]
    assert tolls("The death toll rose to 17.") == [("killed", "17", 17)]


PIECES = [
    *[
        "12 people",
        "a nurse",
        "the army",
        "were killed",
        "killed",
        "injured",
        "died",
        ", including",
        "two of them",
    ],
    *[
        "each",
        "and",
        "no casualties",
        "the death toll rose to",
        "of",
        "his wife",
        "15-year-olds",
        "dead",
        "bodies",
    ],
    *["since January", "wounded", "another", "12", "."],
]


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)))
def test_any_text_gives_spans_of_it_and_ordered_bounds(text: str) -> None:
    for toll in find_tolls(text, 0, len(text)):
        for span in (toll.word, toll.people, *(part.span for part in toll.parts)):
            assert text[span.start : span.end] == span.text
        assert toll.bounds.low >= 0
        assert toll.bounds.best is None or toll.bounds.low <= toll.bounds.best
        assert toll.bounds.high is None or toll.bounds.high >= (toll.bounds.best or toll.bounds.low)


def test_a_broken_word_list_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "tolls.yaml"
    broken.write_text("kinds: {}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"tolls\.yaml"):
        load_toll_words(broken)
    with pytest.raises(DataError, match="cannot be read"):
        load_toll_words(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Some 400 rebels were killed throughout the campaign.", "period"),
        ("The war against the group has so far displaced 5,000 people.", "period"),
        ("Thousands of people fled since the group emerged.", "period"),
        ("The operation has killed 12 people.", "event"),
    ],
)
def test_people_of_a_whole_war_are_not_those_of_one_event(text: str, scope: str) -> None:
    assert one(text).scope == scope
