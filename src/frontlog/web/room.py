"""What the application is opened with, and answers that are made once for each state of the ledger."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response

from frontlog.ledger.store import Store
from frontlog.views.colours import Mark, marks
from frontlog.views.mapdata import MapData

Names = Callable[[str], str]
KEPT_BYTES = 192 * 2**20


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day on which the ledger learnt anything."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Answer:
    """An encoded body, plain and compressed."""

    body: bytes
    packed: bytes
    etag: str
    media: str

    @classmethod
    def of(cls, body: bytes, media: str) -> Answer:
        return cls(body, gzip.compress(body, 5), f'"{hashlib.sha256(body).hexdigest()[:20]}"', media)

    def __len__(self) -> int:
        return len(self.body) + len(self.packed)

    def response(self, request: Request) -> Response:
        """304 where the browser has it, else compressed where it takes that."""
        headers = {"etag": self.etag, "cache-control": "no-cache", "vary": "accept-encoding"}
        if self.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(self.packed, headers=headers, media_type=self.media)
        return Response(self.body, headers=headers, media_type=self.media)


class Answers:
    """Encoded answers by key, the least used dropped first; a newer ledger forgets them all."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit, self._size = limit, 0
        self._version = ""
        self._kept: OrderedDict[tuple[object, ...], Answer] = OrderedDict()
        self._guard = threading.Lock()

    def get(
        self,
        version: str,
        key: tuple[object, ...],
        make: Callable[[], bytes],
        media: str = "application/json",
    ) -> Answer:
        """The answer under ``key`` as of one version of the ledger, made now if it is not there."""
        with self._guard:
            if version != self._version:
                self._kept.clear()
                self._size, self._version = 0, version
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = Answer.of(make(), media)
        with self._guard:
            if version == self._version and key not in self._kept:
                self._kept[key] = made
                self._size += len(made)
                while self._size > self._limit and len(self._kept) > 1:
                    self._size -= len(self._kept.popitem(last=False)[1])
        return made


@dataclass(slots=True)
class Room:
    """One open ledger and what pages are made from. ``now`` is the clock, ``name`` names sides."""

    store: Store
    name: Names
    now: Callable[[], datetime]
    title: str = "frontlog"
    author: str = ""
    mapdata: MapData = field(default_factory=MapData.open)
    answers: Answers = field(default_factory=Answers)
    _marks: tuple[str, Mapping[str, Mark], Mapping[str, int]] | None = None
    _span: tuple[str, Span | None] | None = None

    @property
    def version(self) -> str:
        return self.store.version()

    def marks(self) -> Mapping[str, Mark]:
        return self._sides()[1]

    def side_places(self) -> Mapping[str, int]:
        return self._sides()[2]

    def span(self) -> Span | None:
        """The days of knowledge that the ledger covers, or None for an empty one."""
        version = self.version
        if self._span is None or self._span[0] != version:
            days = [each.known for each in self.store.counts()]
            self._span = (version, Span(min(days), max(days)) if days else None)
        return self._span[1]

    def side_name(self, side: str | None) -> str | None:
        if side is None:
            return None
        mark = self.marks().get(side)
        return mark.name if mark else self.name(side)

    def _sides(self) -> tuple[str, Mapping[str, Mark], Mapping[str, int]]:
        version = self.version
        if self._marks is None or self._marks[0] != version:
            sides = self.store.sides()
            named: Iterable[tuple[str, str]] = ((side, self.name(side)) for side, _ in sides)
            self._marks = (version, marks(named), dict(sides))
        return self._marks


def room_of(request: Request) -> Room:
    """The room that the application was made with."""
    room: Room = request.app.state.room
    return room
