"""Mentions become reports: what the resolver decides where several rooms of meaning meet."""

from pathlib import Path

import pytest

from dateline.model.report import Report
from dateline.pipeline import open_reading
from dateline.resolve.timeheld import CARRY_DAY_SENTENCES
from tests.resolve.articles import make_article


def read(
    text: str, cache: Path, published: str | None = "2016-10-22", outlet: str | None = "Tigris Post"
) -> list[Report]:
    """Return the reports of a plain text."""
    article = make_article(text, published, outlet)
    found = open_reading("patterns", cache)(article)
    assert isinstance(found, tuple), found
    return list(found)


def one(text: str, cache: Path, type_: str, published: str | None = "2016-10-22") -> Report:
    """Return the only report of a type."""
    found = [report for report in read(text, cache, published) if report.type == type_]
    assert len(found) == 1, [(report.type, report.trigger.text) for report in found]
    return found[0]


def test_every_value_leads_back_to_its_characters(gazetteer_cache: Path) -> None:
    text = (
        "Gunmen of the Islamic State attacked a checkpoint near Hawija on Friday, killing at least four "
        "soldiers, police said.\n\nThe Iraqi army retook the village on Saturday."
    )
    reports = read(text, gazetteer_cache)
    assert reports
    for report in reports:
        values = [
            report.trigger,
            report.sentence,
            *report.actors,
            *report.targets,
            *report.where,
            *report.counts,
        ]
        for value in [*values, *report.instruments, *filter(None, [report.when.span])]:
            assert text[value.start : value.end] == value.text


def test_an_attack_with_all_its_parts(gazetteer_cache: Path) -> None:
    text = "Islamic State militants attacked an army base in Mosul on Friday and killed at least four soldiers."
    report = one(text, gazetteer_cache, "assault")
    assert [who.id for who in report.actors] == ["islamic-state"]
    assert report.where[0].name == "Mosul"
    assert report.where[0].country == "IQ"
    assert (report.when.start, report.when.end, report.when.precision) == ("2016-10-21", "2016-10-21", "day")
    assert report.chain[0].name == "Tigris Post"
    assert report.crosswalk.plover.type == "ASSAULT"


def test_without_a_publication_date_a_weekday_stays_without_dates(gazetteer_cache: Path) -> None:
    report = one("Gunmen kidnapped three farmers near Kirkuk on Friday.", gazetteer_cache, "abduction", None)
    assert (report.when.start, report.when.end) == (None, None)
    assert (report.when.text, report.when.precision) == ("Friday", "day")


def test_no_time_means_no_date(gazetteer_cache: Path) -> None:
    report = one("Gunmen kidnapped three farmers near Kirkuk.", gazetteer_cache, "abduction")
    assert report.when.basis == "none"
    assert report.when.start is None


def test_all_that_happened_there_happened_in_one_place(gazetteer_cache: Path) -> None:
    text = (
        "Gunmen attacked Goma in Congo on Friday and spread fear as far as Uganda and Rwanda. "
        "They executed dozens of villagers there, forcing thousands to flee their homes."
    )
    found = {report.type: report for report in read(text, gazetteer_cache)}
    assert found["execution"].where[0].name == "Goma"
    assert found["displacement"].where[0].name == "Goma"


def test_whom_it_befell_is_not_who_did_it(gazetteer_cache: Path) -> None:
    text = "Boko Haram gunmen left the road to farmers and abducted them near Maiduguri on Friday."
    report = one(text, gazetteer_cache, "abduction")
    assert [who.id for who in report.actors] == ["boko-haram"]
    assert report.targets == ()


def test_a_toll_of_all_that_time_is_of_no_place_told_before(gazetteer_cache: Path) -> None:
    text = "Rebels shelled Goma on Friday. Gunmen have killed at least 500 men since the start of the war."
    report = one(text, gazetteer_cache, "killing")
    assert [count.scope for count in report.counts] == ["period"]
    assert report.where == ()


