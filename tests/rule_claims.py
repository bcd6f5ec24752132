"""What tests of the rule reader share: how a text is read, and claims told shortly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from frontlog.model import Claim, Dispatch, Kind
from frontlog.reading.reader import Reader

PUBLISHED = datetime(2015, 6, 17, tzinfo=UTC)  # a Wednesday
Find = Callable[..., list[Claim]]


def finder(reader: Reader) -> Find:
    """Return what reads a text of that Wednesday and gives its claims, or those of one kind."""

    def find(text: str, kind: Kind | None = None) -> list[Claim]:
        reading = next(iter(reader.read([Dispatch("t", PUBLISHED, text)])))
        return [claim for claim in reading.claims if kind is None or claim.kind == kind]

    return find


def agents(claim: Claim) -> str:
    return "; ".join(party.text for party in claim.agents)


def places(claim: Claim) -> list[str]:
    return [mention.text for mention in claim.places]
