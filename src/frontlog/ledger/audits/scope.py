"""Which part of a ledger is audited again after new dispatches."""

from __future__ import annotations

from dataclasses import dataclass

OF_PLACE = ("rival claims", "overturned", "denial")


@dataclass(frozen=True, slots=True)
class Scope:
    """Dispatches that are new or that count what is new, and places of which there is news, or all places."""

    dispatches: frozenset[str]
    places: frozenset[str]
    everywhere: bool = False
