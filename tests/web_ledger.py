"""A small ledger made by hand, so that the web's tests do not depend on reading: four towns, nine days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.tellings import claim_in, reading_of

from frontlog.ledger import open_store
from frontlog.ledger.sqlite import SqliteStore
from frontlog.model import Dispatch, Kind, Place, Reading, Standing

KUNDUZ = Place(
    "gn:1135689",
    "Kunduz",
    "city",
    "settlement",
    36.729,
    68.857,
    "AF",
    "gn:1135690",
    "Kunduz",
    161902,
    "gn:1135690",
)
HERAT = Place(
    "gn:1140026",
    "Herat",
    "city",
    "settlement",
    34.3482,
    62.1997,
    "AF",
    "gn:1140025",
    "Herat",
    436300,
    "gn:1140025",
)
GHAZNI = Place(
    "gn:1141269",
    "Ghazni",
    "city",
    "settlement",
    33.5536,
    68.4269,
    "AF",
    "gn:1141268",
    "Ghazni",
    141000,
    "gn:1141268",
)
KABUL = Place(
    "gn:1138958",
    "Kabul",
    "city",
    "settlement",
    34.5281,
    69.1723,
    "AF",
    "gn:1138957",
    "Kabul",
    4434550,
    "gn:1138957",
)
SIDES = {"Taliban": "taliban", "government forces": "gov:AF", "army": "gov:AF"}
NAMES = {"taliban": "Taliban", "gov:AF": "Afghan government"}


def name(side: str) -> str:
    return NAMES.get(side, side)


def dispatch(number: int, day: date, text: str, publisher: str, title: str | None = None) -> Dispatch:
    published = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Dispatch(
        f"d{number}", published, text, "minute", title, f"https://example.org/{number}", publisher
    )


def readings() -> Iterator[Reading]:
    start = date(2021, 8, 6)
    told: list[tuple[int, str, Kind, str, str, tuple[Place, ...], str, Standing, str | None]] = [
        (
            0,
            "government forces control Kunduz, Herat, Ghazni and Kabul.",
            "hold",
            "control",
            "government forces",
            (KUNDUZ, HERAT, GHAZNI, KABUL),
            "Northgate",
            "fact",
            None,
        ),
        (
            2,
            "Taliban seized Kunduz at dawn, a resident said.",
            "take",
            "seized",
            "Taliban",
            (KUNDUZ,),
            "Northgate",
            "fact",
            "a resident",
        ),
        (
            2,
            "The ministry denied that Taliban seized Kunduz.",
            "take",
            "seized",
            "Taliban",
            (KUNDUZ,),
            "Lantern",
            "denied",
            "The ministry",
        ),
        (
            3,
            "Taliban hold Kunduz and patrol its streets.",
            "hold",
            "hold",
            "Taliban",
            (KUNDUZ,),
            "Meridian",
            "fact",
            None,
        ),
        (
            6,
            "Taliban captured Ghazni, the governor said.",
            "take",
            "captured",
            "Taliban",
            (GHAZNI,),
            "Northgate",
            "fact",
            "the governor",
        ),
        (
            6,
            "The army shelled Ghazni from the air.",
            "strike",
            "shelled",
            "army",
            (GHAZNI,),
            "Lantern",
            "fact",
            None,
        ),
        (
            7,
            "Herat has fallen: Taliban entered and took Herat.",
            "take",
            "took",
            "Taliban",
            (HERAT,),
            "Meridian",
            "fact",
            None,
        ),
        (
            8,
            "The army still holds Kabul <b>firmly</b> & calmly.",
            "hold",
            "holds",
            "army",
            (KABUL,),
            "=Formula & Co",
            "fact",
            None,
        ),
    ]
    for number, (after, sentence, kind, cue, agent, places, publisher, standing, speaker) in enumerate(told):
        day = start + timedelta(days=after)
        text = f"KABUL, {day:%B %d} — Wire copy number {number}.\n\n{sentence} More is expected.\n"
        made = dispatch(number, day, text, publisher, f"Report {number} <script>alert(1)</script>")
        side = SIDES[agent]
        claim = claim_in(made, sentence, kind, cue, agent, side, places, standing=standing, speaker=speaker)
        yield reading_of(made, [claim])


def fill(path: Path) -> SqliteStore:
    """The ledger, open."""
    store = open_store(path)
    store.add_readings(readings(), "hand")
    return store
