"""Figures and speakers of reports: what is attached, who gives it, and what others say of the event."""

from pathlib import Path

import msgspec
import pytest

from dateline.code.patterns import PatternCoder
from dateline.model.article import Article
from dateline.model.ids import MentionId
from dateline.model.mention import Argument, Mention, Role
from dateline.model.report import Report
from dateline.model.values import make_status
from dateline.ontology import load_ontology
from dateline.pipeline import open_reading
from dateline.resolve.figures import as_counts, counts_of, read_figures, told_together
from dateline.resolve.tolls import find_tolls
from tests.resolve.articles import make_article


def read(text: str, cache: Path) -> tuple[Article, list[Report]]:
    """Return the article of a plain text and its reports."""
    article = make_article(text, "2016-10-22", "Tigris Post")
    found = open_reading("patterns", cache)(article)
    assert isinstance(found, tuple), found
    return article, list(found)


def figures(reports: list[Report]) -> list[tuple[str, str, bool, str | None]]:
    """Return kind, words, part and claimant of every count."""
    return [
        (count.kind, count.text, count.part, count.claimant.name if count.claimant else None)
        for report in reports
        for count in report.counts
    ]


def test_two_claimants_in_one_sentence_have_their_own_figures(gazetteer_cache: Path) -> None:
    text = "Police said 12 people were killed in the attack, but the rebels said they killed 20 soldiers."
    _, reports = read(text, gazetteer_cache)
    given = {(words, claimant) for _, words, _, claimant in figures(reports)}
    assert ("12 people", "Police") in given
    assert ("20 soldiers", "the rebels") in given or ("20 soldiers", "rebels") in given


def test_a_toll_that_nobody_has_goes_to_the_event_and_says_so(gazetteer_cache: Path) -> None:
    text = "Rebels shelled the town of Goma on Thursday. No casualties were reported."
    _, (report,) = read(text, gazetteer_cache)
    (count,) = report.counts
    assert (count.kind, count.low, count.best, count.high, count.basis) == ("harmed", 0, 0, None, "read")


@pytest.mark.parametrize(
    ("roles", "kind"), [(("killed",), "killed"), (("injured",), "injured"), (("killed", "injured"), "harmed")]
)
def test_who_may_have_been_killed_or_hurt_is_harmed(roles: tuple[Role, ...], kind: str) -> None:
    article = make_article("Two men were shot in Goma.", "2016-10-22")
    (mention,) = [each for each in PatternCoder().code(article) if each.trigger.text == "shot"]
    men = tuple(Argument(role, article.span(0, 7)) for role in roles)
    mention = msgspec.structs.replace(mention, arguments=men)
    counts = counts_of(mention, read_figures(article, [mention], load_ontology().types))
    assert {(count.kind, count.best) for count in counts} == {(kind, 2)}


def test_people_belong_to_one_event_only() -> None:
    article = make_article("Missiles were fired at Lviv and hit a port, where seven people were killed.", None)
    seven = article.span(article.text.index("seven"), article.text.index(" were killed"))
    assert seven.text == "seven people"
    start = {word: article.text.index(word) for word in ("fired", "hit")}
    mentions = [
        Mention(
            id=MentionId(word),
            article=article.id,
            sentence=0,
            type="shelling",
            trigger=article.span(at, at + len(word)),
            arguments=(Argument("killed", seven, score),),
            status=make_status(),
        )
        for (word, at), score in zip(start.items(), (0.4, 0.8), strict=True)
    ]
    given = read_figures(article, mentions, load_ontology().types)
    assert [[count.best for count in counts_of(mention, given)] for mention in mentions] == [[], [7]]


def test_parts_are_not_added(gazetteer_cache: Path) -> None:
    text = "An air strike hit a market in Idlib, killing at least 46 people, including 12 children."
    article, reports = read(text, gazetteer_cache)
    killed = [count for report in reports for count in report.counts if count.kind == "killed"]
    assert [(count.best, count.part) for count in killed] == [(46, False), (12, True)]
    told = told_together(article, killed)
    assert told is not None
    assert (told.low, told.best, told.high) == (46, 46, None)


def test_a_toll_that_rose_replaces_the_earlier_one(gazetteer_cache: Path) -> None:
    text = "A blast killed 12 people in Kabul on Friday. The death toll from the blast later rose to 17."
    article, reports = read(text, gazetteer_cache)
    told = told_together(article, [count for report in reports for count in report.counts])
    assert told is not None
    assert told.best == 17


def test_whose_soldiers(gazetteer_cache: Path) -> None:
    _, reports = read("Militants stormed a base in Mosul and killed four Iraqi soldiers.", gazetteer_cache)
    sides = {count.side for report in reports for count in report.counts}
    assert sides == {"iq/military"}


@pytest.mark.parametrize(
    ("after", "word", "stance"),
    [
        ("The ELN denied involvement.", "contested", "denies"),
        ("The army dismissed the report.", "contested", "denies"),
        ("The report could not be independently verified.", "unconfirmed", "doubts"),
        ("A spokesman confirmed the attack.", "happened", "confirms"),
        ("The ELN claimed responsibility.", "happened", "claims"),
        ("Residents fled to Bogota.", "happened", None),
    ],
)
def test_what_others_say_afterwards(gazetteer_cache: Path, after: str, word: str, stance: str | None) -> None:
    text = f"A bomb exploded near a police station in Cúcuta on Friday, killing two officers. {after}"
    _, reports = read(text, gazetteer_cache)
    bombing = next(report for report in reports if report.type == "bombing")
    assert bombing.status.word == word
    assert [position.stance for position in bombing.positions] == ([stance] if stance else [])
    for position in bombing.positions:
        assert text[position.start : position.end] == position.text


