"""Write data/ontology/forms.json: every inflected form of every trigger lemma (--check: only compare).

lemminflect makes the forms here, at development time, so that nothing has to inflect at run time. A wording of
several words is inflected at its head: the first word of a verb (and a verb behind "and"), the last of a noun
or the one before "of".
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from lemminflect import getInflection

FOLDER = Path(__file__).parent.parent / "src" / "dateline" / "data" / "ontology"
FORMS = FOLDER / "forms.json"
TAGS = {"verb": ("VB", "VBZ", "VBG", "VBD", "VBN"), "noun": ("NN", "NNS")}
# Behind the head of a noun ("exchange of fire").
LINKS = {"of", "on", "in", "to"}
# Where lemminflect is wrong or offers an odd first form; None where the word has no such form.
EXCEPTIONS: dict[str, dict[str, str | None]] = {
    "hang": {"VBD": "hanged", "VBN": "hanged"},
    "ied": {"NN": "ied", "NNS": "ieds"},
    "gunfire": {"NNS": None},
}


def inflect(lemma: str, pos: str) -> dict[str, str]:
    """Return tag → form of `lemma`, lower-case."""
    words = lemma.split()
    if pos == "verb":
        heads = {at for at in range(len(words)) if at == 0 or words[at - 1] == "and"}
    else:
        heads = {next((at for at, word in enumerate(words[1:]) if word in LINKS), len(words) - 1)}
    forms = {}
    for tag in TAGS[pos]:
        spelled = [inflect_word(word, tag) if at in heads else word for at, word in enumerate(words)]
        if None not in spelled:
            forms[tag] = " ".join(word for word in spelled if word is not None)
    return forms


def inflect_word(word: str, tag: str) -> str | None:
    """Return the form of one word; None where it has none."""
    if tag in EXCEPTIONS.get(word, {}):
        return EXCEPTIONS[word][tag]
    found = getInflection(word, tag=tag) or getInflection(word, tag=tag, inflect_oov=True)
    return found[0] if found else None


def lemmas(part: Any, pos: str) -> set[str]:
    """Return the lemmas of one part of speech in a file's trigger lists."""
    return {entry if isinstance(entry, str) else entry["lemma"] for entry in part.get(f"{pos}s", [])}


def main() -> int:
    """Write or compare the file; return 1 when it is stale."""
    wanted: dict[str, set[str]] = {"verb": set(), "noun": set()}
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        parts = (
            [item["triggers"] for item in content["types"]]
            if isinstance(content, dict) and "types" in content
            else []
        )
        if path.stem == "idioms":
            parts = [content]
        for part in parts:
            for pos, found in wanted.items():
                found.update(lemmas(part, pos))
    forms = {pos: {lemma: inflect(lemma, pos) for lemma in sorted(found)} for pos, found in wanted.items()}
    fresh = json.dumps(forms, indent=0, ensure_ascii=False) + "\n"
    stale = not FORMS.exists() or FORMS.read_text("utf-8") != fresh
    if stale and "--check" not in sys.argv:
        FORMS.write_text(fresh, "utf-8")
    if stale:
        print("forms.json is stale, run `make format`" if "--check" in sys.argv else "wrote forms.json")
    return int(stale and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