def test_a_country_that_is_spoken_to_is_its_government(gazetteer_cache: Path) -> None:
    report = one("Sudan accused Chad on Friday of arming rebels.", gazetteer_cache, "accusation")
    assert [who.id for who in report.targets] == ["td/government"]
    assert report.where == ()


def test_a_country_that_acts_is_no_place_of_what_else_is_told(gazetteer_cache: Path) -> None:
    text = "Chad and Sudan exchanged prisoners on Friday and shelling stopped."
    assert all(report.where == () for report in read(text, gazetteer_cache))


def test_the_day_of_the_news_holds_on_for_some_sentences(gazetteer_cache: Path) -> None:
    first = "Rebels shelled the town of Goma on Thursday. Gunmen kidnapped three nurses there."
    near = one(first, gazetteer_cache, "abduction")
    assert (near.when.start, near.when.basis) == ("2016-10-20", "inherited")
    below = one(first.replace(". Gunmen", ".\n\nGunmen"), gazetteer_cache, "abduction")
    assert (below.when.start, below.when.basis) == ("2016-10-20", "inherited")
    between = "".join(f"\n\nShop {number} has little left." for number in range(CARRY_DAY_SENTENCES))
    far = one(first.replace(". Gunmen", f".{between}\n\nGunmen"), gazetteer_cache, "abduction")
    assert far.when.start is None


def test_a_day_recalled_holds_on_within_its_paragraph_only(gazetteer_cache: Path) -> None:
    first = "Rebels shelled the town of Goma in May 2013. Gunmen kidnapped three nurses there."
    near = one(first, gazetteer_cache, "abduction")
    assert (near.when.start, near.when.basis) == ("2013-05-01", "inherited")
    below = one(first.replace(". Gunmen", ".\n\nGunmen"), gazetteer_cache, "abduction")
    assert below.when.start is None


def test_what_was_previously_is_of_no_day_told_before(gazetteer_cache: Path) -> None:
    text = "Rebels shelled the town of Goma on Thursday. Gunmen had previously kidnapped three nurses there."
    assert one(text, gazetteer_cache, "abduction").when.start is None


def test_there_is_where_the_sentence_before_puts_its_happening(gazetteer_cache: Path) -> None:
    text = (
        "Rebels attacked a checkpoint near Hawija on Thursday, a day after they left Mosul. "
        "Gunmen kidnapped three nurses there."
    )
    found = one(text, gazetteer_cache, "abduction").where
    assert [(where.text, where.basis) for where in found] == [("near Hawija", "inherited")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Gunmen kidnapped three nurses in the same town on Friday.", ["Goma"]),
        ("Gunmen kidnapped three nurses in the city on Friday.", ["Goma"]),
        ("On Friday gunmen who were there kidnapped three nurses.", ["Goma"]),
        ("There have been clashes since gunmen kidnapped three nurses on Friday.", []),
        ("Gunmen kidnapped three nurses on Friday.", []),
    ],
)
def test_words_that_point_are_read_where_no_place_is_told(
    sentence: str, found: list[str], gazetteer_cache: Path
) -> None:
    before = "Rebels shelled the town of Goma in the spring.\n\nThree people died.\n\n"
    report = one(before + sentence, gazetteer_cache, "abduction")
    assert [where.name for where in report.where] == found


def test_an_unknown_name_called_a_village_is_a_place_without_the_word(gazetteer_cache: Path) -> None:
    text = (
        "Shells hit the village of Tarquba near Mosul on Friday.\n\nTarquba, which is home to Arabs and Kurds, "
        "was badly damaged in 2014. In May gunmen kidnapped three nurses there."
    )
    report = one(text, gazetteer_cache, "abduction")
    assert [(where.name, where.basis) for where in report.where] == [("Tarquba", "inherited")]


