"""``frontlog gazetteer``: what is in the gazetteer, and how to add to it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from frontlog.commands.options import Country, as_json, console
from frontlog.gazetteer import user
from frontlog.gazetteer.build import build
from frontlog.gazetteer.lookup import Gazetteer, default_path


@click.group()
def gazetteer() -> None:
    """Look into, build or extend the gazetteer."""


@gazetteer.command("info")
@as_json
def info(json_: bool) -> None:
    """Show the file, its sources and what it holds."""
    opened = Gazetteer.open()
    facts = {
        "path": str(opened.path), "bytes": opened.path.stat().st_size, "rows": len(opened),
        "stamp": opened.meta["stamp"], "kinds": opened.kinds(), "sources": opened.sources(),
        "attribution": "Contains data from GeoNames (geonames.org), CC BY 4.0",
    }  # fmt: skip
    if json_:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for key, value in facts.items():
        shown = (
            ", ".join(f"{word} {count}" for word, count in value.items())
            if isinstance(value, Counter)
            else value
        )
        click.echo(f"{key}: {shown}")


@gazetteer.command("find")
@click.argument("name")
@click.option(
    "--country", "countries", multiple=True, type=Country(), help="A country in play; may be repeated."
)
@click.option("-n", "limit", default=10, show_default=True, help="How many readings to show.")
@as_json
def find(name: str, countries: tuple[str, ...], limit: int, json_: bool) -> None:
    """Show the places that NAME may mean, best first; exit code 1 when there is none."""
    found = Gazetteer.open().find(name, countries)[:limit]
    if json_:
        for place in found:
            click.echo(json.dumps(asdict(place), ensure_ascii=False))
    elif found:
        table = Table("id", "name", "kind", "country", "province", "lat", "lon", "population")
        for place in found:
            table.add_row(
                place.id, place.name, place.kind, place.country or "", place.admin1_name or "",
                f"{place.lat:.3f}", f"{place.lon:.3f}", str(place.population),
            )  # fmt: skip
        console().print(table)
    if not found:
        click.echo(f"{name!r} is not in the gazetteer", err=True)
        raise click.exceptions.Exit(1)


@gazetteer.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--alternates", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="alternateNames."
)
@as_json
def import_(file: Path, alternates: Path | None, json_: bool) -> None:
    """Add the rows of FILE, a GeoNames country dump (.txt) or a CSV; they override ours by id."""
    done = user.import_rows(file, alternates)
    rows = build(default_path())
    if json_:
        click.echo(json.dumps({"imported": done.rows, "skipped": done.skipped, "rows": rows}))
        return
    click.echo(f"{done.rows} rows imported, {done.skipped} of other kinds left out; {rows} rows in all")


@gazetteer.command("build")
@click.option(
    "-o",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where; the default place if not given.",
)
@as_json
def build_(path: Path | None, json_: bool) -> None:
    """Build the gazetteer from the installed data packages."""
    where = path or default_path()
    rows = build(where)
    size = where.stat().st_size
    facts = {"path": str(where), "rows": rows, "bytes": size}
    click.echo(json.dumps(facts) if json_ else f"{rows} rows in {where}, {size / 1e6:.0f} MB")
