"""Jinja pages: one environment, and what every template may use."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from urllib.parse import urlencode

from fastapi import Request
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import Response

from frontlog import __version__
from frontlog.model import FAMILIES, KINDS, family_of
from frontlog.views.records import sides_named
from frontlog.web.ask import Days
from frontlog.web.room import Room, room_of

VENDOR = files("frontlog") / "web" / "static" / "vendor"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("frontlog.web", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda value: f"{round(value * 100)} %"
    environment.filters["day"] = lambda value: f"{value.day} {value:%b %Y}" if isinstance(value, date) else ""
    environment.filters["family"] = family_of
    environment.globals["FAMILIES"] = FAMILIES
    environment.globals["version"] = __version__
    return environment


TEMPLATES = Jinja2Templates(env=_environment())


def missing(room: Room) -> str | None:
    """What the map cannot be shown without, or None."""
    if not (VENDOR / "maplibre-gl.mjs").is_file():
        return "the map's script is not in this installation; with npm installed, run: make install"
    return room.mapdata.missing


def page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A whole page, or with ``?part=1`` only its inner part for the inspector."""
    room = room_of(request)
    shared: dict[str, object] = {
        "room": room,
        "part": request.query_params.get("part") == "1",
        "path": request.url.path,
        "here": lambda **changes: _here(request, changes),
        "named": lambda text: sides_named(text, {each.side: each.name for each in room.marks().values()}),
        "known_now": request.query_params.get("known") or None,
    }
    headers = {"cache-control": "no-cache"}
    return TEMPLATES.TemplateResponse(request, template, {**shared, **context}, status, headers)


def map_page(request: Request, days: Days, mode: str) -> Response:
    """The map with its timeline and inspector: to look, to review, or read-only in a frame."""
    room = room_of(request)
    return page(
        request,
        "room.html",
        days=days,
        span=room.span(),
        missing=missing(room),
        embedded=mode == "embed",
        mode=mode,
        kinds=KINDS,
        countries=room.store.countries(),
        publishers=room.store.publishers(),
    )


def _here(request: Request, changes: dict[str, object]) -> str:
    """This address's query with some values changed; None drops one."""
    pairs = [
        (key, value)
        for key, value in request.query_params.multi_items()
        if key not in changes and key != "part"
    ]
    pairs += [(key, str(value)) for key, value in changes.items() if value is not None]
    return "?" + urlencode(pairs)