def test_who_is_quoted_inside_and_told_outside(gazetteer_cache: Path) -> None:
    text = "A bomb killed two people in Kabul, the agency said, quoting the health minister."
    _, reports = read(text, gazetteer_cache)
    names = [link.name for link in reports[0].chain]
    assert names[0] == "Tigris Post"
    assert [name.removeprefix("the ") for name in names[1:]] == ["agency", "health minister"]
    told = "A bomb killed two people in Kabul, an officer told Reuters."
    _, reports = read(told, gazetteer_cache)
    kinds = [(link.name.removeprefix("an "), link.kind) for link in reports[0].chain]
    assert kinds == [("Tigris Post", "outlet"), ("Reuters", "wire"), ("officer", "military")]


def test_voice_and_stance_of_a_speaker(gazetteer_cache: Path) -> None:
    text = '"A bomb killed two people in Kabul on Friday," a police spokesman claimed.'
    _, reports = read(text, gazetteer_cache)
    last = reports[0].chain[-1]
    assert (last.kind, last.voice, last.stance, last.grade) == ("police", "quoted", "claims", "F6")


def test_they_are_as_many_as_were_taken_before(gazetteer_cache: Path) -> None:
    text = "Gunmen kidnapped four farmers near Goma. They were killed two weeks later."
    _, reports = read(text, gazetteer_cache)
    killed = [count for report in reports for count in report.counts if count.kind == "killed"]
    assert [(count.text, count.best) for count in killed] == [("They", 4)]
    alone, reports = read("They were killed near Goma by gunmen.", gazetteer_cache)
    assert all(count.best is None for report in reports for count in report.counts), alone.text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("A bomb wounded 12 people in Bor. Three of the wounded were in a critical condition.", {12}),
        ("A bomb killed 12 people in Bor. Two of them were shot dead by gunmen.", {12}),
        ("Gunmen killed ten traders in Bor. Two of the traders were shot dead.", {10}),
        ("Gunmen kidnapped ten traders in Bor. Two of them were shot dead.", {10, 2}),
    ],
)
def test_some_of_those_told_of_are_no_total(gazetteer_cache: Path, text: str, whole: set[int]) -> None:
    _, reports = read(text, gazetteer_cache)
    assert {count.best for report in reports for count in report.counts if not count.part} == whole


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A bomb in Bor wounded a guard. He later died of his wounds.", {("killed", 1)}),
        ("A bomb in Bor wounded two guards. The two guards died on Monday.", {("killed", 2)}),
        ("A bomb in Bor wounded two guards. The driver died on Monday.", {("injured", 2), ("killed", 1)}),
        ("A bomb in Bor wounded two guards. Two others were killed.", {("injured", 2), ("killed", 2)}),
    ],
)
def test_who_died_of_it_is_killed_not_injured_as_well(
    gazetteer_cache: Path, text: str, told: set[tuple[str, int]]
) -> None:
    _, reports = read(text, gazetteer_cache)
    assert {(count.kind, count.best) for report in reports for count in report.counts} == told


def test_people_are_as_many_as_were_counted_before(gazetteer_cache: Path) -> None:
    text = "Gunmen attacked three teachers in Bor on Friday. The teachers were beaten."
    _, reports = read(text, gazetteer_cache)
    injured = [count for report in reports for count in report.counts if count.kind == "injured"]
    assert [(count.best, count.text) for count in injured] == [(3, "The teachers")]


def test_hurt_people_go_to_the_event_that_took_them(gazetteer_cache: Path) -> None:
    _, reports = read("Police arrested and injured two traders in Bor on Friday.", gazetteer_cache)
    injured = [count for report in reports for count in report.counts if count.kind == "injured"]
    assert [(count.best, count.text) for count in injured] == [(2, "two traders")]


def test_the_same_words_are_counted_once(gazetteer_cache: Path) -> None:
    text = "23 villagers were killed in a bombing killing 23 villagers."
    article, reports = read(text, gazetteer_cache)
    told = told_together(article, [count for report in reports for count in report.counts])
    assert told is not None
    assert told.best == 23


def test_what_is_named_as_a_part_and_is_more_than_the_whole_is_none() -> None:
    text = "Nine people were killed, including 21 guards."
    (toll,) = find_tolls(text, 0, len(text))
    counts = list(as_counts(toll, "killed", "read"))
    assert [(count.low, count.best, count.part) for count in counts] == [(9, 9, False)]


def test_fighters_on_the_move_are_counted(gazetteer_cache: Path) -> None:
    text = "Militants infiltrated into Kirkuk in small groups, 10 to a dozen fighters each."
    _, reports = read(text, gazetteer_cache)
    present = [count for report in reports for count in report.counts if count.kind == "present"]
    assert [(count.low, count.high) for count in present] == [(10, 12)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An air strike on Bor killed and injured 12 people.", "harmed"),
        ("An air strike on Bor left 12 people dead or wounded.", "harmed"),
        ("An air strike on Bor killed 12 people.", "killed"),
    ],
)
def test_killed_and_injured_together_are_neither(gazetteer_cache: Path, text: str, kind: str) -> None:
    _, reports = read(text, gazetteer_cache)
    totals = {(count.kind, count.best) for report in reports for count in report.counts if not count.part}
    assert totals == {(kind, 12)}
