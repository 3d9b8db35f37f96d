"""The review as a machine of keys: what each does to what is shown. Nothing here prints or reads a terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from dateline.cli.review_keys import Action
from dateline.cli.review_prompts import Hint, Line, Page, Pick
from dateline.errors import DatelineError
from dateline.export.wording import type_label
from dateline.model.event import Event
from dateline.model.report import Report
from dateline.model.verdict import REASONS, Verdict

if TYPE_CHECKING:
    from dateline.workspace import Evidence
    from dateline.workspace.reviewing import Matter

# The fields that tab walks through, in the order of the screen.
FIELDS = ("type", "status", "when", "where", "actors", "targets", "killed", "injured", "captured", "displaced")
# How a value is written, beside what is asked.
WRITTEN = {
    "type": "id or name of an event type", "status": "words such as planned, denied, unconfirmed, background",
    "when": "2016-10-21, 2016-10, FIRST/LAST or unknown", "where": "name, name and country, or NAME?",
    "actors": "names parted by ;", "targets": "names parted by ;",
}  # fmt: skip
COUNT_WRITTEN = "12, 12-16, 12+, 12 civilian or unknown"
# Letters that are typed before places are looked up.
MIN_LETTERS = 3


class Desk(Protocol):
    """What the session works on: a review of a workspace, or a stand-in."""

    def queue(self, search: str | None) -> "Sequence[Matter]":
        """Return what is to be looked at, the most valuable first."""
        ...

    def evidence(self, matter: "Matter") -> "Evidence":
        """Return the reports and articles behind a matter."""
        ...

    def neighbours(self, event: Event) -> Sequence[Event]:
        """Return events that may be the same happening, the likeliest first."""
        ...

    def places(self, text: str, event: Event) -> Sequence[Hint]:
        """Return places that may be meant, those of the event's country first."""
        ...

    def verdicts_on(self, event: Event) -> Sequence[Verdict]:
        """Return the verdicts on an event that this person may see."""
        ...

    def judge(self, kind: str, matter: "Matter", **said: Any) -> Verdict:
        """Append a verdict."""
        ...

    def undo(self) -> Verdict | None:
        """Take the last verdict back."""
        ...

    def redo(self) -> Verdict | None:
        """Take the last undo back."""
        ...

    def rebuild(self) -> None:
        """Build the events anew."""
        ...


