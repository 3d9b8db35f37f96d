"""The catalogue of outlets: finding by name and address, and a user's own file with grades."""

from pathlib import Path

import pytest

from dateline.config import load_config
from dateline.errors import DataError
from dateline.outlets import Outlet, compact_name, host_of, load_outlets


def test_the_catalogue_is_wide_and_its_rows_are_whole() -> None:
    outlets = set(load_outlets().names.values())
    assert len(outlets) >= 300
    assert {outlet.kind for outlet in outlets} >= {"wire", "state_media", "group_media", "monitor", "newspaper"}
    assert all(outlet.grade == "F6" for outlet in outlets), "grades are the user's to give"
    assert sum(bool(outlet.domains) for outlet in outlets) >= 300


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Associated Press", "AP"),
        ("the associated press", "AP"),
        ("www.rudaw.net", "Rudaw"),
        ("IraqiNews.com", "Iraqi News"),
        ("Agence France-Presse", "AFP"),
        ("https://www.bbc.co.uk/news/world", "BBC"),
        ("english.aawsat.com", "Asharq Al-Awsat"),
    ],
)
def test_found_by_name_or_address(asked: str, name: str) -> None:
    found = load_outlets().named(asked)
    assert found is not None
    assert found.name == name


def test_an_address_belongs_to_its_longest_known_domain() -> None:
    outlets = load_outlets()
    radio, parent = (
        outlets.at("https://gandhara.rferl.org/a/1.html"),
        outlets.at("https://www.rferl.org/a/1.html"),
    )
    assert radio is not None
    assert parent is not None
    assert (radio.name, parent.name) == ("Gandhara", "RFE/RL")
    assert outlets.at("https://rferl.org.example.test/") is None
    assert outlets.at("http://[bad") is None


def test_hosts_and_names() -> None:
    assert host_of("HTTPS://WWW.Nile-Post.example/x?y") == "nile-post.example"
    assert host_of("not a host") == ""
    assert compact_name("The Nile Post.com") == compact_name("nilepost")


def write(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_user_adds_outlets_and_grades(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        "- {name: Bor Courier, kind: newspaper, country: SS, domains: [borcourier.example], grade: B2}\n"
        "- {name: Reuters, extend: true, grade: A1, aliases: [RTRS]}\n",
    )
    outlets = load_outlets(own)
    assert outlets.named("borcourier.example") == Outlet(
        name="Bor Courier", kind="newspaper", country="SS", domains=("borcourier.example",), grade="B2"
    )
    reuters = outlets.named("RTRS")
    assert reuters is not None
    assert (reuters.name, reuters.grade, reuters.kind) == ("Reuters", "A1", "wire")
    shipped = load_outlets().named("Reuters")
    assert shipped is not None
    assert shipped.grade == "F6"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("- {name: Bor Courier, kind: gazette}", "Invalid enum value"),
        ("- {name: Bor Courier, kind: newspaper, grade: G9}", "no Admiralty code"),
        ("- {name: Bor Courier, kind: newspaper, country: Sudan}", "no ISO country code"),
        ("- {name: Bor Courier, kind: newspaper, domains: [Bor Courier]}", "no domain"),
        ("- {name: Bor Courier, kind: newspaper, domain: x.example}", "unknown field"),
        ("- {name: Reuters, kind: wire}", "is there already"),
        ("- {name: Bor Courier, extend: true, grade: B2}", "there is no Bor Courier to extend"),
        ("- {name: Bor Courier, kind: newspaper, aliases: [AFP]}", "are both called"),
        ("- {name: Bor Courier, kind: newspaper, domains: [bbc.com]}", "both have the domain"),
        ("- {kind: newspaper}", "row 1 has no name"),
        ("name: Bor Courier", "a list of outlets is needed"),
        ("- [", "cannot be read"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_outlets(write(tmp_path, row))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    own = write(
        tmp_path, "- {name: A Post, kind: x}\n- {name: B Post, kind: newspaper, grade: Z1}\n- {kind: wire}\n"
    )
    with pytest.raises(DataError, match=r"A Post.*B Post|row 3.*A Post.*B Post"):
        load_outlets(own)


def test_the_setting_names_the_file(tmp_path: Path) -> None:
    assert load_config({}).outlets is None
    assert load_config({"DATELINE_OUTLETS": str(tmp_path / "own.yaml")}).outlets == tmp_path / "own.yaml"
