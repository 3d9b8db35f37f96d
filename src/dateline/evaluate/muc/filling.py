"""Filling: an answer as full templates, slot by slot."""

from collections.abc import Iterable, Sequence

from dateline.evaluate.muc.answer import Answer, Learned
from dateline.evaluate.muc.candidates import title_of
from dateline.evaluate.muc.gold import normal
from dateline.evaluate.muc.incidents import mentions_of
from dateline.evaluate.muc.judging import Group, Page
from dateline.evaluate.muc.rules import muc_type
from dateline.evaluate.muc.slots import EMPTY, class_of, place_words, sentence_words, string_words
from dateline.model.mention import Mention
from dateline.model.span import Span
from dateline.resolve.quantities import read_count
from dateline.resolve.timeplacing import anchored_on
from dateline.resolve.times import find_times, resolve_time
from dateline.train.sources.muckeys import Fill, Template

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
# What a coder's role says of a human target; the likeliest first.
_EFFECTS = (("killed", "DEATH"), ("injured", "INJURY"), ("freed", "REGAINED FREEDOM"))
_AHEAD = frozenset({"threatened", "planned", "feared", "demanded", "hypothetical"})


def templates_of(page: Page, answer: Answer, learned: Learned, name: str) -> tuple[Template, ...]:
    """Return the templates of an article; `name` is its message's."""
    return tuple(
        _template(page, kind, number, answer, learned, name) for number, kind in enumerate(answer.shared, 1)
    )


def _template(  # one parameter per thing that every slot may need
    page: Page, kind: str, number: int, answer: Answer, learned: Learned, name: str
) -> Template:
    fillers = answer.shared[kind]
    mentions = [mention for mention in page.mentions if muc_type(mention) == kind]
    organizations = [group.text.upper() for group in fillers["PerpOrg"]]
    individuals = [group.text.upper() for group in fillers["PerpInd"]]
    weapons = [group.text.upper() for group in fillers["Weapon"]]
    things = list(fillers["Target"])
    people = _people(page, kind, fillers["Victim"], fillers["Person"], learned)
    words = [word for text in (*individuals, *organizations) for word in string_words(text)]
    category = class_of("category", [*words, f"type {kind}"], learned.slots)
    return Template(
        message=name,
        number=number,
        date=_told([_date(page, mentions)]),
        location=_told([_location(page, mentions, learned)]),
        type=_told([kind.upper()]),
        stage=_told([_stage(mentions)]),
        instrument=_told(weapons),
        instrument_type=_classed("instrument_type", weapons, learned),
        category=_told([category]),
        individual=_told(individuals),
        organization=_told(organizations),
        confidence=_in_context("confidence", organizations, page, learned),
        physical=_told([group.text.upper() for group in things]),
        physical_type=_classed("physical_type", [group.text.upper() for group in things], learned),
        physical_number=tuple(Fill((_number(group, page),), (group.text.upper(),)) for group in things),
        physical_effect=_in_context("physical_effect", [group.text.upper() for group in things], page, learned),
        name=_told([group.text.upper() for group in fillers["Victim"]]),
        description=people["description"],
        human_type=people["human_type"],
        human_number=people["human_number"],
        human_effect=people["human_effect"],
    )


def _people(
    page: Page, kind: str, named: Sequence[Group], described: Sequence[Group], learned: Learned
) -> dict[str, tuple[Fill, ...]]:
    """Return the slots of the human targets beside their names."""
    slots: dict[str, list[Fill]] = {"description": [], "human_type": [], "human_number": [], "human_effect": []}
    for group in (*named, *described):
        own = (group.text.upper(),)
        title = title_of(group.text, (each.span for each in group.candidates)) if group in named else ""
        if group not in named:
            slots["description"].append(Fill(own))
        elif title:
            slots["description"].append(Fill((title.upper(),), own))
        human = class_of("human_type", string_words(title or group.text), learned.slots) or "CIVILIAN"
        slots["human_type"].append(Fill((human,), own))
        slots["human_number"].append(Fill(("1" if group in named else _number(group, page),), own))
        effect = _effect(group, page, kind, learned)
        if effect:
            slots["human_effect"].append(Fill((effect,), own))
    return {slot: tuple(fills) for slot, fills in slots.items()}


