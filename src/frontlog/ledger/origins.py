"""Whose words a dispatch prints: near-identical texts are one origin, the earliest of them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frontlog.likeness import same_names
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
    """What is compared of a dispatch: when it was known (an ordinal), its sketch and its plain address."""

    id: str
    known: int
    sketch: bytes
    address: str | None = None

    @property
    def order(self) -> tuple[int, str]:
        return self.known, self.id


NamesOf = Callable[[Fingerprint], Collection[int]]
"""The names in the text of a dispatch; asked for only where the texts are alike."""


def copies(one: Fingerprint, others: Iterable[Fingerprint], names: NamesOf) -> list[Fingerprint]:
    """Those within the window that are copies or versions of this dispatch, or it is of them."""
    near = [other for other in others if abs(one.known - other.known) <= WINDOW_DAYS]
    if not near:
        return []
    sketches = _numbers(b"".join(other.sketch for other in near)).reshape(len(near), HASHES)
    alike = (sketches == _numbers(one.sketch)).mean(axis=1)
    return [
        other for other, share in zip(near, alike.tolist(), strict=True) if _copies(one, other, share, names)
    ]


def parent(one: Fingerprint, others: Iterable[Fingerprint], names: NamesOf) -> Fingerprint | None:
    """The earliest dispatch before this one, within the window, that this is a copy or version of."""
    earlier = [other for other in copies(one, others, names) if other.order < one.order]
    return min(earlier, key=lambda other: other.order, default=None)


def _copies(one: Fingerprint, other: Fingerprint, alike: float, names: NamesOf) -> bool:
    if one.address and one.address == other.address:
        return alike >= SIMILAR_VERSIONS
    # Two towns told in the same phrases of one agency are two dispatches; the same words are one.
    return alike == 1.0 or (alike >= SIMILAR and same_names(names(one), names(other)))


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
