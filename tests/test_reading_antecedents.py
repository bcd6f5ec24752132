"""Bare class words go back to the place named before."""

from __future__ import annotations

import pytest

from frontlog.model import Place, PlaceMention, Precision, Span
from frontlog.reading.antecedents import antecedent

TEXT = "Rebels reached Zaranka in Harut province. They shelled the town and burned another town."


def mention(name: str, precision: Precision) -> PlaceMention:
    place = Place(f"t:{name}", name, "place", precision, 30.0, 60.0, "AF")
    start = TEXT.index(name)
    return PlaceMention(Span(start, start + len(name)), name, name, place, 1.0)


PLACES = (mention("Zaranka", "settlement"), mention("Harut", "province"))


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize("start", [0, 4])
def test_the_town_is_the_town_named_before(start: int) -> None:
    whole = at("the town")
    found = antecedent(TEXT, Span(whole.start + start, whole.end), PLACES)
    assert found is not None
    assert (found.name, found.span.end) == ("Zaranka", whole.end)


def test_another_town_has_no_name() -> None:
    assert antecedent(TEXT, at("another town"), PLACES) is None


def test_a_class_word_does_not_take_a_place_of_another_class() -> None:
    assert antecedent(TEXT, at("the town"), PLACES[1:]) is None


OIL = "Rebels reached Zaranka last week. They seized the oil hub, and the army left the town's barracks."


def back(words: str, text: str = OIL, places: tuple[PlaceMention, ...] = PLACES[:1]) -> PlaceMention | None:
    start = text.index(words)
    return antecedent(text, Span(start, start + len(words)), places)


def test_words_that_describe_the_one_town_named_before_mean_it() -> None:
    found = back("oil hub")
    assert found is not None
    assert (found.name, found.text) == ("Zaranka", "oil hub")


def test_what_is_the_towns_is_in_the_town() -> None:
    found = back("town's barracks")
    assert found is not None
    assert (found.name, found.text) == ("Zaranka", "town's barracks")


def test_words_for_another_place_mean_none() -> None:
    text = "Rebels reached Zaranka last week. They seized the nearby oil hub."
    assert back("nearby oil hub", text) is None


def test_of_two_towns_a_description_means_neither() -> None:
    text = "Rebels reached Zaranka and Bolo. They seized the oil hub."
    other = Place("t:Bolo", "Bolo", "place", "settlement", 31.0, 60.0, "AF")
    bolo = PlaceMention(Span(27, 31), "Bolo", "Bolo", other, 1.0)
    assert back("oil hub", text, (PLACES[0], bolo)) is None
