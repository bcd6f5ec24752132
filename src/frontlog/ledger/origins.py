"""Whose words a dispatch prints: near-identical texts are one origin, the earliest of them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frontlog.likeness import names_in, plain_address, same_names
from frontlog.model import Claim

_WORD = re.compile(r"\w+")
SHINGLE = 3
HASHES = 48
ROWS = 4
WINDOW_DAYS = 10
SIMILAR = 0.75
# A page that says something else under the same address is a new dispatch, not a version.
SIMILAR_VERSIONS = 0.4
# Odd factors of the golden ratio's bits: multiplied with overflow, their high halves are good hashes.
_FACTORS = np.array(
    [(0x9E3779B97F4A7C15 * (2 * at + 1) ** 3 | 1) % (1 << 64) for at in range(HASHES)], dtype=np.uint64
)


def sketch(text: str) -> bytes:
    """A MinHash of the text's three-word shingles; the share of equal numbers estimates the Jaccard index."""
    words = [word.casefold() for word in _WORD.findall(text)]
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    hashed = np.array([zlib.crc32(each.encode()) for each in shingles], dtype=np.uint64)
    mixed = ((hashed[:, None] + np.uint64(1)) * _FACTORS[None, :]) >> np.uint64(32)
    return bytes(mixed.min(axis=0).astype("<u4").tobytes())


def bands(one: Fingerprint) -> list[int]:
    """Signed 64-bit keys; dispatches that share one may be copies, others are not looked at."""
    size = ROWS * 4
    value = one.sketch
    parts = [value[start : start + size] for start in range(0, len(value), size)]
    if one.address:
        parts.append(one.address.encode())
    return [
        int.from_bytes((zlib.crc32(part) | (at << 32)).to_bytes(8, "big"), "big")
        for at, part in enumerate(parts)
    ]


def similarity(left: bytes, right: bytes) -> float:
    return float(np.mean(_numbers(left) == _numbers(right)))


def _numbers(value: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(value, dtype="<u4")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is compared of a dispatch: when it was known (an ordinal), sketch, names and plain address."""

    id: str
    known: int
    sketch: bytes
    names: frozenset[int] = frozenset()
    address: str | None = None

    @classmethod
    def of(cls, id: str, known: int, text: str, url: str | None, value: bytes | None = None) -> Fingerprint:
        return cls(id, known, value or sketch(text), names_in(text), plain_address(url) if url else None)

    @property
    def order(self) -> tuple[int, str]:
        return self.known, self.id


def parent(one: Fingerprint, others: Iterable[Fingerprint]) -> Fingerprint | None:
    """The earliest dispatch before this one, within the window, that this is a copy or version of."""
    earlier = [
        other
        for other in others
        if other.order < one.order and one.known - other.known <= WINDOW_DAYS and _copies(one, other)
    ]
    return min(earlier, key=lambda other: other.order, default=None)


def _copies(one: Fingerprint, other: Fingerprint) -> bool:
    alike = similarity(one.sketch, other.sketch)
    if one.address and one.address == other.address:
        return alike >= SIMILAR_VERSIONS
    # Two towns told in the same phrases of one agency are two dispatches; the same words are one.
    return alike == 1.0 or (alike >= SIMILAR and same_names(one.names, other.names))


def root(id: str, parents: Mapping[str, str]) -> str:
    """Follow copies to the dispatch that said it first."""
    while id in parents:
        id = parents[id]
    return id


def claim_origin(claim: Claim, sources: tuple[str, ...], publisher: str | None) -> str:
    """Who is behind a claim: the named speaker, else the credited wire, the publisher, or the text alone."""
    if claim.speaker is not None:
        if claim.speaker.actor:
            return f"speaker:{claim.speaker.actor}"
        return f"speaker:{claim.speaker.text.casefold()}"
    if sources:
        return f"wire:{sources[0].casefold()}"
    return f"publisher:{publisher.casefold()}" if publisher else f"text:{claim.dispatch}"
