"""Dispatches that crash, hang or break the reader: kept with the reason, to be read again later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frontlog.model import Dispatch


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A dispatch the reader could not take, and why."""

    dispatch: Dispatch
    reason: str


def record_of(item: Quarantined) -> dict[str, Any]:
    """A line that frontlog reads as a dispatch again, with the reason beside it."""
    dispatch = item.dispatch
    return {
        "id": dispatch.id,
        "date": dispatch.date.isoformat() if dispatch.precision == "day" else dispatch.published.isoformat(),
        "title": dispatch.title,
        "url": dispatch.url,
        "publisher": dispatch.publisher,
        "sources": list(dispatch.sources),
        "text": dispatch.text,
        "reason": item.reason,
    }
