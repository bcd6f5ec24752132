"""``frontlog picture``: the map as a file that stands alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from frontlog.commands.named import days_known
from frontlog.commands.options import Day, country_option, ledger_option
from frontlog.errors import FrontlogError, GazetteerError
from frontlog.ledger import open_store
from frontlog.ledger.store import Box
from frontlog.reading.actors import Actors
from frontlog.views import picture as drawing
from frontlog.views.mapdata import MapData
from frontlog.views.scene import Scene, country_box, days, frame, ground, scene
from frontlog.views.standalone import standalone

ENDINGS = (".png", ".svg", ".html", ".gif")
FILM_DAYS = 60


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@ledger_option
@click.option("--on", "--to", "on", type=Day(),
              help="The day shown, the last of .html and .gif.  [default: the ledger's last]")  # fmt: skip
@click.option("--known", type=Day(), help="As known at the end of this day.  [default: now]")
@country_option()
@click.option(
    "--from", "first", type=Day(), help="First day of .html and .gif.  [default: the ledger's first]"
)
def picture(
    out: Path,
    ledger: str,
    on: date | None,
    known: date | None,
    country: str | None,
    first: date | None,
) -> None:
    """Draw who holds what into OUT: .png or .svg, .html with a slider over days, or .gif as a film.

    Each file stands alone: it needs no server and no network.
    """
    if out.suffix not in ENDINGS:
        raise click.UsageError(f"{out.name}: end the name in one of {', '.join(ENDINGS)}")
    data = MapData.open()
    if data.missing:
        raise GazetteerError(data.missing)
    name = Actors.open().name
    with open_store(ledger, must_exist=True) as store:
        span = days_known(store, country)
        if span is None:
            remedy = (
                f"it knows nothing of {country}" if country else "read dispatches first: frontlog read SOURCE"
            )
            raise FrontlogError(f"{ledger}: nothing to draw; {remedy}")
        last = on or span[1]
        shown = scene(store, last, known, country, name)
        base = ground(data, _box(shown, country, data), (each.place.country for each in shown.places))
        if out.suffix in (".png", ".svg"):
            drawing.save(drawing.draw(shown, base), out)
            return
        start = min(first or span[0], last)
        over = days(start, last) if out.suffix == ".html" else days(start, last, FILM_DAYS)
        if out.suffix == ".html":
            now = [scene(store, day, known, country, name) for day in over]
            then = [scene(store, day, day, country, name) for day in over]
            out.write_text(standalone(_title(country, data), now, then, base), encoding="utf-8")
        else:
            drawing.film((scene(store, day, known or day, country, name) for day in over), base, out)


def _box(shown: Scene, country: str | None, data: MapData) -> Box:
    whole = country_box(data, country) if country else None
    return whole or frame(shown.places)


def _title(country: str | None, data: MapData) -> str:
    names = {each["properties"]["iso"]: each["properties"]["name"] for each in data.features()}
    return f"Who holds what in {names[country]}" if country in names else "Who holds what"
