"""The actor catalogue: what it holds, how names are found, what a broken file says."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.resolve.catalogue import Catalogue, Cues, load_catalogue
from dateline.resolve.wording import Trie, fold, keys, words


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def found(
    catalogue: Catalogue,
    wording: str,
    *,
    on: date | None = None,
    countries: Sequence[str] = (),
    mentioned: Sequence[str] = (),
    company: Sequence[str] = (),
    all_caps: bool = False,
) -> str | None:
    cues = Cues(countries, mentioned, company)
    entry = catalogue.find(wording, on=on, cues=cues, all_caps=all_caps)
    return entry.id if entry else None


def test_the_catalogue_is_large_and_worldwide(catalogue: Catalogue) -> None:
    actors = [entry for entry in catalogue.entries if not entry.office]
    assert len(actors) >= 1000
    assert len({entry.country for entry in actors if entry.country}) >= 100
    assert len({entry.id for entry in catalogue.entries}) == len(catalogue.entries)


def test_every_entry_is_found_by_its_own_name_or_shares_it(catalogue: Catalogue) -> None:
    for entry in catalogue.entries:
        home = (entry.country, *entry.active) if entry.country else entry.active
        seen = catalogue.find(entry.name, cues=Cues([code for code in home if code]))
        assert seen is not None or "(" not in entry.name, entry.id


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("the so-called Islamic State", "islamic-state"),
        ("“Islamic State”", "islamic-state"),
        ("Daesh", "islamic-state"),
        ("ISIS’s", "islamic-state"),
        ("AL-HASHD AL-SHAABI", "popular-mobilization-forces"),
        ("Hashd al Shaabi", "popular-mobilization-forces"),
        ("al-Shabab", "al-shabaab"),
        ("Al Shabaab", "al-shabaab"),
        ("Hizbullah", "hezbollah"),
        ("the Lord's Resistance Army", "lords-resistance-army"),
        ("Lord’s Resistance Army", "lords-resistance-army"),
        ("FARC-EP", "farc"),
        ("the U.N. Security Council", "un-security-council"),
        ("UN Security Council", "un-security-council"),
        ("Tehreek-e-Taliban Pakistan", "tehrik-i-taliban-pakistan"),
        ("Séléka", "seleka"),
        ("Jabhat al-Nusra", "al-nusra-front"),
        ("Agence France-Presse", "afp-agency"),
        ("Extraditables", "los-extraditables"),
        ("FPMR", "manuel-rodriguez-patriotic-front"),
        ("UC-ELN", "eln"),
        ("EPS", "sandinista-peoples-army"),
        ("Islamic State of the Greater Sahara", "isgs"),
        ("Suqour al-Sham Brigades", "suqour-al-sham"),
        ("the moon", None),
        ("", None),
        ("the", None),
    ],
)
def test_spelling_variants_meet(catalogue: Catalogue, wording: str, expected: str | None) -> None:
    assert found(catalogue, wording) == expected


def test_acronyms_keep_their_case(catalogue: Catalogue) -> None:
    assert found(catalogue, "IS") == "islamic-state"
    assert found(catalogue, "is") is None
    assert found(catalogue, "Is") is None
    assert found(catalogue, "who") is None
    assert found(catalogue, "IS", all_caps=True) is None
    assert found(catalogue, "ISIS", all_caps=True) == "islamic-state"
    assert found(catalogue, "FMLN", all_caps=True) == "fmln"


def test_a_shared_name_is_decided_by_country_or_not_at_all(catalogue: Catalogue) -> None:
    assert found(catalogue, "SNA", countries=["SO"]) == "somali-national-army"
    assert found(catalogue, "SNA", countries=["SY"]) == "syrian-national-army"
    assert found(catalogue, "SNA") is None
    assert found(catalogue, "National Guard", countries=["MX"]) == "mexican-national-guard"
    assert found(catalogue, "National Guard", countries=["MX", "VE"]) is None
    assert found(catalogue, "National Guard") is None
    assert found(catalogue, "Federal Police") is None
    assert found(catalogue, "Federal Police", countries=["IQ"]) == "iraqi-federal-police"
    assert found(catalogue, "ERP", countries=["SV"]) == "erp-el-salvador"
    assert found(catalogue, "ERP", countries=["AR"]) == "erp-argentina"
    assert found(catalogue, "PLA", countries=["NP"]) == "pla-nepal"
    assert found(catalogue, "Taliban", countries=["PK"]) == "tehrik-i-taliban-pakistan"
    assert found(catalogue, "Army of National Liberation", countries=["BO"]) == "eln-bolivia"
    assert found(catalogue, "Army of National Liberation", countries=["CO"]) == "eln"
    # a news agency is at home everywhere, so a country does not rule it out
    assert found(catalogue, "AFP", countries=["PH"]) is None


def test_short_acronyms_do_not_reach_into_other_countries(catalogue: Catalogue) -> None:
    assert found(catalogue, "STC", countries=["YE"]) == "southern-transitional-council"
    assert found(catalogue, "STC", countries=["GB"]) is None
    assert found(catalogue, "STC", countries=["GB"], mentioned=["GB", "YE"]) == "southern-transitional-council"


def test_nothing_is_named_before_it_exists(catalogue: Catalogue) -> None:
    assert found(catalogue, "M23", on=date(2013, 1, 1)) == "m23"
    assert found(catalogue, "M23", on=date(2001, 1, 1)) is None
    # what has ended is still spoken of
    assert found(catalogue, "LTTE", on=date(2020, 1, 1)) == "ltte"


@pytest.mark.parametrize(
    ("wording", "on", "expected"),
    [
        ("Iraqi Prime Minister", date(2017, 7, 10), "haider-al-abadi"),
        ("Iraq's prime minister", date(2020, 8, 1), "mustafa-al-kadhimi"),
        ("the prime minister of Iraq", date(2012, 1, 1), "nouri-al-maliki"),
        ("Iraqi Prime Minister", None, "iq-prime-minister"),
        ("Iraqi Prime Minister", date(1980, 1, 1), "iq-prime-minister"),
        ("Iraqi Prime Minister", date(2018, 10, 25), "iq-prime-minister"),  # the day of the handover
        ("US President", date(2018, 5, 1), "donald-trump"),
        ("US President", date(2022, 5, 1), "joe-biden"),
        ("President of Ukraine", date(2022, 3, 1), "volodymyr-zelensky"),
        ("UN Secretary-General", date(2010, 1, 1), "ban-ki-moon"),
        ("UN chief", date(2020, 1, 1), "antonio-guterres"),
        ("Nigerian President", date(2014, 4, 15), "goodluck-jonathan"),
        ("Colombian President", date(2005, 1, 1), "alvaro-uribe"),
        ("Pakistani Prime Minister", date(2023, 6, 1), "shehbaz-sharif"),
        ("Pakistani Prime Minister", date(2024, 6, 1), "shehbaz-sharif"),
        ("George Bush", date(1991, 2, 1), "george-h-w-bush"),
        ("George Bush", date(2005, 2, 1), "george-w-bush"),
        ("George Bush", None, None),
        ("Sudan's army chief", date(2024, 1, 1), "abdel-fattah-al-burhan"),
        ("Sudan's army chief", date(2005, 1, 1), "sd-army-chief"),
        ("Lebanese Prime Minister", date(2010, 1, 1), "saad-hariri"),
    ],
)
def test_offices_by_date(catalogue: Catalogue, wording: str, on: date | None, expected: str | None) -> None:
    assert found(catalogue, wording, on=on) == expected


def test_an_open_term_is_not_believed_for_ever(catalogue: Catalogue) -> None:
    assert found(catalogue, "French President", on=date(2024, 1, 1)) == "emmanuel-macron"
    assert found(catalogue, "French President", on=date(2050, 1, 1)) == "fr-president"


def test_a_bare_title_needs_a_country(catalogue: Catalogue) -> None:
    assert found(catalogue, "the prime minister", on=date(2017, 1, 1)) is None
    assert found(catalogue, "the prime minister", on=date(2017, 1, 1), countries=["IQ"]) == "haider-al-abadi"


def test_the_army_that_a_composed_class_means(catalogue: Catalogue) -> None:
    assert getattr(catalogue.covering("cd/military", None), "id", None) == "fardc"
    assert getattr(catalogue.covering("af/military", date(2015, 1, 1)), "id", None) == "afghan-national-army"
    assert catalogue.covering("af/military", date(2023, 1, 1)) is None
    assert catalogue.covering("xx/military", None) is None


def test_scan_takes_the_longest_name_and_keeps_offsets(catalogue: Catalogue) -> None:
    text = "Fighters of the Islamic State in the Greater Sahara met JNIM near Ansongo; IS is silent."
    hits = catalogue.scan(text, cues=Cues(["ML"]))
    assert [(hit.text, hit.entry.id if hit.entry else None) for hit in hits] == [
        ("Islamic State in the Greater Sahara", "isgs"),
        ("JNIM", "jnim"),
        ("IS", "islamic-state"),
    ]
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_scan_in_capitals_leaves_english_words_alone(catalogue: Catalogue) -> None:
    text = "THE FMLN IS READY AND WHO KNOWS LET THEM TIP THE SCALE"
    assert [hit.text for hit in catalogue.scan(text, cues=Cues(["SV"]))] == ["FMLN"]
    mixed = "ISIS ATTACKS TOWN. The group is weak, WHO said."
    assert [hit.text for hit in catalogue.scan(mixed)] == ["ISIS", "WHO"]


def test_scan_keeps_an_arabic_article_and_ambiguous_candidates(catalogue: Catalogue) -> None:
    hits = catalogue.scan("He joined al-Shabaab. AFP saw it.", cues=Cues(["PH"]))
    assert hits[0].text == "al-Shabaab"
    assert hits[1].entry is None
    assert {entry.id for entry in hits[1].candidates} == {"afp-agency", "armed-forces-of-the-philippines"}


def test_a_bare_surname_inside_another_name_is_not_the_president(catalogue: Catalogue) -> None:
    assert catalogue.scan("Tomasz Obama opened the market.") == ()
    assert [hit.text for hit in catalogue.scan("President Obama opened it, and Obama left.")][-1] == "Obama"


@pytest.mark.parametrize(
    "text",
    [
        "He will run as president. Clinton agreed.",
        "He went to Iraq, President Obama said.",
        "After Boko, Haram fell.",
        "A guardian of the Monitor spoke for Guardian Angels.",
        "The President spoke.",
    ],
)
def test_names_are_not_made_across_marks_or_from_common_words(catalogue: Catalogue, text: str) -> None:
    hits = {hit.entry.id for hit in catalogue.scan(text, cues=Cues(["US", "IQ"])) if hit.entry}
    assert hits <= {"barack-obama"}


def test_outlets_with_an_article(catalogue: Catalogue) -> None:
    assert found(catalogue, "the Guardian") == "guardian"
    assert found(catalogue, "Guardian") is None
    assert found(catalogue, "al-Manar") == "al-manar"
    assert [hit.text for hit in catalogue.scan("It was in the Guardian and on Al-Manar.")] == [
        "Guardian",
        "Al-Manar",
    ]


def write(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_file_extends(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        """
- {id: harbour-guard, name: Harbour Guard, kind: militia, country: NG, plover: PRM, acled: Political militia}
- {id: boko-haram, extend: true, aliases: [Sambisa gang], acled: Political militia, parents: [harbour-guard]}
""",
    )
    catalogue = load_catalogue(own)
    changed = catalogue.get("boko-haram")
    assert changed is not None
    assert (changed.acled, changed.plover, changed.parents[-1]) == ("Political militia", "REB", "harbour-guard")
    assert found(catalogue, "the Harbour Guard") == "harbour-guard"
    assert found(catalogue, "Sambisa gang") == "boko-haram"


def test_one_person_may_hold_several_offices(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        """
- {id: ng-harbourmaster, name: Harbourmaster of Nigeria, kind: government, country: NG, plover: GOV,
   acled: State forces, titles: [harbourmaster],
   holders: [{id: ada-danu, name: Ada Danu, start: 2001-01-01, end: 2004-12-31}]}
