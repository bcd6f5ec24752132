"""Places among the towns: provinces of sites, names of airports, seats of districts."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontlog.errors import DataFileError
from frontlog.gazetteer.rows import Row
from frontlog.gazetteer.situate import situate
from frontlog.gazetteer.supplement import apply_supplement


def laid(*rows: Row) -> dict[str, Row]:
    """The rows beside a province and its town, situated."""
    found = {
        row.id: row
        for row in (
            Row("p", "Marsh", "province", 10.0, 20.0, "XX"),
            Row(
                "t",
                "Qonduk",
                "town",
                10.5,
                20.5,
                "XX",
                admin1="p",
                population=9_000,
                names=["Kunduk", "Old Harbour"],
            ),
            *rows,
        )
    }
    situate(found)
    return found


def test_a_site_lies_in_the_province_of_the_nearest_town() -> None:
    rows = laid(
        Row("near", "Red Bridge", "site", 10.6, 20.4, "XX"), Row("far", "Well 9", "site", 14.0, 20.4, "XX")
    )
    assert rows["near"].admin1 == "p"
    assert rows["far"].admin1 is None


def test_a_town_over_the_border_is_no_neighbour() -> None:
    assert laid(Row("s", "Red Bridge", "site", 10.6, 20.4, "YY"))["s"].admin1 is None


def test_an_airport_is_named_as_its_town_in_every_spelling() -> None:
    airport = laid(Row("a", "Kunduk Airport", "airport", 10.52, 20.48, "XX"))["a"]
    assert airport.name == "Qonduk Airport"
    assert {"Kunduk Airport", "Qonduk Airport", "Kunduk International Airport", "Old Harbour Airport"} <= set(
        airport.names
    )
    other = laid(Row("a", "Lake Airport", "airport", 10.52, 20.48, "XX"))["a"]
    assert (other.name, other.names) == ("Lake Airport", [])
    kept = laid(Row("a", "Kunduk Airport", "airport", 10.52, 20.48, "XX", listed=True))["a"]
    assert kept.name == "Kunduk Airport"


def test_a_district_without_a_point_has_that_of_the_town_of_its_name() -> None:
    rows = laid(
        Row("d", "Kunduk District", "district", 10.0, 20.0, "XX", admin1="p", short=["Kunduk"]),
        Row("e", "Ferry District", "district", 10.0, 20.0, "XX", admin1="p", short=["Ferry"]),
        Row("f", "Kunduk Ward", "district", 10.9, 20.9, "XX", admin1="p", short=["Kunduk"]),
    )
    assert (rows["d"].lat, rows["d"].lon) == (10.5, 20.5)
    assert (rows["e"].lat, rows["e"].lon) == (10.0, 20.0)
    assert (rows["f"].lat, rows["f"].lon) == (10.9, 20.9)


def test_a_supplement_row_in_no_known_province_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "places.tsv"
    head = "id\tname\taliases\tkind\tlat\tlon\tcountry\tadmin1\tsource\n"
    path.write_text(head + "fl:a\tRed Bridge\t\tsite\t10.5\t20.5\tXX\tMarsh\tfrontlog\n", "utf-8")
    rows = laid()
    apply_supplement(rows, path)
    assert rows["fl:a"].admin1 == "p"
    path.write_text(head + "fl:b\tOld Bridge\t\tsite\t10.5\t20.5\tXX\tFen\tfrontlog\n", "utf-8")
    with pytest.raises(DataFileError, match=r"places\.tsv:2: no province 'Fen' in XX"):
        apply_supplement(rows, path)
