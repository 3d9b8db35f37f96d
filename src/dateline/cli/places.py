"""The commands of `dateline gazetteer`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli import output, screen
from dateline.cli.options import DONE, NOTHING, PARTLY, say
from dateline.config import load_config
from dateline.errors import InputError

# An addition that took so many seconds tells its rate.
SLOW = 2.0

CountryOption = Annotated[str | None, typer.Option(metavar="ISO2", help="Two-letter country code, such as IQ.")]


def build() -> None:
    """Build the gazetteer now instead of on first use."""
    from dateline.resolve.gazetteer import gazetteer_path
    from dateline.resolve.gazetteer_build import build_gazetteer

    began = time.monotonic()
    with screen.share("Gazetteer") as tell:
        built = build_gazetteer(gazetteer_path(load_config().cache), progress=tell)
    for kind, number in built.places.items():
        typer.echo(f"{number:>9,}  {kind}")
    places = sum(built.places.values())
    seconds = time.monotonic() - began
    typer.echo(f"{places:>9,}  places under {built.names:,} names")
    say(f"{built.path}, {built.size / 1e6:.0f} MB, built in {seconds:.0f} s")


def add(
    csv: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV or Excel with columns; GeoNames files; P-code lists; OpenStreetMap; GeoJSON.",
        ),
    ],
    country: CountryOption = None,
) -> None:
    """Add places of your own.

    Adding the same file again changes nothing. `dateline code --again` reads the articles with them.
    """
    from dateline.resolve.gazetteer_user import add_places

    began = time.monotonic()
    summary = add_places(load_config().cache, csv, country=_code(country))
    seconds = time.monotonic() - began
    for refusal in summary.refused:
        say(f"{csv}#{refusal.line}: {refusal.reason}")
    if summary.refusals > len(summary.refused):
        say(f"{csv}: {summary.refusals - len(summary.refused):,} more rows were refused")
    for kind, number in summary.kinds.items():
        typer.echo(f"{number:>9,}  {kind}")
    changed = summary.named + summary.linked + summary.added + summary.replaced
    taken = changed + summary.unchanged
    typer.echo(
        f"{summary.added:,} added, {summary.replaced:,} replaced, {summary.unchanged:,} already there, "
        f"{summary.refusals:,} refused"
        + (f", {summary.named:,} names given" if summary.named else "")
        + (f", {summary.linked:,} put into the places that hold them" if summary.linked else "")
    )
    if summary.passed:
        say(
            f"{summary.passed:,} rows are of places that the gazetteer does not hold and were passed over; "
            "add the country's dump first to have them"
        )
    rows = taken + summary.refusals + summary.passed
    if seconds >= SLOW:
        say(f"{rows:,} rows in {seconds:.0f} s, {rows / seconds:,.0f} a second")
    if changed:
        say("`dateline gazetteer undo` takes them back; `dateline code --again` reads a workspace with them.")
    if not taken and (summary.refusals or summary.passed):
        raise typer.Exit(NOTHING)
    raise typer.Exit(PARTLY if summary.refusals else DONE)


def undo() -> None:
    """Take back what the last added file changed."""
    from dateline.resolve.gazetteer_user import undo_places

    undone = undo_places(load_config().cache)
    if undone is None:
        raise InputError("no places of your own were added, so there is nothing to undo")
    typer.echo(f"{undone.removed:,} taken out, {undone.restored:,} put back as they were before {undone.path}")


def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a place, in any spelling.")],
    country: CountryOption = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most N places.")] = 10,
    format_: output.ListFormat = "table",
) -> None:
    """Look a place up, the likeliest first."""
    from dateline.resolve.gazetteer import open_gazetteer

    with screen.share("Gazetteer") as tell:
        gazetteer = open_gazetteer(load_config().cache, progress=tell)
    with gazetteer:
        code = _code(country)
        if code is not None and code not in gazetteer.countries:
            raise InputError(f"no country has the code {country!r}; give two letters of ISO 3166-1, such as IQ")
        found = gazetteer.find(name, country=code, limit=limit)
    if not found:
        there = f" in {code}" if code else ""
        raise InputError(f"no place is called {name!r}{there}; add it with `dateline gazetteer add`")
    output.print_records(format_, found, screen.place_table)


def _code(country: str | None) -> str | None:
    return country.strip().upper() if country else None
