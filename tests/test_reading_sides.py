"""Sides of provinces and countries, and well-known names of the countries that a text tells of."""

from __future__ import annotations

import pytest

from frontlog.gazetteer.lookup import Gazetteer
from frontlog.model import Sentence, Span
from frontlog.reading.toponyms import recognise
from tests.rule_claims import Find


def test_a_side_of_a_province_is_a_part_of_it(find: Find) -> None:
    (claim,) = find("Rebel fighters captured northern Idlib Governorate on Monday, the army said.", "take")
    assert [(m.name, m.precision) for m in claim.places] == [("Idlib", "province")]
    assert claim.extent == "part"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def found(text: str, gazetteer: Gazetteer, *told: str) -> list[str]:
    return [span.of(text) for span in recognise(text, [Sentence(Span(0, len(text)))], gazetteer, told=told)]


def test_a_known_town_is_found_where_its_country_is_told(gazetteer: Gazetteer) -> None:
    text = "A bomber blew himself up in Gao, and a soldier was hurt."
    assert found(text, gazetteer) == []
    assert found(text, gazetteer, "ML") == ["Gao"]
    assert "Gao" in found(text.replace("a soldier", "a Malian soldier"), gazetteer)


def test_a_country_told_raises_no_part_of_a_longer_name(gazetteer: Gazetteer) -> None:
    text = "Officials shut the Rafah Border Crossing as Egyptian guards looked on."
    assert found(text, gazetteer) == ["Rafah Border Crossing"]