def test_the_same_area_is_the_narrowest_place_told(gazetteer_cache: Path) -> None:
    text = "Gunmen killed two guards near Hawija in Iraq.\n\nThree nurses were kidnapped in the same area."
    report = one(text, gazetteer_cache, "abduction")
    assert [where.text for where in report.where] == ["near Hawija"]


def test_far_off_in_a_text_without_punctuation_no_place_is_stated(gazetteer_cache: Path) -> None:
    text = (
        "Rebels shelled the town of Goma and "
        + "then they all went on and " * 200
        + "gunmen kidnapped three nurses"
    )
    report = one(text, gazetteer_cache, "abduction")
    assert "stated" not in [where.basis for where in report.where]


def test_what_happened_long_ago_is_background(gazetteer_cache: Path) -> None:
    report = one("Rebels captured the town of Goma in November 2012.", gazetteer_cache, "territory_gain")
    assert report.status.currency == "background"
    assert (report.when.start, report.when.end) == ("2012-11-01", "2012-11-30")


def test_the_object_of_a_capture_is_its_place(gazetteer_cache: Path) -> None:
    report = one("Government troops recaptured Mosul on Thursday.", gazetteer_cache, "territory_gain")
    assert report.where[0].name == "Mosul"
    assert not report.targets


@pytest.mark.parametrize("place", ["Qarnbadur", "Tel Sorvane"])
def test_a_name_that_no_gazetteer_holds_is_kept_unresolved(gazetteer_cache: Path, place: str) -> None:
    report = one(f"Gunmen kidnapped three farmers in {place} on Friday.", gazetteer_cache, "abduction")
    assert report.where[0].precision == "unresolved"
    assert report.where[0].name == place
    assert report.where[0].latitude is None


def test_a_pronoun_is_no_place_and_no_actor_of_its_own(gazetteer_cache: Path) -> None:
    report = one("We captured the hill near Mosul, the officer said.", gazetteer_cache, "territory_gain")
    assert all(where.country in ("IQ", None) for where in report.where)
    assert not any(who.name == "We" and who.id is None and who.kind == "other" for who in report.actors)


def test_the_purpose_of_an_operation_has_no_date_of_its_own(gazetteer_cache: Path) -> None:
    text = "The army launched an operation on Tuesday to retake Hawija."
    purpose = one(text, gazetteer_cache, "territory_gain")
    assert purpose.status.reality == "planned"
    assert purpose.when.start is None
    launched = one(text, gazetteer_cache, "military_operation")
    assert launched.when.start == "2016-10-18"


def test_who_says_so_is_a_chain_from_the_outlet_inward(gazetteer_cache: Path) -> None:
    text = "Okaz newspaper quoted security sources as saying that militants attacked a convoy near Kirkuk."
    report = one(text, gazetteer_cache, "assault")
    assert [link.name for link in report.chain] == ["Tigris Post", "Okaz", "security sources"]


def test_the_day_of_the_dateline_dates_no_event(gazetteer_cache: Path) -> None:
    text = "GAO, Mali, Oct. 22 - Gunmen kidnapped three farmers near Gao on Friday."
    assert one(text, gazetteer_cache, "abduction").when.start == "2016-10-21"


def test_a_weapon_is_no_force(gazetteer_cache: Path) -> None:
    reports = read("A drone killed three people in Khartoum, Sudan, on Friday.", gazetteer_cache)
    assert reports
    assert not [who for report in reports for who in report.actors if who.id is not None]


def test_what_has_gone_on_since_a_year_gives_what_follows_no_date(gazetteer_cache: Path) -> None:
    text = "Rebels have held the town of Goma since 2014. Gunmen kidnapped three nurses there."
    assert one(text, gazetteer_cache, "abduction").when.start is None


def test_the_day_of_a_happening_is_not_that_of_what_it_followed(gazetteer_cache: Path) -> None:
    text = "Gunmen kidnapped three nurses near Kirkuk on Thursday, a day after an airstrike."
    assert one(text, gazetteer_cache, "abduction").when.start == "2016-10-20"
    assert one(text, gazetteer_cache, "air_strike").when.start != "2016-10-20"


