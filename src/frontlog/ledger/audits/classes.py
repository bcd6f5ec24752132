"""Classes of places that counts are made of: "provincial capitals", "cities", "districts"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontlog.ledger.store import ClaimQuery, Store, StoredClaim
from frontlog.model import Place

NOUN = re.compile(
    r"(?P<modifier>provincial|regional|state)?\s*(?P<noun>capitals?|cit(?:y|ies)|towns?|villages?|districts?"
    r"|provinces?|regions?|states?|settlements?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlaceClass:
    """A class of places, named as the dispatch names it."""

    words: str
    capitals: bool
    precision: str

    def has(self, place: Place) -> bool:
        if self.capitals:
            return place.capital_of is not None and place.precision == "settlement"
        if self.precision == "settlement":
            return place.precision == "settlement"
        return place.precision == self.precision


def class_of(match: re.Match[str]) -> PlaceClass:
    """The class that a match of ``NOUN`` names."""
    noun = match["noun"].lower()
    if noun.startswith("capital") or match["modifier"]:
        # "Provincial cities" are the provinces' capitals; "states" and "provinces" have no modifier.
        capitals = not noun.startswith(("province", "region", "state", "district"))
        return PlaceClass(match.group().strip(), capitals, "settlement" if capitals else "province")
    if noun.startswith("district"):
        return PlaceClass(noun, False, "district")
    if noun.startswith(("province", "region", "state")):
        return PlaceClass(noun, False, "province")
    return PlaceClass(noun, False, "settlement")


def taken(
    store: Store, side: str, country: str | None, known: date, since: date, among: PlaceClass
) -> dict[str, Place]:
    """Places of a class that a side is said to have won since a day, as known at the end of another."""
    rows = store.claims(
        ClaimQuery(kinds=("take", "leave"), country=country, standing="fact", known=known, first=since)
    )
    return places_taken(rows, side, among)


def places_taken(rows: Iterable[StoredClaim], side: str, among: PlaceClass) -> dict[str, Place]:
    """What a side took, and what others left to it."""
    found: dict[str, Place] = {}
    for row in rows:
        claim = row.claim
        sides = {party.side for party in claim.agents if party.side}
        won = side in sides if claim.kind in ("take", "advance") else bool(sides) and side not in sides
        if claim.extent in ("whole", None) and won:
            for mention in claim.places:
                if mention.place is not None and among.has(mention.place):
                    found.setdefault(mention.place.id, mention.place)
    return found
