"""Documents of the corpora that are not ours, by id: "muc4/DEV-MUC3-0001", "re3d/001C9C...", and so on."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from dateline.errors import DataError
from dateline.train.corpus import part_of
from dateline.train.sources import insecurity, polnear, re3d
from dateline.train.sources.messages import head_of, read_folder

# Messages of the test sets are read by the suites only, and never annotated.
_MUC_FOLDERS = ("dev",)


def documents(data: Path, document: str) -> str:
    """Return the text of one document; `data` is the folder that holds the corpora's folders.

    Raises DataError where the corpus or the document is not there.
    """
    corpus, _, name = document.partition("/")
    if corpus not in READERS:
        raise DataError(f"{document}: no such corpus; known are {', '.join(sorted(READERS))}")
    texts = texts_of(data, corpus)
    if name not in texts:
        raise DataError(f"{document}: not among the {len(texts)} documents under {data / corpus}; is it whole?")
    return texts[name]


@cache
def texts_of(data: Path, corpus: str) -> Mapping[str, str]:
    """Return the texts of a corpus by the document's name; raises DataError where they cannot be read."""
    try:
        texts = READERS[corpus](data / corpus)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            f"{corpus}: cannot be read under {data} ({error}); give the folder of the data"
        ) from error
    if not texts:
        raise DataError(f"{corpus}: no documents under {data / corpus}; give the folder that holds the corpora")
    return texts


def part_of_document(document: str) -> str:
    """Return the part that a document belongs to, by its id alone; an incident's by its event."""
    corpus, _, name = document.partition("/")
    return part_of(name.partition("/")[0]) if corpus == "insecurity_insight" else part_of(document)


def body_start(document: str, text: str) -> int:
    """Return where the running text of a document begins (behind the head of a message)."""
    return head_of(text).end if document.startswith("muc4/") else 0


def _muc(folder: Path) -> dict[str, str]:
    return {
        name: text for part in _MUC_FOLDERS for name, text in read_folder(folder / "CORPORA" / part).items()
    }


def _incidents(folder: Path) -> dict[str, str]:
    return {record.id: record.text for record in insecurity.read_records(folder)}


def _polnear(folder: Path) -> dict[str, str]:
    names = sorted(path.stem for path in (folder / "train" / "text").glob("*.txt"))
    return {name: polnear.document_text(folder, "train", name) for name in names}


def _re3d(folder: Path) -> dict[str, str]:
    return {document.id: document.text for document in re3d.read_documents(folder)}


READERS: Mapping[str, Callable[[Path], dict[str, str]]] = {
    "muc4": _muc,
    "insecurity_insight": _incidents,
    "polnear": _polnear,
    "re3d": _re3d,
}
