"""The map as one HTML file with a slider over days: it opens from disk and asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from string import Template
from typing import Any

from frontlog.ledger.store import HeldPlace
from frontlog.views.scene import Ground, Ring, Scene, importance

SCALE = 1000.0


def standalone(title: str, now: Sequence[Scene], then: Sequence[Scene], ground: Ground) -> str:
    """The page: each day as known now (``now``) and as known on that very day (``then``)."""
    script = _part("standalone.js")
    style = _part("standalone.css")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none';"
        " form-action 'none'"
    )
    data = json.dumps(_data(now, then, ground), ensure_ascii=False, separators=(",", ":"))
    # A data block ends at the first "</script", whatever it stands in.
    return Template(_part("standalone.html")).substitute(
        policy=policy,
        title=_escaped(title),
        style=style,
        script=script,
        data=data.replace("<", "\\u003c"),
        source=_escaped(now[-1].source),
    )


def _data(now: Sequence[Scene], then: Sequence[Scene], ground: Ground) -> dict[str, Any]:
    places: dict[str, int] = {}
    rows: list[list[Any]] = []
    for each in (each for scene in (*now, *then) for each in scene.places):
        if each.place.id not in places:
            places[each.place.id] = len(rows)
            x, y = _project((each.place.lon, each.place.lat), ground)
            rows.append([each.place.name, x, y, importance(each), each.place.admin1 or each.place.id])
    used = {each.holding.holder for scene in (*now, *then) for each in scene.places}
    marks = [mark for side, mark in now[-1].marks.items() if side in used]
    number = {mark.side: at for at, mark in enumerate(marks)}
    box = ground.box
    return {
        "width": SCALE,
        "height": round(SCALE * (box.north - box.south) * ground.stretch / (box.east - box.west), 1),
        "land": "".join(_path(ring, ground) for ring in ground.land),
        "roads": "".join(_line(road, ground) for road in ground.roads),
        "provinces": [
            [id or "", "".join(_path(ring, ground) for ring in rings)] for id, rings in ground.provinces
        ],
        "sides": [[mark.name, mark.colour, mark.shape] for mark in marks],
        "places": rows,
        "days": [scene.on.isoformat() for scene in now],
        "now": [_day(scene, places, number) for scene in now],
        "then": [_day(scene, places, number) for scene in then],
    }


def _day(scene: Scene, places: dict[str, int], sides: dict[str, int]) -> list[list[Any]]:
    return [
        [
            places[each.place.id],
            each.holding.state[:2],
            sides.get(each.holding.holder or "", -1),
            _percent(each),
            _iso(each.holding.valid_from),
        ]
        for each in scene.places
    ]


def _percent(each: HeldPlace) -> int:
    return round(each.holding.confidence * 100)


def _iso(day: date) -> str:
    return day.isoformat()


def _project(point: tuple[float, float], ground: Ground) -> tuple[float, float]:
    box = ground.box
    unit = SCALE / (box.east - box.west)
    return round((point[0] - box.west) * unit, 1), round((box.north - point[1]) * unit * ground.stretch, 1)


def _path(ring: Ring, ground: Ground) -> str:
    """A ring as a path; points that fall on the one before are left out."""
    points = [_project(point, ground) for point in ring]
    kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _line(road: Ring, ground: Ground) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in (_project(point, ground) for point in road))


def _part(name: str) -> str:
    return (files("frontlog") / "views" / "parts" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