class Session:
    """Where a person is in the queue, what is marked, what is being typed, and what was last said."""

    def __init__(self, desk: Desk, actions: Mapping[str, Action]) -> None:
        self.actions = actions
        self.matters: list[Matter] = list(desk.queue(None))
        self.at = self.field = self.sentence = 0
        self.prompt: Line | Pick | Page | None = None
        self.marked: set[str] = set()
        self.marking: str | None = None
        self.message = ""
        self.finished = False
        self._desk = desk
        self._words: str | None = None
        self._by_key = {action.key: name for name, action in actions.items()}
        self._do: dict[str, Callable[[], None]] = {name: getattr(self, f"_{name}") for name in actions}

    # what is shown

    @property
    def matter(self) -> "Matter | None":
        """The matter on the screen; None when the queue is empty."""
        return self.matters[self.at] if self.matters else None

    def evidence(self) -> "Evidence | None":
        """Return the reports and articles behind it."""
        return self._desk.evidence(self.matter) if self.matter else None

    def verdicts(self) -> Sequence[Verdict]:
        """Return the verdicts on it that this person may see."""
        return self._desk.verdicts_on(self.matter.event) if self.matter else ()

    def report(self) -> Report | None:
        """Return the report in view."""
        found = self.evidence()
        return found.reports[self.sentence % len(found.reports)] if found and found.reports else None

    # keys

    def press(self, key: str) -> None:
        """Do what `key` stands for here; what cannot be done is said in `message`, and changes nothing."""
        if not key:
            return
        self.message = ""
        try:
            self._press(key)
        except DatelineError as error:
            self.message = str(error)

    def _press(self, key: str) -> None:
        if self.prompt is not None:
            prompt, self.prompt = self.prompt, None
            try:
                done = prompt.press(key)
            except DatelineError:
                self.prompt = prompt  # what was typed stays, to be mended
                raise
            if not done and self.prompt is None:
                self.prompt = prompt
        elif self.marking and key in ("space", "enter", "esc"):
            self._mark(key)
        elif (name := self._by_key.get(key)) is None:
            self.message = f"{key} does nothing here; {self.actions['help'].key} shows the keys"
        elif self.matter is None and name not in (
            "quit",
            "help",
            "undo",
            "redo",
            "search",
            "rebuild",
            "palette",
        ):
            self.message = "the queue is empty"
        else:
            self._do[name]()

    # moving

    def _next(self) -> None:
        self._go(self.at + 1)

    def _previous(self) -> None:
        self._go(self.at - 1)

    def _skip(self) -> None:
        self._next()

    def _go(self, at: int) -> None:
        if self.matters and not 0 <= at < len(self.matters):
            self.message = "this is the last of the queue" if at > 0 else "this is the first of the queue"
        self.at = max(0, min(at, len(self.matters) - 1))
        self.field = self.sentence = 0
        self.marked, self.marking = set(), None

    def _next_field(self) -> None:
        self.field = (self.field + 1) % len(FIELDS)

    def _previous_field(self) -> None:
        self.field = (self.field - 1) % len(FIELDS)

    def _next_sentence(self) -> None:
        self._to_sentence(self.sentence + 1)

    def _previous_sentence(self) -> None:
        self._to_sentence(self.sentence - 1)

    def _to_sentence(self, number: int) -> None:
        found = self.evidence()
        self.sentence = number % len(found.reports) if found and found.reports else 0

    def _next_source(self) -> None:
        self._to_source(1)

    def _previous_source(self) -> None:
        self._to_source(-1)

    def _to_source(self, step: int) -> None:
        found = self.evidence()
        articles = [report.article.id for report in found.reports] if found else []
        others = [number for number, article in enumerate(articles) if article != articles[self.sentence]]
        ahead = [number for number in others if (number - self.sentence) * step > 0]
        if others:
            near = (min(ahead) if step > 0 else max(ahead)) if ahead else others[0 if step > 0 else -1]
            self._to_sentence(near)

    # judging

    def _say(self, kind: str, *, move: bool = False, **said: Any) -> None:
        matter = self.matter
        if matter is None:
            return
        verdict = self._desk.judge(kind, matter, **said)
        words = " ".join(part for part in (kind.replace("_", " "), verdict.field, verdict.value) if part)
        if move:
            self._go(self.at + 1)
        self.message = f"{words}: recorded as {verdict.id[:12]}; {self.actions['undo'].key} takes it back"

    def _accept(self) -> None:
        self._say("accept", move=True)

    def _reject(self) -> None:
        def chosen(number: int) -> None:
            if number < len(REASONS):
                self._say("reject", move=True, reason=REASONS[number])
            else:
                self.prompt = Line("reject, because", lambda text: self._say("reject", move=True, reason=text))

        self.prompt = Pick("reject, because", (*REASONS, "in words of your own"), chosen)

    def _undo(self) -> None:
        self._took_back(self._desk.undo(), "taken back")

    def _redo(self) -> None:
        self._took_back(self._desk.redo(), "holds again")

    def _took_back(self, verdict: Verdict | None, words: str) -> None:
        if verdict is None:
            self.message = "there is nothing to take back"
            return
        for number, matter in enumerate(self.matters):
            if verdict.subject & set(matter.event.reports):
                self._go(number)
                break
        self.message = f"{words}: {verdict.supersedes}"

    def _comment(self) -> None:
        self.prompt = Line("comment", lambda text: self._say("comment", reason=text))

    def _dispute(self) -> None:
        field = FIELDS[self.field]
        self.prompt = Line(
            f"sources disagree on {field}, because",
            lambda text: self._say("dispute", field=field, reason=text or None),
        )

    def _edit(self) -> None:
        self._correct(FIELDS[self.field])

    def _edit_report(self) -> None:
        report = self.report()
        if report is not None:
            self._correct(FIELDS[self.field], scope="report", ids=(report.id,))

    def _place(self) -> None:
        self.field = FIELDS.index("where")
        self._edit()

    def _date(self) -> None:
        self.field = FIELDS.index("when")
        self._edit()

    def _correct(self, field: str, **said: Any) -> None:
        whose = " of this report" if said else ""

        def hints(text: str) -> Sequence[Hint]:
            if field == "where" and len(text) >= MIN_LETTERS and self.matter:
                return self._desk.places(text, self.matter.event)
            return ()

        self.prompt = Line(
            f"{field}{whose} is ({WRITTEN.get(field, COUNT_WRITTEN)})",
            lambda text: self._say("correct", field=field, value=text, **said),
            hints=hints,
        )

    def _merge(self) -> None:
        matter = self.matter
        near = list(self._desk.neighbours(matter.event)) if matter else []

        def hints(text: str) -> Sequence[Hint]:
            wanted = text.casefold()
            found = [Hint(event_line(event), event.id) for event in near]
            return [hint for hint in found if wanted in hint.label.casefold()]

        def done(text: str) -> None:
            if matter is not None:
                self._say(
                    "merge",
                    move=True,
                    ids=(*matter.event.reports, text if text.startswith("evt_") else f"evt_{text}"),
                )

        self.prompt = Line("merge with (tab, or the id of an event)", done, hints=hints)

    # marking sentences

    def _split(self) -> None:
        self._start_marking("split")

    def _origins(self) -> None:
        self._start_marking("origins")

    def _start_marking(self, what: str) -> None:
        self.marking, self.marked = what, set()

    def _mark(self, key: str) -> None:
        report, matter, what = self.report(), self.matter, self.marking
        if key == "space" and report is not None:
            self.marked ^= {report.id}
            self._next_sentence()
            return
        rest = tuple(each for each in matter.event.reports if each not in self.marked) if matter else ()
        marked, self.marking = tuple(sorted(self.marked)), None
        if key == "esc" or not marked:
            return
        if what == "split":
            self._say("split", move=True, ids=marked, others=rest)
        else:
            both = (("one_origin", "own_origins"), ("of one origin", "each of its own origin"))
            self.prompt = Pick(
                "the marked reports are", both[1], lambda number: self._say(both[0][number], ids=marked)
            )

    # the rest

    def _find(self) -> None:
        self.matters = list(self._desk.queue(self._words))
        self._go(0)

    def _search(self) -> None:
        self.prompt = Line("search", self._search_for)

    def _search_for(self, text: str) -> None:
        self._words = text or None
        self._find()
        self.message = f"{len(self.matters)} to look at" + (f" with {text!r}" if text else "")

    def _rebuild(self) -> None:
        self._desk.rebuild()
        self._find()
        self.message = f"built anew; {len(self.matters)} to look at"

    def _help(self) -> None:
        self.prompt = Page()

    def _palette(self) -> None:
        def hints(text: str) -> Sequence[Hint]:
            lines = [Hint(f"{action.key}  {action.does}", name) for name, action in self.actions.items()]
            return [hint for hint in lines if text.casefold() in f"{hint.value} {hint.label}".casefold()]

        def done(text: str) -> None:
            found = hints(text)
            name = text if text in self._do else found[0].value if found else None
            if name:
                self._press(self.actions[name].key)

        self.prompt = Line("action", done, hints=hints)

    def _quit(self) -> None:
        self.finished = True


def event_line(event: Event) -> str:
    """Return an event in one line, to choose it by."""
    where = event.where.name if event.where else "place unknown"
    day = event.when.start or "undated"
    return f"{day}  {where}  {type_label(event.type)}, {event.status.word} {event.id[:12]}"
