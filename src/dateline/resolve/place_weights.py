"""The weights by which names are read as places and places ranked: data/places/, loaded and checked."""

import itertools
from functools import lru_cache
from pathlib import Path

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve.place_files import read_table

WEIGHTS_FILE = DATA / "places" / "ranking.yaml"
SIGNS_FILE = DATA / "places" / "recognition.yaml"
CALIBRATION_FILE = DATA / "places" / "calibration.yaml"

# What each feature of a candidate means.
FEATURES: dict[str, str] = {
    "exactness": "how well the name fits, 0..1",
    "population": "powers of ten of inhabitants, of towns",
    "country": "share of its country in what the article's other names and peoples say, 0..1",
    "area": "how much else lies in its first-level area, 0..1",
    "area_of": "how much else lies in it, where it is a first-level area, 0..1",
    "area_share": "share of its first-level area in what the article's other names say, 0..1",
    "near": "how much else lies within some 80 km, 0..1",
    "around": "how much else lies within some 400 km, 0..1",
    "inside": "lies in the container that the text gives; −0.5 where it lies elsewhere",
    "sense": "is what mentions with a container or a type word mean, as a share, 0..1",
    "seat": "is an area whose seat bears its name (or that seat, where areas are meant)",
    "capital_name": "is an area with the name of its country's capital, which lies elsewhere",
    "of_country": 'bears the name of its country (Mexico City as "Mexico")',
    "type": "the type word agrees; −1 where it contradicts",
    "capital": "is the capital of a country",
    "country_kind": "is a country",
    "region_kind": "is a region or a natural feature",
    "area_kind": "is a first-level area",
    "area_population": "powers of ten of inhabitants, of first-level areas",
    "district_kind": "is a second-level area",
    "own": "comes from the user's own list",
    "holds": 'holds the place that the text puts into it ("Buffalo, New York"); −0.5 where it does not',
    "governed": 'is a first-level area, and a word of its government follows ("New York governor")',
    "abroad": "share of the article's leading country, where it lies in one that the article never names",
    "beside": 'words such as "near" or "villages around" before it, and nothing else within some 400 km',
    "unlisted": "is none of the places that the gazetteer holds, but one in the article's leading country",
}


# What each sign that a name is meant as a place means; "bias" belongs to every name that a place bears. The
# place is the likeliest that bears the name.
SIGNS: dict[str, str] = {
    "bias": "always",
    "country": "the place is a country",
    "region": "the place is a region or a natural feature",
    "area": "the place is a first-level area",
    "district": "the place is a second-level area",
    "people": "powers of ten of inhabitants above 100, of towns",
    "home": "share of the place's country in what the article's other names say, 0..1",
    "near": "how much else that the article names lies within some 80 km, 0..1",
    "inexact": "how far the name is from the place's own, 0..1",
    "contains": "stands as the container of the name before it",
    "strong lead": '"in", "near", "stormed", "20 km south of" before it',
    "weak lead": '"of", "for", "on" before it',
    "type word": '"district", "river" with it',
    "container": "the text gives a place that does contain it",
    "ordinary word": "is an ordinary word, too",
    "ordinary word, large place": "the same for what is too well known to be mistaken",
    "person": "the article gives the name to a person",
    "title": '"President", "Mrs" before it',
    "speaks": '"said", "told" after it',
    "acronym": "capitals only, and no country",
    "first": "begins a sentence",
    "several words": "has more than one word",
    "capitals": "the text is in capitals throughout: names are not told from words",
    "common": "stands without a capital elsewhere in the text",
    "dwellers": '"residents", "police", "streets" after it',
    "headed": "begins its sentence, and a dash follows",
    "adjective": '"US", "UK" right before another word, with nothing that leads to a place before it',
}


@lru_cache(maxsize=1)
def ranking_weights() -> dict[str, float]:
    """Return the weight of each feature; raises DataError where the file lacks one or has another."""
    return _weights(WEIGHTS_FILE, FEATURES)


@lru_cache(maxsize=1)
def recognition_weights() -> dict[str, float]:
    """Return the weight of each sign; raises DataError where the file lacks one or has another."""
    return _weights(SIGNS_FILE, SIGNS)


@lru_cache(maxsize=1)
def calibration() -> list[tuple[float, float]]:
    """Return the knots of the map from belief to the share of right places, both 0..1 and rising.

    Raises DataError where the file breaks that.
    """
    knots = read_table(CALIBRATION_FILE).get("knots")
    try:
        pairs = [(float(belief), float(right)) for belief, right in knots or ()]
    except (TypeError, ValueError):
        pairs = []
    rising = all(left[0] < right[0] and left[1] <= right[1] for left, right in itertools.pairwise(pairs))
    inside = all(0.0 <= number <= 1.0 for pair in pairs for number in pair)
    if not (pairs and rising and inside and pairs[0][0] == 0.0 and pairs[-1][0] == 1.0):
        raise DataError(f"{CALIBRATION_FILE.name}: knots must be pairs of numbers that rise from 0 to 1")
    return pairs


def calibrated(belief: float) -> float:
    """Return how often a place with this belief, 0..1, is the right one: between two knots a straight line."""
    for (left, low), (right, high) in itertools.pairwise(calibration()):
        if belief <= right:
            return round(low + (high - low) * (max(belief, left) - left) / (right - left), 3)
    return calibration()[-1][1]


def _weights(path: Path, known: dict[str, str]) -> dict[str, float]:
    weights = read_table(path)
    faults = [f"{name}: no such feature" for name in sorted(set(weights) - set(known))]
    faults += [f"{name}: missing" for name in sorted(set(known) - set(weights))]
    faults += [f"{name}: no number" for name, value in weights.items() if not isinstance(value, int | float)]
    if faults:
        raise DataError(f"{path.name}: {'; '.join(faults)}")
    return {name: float(value) for name, value in weights.items()}
