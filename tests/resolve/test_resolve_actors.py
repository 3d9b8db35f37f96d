"""Actors: spans of an article become Who values, with the article's own names, antecedents and composition."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.clean import article_of
from dateline.model.values import Who
from dateline.resolve.actors import looks_like_actor, read_actor, read_context, split_actors
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.edges import trim


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def who(
    catalogue: Catalogue,
    text: str,
    wording: str,
    *,
    on: date | None = None,
    nth: int = 0,
    metonyms: bool = True,
) -> Who:
    """Read the `nth` occurrence of `wording` in an article with `text`."""
    article = article_of(text)
    start = [m.start() for m in re.finditer(re.escape(wording), text)][nth]
    span = article.span(start, start + len(wording))
    context = read_context(article, catalogue)
    return read_actor(span, article, context, catalogue, on=on, metonyms=metonyms)


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("Islamic State (IS) militants took the bridge.", "Islamic State (IS) militants", "islamic-state"),
        ("The ISIS jihadists fled.", "ISIS jihadists", "islamic-state"),
        ("Suspected Boko Haram fighters burned a school.", "Suspected Boko Haram fighters", "boko-haram"),
        ("Fighters from Ansar Dine came to Kidal.", "Fighters from Ansar Dine", "ansar-dine"),
        ("Five members of the Taliban died.", "Five members of the Taliban", "taliban"),
        (
            "About 30 heavily armed al-Shabaab militants came.",
            "About 30 heavily armed al-Shabaab militants",
            "al-shabaab",
        ),
        ("The Peshmerga forces held on.", "The Peshmerga forces", "peshmerga"),
        ("Kurdish Peshmerga held on.", "Kurdish Peshmerga", "peshmerga"),
        ("The terrorist group Boko Haram said so.", "The terrorist group Boko Haram", "boko-haram"),
        ("Houthi rebels in Hodeidah fired.", "Houthi rebels in Hodeidah", "houthis"),
        (
            "The paramilitary Rapid Support Forces (RSF) shelled it.",
            "The paramilitary Rapid Support Forces (RSF)",
            "rapid-support-forces",
        ),
        ("The Wagner Group’s fighters left Mali.", "The Wagner Group’s fighters", "wagner-group"),
        ("Congolese soldiers ran.", "Congolese soldiers", "fardc"),
        ("FARC rebels in Colombia left.", "FARC rebels", "farc"),
        ("JNIM, active in Mali, struck.", "JNIM", "jnim"),
        (
            "In Iraq the Islamic State Operations Command fled.",
            "the Islamic State Operations Command",
            "islamic-state",
        ),
    ],
)
def test_a_group_inside_its_modifiers(catalogue: Catalogue, text: str, wording: str, expected: str) -> None:
    read = who(catalogue, text, wording)
    assert read.id == expected
    assert read.text in wording


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("The anti-Taliban militia of Panjshir fought.", "The anti-Taliban militia"),
        ("The al-Qaeda-linked militants moved.", "The al-Qaeda-linked militants"),
        ("Former Boko Haram hostages spoke.", "Former Boko Haram hostages"),
        ("The families of Hamas members waited.", "The families of Hamas members"),
        ("Villagers fleeing Boko Haram arrived.", "Villagers fleeing Boko Haram"),
        ("ISIS remnant hideouts burned.", "ISIS remnant hideouts"),
        ("A pro-Houthi crowd gathered.", "A pro-Houthi crowd"),
    ],
)
def test_a_group_that_only_modifies_is_not_the_actor(catalogue: Catalogue, text: str, wording: str) -> None:
    assert who(catalogue, text, wording).id not in {
        "taliban",
        "al-qaeda",
        "boko-haram",
        "hamas",
        "islamic-state",
        "houthis",
    }


def test_names_that_the_article_explains(catalogue: Catalogue) -> None:
    text = (
        "Fighters of the Kawthar Liberation Front (KLF) raided a depot. The KLF denied it. "
        "Locals know Daesh (Islamic State) well. "
        "The Front for the Freedom of Danu, also known as Danu Lions, agreed. Danu Lions left."
    )
    klf = who(catalogue, text, "The KLF")
    assert (klf.name, klf.id, klf.kind) == ("Kawthar Liberation Front", None, "armed_group")
    assert who(catalogue, text, "Daesh (Islamic State)").id == "islamic-state"


@pytest.mark.parametrize(
    ("text", "wording", "name"),
    [
        ("The Kawthar Liberation Front (KLF) came. KLF men fled.", "KLF men", "Kawthar Liberation Front"),
        (
            "A militia known locally as the Danu Hawks came. The Danu Hawks fled.",
            "The Danu Hawks",
            "Danu Hawks",
        ),
        ("The Army of Danu, better known as Danu Lions, came. Danu Lions fled.", "Danu Lions", "Army of Danu"),
        ("The Kawthar Front, or Danu Hawks, came. Danu Hawks fled.", "Danu Hawks", "Kawthar Front"),
        ("A group calling itself Danu Hawks came. Danu Hawks fled.", "Danu Hawks", "Danu Hawks"),
    ],
)
def test_a_group_without_an_entry_has_the_names_that_the_article_gives(
    catalogue: Catalogue, text: str, wording: str, name: str
) -> None:
    read = who(catalogue, text, wording, nth=text.count(wording) - 1)
    assert (read.id, read.name, read.by) == (None, name, "article")


@pytest.mark.parametrize(
    "given",
    [
        "Boko Haram, known locally as the Kaya Boys,",
        "Boko Haram, or the Kaya Boys,",
        "Boko Haram, better known as the Kaya Boys,",
        "Boko Haram, a militant group known locally as the Kaya Boys,",
    ],
)
def test_another_name_for_an_entry_holds_from_there_on(catalogue: Catalogue, given: str) -> None:
    read = who(catalogue, f"{given} raided Baga. The Kaya Boys fled.", "The Kaya Boys")
    assert (read.id, read.by) == ("boko-haram", "article")
    assert who(catalogue, f"Kaya Boys fled. {given} came.", "Kaya Boys").id is None


def test_a_list_is_not_another_name(catalogue: Catalogue) -> None:
    text = "Boko Haram, or perhaps bandits, came. Hamas or Danu Hawks did it. Danu Hawks fled."
    assert who(catalogue, text, "Danu Hawks", nth=1).id is None


def test_a_short_name_goes_back_to_the_one_full_name(catalogue: Catalogue) -> None:
    text = "Fighters of the Knights of Danu Brigade took the hill. Later the Knights left. Knights said so."
    for nth in (1, 2):
        read = who(catalogue, text, "Knights", nth=nth)
        assert (read.name, read.kind, read.by) == ("Knights of Danu Brigade", "armed_group", "short")


@pytest.mark.parametrize(
    "text",
    [
        "Michael Knights wrote on the Knights of Danu Brigade. Knights said so.",  # two longer names
        "Knights said so. The Knights of Danu Brigade left.",  # only later
        "The Harbour View Hotel burned. Harbour said so.",  # no group
    ],
)
def test_a_short_name_that_may_be_another_stays_as_worded(catalogue: Catalogue, text: str) -> None:
    wording = "Knights" if "Knights" in text else "Harbour"
    read = who(catalogue, text, wording, nth=text.count(wording) - 1 if text[0] != "K" else 0)
    assert (read.id, read.by) == (None, "worded")


def test_an_apposition_tells_the_kind_of_an_unknown_name(catalogue: Catalogue) -> None:
    text = "The Danu Hawks, a Tuareg militia, came. Nobody knows the Zeta Hawks."
    assert who(catalogue, text, "Danu Hawks").kind == "militia"
    assert who(catalogue, text, "Zeta Hawks").kind == "other"


def test_a_description_may_mean_a_group_without_an_entry(catalogue: Catalogue) -> None:
    text = "A militia known locally as the Danu Hawks raided a depot. It lost two men. The militia fled."
    for wording in ("The militia", "It"):
        read = who(catalogue, text, wording)
        assert (read.id, read.name, read.by) == (None, "Danu Hawks", "described")
    two = "The Danu Liberation Front fought Boko Haram. The militants fled."
    assert who(catalogue, two, "The militants").by != "described"


@pytest.mark.parametrize(
    ("text", "wording", "by"),
    [
        ("Popular Mobilization Forces (PMF) left. The PMF lost.", "The PMF", "article"),
        ("Boko Haram came.", "Boko Haram", "catalogue"),
        ("The Iraqi prime minister came.", "The Iraqi prime minister", "office"),
        ("Colonel Amadou Sissako came.", "Colonel Amadou Sissako", "person"),
        ("Boko Haram came. The group left.", "The group", "described"),
        ("Ankara came.", "Ankara", "metonym"),
        ("Iraqi soldiers came.", "Iraqi soldiers", "composed"),
        ("The river rose.", "The river", "worded"),
    ],
)
def test_how_it_was_read_is_told(catalogue: Catalogue, text: str, wording: str, by: str) -> None:
    read = who(catalogue, text, wording)
    assert read.by == by
    assert (read.score > 0) == (by != "worded")
    assert read.score <= 1


def test_an_article_can_give_an_acronym_another_meaning(catalogue: Catalogue) -> None:
    text = "The Savanna Development Fund (SDF) opened in Dodoma. SDF staff were robbed in Tanzania."
    read = who(catalogue, text, "SDF", nth=1)
    assert read.id is None
    assert read.name == "Savanna Development Fund"


def test_a_local_name_of_a_known_group(catalogue: Catalogue) -> None:
    text = "In Iraq, al-Hashd al-Watani (Popular Mobilization Forces) met them. Later al-Hashd al-Watani left."
    assert who(catalogue, text, "al-Hashd al-Watani", nth=1).id == "popular-mobilization-forces"
    assert (
        who(catalogue, text, "al-Hashd al-Watani (Popular Mobilization Forces)").id
        == "popular-mobilization-forces"
    )


@pytest.mark.parametrize(
    "description", ["The group", "the militants", "The terror group", "the jihadist group", "It"]
)
def test_a_description_goes_back_to_the_only_one_it_can_mean(catalogue: Catalogue, description: str) -> None:
    text = f"Al-Shabaab attacked a base of the Kenyan army. {description} also burned cars."
    assert who(catalogue, text, description).id == "al-shabaab"


def test_a_description_that_two_may_mean_stays_open(catalogue: Catalogue) -> None:
    text = "Al-Shabaab fought Islamic State in Somalia. The militants lost ten men. It withdrew."
    for wording in ("The militants", "It"):
        assert who(catalogue, text, wording).id is None


def test_a_description_reaches_over_other_kinds(catalogue: Catalogue) -> None:
    text = (
        "Boko Haram took Baga. The army of Chad came. Reuters wrote of it. The UN warned. "
        "Schools closed. Markets were empty. The group left."
    )
    assert who(catalogue, text, "The group").id == "boko-haram"


def test_the_coalition_needs_no_article(catalogue: Catalogue) -> None:
    text = "The U.S.-led coalition hit Islamic State in Iraq. Then coalition warplanes left. "
    text += "A coalition of parties met."
    assert who(catalogue, text, "coalition warplanes").id == "global-coalition-against-daesh"
    assert who(catalogue, text, "A coalition of parties").id is None
    assert who(catalogue, "Then coalition warplanes left Iraq.", "coalition warplanes").id is None


def test_forces_of_a_group_are_not_those_of_the_country(catalogue: Catalogue) -> None:
    read = who(catalogue, "In Nigeria Boko Haram naval infantry came.", "Boko Haram naval infantry")
    assert (read.id, read.country) == (None, None)


def test_indefinite_descriptions_name_nobody(catalogue: Catalogue) -> None:
    text = "Boko Haram took Baga. A militant group and militants came later."
    assert who(catalogue, text, "A militant group").id is None
    assert who(catalogue, text, "militants").id is None


def test_surnames_and_pronouns_of_persons(catalogue: Catalogue) -> None:
    text = "Colonel Amadou Sissako leads the unit. Sissako said that he was ready. Nobody knew Traoré."
    assert who(catalogue, text, "Sissako", nth=1).name == "Amadou Sissako"
    assert who(catalogue, text, "Sissako", nth=1).kind == "military"
    assert who(catalogue, text, "he", nth=1).name == "Amadou Sissako"
    assert who(catalogue, text, "Traoré").name == "Traoré"


def test_private_persons_get_no_id(catalogue: Catalogue) -> None:
    text = "Lieutenant Colonel Anwar Said, head of the security office, spoke in Kalar."
    read = who(catalogue, text, "Lieutenant Colonel Anwar Said, head of the security office")
    assert (read.name, read.id, read.kind) == ("Anwar Said", None, "military")


@pytest.mark.parametrize(
    ("text", "wording", "on", "expected"),
    [
        (
            "Iraqi Prime Minister Haider al-Abadi spoke.",
            "Iraqi Prime Minister Haider al-Abadi",
            date(2017, 7, 10),
            "haider-al-abadi",
        ),
        (
            "Iraq: Prime Minister al-Kadhimi spoke.",
            "Prime Minister al-Kadhimi",
            date(2020, 8, 1),
            "mustafa-al-kadhimi",
        ),
        ("President Hollande flew to Bamako.", "President Hollande", date(2013, 2, 2), "francois-hollande"),
        ("The Iraqi prime minister spoke.", "The Iraqi prime minister", date(2015, 1, 1), "haider-al-abadi"),
        ("The Iraqi prime minister spoke.", "The Iraqi prime minister", None, "iq-prime-minister"),
        ("In Iraq the prime minister spoke.", "the prime minister", date(2015, 1, 1), "haider-al-abadi"),
        (
            "UN Secretary-General António Guterres spoke.",
            "UN Secretary-General António Guterres",
            None,
            "antonio-guterres",
        ),
        ("Mullah Omar was dead.", "Mullah Omar", None, "mullah-omar"),
    ],
)
def test_holders_of_offices(
    catalogue: Catalogue, text: str, wording: str, on: date | None, expected: str
) -> None:
    assert who(catalogue, text, wording, on=on).id == expected


@pytest.mark.parametrize("how", ["was named", "was sworn in as the new", "became", "had been appointed as its"])
def test_a_post_that_somebody_comes_to_hold_is_not_its_holder(catalogue: Catalogue, how: str) -> None:
    text = f"In Iraq Salam Nuri {how} prime minister."
    post = who(catalogue, text, "prime minister", on=date(2015, 1, 1))
    assert (post.id, post.name, post.kind) == (None, "prime minister", "government")


def test_a_title_may_stand_within_capitals(catalogue: Catalogue) -> None:
    text = "Pentagon Press Secretary Ann Roe spoke. Roe said more."
    assert who(catalogue, text, "Roe", nth=1).name == "Ann Roe"


def test_a_title_does_not_make_a_namesake_the_holder(catalogue: Catalogue) -> None:
    text = "Colonel Hollande and shopkeeper Ana Petro met in Lille."
    assert who(catalogue, text, "Colonel Hollande").id is None
    assert who(catalogue, text, "shopkeeper Ana Petro").id is None


def test_metonyms_only_where_the_caller_wants_them(catalogue: Catalogue) -> None:
    text = "Ankara said that Damascus would pay. Russia agreed."
    ankara = who(catalogue, text, "Ankara")
    assert (ankara.id, ankara.kind, ankara.country) == ("tr/government", "government", "TR")
    assert who(catalogue, text, "Russia").id == "ru/government"
    damascus = who(catalogue, text, "Damascus", metonyms=False)
    assert (damascus.id, damascus.kind) == (None, "other")


def test_state_forces_take_the_leading_country(catalogue: Catalogue) -> None:
    text = "Security forces in Cameroon sealed Buea. The police searched houses in Cameroon."
    assert who(catalogue, text, "Security forces").id == "cm/security"
    assert who(catalogue, text, "The police").id == "cm/police"
    both = "Soldiers from Kenya and Uganda met. The police watched."
    assert who(catalogue, both, "The police").country is None


def test_shared_names_stay_as_worded(catalogue: Catalogue) -> None:
    read = who(catalogue, "The National Guard came.", "The National Guard")
    assert read.id is None
    assert (
        who(catalogue, "In Mexico the National Guard came.", "the National Guard").id
        == "mexican-national-guard"
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the catalogue with actors of a user's own that share names with others."""
    extra = tmp_path_factory.mktemp("actors") / "mine.yaml"
    extra.write_text(
        """
- {id: danu-front, name: Danu Front, kind: armed_group, country: BO, plover: REB, acled: Rebel group, end: 1971,
   acronyms: [DNLF]}
- {id: dune-front, name: Dune Front, kind: armed_group, country: CO, plover: REB, acled: Rebel group,
   start: 1964, acronyms: [DNLF]}
- {id: harbour-front, name: Harbour Front, kind: armed_group, country: NG, plover: REB, acled: Rebel group}
- {id: harbour-lions, name: Lions (Harbour), kind: militia, country: NG, side: harbour-front, plover: PRM,
   acled: Political militia, aliases: [Savanna Lions]}
- {id: delta-lions, name: Lions (Delta), kind: militia, country: NG, plover: PRM, acled: Political militia,
   aliases: [Savanna Lions]}
""",
        "utf-8",
    )
    return load_catalogue(extra)


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("ELN men came to Arauca, Colombia.", "ELN", "eln"),
        ("ELN men came to Teoponte, Bolivia.", "ELN", "eln-bolivia"),
        ("PLA cadres met in Nepal.", "PLA", "pla-nepal"),
        ("PLA troops drilled off Xiamen, China said.", "PLA", "pla"),
        ("The Taliban took a post in Swat, Pakistan.", "The Taliban", "tehrik-i-taliban-pakistan"),
        ("The Taliban took a post in Helmand, Afghanistan.", "The Taliban", "taliban"),
        ("In Venezuela the National Guard came.", "the National Guard", "bolivarian-national-guard"),
        ("In Ohio, United States, the National Guard came.", "the National Guard", "us-national-guard"),
        ("Savanna Lions came to Nigeria. The Harbour Front helped.", "Savanna Lions", "harbour-lions"),
    ],
)
def test_namesakes_are_told_apart_by_country_and_company(
    shared: Catalogue, text: str, wording: str, expected: str
) -> None:
    assert who(shared, text, wording).id == expected