- {id: ng-lightkeeper, name: Lightkeeper of Nigeria, kind: government, country: NG, plover: GOV,
   acled: State forces, titles: [lightkeeper],
   holders: [{id: ada-danu, again: true, start: 2006-01-01, end: 2009-12-31}]}
""",
    )
    catalogue = load_catalogue(own)
    assert found(catalogue, "the Nigerian harbourmaster", on=date(2003, 5, 1)) == "ada-danu"
    assert found(catalogue, "the Nigerian lightkeeper", on=date(2007, 5, 1)) == "ada-danu"
    assert found(catalogue, "the Nigerian harbourmaster", on=date(2007, 5, 1)) == "ng-harbourmaster"
    assert catalogue.titled("Lightkeeper", "Danu", on=date(2007, 5, 1)) == catalogue.get("ada-danu")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        """
- {id: Bad Id, name: Someone There, kind: armed_group, plover: REB, acled: Rebel group}
- {id: one, name: One Group, kind: gang, plover: REB, acled: Rebel group}
- {id: two, name: Two Group, kind: militia, plover: XYZ, acled: Rebels, country: QQ, parents: [nobody]}
- {id: three, name: ABC, kind: militia, plover: PRM, acled: Political militia, start: 2012, end: 2010}
- {id: hamas, name: Hamas again, kind: militia, plover: PRM, acled: Political militia}
- {id: ghost, extend: true}
- {id: four, name: Four Group, kind: militia, plover: PRM, acled: Political militia, colour: red}
- {id: five, name: Five Group, kind: militia, plover: PRM, acled: Rioters, start: soon, not_in_caps: [FG]}
- {id: six, name: Six Group, kind: militia, plover: PRM, acled: Political militia, parents: [seven]}
- {id: seven, name: Seven Group, kind: militia, plover: PRM, acled: Political militia, side: six}
- {id: eight, name: Eighth Office, kind: government, country: NG, plover: GOV, acled: State forces,
   titles: [harbourmaster], holders: [{id: nobody-yet, again: true}, {id: nameless}]}
