"""Versions: dispatches that tell one text again, under the same address or nearly word for word.

A version is kept as a dispatch of its own, but it is not new evidence: the ledger counts a dispatch and
its versions as one origin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from frontlog.likeness import names_in, plain_address, same_names
from frontlog.model import Dispatch

_WORDS = re.compile(r"\w+")
_SHINGLE = 4
_MOST_SHINGLES = 5000
_HASHES = 36
_BAND = 3
_PRIME = np.uint64((1 << 31) - 1)
_FACTORS, _SHIFTS = np.random.Generator(np.random.PCG64(20210811)).integers(
    1, (1 << 31) - 1, size=(2, _HASHES, 1), dtype=np.uint64
)
_FEW = 6
_SHORT = 12
_LONG = 40

Signature = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Version:
    """``dispatch`` tells ``version_of`` again; ``similarity`` estimates the share of word runs in common."""

    dispatch: str
    version_of: str
    why: Literal["same text", "same address", "near text"]
    similarity: float


@dataclass(frozen=True, slots=True)
class _Kept:
    origin: str
    day: int
    signature: Signature
    names: frozenset[int]


class Versions:
    """Relates each dispatch to the first one it repeats. Memory grows by about 2 kB a dispatch.

    ``alike`` is the least similarity of near texts; ``days`` how far apart they may be, since a ministry's
    daily statement repeats yesterday's phrases about other happenings.
    """

    def __init__(self, *, alike: float = 0.7, days: int = 3) -> None:
        self._alike = alike
        self._days = days
        self._texts: dict[bytes, _Kept] = {}
        self._addresses: dict[str, _Kept] = {}
        self._bands: defaultdict[bytes, list[_Kept]] = defaultdict(list)

    def relate(self, dispatch: Dispatch) -> Version | None:
        """Return what a dispatch is a version of, or None for the first of its kind; remembers it."""
        words = _WORDS.findall(dispatch.text.lower())
        new = _Kept(dispatch.id, dispatch.date.toordinal(), signature(words), names_in(dispatch.text))
        text = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=12).digest()
        version = self._same_text(new, text, words) or self._same_address(new, dispatch)
        version = version or (self._near(new) if len(words) >= _SHORT else None)
        kept = replace(new, origin=version.version_of) if version else new
        self._texts.setdefault(text, kept)
        if dispatch.url:
            self._addresses.setdefault(plain_address(dispatch.url), kept)
        for band in _bands(kept.signature) if len(words) >= _SHORT else ():
            self._bands[band].append(kept)
        return version

    def _same_text(self, new: _Kept, text: bytes, words: list[str]) -> Version | None:
        old = self._texts.get(text)
        if old is None or old.origin == new.origin or len(words) < _FEW:
            return None
        if len(words) < _LONG and not self._close(old, new):
            return None
        return Version(new.origin, old.origin, "same text", 1.0)

    def _same_address(self, new: _Kept, dispatch: Dispatch) -> Version | None:
        old = self._addresses.get(plain_address(dispatch.url)) if dispatch.url else None
        if old is None or old.origin == new.origin:
            return None
        return Version(new.origin, old.origin, "same address", similarity(old.signature, new.signature))

    def _near(self, new: _Kept) -> Version | None:
        rivals = {id(old): old for band in _bands(new.signature) for old in self._bands.get(band, ())}
        near = [
            (similarity(old.signature, new.signature), old)
            for old in rivals.values()
            if self._close(old, new) and old.origin != new.origin and same_names(old.names, new.names)
        ]
        share, old = max(near, key=lambda pair: pair[0], default=(0.0, new))
        return Version(new.origin, old.origin, "near text", share) if share >= self._alike else None

    def _close(self, old: _Kept, new: _Kept) -> bool:
        return abs(old.day - new.day) <= self._days


def versions_of(dispatches: Iterable[Dispatch], *, alike: float = 0.7, days: int = 3) -> Iterator[Version]:
    """Yield every dispatch that is a version of an earlier one, in the order given."""
    versions = Versions(alike=alike, days=days)
    for dispatch in dispatches:
        if version := versions.relate(dispatch):
            yield version


def signature(words: Sequence[str]) -> Signature:
    """MinHash over runs of four words (Broder 1997): equal entries estimate the Jaccard index."""
    count = min(max(1, len(words) - _SHINGLE + 1), _MOST_SHINGLES)
    runs = {crc32(" ".join(words[at : at + _SHINGLE]).encode("utf-8", "replace")) for at in range(count)}
    values = np.fromiter(runs, dtype=np.uint64, count=len(runs))
    least: Signature = ((_FACTORS * (values % _PRIME) + _SHIFTS) % _PRIME).min(axis=1).astype(np.uint32)
    return least


def similarity(first: Signature, second: Signature) -> float:
    """Estimated share of word runs that two texts have in common, 0 to 1, with an error of about .08."""
    return float(np.count_nonzero(first == second)) / _HASHES


def _bands(signature: Signature) -> Iterator[bytes]:
    for start in range(0, _HASHES, _BAND):
        yield bytes([start]) + signature[start : start + _BAND].tobytes()