def test_namesakes_that_nothing_tells_apart_are_kept_as_alternatives(shared: Catalogue) -> None:
    read = who(shared, "Savanna Lions came to Nigeria.", "Savanna Lions")
    assert (read.id, read.by, read.kind, read.country) == (None, "worded", "militia", "NG")
    assert read.alternatives == ("delta-lions", "harbour-lions")


def test_the_day_tells_namesakes_apart(shared: Catalogue) -> None:
    text = "The DNLF of Bolivia and the DNLF of Colombia met."
    assert who(shared, text, "DNLF", on=date(2001, 5, 1)).id == "dune-front"
    assert who(shared, text, "DNLF", on=date(1970, 5, 1)).id is None


def test_a_chosen_namesake_is_less_sure_and_keeps_the_others(shared: Catalogue) -> None:
    read = who(shared, "In Nepal PLA cadres met, China said.", "PLA", on=date(2004, 5, 1))
    assert {*read.alternatives, read.id} >= {"pla", "pla-nepal"}
    assert read.score < who(shared, "Boko Haram came.", "Boko Haram").score


def test_a_text_set_in_capitals(catalogue: Catalogue) -> None:
    text = "THE FMLN IS ACCUSED IN EL SALVADOR. COL JUAN PERALTA SAID THE GUERRILLAS FLED."
    article = article_of(text)
    context = read_context(article, catalogue)
    assert context.all_caps
    assert [one.entry.id for one in context.named] == ["fmln"]
    assert who(catalogue, text, "THE FMLN").id == "fmln"
    assert who(catalogue, text, "IS").id is None
    assert who(catalogue, text, "COL JUAN PERALTA").name == "JUAN PERALTA"
    assert who(catalogue, text, "THE GUERRILLAS").id == "fmln"


