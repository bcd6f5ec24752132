"""What the network's outputs stand for, in order. Training and decoding share this page."""

from __future__ import annotations

from typing import Final

from frontlog.model import KINDS, Extent, Kind, Standing

ROLES: Final = ("cue", "agent", "target", "place", "time", "speaker", "deaths")
STANDINGS: Final[tuple[Standing, ...]] = ("fact", "denied", "planned", "possible")
EXTENTS: Final[tuple[Extent, ...]] = ("whole", "part", "site")
WHENS: Final = ("published", "told", "untold")
KIND_INDEX: Final[dict[Kind, int]] = {kind: index for index, kind in enumerate(KINDS)}
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
