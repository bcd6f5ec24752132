"""Actors: who is meant, on which side, when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from frontlog.errors import DataFileError
from frontlog.reading.actors import Actors


@pytest.fixture(scope="module")
def actors() -> Actors:
    return Actors.open()


def side(actors: Actors, words: str, on: str, *countries: str) -> str | None:
    found = actors.resolve(words, date.fromisoformat(on), countries)
    return found.side if found else None


@pytest.mark.parametrize(
    "words", ["Syrian Army", "the Syrian regime", "Syrian government forces", "troops of Syria"]
)
def test_one_government_by_many_names(actors: Actors, words: str) -> None:
    assert side(actors, words, "2015-05-01", "SY") == "gov:SY"


@pytest.mark.parametrize(
    "words", ["ISIS", "Daesh", "Islamic State militants", "fighters of the Islamic State group"]
)
def test_one_group_by_many_names(actors: Actors, words: str) -> None:
    assert side(actors, words, "2015-05-01", "IQ") == "isil"


def test_country_codes_are_not_read_into_ordinary_words(actors: Actors) -> None:
    assert side(actors, "security and defence forces", "2021-08-01", "AF") == "gov:AF"


def test_a_country_without_any_entry_has_its_parties(actors: Actors) -> None:
    assert side(actors, "Uruguayan troops", "1999-01-01", "UY") == "gov:UY"
    assert side(actors, "rebels", "1999-01-01", "UY") == "rebels:UY"
    assert side(actors, "rebel forces", "1999-01-01", "UY") == "rebels:UY"
    assert side(actors, "Northern Lakes Front", "1999-01-01", "UY") == "northern lakes front"


def test_the_taliban_become_the_government(actors: Actors) -> None:
    assert side(actors, "government forces", "2021-08-10", "AF") == "gov:AF"
    assert side(actors, "insurgents", "2021-08-10", "AF") == "taliban"
    assert side(actors, "government forces", "2021-09-10", "AF") == "taliban"
    assert side(actors, "Taliban", "2021-09-10", "AF") == "taliban"


def test_a_foreign_army_fights_on_a_side_of_the_war_in_play(actors: Actors) -> None:
    assert side(actors, "Russian warplanes", "2016-01-01", "SY") == "gov:SY"
    assert side(actors, "Russian warplanes", "2016-01-01", "RU") == "gov:RU"
    assert side(actors, "Rapid Support Forces", "2022-01-01", "SD") == "gov:SD"
    assert side(actors, "Rapid Support Forces", "2023-05-01", "SD") == "rsf"


def test_generic_words_say_so_and_take_the_party_that_the_dispatch_names(actors: Actors) -> None:
    day = date(2012, 6, 1)
    alone = actors.resolve("rebels", day, ["CD"])
    assert alone is not None
    assert alone.generic
    found = actors.resolve_all(["Allied Democratic Forces", "rebels", "army"], day, ["CD"])
    assert [each.side for each in found if each] == ["adf", "adf", "gov:CD"]


@pytest.mark.parametrize("words", ["both sides", "their forces", "residents", "Witnesses", "civilians"])
def test_words_that_cannot_name_a_party_have_no_side(actors: Actors, words: str) -> None:
    assert side(actors, words, "2015-05-01", "SY") is None


def test_names_for_people(actors: Actors) -> None:
    assert actors.name("gov:SY") == "Syrian government"
    assert actors.name("isil") == "Islamic State"
    assert actors.country("Congolese") == "CD"


def test_a_users_file_adds_actors_and_sides(tmp_path: Path) -> None:
    more = tmp_path / "more.tsv"
    more.write_text(
        "id\tname\tkind\tcountry\tside\tfrom\tto\taliases\nlakes\tLakes Front\tgroup\tUY\t\t\t\tLF|Lakers\n"
    )
    sides = tmp_path / "sides.tsv"
    sides.write_text("country\twho\tside\tfrom\tto\tsource\nUY\tinsurgents\tlakes\t\t\thttps://example.org\n")
    actors = Actors.open(more, sides)
    assert side(actors, "Lakers", "2020-01-01") == "lakes"
    assert side(actors, "insurgents", "2020-01-01", "UY") == "lakes"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name\tside\n", "unknown columns"),
        ("country\twho\tside\tfrom\tto\tsource\nUY\tinsurgents\tlakes\tsoon\t\tx\n", "isoformat"),
        ("country\twho\tside\tfrom\tto\tsource\nUY\tinsurgents\n", "2 cells"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(text)
    with pytest.raises(DataFileError, match=reason):
        Actors.open(path)


def test_the_registry_is_broad(actors: Actors) -> None:
    for id in ("taliban", "isil", "m23", "wagner", "sdf", "peshmerga", "rsf", "tplf", "houthi", "whitehouse"):
        assert actors.actor(id) is not None
    assert len(actors) >= 250
