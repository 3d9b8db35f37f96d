"""Who published a page and who wrote it, where only passing words tell."""

import pytest

from dateline.clean.hosts import read_host, read_told
from dateline.model.article import Origin, Removed


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Join the HarbourSecurity.org mailing list", "HarbourSecurity.org"),
        ("Sign up for the Nile News newsletter", "Nile News"),
        ("Join our Weekly Newsletter", None),
        ("Join the club", None),
        ("Follow us", None),
    ],
)
def test_a_mailing_list_names_the_host(line: str, name: str | None) -> None:
    assert read_host([Removed("newsletter", line)]) == name


def test_whom_several_told_wrote_the_text() -> None:
    text = "A colonel told VOA that it was calm. Two farmers tell VOA they fled."
    assert read_told(text, None) == Origin(name="VOA", kind="told", text="told VOA")
    assert read_told(text, "Harbour Post") == Origin(name="VOA", kind="told", text="told VOA")
    assert read_told(text, "VOA") is None


@pytest.mark.parametrize(
    "text",
    [
        "A colonel told VOA that it was calm.",
        "A colonel told VOA so. A farmer told Reuters so. A nurse told VOA so.",
        "A colonel told Ruvin so. A farmer told Ruvin so.",
        "A colonel told reporters so, and told reporters more.",
        "A colonel told Twitter so. A farmer told Twitter so.",
        "",
    ],
)
def test_one_interview_or_several_outlets_tell_nothing(text: str) -> None:
    assert read_told(text, None) is None
