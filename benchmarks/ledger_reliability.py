"""Draw how often holdings were right at each confidence shown, for ledgers read and the facts of their wars.

python benchmarks/ledger_reliability.py OUT.svg NAME LEDGER FACTS.csv [NAME LEDGER FACTS.csv …]
"""

from __future__ import annotations

import sys
from pathlib import Path

from frontlog.evaluation.control import Judged, evaluate, read_facts, reliability
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.ledger import open_store
from frontlog.reading.actors import Actors

SIZE, EDGE = 320, 44
COLOURS = ("#1b6ca8", "#c2571a", "#3a7d44", "#7a4fa3")


def series(name: str, judged: tuple[Judged, ...], colour: str, line: int) -> str:
    """One dot a bin of confidence, its area by the number of place-days."""
    dots = []
    for mean, right, number in reliability(judged):
        x, y, radius = _at(mean), SIZE - _at(right, low=0.0), 3 + (number / 150) ** 0.5
        told = f"{name}: {mean:.2f} shown, {right:.2f} right, {number} place-days"
        dots.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.6">'
            f"<title>{told}</title></circle>"
        )
    label = f'<text x="{EDGE + 8}" y="{EDGE + 14 + 15 * line}" fill="{colour}">{name}</text>'
    return "".join(dots) + label


def _at(share: float, low: float = 0.5) -> float:
    return EDGE + (share - low) / (1 - low) * (SIZE - 2 * EDGE)


def draw(parts: list[str]) -> str:
    ends = [(_at(share), SIZE - _at(share, low=0.0)) for share in (0.5, 1.0)]
    ticks = "".join(
        f'<text x="{_at(share):.0f}" y="{SIZE - EDGE + 16}" text-anchor="middle">{share}</text>'
        for share in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    ) + "".join(
        f'<text x="{EDGE - 6}" y="{SIZE - _at(share, low=0.0) + 4:.0f}" text-anchor="end">{share}</text>'
        for share in (0.0, 0.5, 1.0)
    )
    (x1, y1), (x2, y2) = ends
    middle = SIZE / 2
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" font-family="sans-serif"',
        f' font-size="11"><rect width="{SIZE}" height="{SIZE}" fill="white"/>',
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#999"/>{ticks}',
        *parts,
        f'<text x="{middle}" y="{SIZE - 8}" text-anchor="middle">confidence shown</text>',
        f'<text x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">right</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    out, *rest = sys.argv[1:]
    actors, gazetteer = Actors.open(), Gazetteer.open()
    parts: list[str] = []
    for at in range(0, len(rest), 3):
        name, ledger, facts = rest[at : at + 3]
        with open_store(ledger, must_exist=True) as store:
            report = evaluate(store, read_facts(Path(facts), actors), gazetteer)
        for clock, judged in (("as known then", report.filtered), ("looking back", report.retrospective)):
            parts.append(series(f"{name}, {clock}", judged, COLOURS[len(parts) % len(COLOURS)], len(parts)))
    Path(out).write_text(draw(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
