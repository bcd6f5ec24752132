"""The map as a still picture (PNG, SVG) or a film of days (GIF), with legend, date and source line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontlog.errors import MissingExtraError
from frontlog.model import HoldingState
from frontlog.views.colours import NEUTRAL, Mark
from frontlog.views.scene import Ground, Scene, importance

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, DPI = 11.0, 120
ROAD = "#b7a88a"
SEA, LAND, LINE, BORDER, INK, SOFT = "#dfe7ee", "#f5f3ee", "#c9c3b6", "#9a958a", "#1c2430", "#5a6472"
STATES: tuple[tuple[HoldingState, str], ...] = (
    ("held", "held"),
    ("claimed", "claimed"),
    ("contested", "contested"),
    ("vacated", "vacated"),
    ("unknown", "not known"),
)
SHAPES = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}
SIZES = (95, 80, 50, 34, 26)
FRAME_MS, LAST_MS = 900, 3000
LABELS = 120


def draw(scene: Scene, ground: Ground) -> Figure:
    """Draw one day; raises MissingExtraError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("a picture", "picture") from error
    box = ground.box
    wide = WIDTH - 2.72
    # Inches of map for a degree of longitude; a degree of latitude is longer by the stretch.
    high = min(14.0, max(5.0, wide * (box.north - box.south) * ground.stretch / (box.east - box.west)))
    unit = min(wide / (box.east - box.west), high / ((box.north - box.south) * ground.stretch))
    full = high + 1.25
    figure = Figure(figsize=(WIDTH, full), dpi=DPI, facecolor="white")
    axes = figure.add_axes((0.17 / WIDTH, 0.45 / full, wide / WIDTH, high / full))
    axes.set_facecolor(SEA)
    x, y = (box.west + box.east) / 2, (box.south + box.north) / 2
    axes.set_xlim(x - wide / unit / 2, x + wide / unit / 2)
    axes.set_ylim(y - high / unit / ground.stretch / 2, y + high / unit / ground.stretch / 2)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color(LINE)
    _base(axes, scene, ground)
    _places(axes, scene)
    _labels(figure, axes, scene)
    _legend(figure, scene, full)
    left = 0.17 / WIDTH
    figure.text(left, 1 - 0.36 / full, scene.title, size=17, weight="bold", color=INK)
    known = "#a8320b" if scene.known else SOFT
    figure.text(left, 1 - 0.66 / full, scene.subtitle, size=11, color=known)
    figure.text(left, 0.17 / full, scene.source, size=7.5, color=SOFT)
    return figure


def _base(axes: Axes, scene: Scene, ground: Ground) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    axes.add_collection(PolyCollection(ground.land, facecolors=LAND, edgecolors="none", zorder=1))
    tints = scene.tints()
    for place, rings in ground.provinces:
        sides = sorted(tints.get(place or "", set()))
        colours = [scene.marks[side].colour if side in scene.marks else NEUTRAL for side in sides]
        if len(colours) == 1:
            axes.add_collection(PolyCollection(rings, facecolors=colours[0], alpha=0.17, zorder=2))
        elif colours:
            axes.add_collection(PolyCollection(rings, facecolors=colours[0], alpha=0.17, zorder=2))
            axes.add_collection(
                PolyCollection(
                    rings, facecolors="none", edgecolors=colours[1], hatch="///", alpha=0.35, zorder=2
                )
            )
        axes.add_collection(
            PolyCollection(rings, facecolors="none", edgecolors=LINE, linewidths=0.6, zorder=3)
        )
    dashes = (0, (4, 2))
    axes.add_collection(
        LineCollection(ground.roads, colors=ROAD, linewidths=1.1, linestyles=dashes, zorder=4)
    )
    axes.add_collection(
        PolyCollection(ground.land, facecolors="none", edgecolors=BORDER, linewidths=1.0, zorder=4)
    )


def _style(mark: Mark | None, state: HoldingState) -> dict[str, Any]:
    """How matplotlib draws a mark: the side gives colour and shape, the state fill, outline and hatch."""
    colour = mark.colour if mark else NEUTRAL
    style: dict[str, Any] = {"marker": SHAPES[mark.shape if mark else "circle"], "edgecolors": colour}
    if state == "held":
        return {**style, "facecolors": colour, "edgecolors": "white", "linewidths": 0.8}
    if state == "contested":
        return {**style, "facecolors": "white", "hatch": "//////", "linewidths": 1.1}
    dashes = {"linestyles": (0, (2, 1.5))} if state == "vacated" else {}
    return {**style, "facecolors": "white", "linewidths": 2.0 if state == "claimed" else 1.2, **dashes}


