"""Polling feeds: what is due is asked for with conditions, what is new is found, the rest is left alone."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from frontlog.errors import SourceError
from frontlog.likeness import plain_address
from frontlog.model import Dispatch
from frontlog.sources import feed, html
from frontlog.sources.items import Found, Opened, Skipped
from frontlog.sources.judging import Judge
from frontlog.sources.politeness import Answer, NotAskedError, Visitor, wait_after

_MOST_SEEN = 5000


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of one feed between polls. ``seen`` are hashes of entries, oldest first."""

    etag: str | None = None
    modified: str | None = None
    due: str | None = None
    failures: int = 0
    gone: bool = False
    seen: tuple[str, ...] = ()

    def is_due(self, now: datetime) -> bool:
        return not self.gone and (self.due is None or datetime.fromisoformat(self.due) <= now)


@dataclass(slots=True)
class Watch:
    """One round of polling over many feeds; ``states`` is what to save afterwards."""

    visitor: Visitor
    states: dict[str, FeedState]
    every: timedelta = timedelta(minutes=15)
    pages: bool = False
    _judge: Judge = field(default_factory=Judge)

    def resting(self, url: str, now: datetime) -> str | None:
        """Why a feed is not asked now, in words; None where it is."""
        state = self.states.get(url, FeedState())
        if state.gone:
            return "gone for good, by its own word (410)"
        if state.is_due(now):
            return None
        failed = f", after {state.failures} failure{'s' * (state.failures > 1)}" if state.failures else ""
        return f"not due before {(state.due or '')[:16].replace('T', ' ')} UTC{failed}"

    def poll(self, url: str, now: datetime) -> Iterator[Dispatch | Skipped]:
        """Yield what is new in one feed, if it is due; a failing feed waits longer each time."""
        state = self.states.get(url, FeedState())
        if not state.is_due(now):
            return
        answer: Answer | None = None
        try:
            answer = self.visitor.fetch(url, _conditions(state))
            entries = self._entries(url, answer, now.date())
        except SourceError as error:
            if not (isinstance(error, NotAskedError) and error.where == url):
                self.states[url] = _failed(state, answer, now)
            yield Skipped.of(error)
            return
        yield from self._new(url, entries, state, now)
        self.states[url] = replace(
            self.states[url],
            etag=answer.headers.get("etag") or (state.etag if answer.status == 304 else None),
            modified=answer.headers.get("last-modified")
            or (state.modified if answer.status == 304 else None),
        )

    def _entries(self, url: str, answer: Answer, today: date) -> list[Found | Skipped]:
        if answer.status == 304:
            return []
        if answer.status != 200:
            raise SourceError(url, f"answered with status {answer.status}", "it is asked again later")
        stream = io.BufferedReader(io.BytesIO(answer.data))
        name = urlsplit(url).hostname or "feed"
        return list(feed.read(Opened(url, name.replace(".", "-"), stream, today)))

    def _new(
        self, url: str, entries: list[Found | Skipped], state: FeedState, now: datetime
    ) -> Iterator[Dispatch | Skipped]:
        seen = dict.fromkeys(state.seen)
        for entry in entries:
            mark = _mark(entry)
            if mark not in seen:
                seen[mark] = None
                yield self._judged(entry)
        due = (now + self.every).isoformat()
        self.states[url] = replace(state, due=due, failures=0, seen=tuple(seen)[-_MOST_SEEN:])

    def _judged(self, entry: Found | Skipped) -> Dispatch | Skipped:
        if isinstance(entry, Skipped):
            return entry
        return self._judge.judge(self._whole(entry, entry.url) if self.pages and entry.url else entry)

    def _whole(self, entry: Found, url: str) -> Found:
        """The full page behind an entry, or the entry itself where the page may not or cannot be had."""
        try:
            page = html.article(self.visitor.fetch_page(url).data, url, entry.latest, url)
        except SourceError:
            return entry
        return replace(entry, text=page.text) if len(page.text) > len(entry.text) else entry


def load_states(path: Path) -> dict[str, FeedState]:
    """Read a state file; one that is not there is empty, a broken one raises SourceError."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        return {url: FeedState(**{**state, "seen": tuple(state["seen"])}) for url, state in raw.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        remedy = "delete it to begin anew, or restore it"
        raise SourceError(str(path), f"not a state file of watch ({error})", remedy) from error


def save_states(path: Path, states: dict[str, FeedState], *, sync: Callable[[int], None] = os.fsync) -> None:
    """Write the state file whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({url: asdict(state) for url, state in states.items()}, file, indent=1)
        file.flush()
        sync(file.fileno())
    temporary.replace(path)


def record(dispatch: Dispatch) -> dict[str, Any]:
    """A dispatch as a JSON line that ``read`` takes."""
    stamp = dispatch.published.isoformat() if dispatch.precision == "minute" else dispatch.date.isoformat()
    fields = {"title": dispatch.title, "url": dispatch.url, "publisher": dispatch.publisher}
    known = {name: value for name, value in fields.items() if value}
    sources = {"sources": list(dispatch.sources)} if dispatch.sources else {}
    return {"id": dispatch.id, "date": stamp, "text": dispatch.text, **known, **sources}


def _conditions(state: FeedState) -> dict[str, str]:
    given = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in given.items() if value}


def _failed(state: FeedState, answer: Answer | None, now: datetime) -> FeedState:
    failures = state.failures + 1
    due = now + wait_after(failures, answer, now)
    return replace(state, failures=failures, due=due.isoformat(), gone=bool(answer and answer.status == 410))


def _mark(entry: Found | Skipped) -> str:
    """An entry is new when its address or its words are: a changed text comes again, as a version."""
    if isinstance(entry, Skipped):
        words = f"{entry.where}\n{entry.reason}"
    else:
        words = f"{plain_address(entry.url or '')}\n{entry.title}\n{entry.text}"
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()
