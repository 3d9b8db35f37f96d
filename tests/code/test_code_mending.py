"""What the scheme forbids in a reading of the model: parts of names, echoes, speakers who only speak."""

import msgspec
import pytest

from dateline.code.decoding import Found
from dateline.code.mending import mended, whole_names, without_echoes
from dateline.code.tokens import split_words
from dateline.model.ids import ArticleId, MentionId
from dateline.model.mention import Argument, Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import make_status

Bounds = list[tuple[int, int]]


def bounds_of(text: str) -> Bounds:
    return [(piece.start, piece.end) for piece in split_words(text, 0, len(text))]


def found_at(text: str, *wordings: str, scores: tuple[float, ...] = ()) -> list[Found]:
    """Return triggers of one type at the wordings, which begin and end with words."""
    bounds = bounds_of(text)
    triggers = []
    for number, wording in enumerate(wordings):
        start = text.index(wording)
        first = next(n for n, each in enumerate(bounds) if each[0] == start)
        end = next(n for n, each in enumerate(bounds) if each[1] == start + len(wording)) + 1
        triggers.append(Found(first, end, 3, scores[number] if scores else 0.9))
    return triggers


def words_of(text: str, triggers: list[Found]) -> list[str]:
    bounds = bounds_of(text)
    return [text[bounds[each.first][0] : bounds[each.end - 1][1]] for each in triggers]


@pytest.mark.parametrize(
    ("text", "trigger", "left"),
    [
        ("He toured the Northern Strike Command in Gao.", "Strike", []),
        ("A report by the Commission of Inquiry came out.", "Inquiry", []),
        ("It joined Operation Red Heron in May.", "Operation", ["Operation Red Heron"]),
        ("The area has been under Blue Army control since May.", "Army control", ["control"]),
        ("He signed the Doha Agreement in May.", "Agreement", ["Agreement"]),
        ("They saw it before the Strike Tuesday.", "Strike", ["Strike"]),
        ("Strike Command said so.", "Strike", ["Strike"]),
        ("There was an attack in Gao.", "attack", ["attack"]),
        ("Rebels Claim Bomb Attack Near Gao Market.", "Attack", ["Attack"]),
        ("REBELS CLAIM A BOMB ATTACK NEAR GAO MARKET.", "ATTACK", ["ATTACK"]),
    ],
)
def test_a_trigger_is_no_part_of_a_name(text: str, trigger: str, left: list[str]) -> None:
    kept = whole_names(text, bounds_of(text), (0, len(text)), found_at(text, trigger))
    assert words_of(text, kept) == left


@pytest.mark.parametrize(
    ("text", "triggers", "scores", "left"),
    [
        ("They returned to their homes in May.", ("returned to", "homes"), (0.9, 0.6), ["returned to"]),
        ("They returned to their homes in May.", ("returned to", "homes"), (0.5, 0.6), ["homes"]),
        ("They raided and attacked the camp.", ("raided", "attacked"), (0.9, 0.6), ["raided", "attacked"]),
        ("It began, in attacks on it.", ("began", "attacks"), (0.9, 0.6), ["began", "attacks"]),
        ("A raid came after many such attacks.", ("raid", "attacks"), (0.9, 0.6), ["raid", "attacks"]),
        ("There were hit-and-run attacks.", ("hit-and", "attacks"), (0.4, 0.9), ["attacks"]),
        ("There were hit-and-run raids.", ("hit-and",), (0.4,), ["hit-and-run"]),
        ("An intelligence-based operation.", ("intelligence", "operation"), (0.4, 0.9), ["operation"]),
    ],
)
def test_one_happening_is_named_once(
    text: str, triggers: tuple[str, ...], scores: tuple[float, ...], left: list[str]
) -> None:
    kept = without_echoes(text, bounds_of(text), found_at(text, *triggers, scores=scores))
    assert words_of(text, kept) == left


def test_two_types_beside_each_other_are_two() -> None:
    text = "They returned to their homes in May."
    one, other = found_at(text, "returned to", "homes")
    pair = [one, Found(other.first, other.end, 4, 0.5)]
    assert without_echoes(text, bounds_of(text), pair) == pair


def span(text: str, wording: str) -> Span:
    start = text.index(wording)
    return Span(start, start + len(wording), wording)


