"""The same articles give the same bytes: in any order, in any folder, with any number of workers, twice."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dateline.config import DATA, Config
from dateline.workspace import Workspace, parse_paths

Make = Callable[..., Workspace]
# What the exports hold of where an article was read from differs with the folder; these hold none of it.
WITHOUT_LOCATORS = ("jsonl", "csv", "geojson")
ALL = (*WITHOUT_LOCATORS, "html")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "dispatches"
    shutil.copytree(DATA / "sample" / "dispatches", folder)
    return folder


def exports(opened: Workspace, formats: tuple[str, ...] = ALL) -> dict[str, bytes]:
    found = {}
    for name in formats:
        stream = io.BytesIO()
        opened.export(name, stream, title="The sample")
        found[name] = stream.getvalue()
    return found


def filled(opened: Workspace, *paths: Path) -> Workspace:
    for path in paths:
        opened.add(path)
    opened.code()
    return opened


@pytest.fixture
def whole(make: Make, sample: Path) -> Workspace:
    return filled(make("whole"), sample)


def test_the_order_of_adding_changes_nothing(make: Make, sample: Path, whole: Workspace) -> None:
    # Metadata beside a text is not an article: only what `add` of the folder takes by itself.
    places = {article.locator.rpartition("#")[0] or article.locator for article in whole.articles()}
    backwards = filled(make("backwards"), *(Path(place) for place in sorted(places, reverse=True)))
    assert {article.id for article in backwards.articles()} == {article.id for article in whole.articles()}
    expected = exports(whole)
    found = exports(backwards)
    # The page also counts the refused inputs, which were not added here.
    assert {name: found[name] for name in WITHOUT_LOCATORS} == {
        name: expected[name] for name in WITHOUT_LOCATORS
    }


def test_coding_in_steps_changes_nothing(make: Make, sample: Path, whole: Workspace) -> None:
    steps = make("steps")
    for path in sorted(sample.iterdir()):
        if path.suffix in (".html", ".txt"):
            steps.add(path)
            steps.code()
    steps.add(sample)
    steps.code()
    assert exports(steps) == exports(whole)


def test_another_folder_changes_no_id_and_no_value(
    make: Make, sample: Path, whole: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(sample, tmp_path / "elsewhere" / "news")
    elsewhere = filled(make("elsewhere"), tmp_path / "elsewhere")
    assert exports(elsewhere, WITHOUT_LOCATORS) == exports(whole, WITHOUT_LOCATORS)


def test_two_workers_do_what_one_does(make: Make, sample: Path, whole: Workspace, settings: Config) -> None:
    two = filled(make("two", msgspec.structs.replace(settings, workers=2)), sample)
    assert exports(two) == exports(whole)
    assert list(two.rejected()) == list(whole.rejected())


def test_parse_says_what_the_workspace_says(sample: Path, whole: Workspace, settings: Config) -> None:
    found = [item for item in parse_paths([str(sample)], config=settings) if isinstance(item, tuple)]
    reports = {report.id: report for reports in found for report in reports}
    assert reports == {report.id: report for report in whole.reports()}
