"""Provinces that bear their chief town's name as an adjective: "Kurskaya oblast'" is Kursk Oblast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from frontlog.gazetteer.rows import Row

_CLASSES = {
    "oblast": ("Oblast", "Region"),
    "voblasts": ("Voblast", "Region"),
    "kray": ("Krai", "Territory"),
    "krai": ("Krai", "Territory"),
}
_ADJECTIVE = re.compile(
    r"^(?P<stem>\w+?)['’]?(?:skaya|skiy|skyy|skaja|skij)\s+(?P<word>\w+)['’]?$", re.IGNORECASE
)
_SHORTEST = 3


def name_after_seats(rows: Mapping[str, Row], settlements: Iterable[Row]) -> None:
    """Give such provinces the English name that their largest town lends them, and keep the others."""
    largest: dict[str, Row] = {}
    for town in settlements:
        if town.admin1 and (town.admin1 not in largest or town.population > largest[town.admin1].population):
            largest[town.admin1] = town
    for id, town in largest.items():
        row = rows.get(id)
        found = _ADJECTIVE.match(row.name) if row and row.kind == "province" else None
        if row is None or found is None or found["word"].lower() not in _CLASSES:
            continue
        stem, classes = found["stem"], _CLASSES[found["word"].lower()]
        seat = re.split(r"[-\s]", town.name)[0] if _same_stem(stem, town.name) else stem
        spelt = [f"{name} {word}" for name in (seat, f"{stem}sky") for word in classes]
        row.names = [*row.names, row.name, *spelt]
        if seat != stem or town.name.startswith(stem):
            row.short = [*row.short, seat]
            row.name = seat


def _same_stem(stem: str, town: str) -> bool:
    """Whether an adjective's stem is the town's name but for its ending: Tul', Tula; Rostov, Rostov-on-Don.

    >>> _same_stem("Tul", "Tula"), _same_stem("Kur", "Kursk"), _same_stem("Leningrad", "Murino")
    (True, True, False)
    """
    one, other = stem.casefold(), town.casefold()
    shared = one if len(one) <= _SHORTEST else one[:-1]
    return len(one) >= _SHORTEST and other.startswith(shared)
