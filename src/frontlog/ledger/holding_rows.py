"""Questions for holdings as SQL, and rows as holdings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from frontlog.ledger.store import Box, HeldPlace
from frontlog.ledger.weights import Weights
from frontlog.model import Holding

_COLUMNS = (
    "h.place, h.state, h.holder, h.valid_from, h.valid_to, h.margin, h.seen, h.claims_for, h.claims_against"
)
END = "9999-12-31"
IN_BOX = (
    "p.n IN (SELECT n FROM places_at"
    " WHERE south >= :south AND north <= :north AND west >= :west AND east <= :east)"
)


def edges(box: Box) -> dict[str, object]:
    return {"south": box.south, "north": box.north, "west": box.west, "east": box.east}


def _as_known(known: date | None) -> tuple[str, dict[str, object]]:
    """The condition on the clock of knowledge; None is the newest knowledge."""
    if known is None:
        return f"h.known_to = '{END}'", {}
    return "h.known_to > :known AND h.known_from <= :known", {"known": known.isoformat()}


def on_day(
    on: date, known: date | None, country: str | None, box: Box | None
) -> tuple[str, dict[str, object]]:
    """The rows that cover a day in the world and a day of knowledge; None is the newest knowledge."""
    knowledge, values = _as_known(known)
    values["on"] = on.isoformat()
    parts = ["h.valid_from <= :on", "h.valid_to >= :on", knowledge]
    if country is not None:
        parts.append("h.country = :country")
        values["country"] = country
    if box is not None:
        parts.append(f"h.place IN (SELECT p.id FROM places p WHERE {IN_BOX})")
        values |= edges(box)
    source = "holdings h"
    if known is not None and country is not None and box is None:
        # All that is asked stands in the index `holdings_known`: only the rows that answer are fetched.
        found = f"SELECT h.place, h.known_from, h.valid_from FROM holdings h WHERE {' AND '.join(parts)}"
        source = (
            f"({found}) f JOIN holdings h ON h.place = f.place AND h.known_from = f.known_from"
            " AND h.valid_from = f.valid_from"
        )
        parts = ["1 = 1"]
    return f"SELECT {_COLUMNS} FROM {source} WHERE {' AND '.join(parts)} ORDER BY h.place", values


def life(
    place: str, known: date | None, after: date | None = None, limit: int | None = None
) -> tuple[str, dict[str, object]]:
    """The rows of a place in order of time, or a page of them: those that begin ``after`` a day."""
    knowledge, values = _as_known(known)
    values["place"] = place
    parts = ["h.place = :place", knowledge]
    if after is not None:
        parts.append("h.valid_from > :after")
        values["after"] = after.isoformat()
    sql = f"SELECT {_COLUMNS} FROM holdings h WHERE {' AND '.join(parts)} ORDER BY h.valid_from"
    if limit is not None:
        sql += " LIMIT :limit"
        values["limit"] = limit
    return sql, values


def holding(
    row: tuple[Any, ...], weights: Weights, known: date | None, on: date | None
) -> tuple[Holding, date]:
    """The holding, its confidence faded by the silence up to the day asked, and the day last heard of."""
    place, state, holder, first, last, margin, seen, claims_for, claims_against = row
    heard = date.fromisoformat(seen)
    silent = (on - heard).days if on else 0
    confidence = round(weights.faded(weights.confidence(margin), silent), 4)
    found = Holding(
        place, weights.shown(state, confidence), holder, date.fromisoformat(first),
        None if last == END else date.fromisoformat(last), confidence, known, _ids(claims_for),
        _ids(claims_against),
    )  # fmt: skip
    return found, heard


def _ids(text: str) -> tuple[str, ...]:
    """A JSON list of claim ids, which have no letters to escape."""
    return tuple(text[2:-2].split('","')) if len(text) > 2 else ()


def on_a_day(held: HeldPlace, on: date, weights: Weights) -> HeldPlace:
    """A holding from a place's life as it is shown for one of its days."""
    confidence = round(weights.faded(held.holding.confidence, (on - held.seen).days), 4)
    state = weights.shown(held.holding.state, confidence)
    return replace(held, holding=replace(held.holding, confidence=confidence, state=state))