def _places(axes: Axes, scene: Scene) -> None:
    groups: dict[tuple[str | None, HoldingState], list[tuple[float, float, int]]] = {}
    for each in scene.places:
        size = SIZES[importance(each)]
        groups.setdefault((each.holding.holder, each.holding.state), []).append(
            (each.place.lon, each.place.lat, size)
        )
    for (side, state), found in sorted(
        groups.items(), key=lambda item: (item[0][1] == "held", item[0][0] or "")
    ):
        lons, lats, sizes = zip(*found, strict=True)
        style = _style(scene.marks.get(side or ""), state)
        axes.scatter(lons, lats, s=sizes, zorder=6, **style)


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    def hits(self, other: _Area) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def _labels(figure: Figure, axes: Axes, scene: Scene) -> None:
    """Names beside their marks where there is room, the most important places first."""
    figure.draw_without_rendering()
    ordered = sorted(scene.places, key=lambda each: (importance(each), -each.place.population, each.place.id))
    points = [axes.transData.transform((each.place.lon, each.place.lat)) for each in ordered]
    taken = [_Area(x - 6, y - 6, 12, 12) for x, y in points]
    # A halo of strokes would turn the words of an SVG into outlines.
    ground = {"facecolor": "white", "alpha": 0.6, "edgecolor": "none", "pad": 0.6}
    frame = axes.get_window_extent()
    for each, (x, y) in list(zip(ordered, points, strict=True))[:LABELS]:
        wide, tall = 0.58 * 8.5 * DPI / 72 * len(each.place.name), 8.5 * DPI / 72
        spots = (
            ("left", x + 9, y - tall / 2),
            ("right", x - 9 - wide, y - tall / 2),
            ("center", x - wide / 2, y + 8),
            ("center", x - wide / 2, y - 8 - tall),
        )
        for align, left, low in spots:
            area = _Area(left, low, wide, tall)
            inside = frame.x0 < left and left + wide < frame.x1 and frame.y0 < low and low + tall < frame.y1
            if not inside or any(area.hits(other) for other in taken):
                continue
            taken.append(area)
            anchor = {"left": left, "right": left + wide, "center": left + wide / 2}[align]
            axes.annotate(
                each.place.name,
                (anchor, low + tall / 2),
                xycoords="figure pixels",
                ha=align,
                va="center_baseline",
                size=8.5,
                color=INK,
                zorder=8,
                bbox=ground,
            )
            break


def _legend(figure: Figure, scene: Scene, high: float) -> None:
    axes = figure.add_axes((1 - 2.45 / WIDTH, 0.45 / high, 2.35 / WIDTH, 1 - 1.25 / high))
    axes.set_axis_off()
    axes.set_xlim(0, 2.35)
    axes.set_ylim(high - 1.25, 0)
    shown = [side for side in scene.marks if any(each.holding.holder == side for each in scene.places)][:8]
    y = 0.15
    for side in shown:
        mark = scene.marks[side]
        axes.scatter([0.15], [y], s=80, **_style(mark, "held"))
        held = sum(each.holding.holder == side for each in scene.places)
        axes.text(0.36, y, f"{mark.name} ({held})", va="center", size=9.5, color=INK)
        y += 0.27
    y += 0.2
    axes.text(0.03, y, "Marks", size=9, color=SOFT, va="center")
    for state, meaning in STATES:
        y += 0.26
        number = sum(each.holding.state == state for each in scene.places)
        axes.scatter([0.15], [y], s=70, **_style(None, state))
        if state == "unknown":
            axes.text(0.15, y, "?", ha="center", va="center_baseline", size=6.5, color=NEUTRAL, weight="bold")
        axes.text(0.36, y, f"{meaning} ({number})", va="center", size=9, color=INK)
    axes.text(
        0.03,
        y + 0.3,
        "Larger: capitals and cities.\nTint: all places on record\nin the province; hatched: split.",
        va="top",
        size=8,
        color=SOFT,
        linespacing=1.4,
    )


def save(figure: Figure, out: Path) -> None:
    """Write PNG or SVG, by the file's ending; equal scenes give equal bytes."""
    import matplotlib

    with matplotlib.rc_context({"svg.hashsalt": "frontlog", "svg.fonttype": "none"}):
        metadata: dict[str, Any] = {"Date": None} if out.suffix == ".svg" else {"Software": "frontlog"}
        figure.savefig(out, format=out.suffix[1:], metadata=metadata)


def film(scenes: Iterable[Scene], ground: Ground, out: Path) -> int:
    """Write an animated GIF of days and give how many; the last one stays longer."""
    from PIL import Image

    frames = []
    for each in scenes:
        raw = io.BytesIO()
        draw(each, ground).savefig(raw, format="png")
        # One palette for all frames would need them all at once; 64 colours are plenty for a map.
        frames.append(Image.open(raw).convert("RGB").quantize(64, dither=Image.Dither.NONE))
    durations: Sequence[int] = [*[FRAME_MS] * (len(frames) - 1), LAST_MS]
    frames[0].save(out, save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=True)
    return len(frames)
