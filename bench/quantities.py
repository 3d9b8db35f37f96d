"""How well figures are read, on two public sets, with a plain pattern beside the resolver.

Insecurity Insight (descriptions of incidents, a part of them): killed, injured, kidnapped, arrested.

- *pattern*: a regular expression, written for this comparison: a number or "a", some words, a word for the
  harm.
- *grammar*: the resolver's tolls alone (`resolve.tolls`), on every sentence, without a coder.
- *end to end*: a coder's mentions, their figures as reports carry them.

"Exact" asks that the number told is the coded one, zero included, over all records that state one; "stated >
0" over those with at least one. Many columns count some people only (health workers, not the patients killed
beside them) or say what the text does not ("several" coded as 9), so nobody who reads the text alone gets
them all right. "Readable" leaves those out by a rule that looks at no reader: the coded number, or a sum of
up to three numbers, must stand in the text in figures or words ("a", "an" and a bare noun count as one); zero
is readable where no word for the harm stands in the text. "Within" asks that the coded number lies within low
and high.

UCDP GED, Syria: the figures of an event beside the headlines of its sources. A headline mostly tells another
total than the event (a day's dead in all Syria, a campaign's toll, one incident of several in the row).
Compared are only rows with one headline that no other row has and that tells of no longer time. The number
told must be the best estimate ("exact"), any of the event's figures (best, low, high, one side's, the
civilians'), or lie within low and high. A headline without a number is not asked. Measured is so how
headlines are read and how far they agree with the event, not the coding of GED.

    python bench/quantities.py [--data FOLDER] [--part dev] [--coder NAME] [--set NAME] [--errors KIND]
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from dateline import plugins
from dateline.clean import article_of
from dateline.code.base import Coder
from dateline.evaluate.insecurity import mentions_for, stated_number
from dateline.model.article import Article
from dateline.model.mention import Mention
from dateline.model.values import CountKind, HowMany
from dateline.ontology import load_ontology
from dateline.resolve.countgrammar import Bounds, number_of
from dateline.resolve.figures import as_counts, counts_of, read_figures, told_together
from dateline.resolve.tolls import find_tolls
from dateline.train.sources.insecurity import Record, read_records

KINDS: dict[str, CountKind] = {
    "killed": "killed", "injured": "injured", "kidnapped": "captured", "arrested": "captured",
}  # fmt: skip
_ARREST = re.compile(r"arrest|detain|detention|imprison|custody|rounded", re.IGNORECASE)
_HARMS = {
    "killed": r"kill\w*|dead|died|dies|deaths?|murder\w*|slain|bod(?:y|ies)|fatal\w*|assassinat\w*|execut\w*",
    "injured": r"injur\w*|wound\w*|hurt|beat\w*|shot|stabb\w*|assault\w*|tortur\w*",
    "kidnapped": r"kidnap\w*|abduct\w*|hostage\w*|captur\w*|taken",
    "arrested": r"arrest\w*|detain\w*|detention|custody|imprison\w*",
}
_NUMBER = (
    r"\d[\d,]*|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|dozens?|both"
)
Reader = Callable[[str, Article], Bounds | None]


def pattern(name: str, article: Article) -> Bounds | None:
    """Return the first number that stands within a few words of a word for the harm: the plain baseline."""
    harm = _HARMS[name]
    before = rf"\b({_NUMBER})\s+(?:[\w-]+\s+){{0,6}}?(?:were\s+|was\s+)?(?:{harm})\b"
    near = rf"{before}|\b(?:{harm})\s+(?:at\s+least\s+)?({_NUMBER})\b"
    for match in re.finditer(near, article.text, re.IGNORECASE):
        value = _value(match[1] or match[2])
        if value is not None:
            return Bounds(value, value, value)
    return None


def _value(written: str) -> int | None:
    word = written.lower().rstrip(",")
    return {"a": 1, "an": 1, "both": 2, "dozens": 24}.get(word) or number_of(word)


def grammar(name: str, article: Article) -> Bounds | None:
    """Return what the tolls of all sentences tell together."""
    kind = KINDS[name]
    counts = [
        count
        for start, end in article.sentences
        for toll in find_tolls(article.text, start, end)
        if kind != "captured" or bool(_ARREST.search(toll.word.text)) == (name == "arrested")
        for count in as_counts(toll, toll.kind, "read")
    ]
    return told_together(article, _of_kind(counts, kind))


def _of_kind(counts: Sequence[HowMany], kind: CountKind) -> list[HowMany]:
    """Return the counts of a kind.

    Nobody harmed is nobody killed and nobody injured. Who was shot, and is not told to have died, is coded as
    injured in this set.
    """
    found = [count for count in counts if count.kind == kind]
    if kind not in ("killed", "injured"):
        return found
    harmed = [count for count in counts if count.kind == "harmed"]
    deadly = any(count.kind == "killed" for count in counts)
    also = kind == "injured" and not deadly and not found
    return [*found, *(count for count in harmed if count.best == 0 or also)]


def end_to_end(coder: Coder) -> Reader:
    """Return a reader that codes the article and reads the figures of its mentions as reports have them."""
    coded: dict[str, tuple[Mention, ...]] = {}
    types = load_ontology().types

    def read(name: str, article: Article) -> Bounds | None:
        if article.id not in coded:
            coded[article.id] = coder.code(article)
        mentions = coded[article.id]
        figures = read_figures(article, mentions, types)
        counts = [
            count
            for mention in mentions_for(name, mentions)
            if mention.status.polarity == "affirmed"
            for count in counts_of(mention, figures)
            if mention.status.reality in ("occurred", "ongoing")
            or (mention.status.reality == "attempted" and count.basis == "read")  # hurt where nobody got in
        ]
        return told_together(article, _of_kind(counts, KINDS[name]))

    return read


def readable(record: Record, name: str, coded: int) -> bool:
    """Tell, by no reader, whether the coded number can be read from the text at all."""
    harmed = re.search(rf"\b(?:{_HARMS[name]})\b", record.text, re.IGNORECASE) is not None
    if not coded:
        return not harmed
    if not harmed:
        return False
    text = re.sub(r"^[\w ]{3,18}\d{4}:?", "", record.text)
    numbers = [value for match in re.finditer(rf"\b(?:{_NUMBER})\b", text, re.I) if (value := _value(match[0]))]
    told = {1, *numbers, *(sum(few) for size in (2, 3) for few in combinations(numbers[:8], size))}
    return coded in told


class Asked(NamedTuple):
    """One question with the answer of a reader."""

    coded: int
    told: Bounds | None
    readable: bool
    text: str

    @property
    def exact(self) -> bool:
        """Whether the best reading is the coded number; nothing told is nobody."""
        return (0 if self.told is None else self.told.best) == self.coded

    @property
    def within(self) -> bool:
        """Whether the coded number lies within low and high."""
        if self.told is None:
            return self.coded == 0
        return self.told.low <= self.coded and (self.told.high is None or self.coded <= self.told.high)


def share(asked: Sequence[Asked], right: Callable[[Asked], bool]) -> str:
    """Return the share of right answers and their number."""
    return f"{sum(map(right, asked)) / len(asked):.3f} ({len(asked)})" if asked else "– (0)"


def insecurity(data: Path, part: str, readers: dict[str, Reader], errors: str | None) -> None:
    """Print the figures on Insecurity Insight."""
    records = [record for record in read_records(data / "insecurity_insight") if record.part == part]
    articles = [article_of(record.text) for record in records]
    print(f"Insecurity Insight, {part}: {len(records)} records")
    print(
        f"{'':10} {'':11} {'exact':>13} {'stated > 0':>13} {'readable':>13} {'readable > 0':>13} {'within':>13}"
    )
    for name in KINDS:
        for label, reader in readers.items():
            asked = [
                Asked(coded, reader(name, article), readable(record, name, coded), record.text)
                for record, article in zip(records, articles, strict=True)
                if (coded := stated_number(record, name)) is not None
            ]
            some = [one for one in asked if one.coded]
            can = [one for one in asked if one.readable]
            cells = [
                share(asked, lambda one: one.exact),
                share(some, lambda one: one.exact),
                share(can, lambda one: one.exact),
                share([one for one in can if one.coded], lambda one: one.exact),
                share(asked, lambda one: one.within),
            ]
            print(f"{name:10} {label:11} " + " ".join(f"{cell:>13}" for cell in cells))
            if errors == name and label != "pattern":
                _show(label, [one for one in can if not one.exact])


def _show(label: str, wrong: Sequence[Asked]) -> None:
    for one in wrong[:40]:
        told = "–" if one.told is None else f"{one.told.low}/{one.told.best}/{one.told.high}"
        print(f"    {label}: coded {one.coded}, told {told}: {one.text[:240]}")


def headlines(data: Path) -> Iterator[dict[str, Any]]:
    """Yield GED rows with one headline that no other row has."""
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(data / "ged_syria" / "events.parquet").to_pylist()
    seen = Counter(row["source_headline"] for row in rows)
    for row in rows:
        headline = row["source_headline"]
        if headline and ";" not in headline and seen[headline] == 1:
            yield row


# Wordings of a toll over a day's dead everywhere or a longer time: no event's own figure.
_TOTALS = re.compile(
    r"\byesterday\b|\bdays?\b|\bhours\b|\bweeks?\b|\bmonths?\b|\byears?\b|\bsince\b|\brais\w+\b|\bris\w+\b|\btoll\b|"
    r"\bnumber of\b|\bmore (?:casualties|deaths)\b|\b20\d\d\b",
    re.IGNORECASE,
)


def ged(data: Path, readers: dict[str, Reader]) -> None:
    """Print the figures on the headlines of GED: rows asked, and among them those with a number told."""
    rows = [row for row in headlines(data) if not _TOTALS.search(row["source_headline"])]
    print(f"\nGED headlines: {len(rows)} rows with a headline of their own that tells no longer time")
    print(f"{'':11} {'told':>6} {'exact':>7} {'one of its figures':>19} {'within low..high':>17}")
    for label, reader in readers.items():
        told = exact = among = within = 0
        for row in rows:
            bounds = reader("killed", article_of(row["source_headline"] + "."))
            if bounds is None or bounds.best is None:
                continue
            told += 1
            sides = [row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]]
            exact += bounds.best == row["best"]
            among += bounds.best in {row["best"], row["low"], row["high"], *sides}
            within += row["low"] <= bounds.best <= row["high"]
        shares = [f"{count / told:.3f}" if told else "–" for count in (exact, among, within)]
        print(f"{label:11} {told:>6} {shares[0]:>7} {shares[1]:>19} {shares[2]:>17}")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=("train", "dev", "test"), default="dev")
    parser.add_argument("--coder", default="frames")
    parser.add_argument("--set", choices=("both", "insecurity", "ged"), default="both")
    parser.add_argument("--errors", choices=tuple(KINDS), help="show the readable records that were missed")
    options = parser.parse_args()
    coder: Coder = plugins.load("dateline.coders", options.coder)()
    readers: dict[str, Reader] = {"pattern": pattern, "grammar": grammar, "end to end": end_to_end(coder)}
    if options.set != "ged":
        insecurity(options.data, options.part, readers, options.errors)
    if options.set != "insecurity":
        ged(options.data, readers)


if __name__ == "__main__":
    main()
