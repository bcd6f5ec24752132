"""Provinces named by an adjective are found by the English name that their chief town lends them."""

from __future__ import annotations

import pytest

from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.rows import Row
from frontlog.gazetteer.seats import name_after_seats


def province(name: str, town: str) -> Row:
    rows = {"p": Row("p", name, "province", 50.0, 40.0, "RU")}
    towns = [
        Row("t", town, "city", 50.0, 40.0, "RU", admin1="p", population=90_000),
        Row("u", "Village", "village", 50.0, 40.0, "RU", admin1="p", population=900),
    ]
    name_after_seats(rows, towns)
    return rows["p"]


@pytest.mark.parametrize(
    ("native", "town", "name", "full"),
    [
        ("Zarechskaya oblast'", "Zarechsk", "Zarechsk", "Zarechsk Oblast"),
        ("Mol'skaya oblast'", "Mola", "Mola", "Mola Region"),
        ("Donovskiy kray", "Donov-na-Reke", "Donov", "Donov Krai"),
        ("Kuznetskaya oblast'", "Petrovsk", "Kuznetskaya oblast'", "Kuznet Oblast"),
    ],
)
def test_a_province_takes_the_name_of_its_seat(native: str, town: str, name: str, full: str) -> None:
    row = province(native, town)
    assert row.name == name
    assert full in row.names
    assert native in (row.name, *row.names)


def test_other_provinces_keep_their_names() -> None:
    row = province("Northern March", "Zarechsk")
    assert (row.name, row.names) == ("Northern March", [])


def test_an_oblast_of_the_installed_gazetteer_is_a_province() -> None:
    found = Gazetteer.open().find("Kursk Oblast", ("RU",))
    assert [place.precision for place in found] == ["province"]
