"""The gazetteer: opening, names in many spellings, kin."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from frontlog.errors import GazetteerError
from frontlog.gazetteer.kin import arc_km
from frontlog.gazetteer.lookup import Gazetteer

# Each capital's point, and spellings that dispatches use for it.
CAPITALS = {
    (37.12, 70.58): "Faizabad|Fayzabad|Feyzabad|Faiz Abad",
    (34.99, 63.13): "Qala-i-Naw|Qala-e-Naw|Qala i Naw|Qala-e-Now|Qal'eh-ye Now",
    (35.94, 68.72): "Pul-e Khumri|Pul-i-Khumri|Puli Khumri|Pol-e Khomri|Pul-e-Khumri|Pulikhumri",
    (36.71, 67.11): "Mazar-i-Sharif|Mazar-e-Sharif|Mazari Sharif|Mazar-e Sharif",
    (34.82, 67.83): "Bamyan|Bamiyan|Bamian",
    (33.72, 66.13): "Nili|Neli",
    (32.37, 62.11): "Farah|Farah city",
    (35.92, 64.78): "Maymana|Maimana|Meymaneh|Maimanah",
    (33.55, 68.42): "Ghazni|Ghazni city",
    (34.52, 65.25): "Chaghcharan|Firozkoh|Feroz Koh",
    (31.59, 64.37): "Lashkar Gah|Lashkargah|Lashkar-Gah",
    (34.35, 62.2): "Herat|Hirat",
    (36.67, 65.75): "Sheberghan|Shebarghan|Shiberghan|Shibirghan",
    (34.53, 69.17): "Kabul|Kaboul",
    (31.61, 65.71): "Kandahar|Qandahar",
    (35.02, 69.33): "Mahmud-i-Raqi|Mahmud Raqi",
    (33.34, 69.92): "Khost|Khowst",
    (34.87, 71.15): "Asadabad|Assadabad",
    (36.73, 68.86): "Kunduz|Konduz|Qunduz",
    (34.67, 70.21): "Mehtar Lam|Mehtarlam|Mihtarlam",
    (34.0, 69.02): "Pul-e Alam|Pul-i-Alam|Puli Alam",
    (34.43, 70.45): "Jalalabad|Jelalabad",
    (30.96, 61.86): "Zaranj|Zarang",
    (35.42, 70.92): "Parun|Paroon",
    (33.6, 69.23): "Gardez|Gardiz",
    (33.18, 68.73): "Sharana|Sharan",
    (35.31, 69.52): "Bazarak|Bazarak Panjshir",
    (35.01, 69.17): "Charikar|Chaharikar",
    (36.27, 68.02): "Aibak|Aybak|Haibak",
    (36.22, 65.94): "Sar-e Pul|Sar-e-Pul|Sari Pul|Sar-e Pol|Sar-i-Pul",
    (36.74, 69.53): "Taloqan|Taluqan|Taleqan",
    (32.63, 65.87): "Tarinkot|Tirin Kot|Tarin Kowt|Tirinkot",
    (34.4, 68.87): "Maidan Shahr|Maidan Shar|Maydan Shahr",
    (32.11, 66.91): "Qalat|Kalat",
}
SPELLINGS = [(name, point) for point, names in CAPITALS.items() for name in names.split("|")]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def test_the_list_of_spellings_is_long_enough() -> None:
    assert len(CAPITALS) == 34
    assert len(SPELLINGS) >= 70


@pytest.mark.parametrize(("name", "point"), SPELLINGS)
def test_afghan_capitals_are_found_in_every_spelling(
    gazetteer: Gazetteer, name: str, point: tuple[float, float]
) -> None:
    best = gazetteer.find(name, ("AF",))[0]
    assert best.country == "AF"
    assert best.precision == "settlement", best
    assert arc_km(best.lat, best.lon, *point) < 12, best


def test_a_class_word_decides_between_city_and_province(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Kandahar", ("AF",))[0].precision == "settlement"
    assert gazetteer.find("Kandahar province", ("AF",))[0].precision == "province"
    assert gazetteer.find("the city of Herat")[0].precision == "settlement"


def test_transliteration_helps_only_within_the_countries_in_play(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Laschkar-e Gah", ("AF",))[0].name == "Lashkar Gah"
    assert gazetteer.find("Laschkar-e Gah") == ()


def test_a_name_that_is_nowhere_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Qwertzuiop") == ()


def test_ids_are_geonames_ids_and_lead_back(gazetteer: Gazetteer) -> None:
    kunduz = gazetteer.find("Kunduz", ("AF",))[0]
    assert kunduz.id == "gn:1135689"
    assert gazetteer.place("gn:1135689") == kunduz
    assert gazetteer.place("gn:0") is None


def test_kin_of_a_province(gazetteer: Gazetteer) -> None:
    province = gazetteer.find("Helmand province", ("AF",))[0]
    capital = gazetteer.capital(province)
    assert capital is not None
    assert capital.name == "Lashkar Gah"
    assert gazetteer.is_in(capital, province)
    assert not gazetteer.is_in(province, capital)
    country = gazetteer.country("AF")
    assert country is not None
    assert gazetteer.is_in(province, country)
    assert capital in list(gazetteer.within(province, ["city", "town"]))
    seats = list(gazetteer.within(country, ["province"]))
    assert len(seats) == 34
    assert all(gazetteer.capital(seat) for seat in seats if seat.name != "Kabul")


def test_the_capital_of_a_country(gazetteer: Gazetteer) -> None:
    syria = gazetteer.country("SY")
    assert syria is not None
    seat = gazetteer.capital(syria)
    assert seat is not None
    assert seat.name == "Damascus"


def test_crossings_bases_and_roads_of_war_reporting_are_there(gazetteer: Gazetteer) -> None:
    kinds = {
        name: gazetteer.find(name)[0].kind for name in ("Torkham", "Bagram Airfield", "Kajaki Dam", "Donbas")
    }
    assert kinds == {
        "Torkham": "crossing",
        "Bagram Airfield": "airbase",
        "Kajaki Dam": "dam",
        "Donbas": "region",
    }
    assert gazetteer.find("Kabul-Kandahar highway")[0].precision == "road"


def test_opening_is_quick_and_the_file_is_small(gazetteer: Gazetteer) -> None:
    began = time.perf_counter()
    Gazetteer.open(gazetteer.path)
    assert time.perf_counter() - began < 1
    assert gazetteer.path.stat().st_size < 100e6


def test_lookups_are_fast(gazetteer: Gazetteer) -> None:
    names = [gazetteer.name_of(row) for row in range(0, len(gazetteer), 40)]
    began = time.perf_counter()
    for name in names:
        gazetteer.readings(name)
    assert len(names) / (time.perf_counter() - began) > 10_000


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "gazetteer.flg"
    broken.write_bytes(b"something else")
    with pytest.raises(GazetteerError, match="rebuild"):
        Gazetteer.open(broken)
