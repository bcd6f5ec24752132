"""All the evidence on one place: its own, its twins', its namesakes', its province's and its parts'."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from frontlog.ledger import kin
from frontlog.ledger.codec import claim_of
from frontlog.ledger.gather import Context, Stored, evidence_of, lent_to
from frontlog.ledger.namesakes import namesakes, twin
from frontlog.ledger.units import standing_of
from frontlog.ledger.weights import Evidence
from frontlog.model import Place

_HAVING = ("take", "hold")


def evidence_on(cursor: sqlite3.Cursor, unit: str, claims: list[Stored], context: Context) -> list[Evidence]:
    """The evidence on the holder of a place, from its own standing claims and from those around it."""
    twins, others = of_namesakes(cursor, unit, context)
    found = evidence_of(claims, unit, context, twins)
    found += lent_to(found, others, context)
    if (place := context.place(unit)) is not None:
        found += [*_from_province(cursor, place, context), *_from_parts(cursor, place, found, context)]
    # A place has answers from the day it is first spoken of: its first mention must not make older ones.
    since = min((each.known for each in claims), default=date.max)
    return [each if each.known >= since else replace(each, known=since) for each in found]


def of_namesakes(
    cursor: sqlite3.Cursor, unit: str, context: Context
) -> tuple[dict[str, list[Stored]], dict[str, list[Stored]]]:
    """The standing claims of a place's twins, and those of its other namesakes, by place."""
    twins: dict[str, list[Stored]] = {}
    others: dict[str, list[Stored]] = {}
    place = context.place(unit)
    for other in namesakes(cursor, place) if place else ():
        claims = standing_of(cursor, other.id, context)
        (twins if place and twin(place, other) else others)[other.id] = claims
    return twins, others


def _from_province(cursor: sqlite3.Cursor, place: Place, context: Context) -> Iterator[Evidence]:
    province = kin.province_of(cursor, place)
    if province is None:
        return
    taken = [
        each
        for each in standing_of(cursor, province.id, context, ("take",))
        if kin.takes_whole(claim_of(each.dispatch, each.body, context.place), province.id)
    ]
    yield from kin.from_province(evidence_of(taken, province.id, context), context.weights)


def _from_parts(
    cursor: sqlite3.Cursor, place: Place, own: list[Evidence], context: Context
) -> Iterator[Evidence]:
    for part in kin.parts_of(cursor, place):
        having = standing_of(cursor, part.id, context, _HAVING)
        yield from kin.from_parts(evidence_of(having, part.id, context))
        if part.capital_of == place.id:
            capital = standing_of(cursor, part.id, context)
            yield from kin.from_capital(own, evidence_of(capital, part.id, context), context.weights)


def with_those_around(cursor: sqlite3.Cursor, units: Iterable[str], context: Context) -> list[str]:
    """The units, and the places that what is said of them bears on."""
    found = set(units)
    for unit in units:
        if not unit.startswith("~") and (place := context.place(unit)) is not None:
            found |= {other.id for other in namesakes(cursor, place)}
            found |= {town.id for town in kin.towns_of(cursor, place)}
            if (province := kin.province_of(cursor, place)) is not None:
                found.add(province.id)
            if place.precision == "province" and _was_taken(cursor, unit, context):
                found |= {part.id for part in kin.parts_of(cursor, place)}
    return sorted(found)


def _was_taken(cursor: sqlite3.Cursor, unit: str, context: Context) -> bool:
    """Whether any claim on a province, rejected ones too, tells of its capture, or was corrected."""
    rows = cursor.execute(
        "SELECT c.kind, c.id FROM claim_units u JOIN claims c ON c.n = u.claim WHERE u.unit = ?", (unit,)
    )
    return any(kind == "take" or id in context.verdicts.corrected for kind, id in rows.fetchall())
