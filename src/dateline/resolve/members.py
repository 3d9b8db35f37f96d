"""Whether the words around a group's name only say that its people are meant ("members of the Taliban")."""

from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import load_nations
from dateline.resolve.wording import Word, words

_PLACING = frozenset({"in", "from", "near", "at", "inside", "around", "who", "that", "which", "on", "across"})


def only_members(text: str, start: int, end: int) -> bool:
    """Tell whether the words around `text[start:end]` only say that its people are meant."""
    lexicon = load_lexicon()
    found = [word for word in words(text) if word.key]
    before = [word for word in found if word.end <= start]
    after = [word for word in found if word.start >= end]
    if after and text[end : end + 1] in "-‑" and after[0].key in lexicon.helped:
        return False
    light = lexicon.counts | lexicon.collectives | lexicon.determiners | lexicon.qualifiers | lexicon.links
    light |= lexicon.unknown
    light -= lexicon.former
    index = 0
    while index < len(before):
        step = _member_length(before, index) or _nation_length(before, index)
        if step == 0 and before[index].key not in light and not before[index].key.isdigit():
            return False
        index += step or 1
    index = 0
    while index < len(after):
        step = _member_length(after, index)
        if step == 0 and not (after[index].key in lexicon.qualifiers and index + 1 < len(after)):
            return text[end : after[index].start].strip(" )”\"’'").startswith(",") or _place_follows(
                after, index
            )
        index += step or 1
    return True


def _member_length(found: list[Word], index: int) -> int:
    hit = next(load_lexicon().members.starts(found, index), None)
    return hit[0] - index if hit else 0


def _nation_length(found: list[Word], index: int) -> int:
    hit = load_nations().at(found, index)
    return hit[0] - index if hit else 0


def _place_follows(after: list[Word], index: int) -> bool:
    """Tell whether the group's people are only placed by what follows ("IS fighters in Mosul")."""
    return after[index].key in _PLACING