def _effect(group: Group, page: Page, kind: str, learned: Learned) -> str:
    roles = {candidate.role.rpartition(" ")[2] for candidate in group.candidates}
    for role, effect in _EFFECTS:
        if role in roles:
            return effect
    words = [*sentence_words(group.text, _sentences(page)), f"type {kind}"]
    return class_of("human_effect", words, learned.slots)


def _number(group: Group, page: Page) -> str:
    """Return the number of a participant: what the longest of its spans counts, else one or several."""
    text = page.article.text
    for mention in mentions_of(group, page):
        for argument in mention.arguments:
            span: Span = argument.span
            if group.plain in normal(span.text):
                count = read_count(span, text, kind="killed")
                if count is not None and count.best is not None and count.low == count.high:
                    return str(count.best)
    last = group.plain.split()[-1]
    return (
        "PLURAL"
        if (last.endswith("s") and not last.endswith("ss")) or last in {"people", "men", "women"}
        else "1"
    )


def _stage(mentions: Sequence[Mention]) -> str:
    """Return the stage of execution that most of the mentions tell."""
    ahead = sum(mention.status.reality in _AHEAD for mention in mentions)
    tried = sum(mention.status.reality == "attempted" for mention in mentions)
    if mentions and 2 * ahead > len(mentions):
        return "THREATENED"
    return "ATTEMPTED" if mentions and 2 * tried > len(mentions) else "ACCOMPLISHED"


def _date(page: Page, mentions: Sequence[Mention]) -> str:
    """Return the day that the mentions' sentences name, or "on or before" the day of the dispatch."""
    article = page.article
    published = article.published.date
    anchors = anchored_on(article.published)
    for sentence in dict.fromkeys(mention.sentence for mention in mentions):
        start, end = article.sentences[sentence]
        for expression in find_times(article.text, start, end):
            if article.published.text and article.published.text in expression.span.text:
                continue
            when = resolve_time(expression, anchors, tense="past")
            if expression.kind == "weekday" or when.start is None or when.start != when.end:
                continue
            return _day(when.start)
    return f"- {_day(published)}" if published and len(published) == len("1990-01-01") else EMPTY


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day} {_MONTHS[int(month) - 1]} {year[2:]}"


def _location(page: Page, mentions: Sequence[Mention], learned: Learned) -> str:
    """Return the longest path of a place that the incident's sentences name, else the likeliest country."""
    article, places = page.article, learned.slots.places
    country = learned.slots.countries.best(place_words(article.text)) or EMPTY
    spans = [span.text for mention in mentions for span in mention.spans("place")]
    sentences = [article.text[slice(*article.sentences[mention.sentence])] for mention in mentions]
    for texts in (spans, sentences):
        paths = [places[name] for text in texts for name in _known(text, places)]
        inland = [path for path in paths if path.partition(":")[0].strip() == country] or paths
        if inland:
            return max(inland, key=lambda path: (path.count(":"), -inland.index(path)))
    return country


def _known(text: str, places: Iterable[str]) -> list[str]:
    words = normal(text).split()
    runs = {" ".join(words[at : at + size]) for size in range(1, 5) for at in range(len(words) - size + 1)}
    return sorted(runs & set(places))


def _sentences(page: Page) -> list[str]:
    return [page.article.text[start:end] for start, end in page.article.sentences]


def _told(options: Iterable[str]) -> tuple[Fill, ...]:
    return tuple(Fill((option,)) for option in options if option)


def _classed(slot: str, strings: Iterable[str], learned: Learned) -> tuple[Fill, ...]:
    classes = ((class_of(slot, string_words(string), learned.slots), string) for string in strings)
    return tuple(Fill((name,), (string,)) for name, string in classes if name)


def _in_context(slot: str, strings: Iterable[str], page: Page, learned: Learned) -> tuple[Fill, ...]:
    sentences = _sentences(page)
    classes = ((class_of(slot, sentence_words(string, sentences), learned.slots), string) for string in strings)
    return tuple(Fill((name,), (string,)) for name, string in classes if name)
