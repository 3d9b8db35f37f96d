"""Wording as comparable keys: folded names, consonant skeletons, telling words, outlet names."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SPACE = re.compile(r"\s+")
_SEMIVOWELS = frozenset("aeiouwy")
_DOMAIN = re.compile(
    r"^(?:https?://)?(?:www\d?\.)?([^/\s]+?)(?:\.(?:com|net|org|info|co|news|tv))+(?:\.[a-z]{2})?(?:/.*)?$"
)

# Words that say that an outlet is one, and not which one.
_GENERIC_OUTLET_TEXT = (
    "agency broadsheet channel daily magazine network news newspaper online paper press radio satellite "
    "service site tabloid television tv website the weekly"
)
_GENERIC_OUTLET_WORDS = frozenset(_GENERIC_OUTLET_TEXT.split())

# What a text calls an outlet before its name: "the local station Kordofan Voice".
_CALLED = re.compile(r"\A(?:[a-zß-ÿ]{4,}\s+)+(?=[^\W\d_a-zß-ÿ])")

# Agencies go by a name and by initials that no rule can join.
_AGENCIES = {
    "ap": "associated",
    "afp": "agencefrance",
    "agencefrancepresse": "agencefrance",
    "dpa": "deutschepresseagentur",
    "upi": "unitedinternational",
    "voa": "voiceofamerica",
    "rferl": "radiofreeeuroperadioliberty",
    "aa": "anadolu",
}

# An outlet called so, or by these keys, sells its texts to others.
_AGENCY_WORDS = frozenset({"agency", "newswire", "wire", "wires"})
_AGENCY_KEYS = frozenset(_AGENCIES.values()) | frozenset(
    {"reuters", "associatedpress", "agencefrancepresse", "xinhua", "tass", "interfax", "efe", "ansa", "anadolu",
     "bloomberg", "kyodo", "yonhap", "irna", "petra", "sana", "bernama", "dpa", "afp", "ap"}
)  # fmt: skip

# Words too common in news to show that two sentences tell one thing.
_COMMON_TEXT = (
    "about after again against among another around because been before being between both could during "
    "each from have having here into just least less like made many more most much near nearly only other "
    "others over said same says several should since some still such than that their them then there these "
    "they this those through told under until upon very were what when where which while whom will with "
    "within without would according reported reports statement added also announced monday tuesday wednesday "
    "thursday friday saturday sunday people and for the was are has had not but his her its who"
)
_COMMON = frozenset(_COMMON_TEXT.split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, its words parted by single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain))


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Return the consonants of `name`, doubled ones once, so that transliterations of one name agree.

    "Mutaibija" and "Mutaybijah" give the same; a name of fewer than two consonants gives its folded self.
    """
    folded = fold(name).replace(" ", "").replace("'", "").replace("’", "")
    kept: list[str] = []
    for char in folded:
        if char in _SEMIVOWELS or (char == "h" and kept) or (kept and kept[-1] == char):
            continue
        kept.append(char)
    return "".join(kept) if len(kept) > 1 else folded


@lru_cache(maxsize=16384)
def outlet_key(name: str) -> str:
    """Return the part of an outlet's name that tells it from others: "tigrispost" of "The Tigris Post News"."""
    name = _CALLED.sub("", name.strip())
    matched = _DOMAIN.match(name.casefold())
    words = fold(matched.group(1) if matched else name).split()
    telling = [word for word in words if word not in _GENERIC_OUTLET_WORDS] or words
    joined = "".join(telling)
    if matched:
        for generic in sorted(_GENERIC_OUTLET_WORDS):
            if joined.endswith(generic) and len(joined) - len(generic) > 3:
                joined = joined.removesuffix(generic)
                break
    return _AGENCIES.get(joined, joined)


def is_agency(name: str) -> bool:
    """Tell whether an outlet is a news agency, by its name."""
    return bool(_AGENCY_WORDS & set(fold(name).split())) or outlet_key(name) in _AGENCY_KEYS


def telling_words(sentence: str) -> dict[str, float]:
    """Return the words of `sentence` that may show that another tells the same, with their weights.

    Names (a capital letter after the first word) and figures weigh double; the weights are fixed so that
    linking a set of reports never depends on other reports.
    """
    weights: dict[str, float] = {}
    for index, found in enumerate(_WORD.finditer(sentence)):
        word = found.group()
        key = fold(word).removesuffix("'s").removesuffix("’s")
        is_name = index > 0 and word[0].isupper()
        if key in _COMMON or (len(key) < 4 and not word[0].isdigit() and not is_name):
            continue
        weights[key] = max(weights.get(key, 0.0), 2.0 if is_name or word[0].isdigit() else 1.0)
    return weights


_SUFFIX = re.compile(r"(?:ings?|ers?|ed|es|s)$")
# A stem is no shorter than this.
_STEM = 4


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return a folded word without its ending, so that "bombing" and "bombed" agree."""
    short = _SUFFIX.sub("", word)
    return short if len(short) >= _STEM else word


def plain_sentence(sentence: str) -> str:
    """Return `sentence` folded and without punctuation: equal for copies of one sentence."""
    return fold(_SPACE.sub(" ", sentence))
