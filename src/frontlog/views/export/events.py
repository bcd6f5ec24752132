"""Claims as coded events: PLOVER in the manner of POLECAT, and CAMEO in the manner of ICEWS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from frontlog.ledger.store import ClaimQuery, Store, StoredClaim
from frontlog.model import Party
from frontlog.views.export.chosen import chosen, main_place
from frontlog.views.export.codes import Cameo, Code
from frontlog.views.export.flat import place_cells
from frontlog.views.export.table_files import csv_bytes

CAMEO_COLUMNS = (
    "event_id", "event_date", "source_name", "source_side", "cameo_code", "quad_class", "target_name",
    "target_side", "location", "country", "province", "latitude", "longitude", "geo_id", "publisher", "url",
    "sentence",
)  # fmt: skip


def plover_bytes(store: Store, query: ClaimQuery) -> bytes:
    """One JSON object a line for each claim of fact that PLOVER knows."""
    lines = (json.dumps(_plover(row, code), ensure_ascii=False) for row, code in _coded(store, query))
    return "".join(f"{line}\n" for line in lines).encode()


def cameo_bytes(store: Store, query: ClaimQuery) -> bytes:
    """CSV with a CAMEO code for each claim of fact that has one."""
    return csv_bytes((_cameo(row, code) for row, code in _coded(store, query)), CAMEO_COLUMNS)


def _coded(store: Store, query: ClaimQuery) -> Iterator[tuple[StoredClaim, Code]]:
    table = Cameo.open()
    for row in chosen(store, query):
        if (code := table.code(row.claim)) is not None:
            yield row, code


def _plover(row: StoredClaim, code: Code) -> dict[str, Any]:
    claim = row.claim
    where = main_place(row)
    cells = place_cells(where.place if where else None)
    return {
        "id": row.id,
        "date": claim.when.start.isoformat() if claim.when else None,
        "date_end": claim.when.end.isoformat() if claim.when else None,
        "event": code.root,
        "mode": code.mode or None,
        "context": [code.context] if code.context else [],
        "quad": code.quad,
        "cameo": code.cameo,
        "actor": [_party(each) for each in claim.agents],
        "recipient": [_party(each) for each in claim.targets],
        "location": {
            "placename": where.text if where else None,
            "name": cells.get("place"),
            "province": cells.get("admin1"),
            "country": cells.get("country"),
            "latitude": cells.get("lat"),
            "longitude": cells.get("lon"),
            "geonames_id": _geonames(cells.get("place_id")),
        },
        "fatalities": claim.deaths,
        "said_by": claim.speaker.text if claim.speaker else None,
        "text": row.sentence,
        "known": row.known.isoformat(),
        "publisher": row.publisher,
        "url": row.url,
    }


def _party(party: Party) -> dict[str, str | None]:
    return {"name": party.text, "actor": party.actor, "side": party.side}


def _geonames(id: str | None) -> int | None:
    return int(id[3:]) if id and id.startswith("gn:") and id[3:].isdigit() else None


def _cameo(row: StoredClaim, code: Code) -> dict[str, Any]:
    claim = row.claim
    where = main_place(row)
    cells = place_cells(where.place if where else None)
    return {
        "event_id": row.id,
        "event_date": claim.when.start if claim.when else row.known,
        **_names("source", claim.agents),
        # Codes begin with 0: read the column as text.
        "cameo_code": code.cameo,
        "quad_class": code.quad,
        **_names("target", claim.targets),
        "location": cells.get("place") or (where.text if where else None),
        "country": cells.get("country"),
        "province": cells.get("admin1"),
        "latitude": cells.get("lat"),
        "longitude": cells.get("lon"),
        "geo_id": cells.get("place_id"),
        "publisher": row.publisher,
        "url": row.url,
        "sentence": row.sentence,
    }


def _names(what: str, parties: tuple[Party, ...]) -> dict[str, str | None]:
    first = parties[0] if parties else None
    return {f"{what}_name": first.text if first else None, f"{what}_side": first.side if first else None}
