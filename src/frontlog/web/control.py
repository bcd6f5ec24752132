"""Who holds what on a day, as JSON, GeoJSON, CSV and a page; and what the map is drawn from."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from starlette.responses import Response

from frontlog.ledger.store import Box, HeldPlace
from frontlog.views.mapdata import MapData, corridors
from frontlog.web import ask, schemas, shapes
from frontlog.web.pages import page
from frontlog.web.room import Room, room_of
from frontlog.web.tables import CsvResponse, GeoJsonResponse, csv_response

router = APIRouter()
DaysIn = Annotated[ask.Days, Depends(ask.days)]
BoxIn = Annotated[Box | None, Depends(ask.box)]
CountryIn = Annotated[str | None, Depends(ask.country)]
FilterIn = Annotated[ask.HeldFilter, Depends(ask.held_filter)]
CSV_HEADER = (
    "place",
    "name",
    "country",
    "admin1",
    "lat",
    "lon",
    "state",
    "holder",
    "holder_name",
    "since",
    "until",
    "confidence",
    "seen",
)


def asked(
    room: Room, days: ask.Days, box: Box | None, country: str | None, wanted: ask.HeldFilter
) -> list[HeldPlace]:
    """The day's places that pass the filters, as the store gives them."""
    places = room.store.holdings(days.on, days.known, country, box)
    return [
        each
        for each in places
        if (wanted.actor is None or each.holding.holder == wanted.actor)
        and (wanted.state is None or each.holding.state == wanted.state)
    ]


def _cached(request: Request, key: tuple[object, ...], make: Callable[[], bytes], media: str) -> Response:
    room = room_of(request)
    return room.answers.get(room.version, key, make, media).response(request)


@router.get("/control.json", response_model=schemas.ControlOut)
def control_json(
    request: Request, days: DaysIn, box: BoxIn, country: CountryIn, wanted: FilterIn
) -> Response:
    """Who holds what on a day in the world, as known on another day."""
    room = room_of(request)

    def make() -> bytes:
        found = asked(room, days, box, country, wanted)
        return shapes.control(days.on, days.known, room.version, found).model_dump_json().encode()

    return _cached(request, ("control", days, box, country, wanted), make, "application/json")


@router.get("/control.geojson", response_class=GeoJsonResponse, response_model=schemas.FeaturesOut)
def control_geojson(
    request: Request, days: DaysIn, box: BoxIn, country: CountryIn, wanted: FilterIn
) -> Response:
    """The same as points."""
    room = room_of(request)

    def make() -> bytes:
        features = []
        for each in asked(room, days, box, country, wanted):
            properties = shapes.held(each).model_dump(mode="json")
            point = {"type": "Point", "coordinates": [properties.pop("lon"), properties.pop("lat")]}
            features.append({"type": "Feature", "geometry": point, "properties": properties})
        return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()

    return _cached(request, ("geojson", days, box, country, wanted), make, "application/geo+json")


@router.get("/control.csv", response_class=CsvResponse)
def control_csv(request: Request, days: DaysIn, box: BoxIn, country: CountryIn, wanted: FilterIn) -> Response:
    """The same as a table."""
    room = room_of(request)
    rows = []
    for each in asked(room, days, box, country, wanted):
        place, held = each.place, each.holding
        rows.append(
            (
                place.id,
                place.name,
                place.country,
                place.admin1_name,
                place.lat,
                place.lon,
                held.state,
                held.holder,
                room.side_name(held.holder),
                held.valid_from,
                held.valid_to,
                held.confidence,
                each.seen,
            )
        )
    return csv_response(f"control-{days.on}", CSV_HEADER, rows)


@router.get("/control", include_in_schema=False)
def control_page(
    request: Request, days: DaysIn, box: BoxIn, country: CountryIn, wanted: FilterIn
) -> Response:
    places = asked(room_of(request), days, box, country, wanted)
    ordered = sorted(places, key=lambda each: (each.place.country or "", each.place.name))
    return page(request, "control.html", places=ordered, days=days, wanted=wanted, country=country)


@router.get("/sides.json", response_model=list[schemas.SideOut])
def sides_json(request: Request) -> Response:
    """Every side that ever holds a place, with the colour and shape that all views give it."""
    room = room_of(request)

    def make() -> bytes:
        rows = [
            {
                "id": mark.side,
                "name": mark.name,
                "colour": mark.colour,
                "shape": mark.shape,
                "places": room.side_places()[mark.side],
            }
            for mark in room.marks().values()
        ]
        return json.dumps(rows, ensure_ascii=False).encode()

    return _cached(request, ("sides",), make, "application/json")


@router.get("/counts.json", response_model=schemas.CountsOut)
def counts_json(request: Request, country: CountryIn) -> Response:
    """How many claims of each family became known on each day."""
    room = room_of(request)

    def make() -> bytes:
        found = room.store.counts(country)
        rows = [{"known": e.known, "family": e.family, "claims": e.claims} for e in found]
        span = room.span()
        value = schemas.CountsOut.model_validate(
            {"first": span.first if span else None, "last": span.last if span else None, "days": rows}
        )
        return value.model_dump_json().encode()

    return _cached(request, ("counts", country), make, "application/json")


def _from_map(request: Request, key: tuple[object, ...], read: Callable[[MapData], bytes | None]) -> Response:
    room = room_of(request)
    body = read(room.mapdata)
    if body is None:
        raise HTTPException(404, room.mapdata.missing or "no such map in this installation")
    return room.answers.get(room.version, key, lambda: body, "application/geo+json").response(request)


@router.get("/map/countries.json", response_class=GeoJsonResponse, response_model=schemas.FeaturesOut)
def countries_json(request: Request) -> Response:
    """Country borders as GeoJSON."""
    return _from_map(request, ("countries",), MapData.countries)


@router.get("/map/names.json", response_class=GeoJsonResponse, response_model=schemas.FeaturesOut)
def names_json(request: Request) -> Response:
    """The names of countries as GeoJSON points."""
    return _from_map(request, ("names",), MapData.names)


@router.get(
    "/map/provinces/{country}.json", response_class=GeoJsonResponse, response_model=schemas.FeaturesOut
)
def provinces_json(request: Request, country: Annotated[str, Path(pattern=r"^[A-Z]{2}$")]) -> Response:
    """Provinces of one country as GeoJSON, with the gazetteer's place id on each."""
    return _from_map(request, ("provinces", country), lambda data: data.provinces(country))


@router.get("/map/roads.json", response_class=GeoJsonResponse, response_model=schemas.FeaturesOut)
def roads_json(request: Request) -> Response:
    """Schematic main roads as GeoJSON lines."""
    return _cached(request, ("roads",), lambda: json.dumps(_roads()).encode(), "application/geo+json")


def _roads() -> dict[str, object]:
    features = []
    for row in corridors():
        line = [[float(x) for x in point.split()] for point in (row.get("line") or "").split(";") if point]
        if len(line) > 1:
            geometry = {"type": "LineString", "coordinates": line}
            properties = {"name": row.get("name"), "place": row.get("id")}
            features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}