def test_context_counts_countries_with_those_of_places(catalogue: Catalogue) -> None:
    article = article_of("Shops closed in Mopti. A Malian trader left for Niger.")
    assert read_context(article, catalogue).main == ("ML", "NE")
    assert read_context(article, catalogue, places=["ML", "ML"]).country == "ML"


def test_looks_like_actor(catalogue: Catalogue) -> None:
    for wording in (
        "Boko Haram",
        "the army",
        "Col. Ana Ruiz",
        "ISIS fighters",
        "villagers",
        "the Iraqi government",
    ):
        assert looks_like_actor(wording, catalogue), wording
    for wording in ("Baghdad", "Iraq", "Tuz Khurmatu", "the bridge", "a power station", "", "’"):
        assert not looks_like_actor(wording, catalogue), wording


@pytest.mark.parametrize(
    ("wording", "parts"),
    [
        ("the police and Boko Haram", ["the police", "Boko Haram"]),
        (
            "soldiers, villagers and Ansar Dine (AD) fighters",
            ["soldiers", "villagers", "Ansar Dine (AD) fighters"],
        ),
        ("the Justice and Equality Movement", ["the Justice and Equality Movement"]),
        ("Kurdish and Iraqi forces", ["Kurdish and Iraqi forces"]),
        ("Col. Ana Ruiz, head of police", ["Col. Ana Ruiz, head of police"]),
        ("houses and schools", ["houses and schools"]),
    ],
)
def test_joined_actors_are_parted(catalogue: Catalogue, wording: str, parts: list[str]) -> None:
    article = article_of(f"In Sudan {wording} were there.")
    span = article.span(9, 9 + len(wording))
    assert [
        part.text for part in split_actors(span, article, read_context(article, catalogue), catalogue)
    ] == parts