def test_a_plan_for_a_day_just_passed_is_not_put_in_the_next_year(gazetteer_cache: Path) -> None:
    text = "The rebels planned to shell Goma on 15 October, officials said."
    report = one(text, gazetteer_cache, "shelling")
    assert report.status.reality == "planned"
    assert report.when.start == "2016-10-15"
    ahead = one(text.replace("15 October", "15 November"), gazetteer_cache, "shelling")
    assert ahead.when.start == "2016-11-15"


def test_the_end_of_the_year_bounds_a_plan(gazetteer_cache: Path) -> None:
    text = "The rebels plan to shell Goma before the end of the year, officials said."
    assert one(text, gazetteer_cache, "shelling").when.end == "2016-12-31"


@pytest.mark.parametrize("published", ["2016-10-22", "2016-05-20"])
def test_a_plan_bound_by_a_feast_just_passed_is_not_put_in_the_next_year(
    published: str, gazetteer_cache: Path
) -> None:
    text = "The rebels planned to shell Goma by the end of Ramadan, officials said."
    assert one(text, gazetteer_cache, "shelling", published).when.end == "2016-07-06"


def test_a_market_called_after_a_feast_gives_no_day(gazetteer_cache: Path) -> None:
    report = one("Gunmen kidnapped three nurses at a Christmas market in Goma.", gazetteer_cache, "abduction")
    assert report.when.start is None


def test_what_is_excepted_is_no_place(gazetteer_cache: Path) -> None:
    text = "With the exception of the town of Baiji, Iraqi troops captured that land from rebels on Friday."
    assert all("Baiji" not in where.text for where in one(text, gazetteer_cache, "territory_gain").where)


def test_what_is_told_of_an_attack_is_of_its_day_not_of_that_of_the_mourning(gazetteer_cache: Path) -> None:
    text = (
        "Rebels shelled the town of Goma on Thursday. Teachers went on strike on Friday. "
        "Gunmen kidnapped three nurses there."
    )
    found = one(text, gazetteer_cache, "abduction").when
    assert (found.start, found.basis) == ("2016-10-20", "inherited")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"They attacked our base," a general told reporters in Basra on Friday.', []),
        ("Gunmen attacked a base on Friday, a general said in Tikrit.", []),
        ("In Basra, a general said that rebels had attacked a base.", []),
        ("An officer in Baghdad said that rebels had attacked a base.", []),
        ("Iraq's interior ministry said that rebels had attacked a base.", []),
        ("An officer in Kirkuk said that rebels had attacked a base.", ["Kirkuk"]),
        ("Gunmen attacked a base in Kirkuk on Friday, a general said in Baghdad.", ["Kirkuk"]),
        ("A general said that rebels had attacked a base in Kirkuk.", ["Kirkuk"]),
    ],
)
def test_where_somebody_speaks_is_not_where_it_happened(
    text: str, names: list[str], gazetteer_cache: Path
) -> None:
    assert [where.name for where in one(text, gazetteer_cache, "assault").where] == names


@pytest.mark.parametrize("speaker", ["An officer in Kirkuk", "The government in Baghdad"])
def test_what_was_told_of_goes_before_where_the_speakers_are(speaker: str, gazetteer_cache: Path) -> None:
    text = f"Rebels shelled Hawija on Friday. {speaker} said that they had attacked a base, too."
    found = one(text, gazetteer_cache, "assault").where
    assert [(where.text, where.basis) for where in found] == [("Hawija", "inherited")]


def test_those_who_die_of_an_attack_die_where_they_were_brought(gazetteer_cache: Path) -> None:
    text = "Rebels shelled Hawija on Friday. Three of the wounded died in Kirkuk."
    found = one(text, gazetteer_cache, "killing").where
    assert [(where.text, where.basis) for where in found] == [("Hawija", "inherited")]
