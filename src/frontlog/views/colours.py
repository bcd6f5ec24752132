"""Colours and shapes for sides: Okabe and Ito's palette, which colour-blind readers can tell apart.

Colour never stands alone: every side also has a shape, and states differ in fill, outline and hatch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Shape = Literal["circle", "square", "diamond", "triangle"]

BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY, YELLOW = "#E69F00", "#56B4E9", "#F0E442"
NEUTRAL = "#7d8590"
_GOVERNMENTS = (BLUE, SKY, GREEN)
_OTHERS = (VERMILLION, ORANGE, PURPLE, YELLOW)
_GOVERNMENT_SHAPES: tuple[Shape, ...] = ("square", "diamond")
_OTHER_SHAPES: tuple[Shape, ...] = ("circle", "triangle")


@dataclass(frozen=True, slots=True)
class Mark:
    """How one side is drawn."""

    side: str
    name: str
    colour: str
    shape: Shape


def marks(sides: Iterable[tuple[str, str]]) -> dict[str, Mark]:
    """Give each side, as ``(id, name)`` with the most important first, its own colour and shape.

    Governments are blues and greens with corners, others reds and yellows with round or pointed shapes; a
    colour comes back, with the other shape, when all are used.

    >>> marks([("taliban", "Taliban"), ("gov:AF", "Afghan government")])["gov:AF"].shape
    'square'
    """
    given: dict[str, Mark] = {}
    count = {True: 0, False: 0}
    for side, name in sides:
        state = side.startswith(("gov:", "state:"))
        colours = _GOVERNMENTS if state else _OTHERS
        shapes = _GOVERNMENT_SHAPES if state else _OTHER_SHAPES
        at = count[state]
        count[state] += 1
        given[side] = Mark(side, name, colours[at % len(colours)], shapes[at // len(colours) % len(shapes)])
    return given