""",
    )
    with pytest.raises(DataError) as raised:
        load_catalogue(own)
    message = str(raised.value)
    for part in (
        "Bad Id: ids are lower-case",
        "one: Invalid enum value 'gang'",
        "unknown PLOVER sector XYZ",
        "unknown ACLED actor type Rebels",
        "unknown country QQ",
        "unknown actor nobody",
        "three: the name 'ABC' is too short",
        "three: ends before it starts",
        "hamas: the id is given twice",
        "ghost: nothing by this id to extend",
        "unknown field `colour`",
        "five: start and end are YYYY",
        "five: 'FG' is marked but not among its acronyms",
        "six: is its own parent or side, over others",
        "eight: nobody-yet holds it again, but holds no other office",
        "nameless: has no name",
    ):
        assert part in message, part
    assert "\n" not in message


@pytest.mark.parametrize("text", ["{a: 1}", "- [", "just words"])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError):
        load_catalogue(write(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        load_catalogue(tmp_path / "absent.yaml")


def test_keys_are_blind_to_form() -> None:
    assert keys("al-Qaʿida’s") == keys("Al Qaida")
    assert keys("the Shi'ite") == ("shiite",)
    assert keys("U.S.") == ("us",)
    assert keys("Türkiye") == ("turkiye",)
    assert [word.text for word in words("40,000 people in the U.S. fled.")][:2] == ["40,000", "people"]


def test_trie_refuses_an_empty_path() -> None:
    with pytest.raises(ValueError, match="without letters"):
        Trie([((), 1)])


@given(st.text(max_size=200))
def test_words_lie_in_order_in_the_text(text: str) -> None:
    last = 0
    for word in words(text):
        assert last <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.text
        last = word.end


@given(st.text(max_size=40))
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.lists(st.sampled_from(["IS", "is", "al-", "Shabaab", "the", "U.N.", ".", "’s", "Hamas", "\n"])))
def test_scan_never_overlaps(catalogue: Catalogue, text: list[str]) -> None:
    joined = " ".join(text)
    last = 0
    for hit in catalogue.scan(joined):
        assert last <= hit.start < hit.end
        assert joined[hit.start : hit.end] == hit.text
        last = hit.end
