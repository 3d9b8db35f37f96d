"""Two plain ways to tell which reports are one happening, to measure linking against."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from dateline.model.ids import ReportId
from dateline.model.report import Report

# Cosine from which two sentences are taken as telling one happening; of the thresholds 0.2, 0.3 ... 0.8 the
# best on the worlds of the dev part (bench/incidents.py --sweep).
SAME_TEXT = 0.2

_WORD = re.compile(r"[^\W_]+")


def by_day_place_type(reports: Sequence[Report]) -> dict[ReportId, str]:
    """Group reports with the same days, the same narrowest place and the same type.

    An undated report counts for its day of publication; one without a place stands alone.
    """
    groups: dict[ReportId, str] = {}
    for report in reports:
        days = (report.when.start, report.when.end) if report.when.start else (report.article.published,) * 2
        place = report.where[0].gazetteer_id or report.where[0].name.casefold() if report.where else report.id
        groups[report.id] = f"{days}|{place}|{report.type}"
    return groups


def by_text(reports: Sequence[Report], threshold: float = SAME_TEXT) -> dict[ReportId, str]:
    """Group reports whose sentences are alike: TF-IDF cosine of at least `threshold`, chained."""
    weights = _weights([report.sentence.text for report in reports])
    parent = list(range(len(reports)))

    def find(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for one in range(len(reports)):
        for other in range(one):
            if find(one) != find(other) and _cosine(weights[one], weights[other]) >= threshold:
                parent[find(one)] = find(other)
    return {report.id: str(find(place)) for place, report in enumerate(reports)}


def _weights(texts: Sequence[str]) -> list[dict[str, float]]:
    counts = [Counter(_WORD.findall(text.casefold())) for text in texts]
    holding: dict[str, int] = defaultdict(int)
    for words in counts:
        for word in words:
            holding[word] += 1
    found: list[dict[str, float]] = []
    for words in counts:
        raw = {word: times * math.log(1 + len(texts) / holding[word]) for word, times in words.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        found.append({word: weight / length for word, weight in raw.items()})
    return found


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())