def test_trim_keeps_a_bracket_that_it_opened() -> None:
    article = article_of(" “the Forces (PMF)”, ")
    assert trim(article.span(0, len(article.text))).text == "the Forces (PMF)"


WORDS = [
    *(
        "Boko Haram",
        "IS",
        "the group",
        "it",
        "(",
        ")",
        "(IS)",
        "army",
        "Iraqi",
        "Col.",
        "Amina",
        "Diallo",
        ",",
        "a",
    ),
    *(
        "teacher",
        "said",
        "he",
        "“",
        "”",
        "'s",
        "al-",
        "Shabaab",
        "and",
        ".",
        "known as",
        "Baghdad",
        "40,000",
        "THE",
    ),
    *("\n", "the", "of"),
]


@given(
    text=st.one_of(
        st.text(min_size=1, max_size=80),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join),
    ),
    edges=st.tuples(st.integers(0, 400), st.integers(0, 400)),
)
def test_no_span_ever_raises_and_none_is_widened(
    catalogue: Catalogue, text: str, edges: tuple[int, int]
) -> None:
    article = article_of(text)
    start, end = sorted(edge % (len(text) + 1) for edge in edges)
    span = article.span(start, end)
    context = read_context(article, catalogue)
    read = read_actor(span, article, context, catalogue, on=date(2016, 1, 1))
    assert span.start <= read.start <= read.end <= span.end
    assert article.text[read.start : read.end] == read.text
    assert read == read_actor(span, article, read_context(article, catalogue), catalogue, on=date(2016, 1, 1))
    looks_like_actor(span.text, catalogue)


def test_long_hostile_text_is_read_in_linear_time(catalogue: Catalogue) -> None:
    text = "(A (B " * 20000 + "known as known as " * 5000 + "Col. " * 20000 + "Boko Haram " * 5000
    context = read_context(article_of(text), catalogue)
    assert len(context.named) == 5000


@pytest.mark.parametrize(
    ("text", "wording", "id_", "country"),
    [
        ("Putin's troops captured Kherson in Ukraine.", "Putin's troops", "russian-armed-forces", "RU"),
        ("Col Gaddafi's forces shelled Brega.", "Col Gaddafi's forces", "ly/military", "LY"),
        ("General Okoro's men burned a village.", "General Okoro's men", None, None),
        ("Israel's army shelled Gaza.", "Israel's army", "israel-defense-forces", "IL"),
    ],
)
def test_who_follows_a_person_is_not_that_person(
    catalogue: Catalogue, text: str, wording: str, id_: str | None, country: str | None
) -> None:
    read = who(catalogue, text, wording)
    assert (read.id, read.country) == (id_, country)
    assert read.by != "office" and read.kind != "person"
