"""The commands of `dateline gazetteer`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli import output, screen
from dateline.cli.options import DONE, NOTHING, PARTLY, say
from dateline.config import load_config
from dateline.errors import InputError

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
            metavar="FILE", help="CSV with columns name, latitude, longitude and more; JSON; a GeoNames dump."
        ),
    ],
    country: CountryOption = None,
) -> None:
    """Add places of your own.

    Adding the same file again changes nothing. `dateline code --again` reads the articles with them.
    """
    from dateline.resolve.gazetteer_user import add_places

    summary = add_places(load_config().cache, csv, country=_code(country))
    for refusal in summary.refused:
        say(f"{csv}#{refusal.line}: {refusal.reason}")
    taken = summary.added + summary.replaced + summary.unchanged
    typer.echo(
        f"{summary.added:,} added, {summary.replaced:,} replaced, {summary.unchanged:,} already there, "
        f"{len(summary.refused):,} refused"
    )
    if summary.added or summary.replaced:
        say("`dateline code --again` reads the articles of a workspace with them.")
    if summary.refused:
        raise typer.Exit(PARTLY if taken else NOTHING)
    raise typer.Exit(DONE)


def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a place, in any spelling.")],
    country: CountryOption = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most N places.")] = 10,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help=f"One of: {', '.join(output.FORMATS)}.")
    ] = "table",
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