def mention(
    text: str, trigger: str, roles: dict[str, str], sayings: tuple[Attribution, ...] = (), kind: str = "assault"
) -> Mention:
    arguments = tuple(Argument(role, span(text, wording)) for wording, role in roles.items())  # type: ignore[arg-type]
    return Mention(
        id=MentionId("m"),
        article=ArticleId("a"),
        sentence=0,
        type=kind,
        trigger=span(text, trigger),
        arguments=arguments,
        status=make_status(),
        attributions=sayings,
    )


def roles_of(found: Mention) -> dict[str, str]:
    return {each.span.text: each.role for each in found.arguments}


def test_who_only_speaks_is_no_actor_where_another_acts() -> None:
    text = "Colonel Diallo said gunmen attacked the post."
    said = Attribution(span(text, "said"), span(text, "Colonel Diallo"), span(text, "gunmen attacked the post"))
    both = mention(text, "attacked", {"Colonel Diallo": "actor", "gunmen": "actor"}, (said,))
    assert roles_of(mended(both, text)) == {"gunmen": "actor"}
    alone = mention(text, "attacked", {"Colonel Diallo": "actor", "post": "target"}, (said,))
    assert mended(alone, text) == alone


@pytest.mark.parametrize(
    ("text", "trigger", "roles", "right"),
    [
        (
            "The town fell to rebel forces on Monday.",
            "fell",
            {"rebel forces": "target"},
            {"rebel forces": "actor"},
        ),
        (
            "The army later lost the valley to the rebels.",
            "lost",
            {"army": "actor", "rebels": "target"},
            {"army": "target", "rebels": "actor"},
        ),
        (
            "The rebels captured the town from the army.",
            "captured",
            {"rebels": "actor", "army": "target"},
            {"rebels": "actor", "army": "target"},
        ),
    ],
)
def test_land_goes_to_who_gains_it(
    text: str, trigger: str, roles: dict[str, str], right: dict[str, str]
) -> None:
    found = mention(text, trigger, roles, kind="territory_gain")
    assert roles_of(mended(found, text)) == right


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Ethiopia and Eritrea signed a peace deal.", "peace deal", ["Ethiopia", "Eritrea"]),
        ("Ethiopia and Eritrea fought.", "fought", ["Ethiopia", "Eritrea"]),
        ("Ethiopia and Eritrea's envoy signed a peace deal.", "peace deal", ["Ethiopia"]),
        ("Ethiopia and Eritrea, which won, signed a peace deal.", "peace deal", ["Ethiopia"]),
    ],
)
def test_a_second_name_before_the_verb_has_the_role_of_the_first(
    text: str, trigger: str, actors: list[str]
) -> None:
    found = mended(mention(text, trigger, {"Ethiopia": "actor"}, kind="agreement"), text)
    assert [each.span.text for each in found.arguments] == actors
    assert all(text[each.span.start : each.span.end] == each.span.text for each in found.arguments)


@pytest.mark.parametrize(
    ("text", "trigger", "told", "reality"),
    [
        ("It came, forcing 30,000 people to flee.", "flee", "planned", "occurred"),
        ("It came, and families were forced to flee.", "flee", "demanded", "occurred"),
        ("Families may be forced to flee.", "flee", "feared", "feared"),
        ("Families would be forced to flee.", "flee", "planned", "planned"),
        ("They agreed to withdraw.", "withdraw", "planned", "planned"),
    ],
)
def test_what_people_are_made_to_do_is_done(text: str, trigger: str, told: str, reality: str) -> None:
    given = msgspec.structs.replace(mention(text, trigger, {}), status=make_status(told))  # type: ignore[arg-type]
    assert mended(given, text).status.reality == reality


@pytest.mark.parametrize(
    ("text", "trigger", "reality"),
    [
        ("He announced the full liberation of Gao.", "liberation", "occurred"),
        ("He announced plans for the liberation of Gao.", "liberation", "planned"),
        ("He wants to retake Gao.", "retake", "planned"),
    ],
)
def test_land_that_is_declared_taken_was_taken(text: str, trigger: str, reality: str) -> None:
    given = mention(text, trigger, {}, kind="territory_gain")
    given = msgspec.structs.replace(given, status=make_status("planned"))
    assert mended(given, text).status.reality == reality
