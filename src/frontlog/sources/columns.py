"""Which columns of a table hold what: the names that exports of news and event data commonly use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from frontlog.errors import SourceError
from frontlog.sources.items import Opened

_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "notes", "description"),
    "date": (
        "date",
        "published",
        "published_at",
        "publish_date",
        "pubdate",
        "event_date",
        "datetime",
        "timestamp",
    ),
    "id": ("id", "dispatch_id", "article_id", "event_id_cnty", "guid"),
    "title": ("title", "headline"),
    "url": ("url", "link", "source_url"),
    "publisher": ("publisher", "outlet", "site", "domain"),
    "sources": ("sources", "source"),
}


def columns_of(header: Sequence[str], opened: Opened) -> dict[str, int]:
    """Return where each field stands in a header; raises SourceError where text or date is not there."""
    places = {
        name.strip().lower().replace(" ", "_"): place for place, name in reversed(list(enumerate(header)))
    }
    found = {
        field: next(places[name] for name in names if name in places)
        for field, names in _NAMES.items()
        if any(name in places for name in names)
    }
    missing = [field for field in ("text", "date") if field not in found]
    if missing and not (missing == ["date"] and opened.named):
        reason = f"a table without a column for {' and '.join(missing)}"
        raise SourceError(
            opened.where, reason, "name the columns 'date' and 'text' (docs/sources.md has more)"
        )
    return found


def split_sources(record: dict[str, Any]) -> dict[str, Any]:
    """Split a cell that names several sources at its semicolons."""
    sources = record.get("sources")
    if isinstance(sources, str):
        return {**record, "sources": [part.strip() for part in sources.split(";")]}
    return record
