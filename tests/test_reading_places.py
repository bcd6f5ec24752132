"""Places in whole dispatches."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontlog.gazetteer.lookup import Gazetteer
from frontlog.model import PlaceMention, Sentence, Span
from frontlog.reading.places import find_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def find(text: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    return find_places(text, (Sentence(Span(0, len(text))),), gazetteer)


def names(text: str, gazetteer: Gazetteer) -> list[str]:
    return [mention.text for mention in find(text, gazetteer)]


def test_towns_of_a_dispatch_are_found_and_placed(gazetteer: Gazetteer) -> None:
    text = "KABUL, Aug 10 - Militants seized the towns of Zaranj and Taloqan, officials in Kandahar said."
    mentions = find(text, gazetteer)
    assert {mention.name for mention in mentions} >= {"Zaranj", "Taloqan", "Kandahar", "Kabul"}
    assert {mention.country for mention in mentions} == {"AF"}
    assert all(text[mention.span.start : mention.span.end] == mention.text for mention in mentions)


def test_an_airport_written_small_is_its_own_place(gazetteer: Gazetteer) -> None:
    text = "Fighters took Kunduz airport on Wednesday. Shells fell on Kunduz town."
    airport, town = find(text, gazetteer)
    assert (airport.text, airport.precision) == ("Kunduz airport", "site")
    assert (town.text, town.precision) == ("Kunduz", "settlement")
    assert names("They dug up Kunduz market and a bridge.", gazetteer) == ["Kunduz"]


def test_demonyms_are_not_places(gazetteer: Gazetteer) -> None:
    assert names("Afghan troops and Russian officers met Israeli envoys.", gazetteer) == []


def test_persons_are_not_places(gazetteer: Gazetteer) -> None:
    found = names("Jack London and Mary Houston spoke to Paris Jackson in Berlin.", gazetteer)
    assert found == ["Berlin"]


def test_common_words_at_the_start_of_a_sentence_are_not_places(gazetteer: Gazetteer) -> None:
    assert names("Reading the report took long. Most of them left. Police came. Of course.", gazetteer) == []


def test_newspapers_are_not_places(gazetteer: Gazetteer) -> None:
    assert "Washington" not in names("The Washington Post reported it on Tuesday.", gazetteer)


def test_state_abbreviations_are_places(gazetteer: Gazetteer) -> None:
    mentions = find("He was arrested in Springfield, Ill., on Friday.", gazetteer)
    assert [mention.text for mention in mentions] == ["Springfield", "Ill."]
    assert mentions[0].place is not None
    assert mentions[0].place.admin1_name == "Illinois"


def test_the_capital_of_a_province_is_one_mention(gazetteer: Gazetteer) -> None:
    mentions = find("Insurgents entered the capital of Farah province at dawn.", gazetteer)
    assert [(mention.text, mention.precision) for mention in mentions] == [
        ("capital of Farah province", "settlement")
    ]


def test_a_village_that_no_list_has_is_found_without_a_place(gazetteer: Gazetteer) -> None:
    mentions = find("Shells fell on the village of Zorbakhel in Nangarhar province.", gazetteer)
    unknown = next(mention for mention in mentions if mention.text == "Zorbakhel")
    assert unknown.place is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_spans_quote_any_text_in_order_and_do_not_overlap(text: str) -> None:
    mentions = find(text, Gazetteer.open())
    assert all(mention.span.of(text) == mention.text for mention in mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


def test_a_thousand_articles_take_less_than_a_minute(gazetteer: Gazetteer) -> None:
    article = (
        "MAZAR-I-SHARIF, Afghanistan - Fighting went on around Sheberghan and Kunduz on Sunday. "
        "Residents of Herat told reporters that the road to Islam Qala was cut. In Kabul, ministers met. "
    ) * 10
    began = time.perf_counter()
    for _ in range(20):
        find(article, gazetteer)
    assert (time.perf_counter() - began) / 20 < 0.06


def test_a_hyphened_article_belongs_to_the_name(gazetteer: Gazetteer) -> None:
    assert names("Rebels entered the town of al-Bab near Aleppo.", gazetteer)[0] == "al-Bab"


def test_a_long_name_stands_before_the_names_inside_it(gazetteer: Gazetteer) -> None:
    (country,) = find("Fighting resumed in the Democratic Republic of the Congo.", gazetteer)
    assert (country.text, country.country) == ("Democratic Republic of the Congo", "CD")


def test_a_national_capital_is_the_city_not_its_province(gazetteer: Gazetteer) -> None:
    mentions = find("Envoys flew from Baghdad to Kabul, Afghanistan.", gazetteer)
    assert [mention.precision for mention in mentions] == ["settlement", "settlement", "country"]


def test_known_names_joined_by_a_hyphen_and_a_small_word_are_found_whole(gazetteer: Gazetteer) -> None:
    text = "Soldiers left Deir ez-Zor. Aybak is south of Mazar-e Sharif and far from Pul-e Khumri."
    found = {mention.text: mention.country for mention in find(text, gazetteer)}
    assert (found.get("Deir ez-Zor"), found.get("Pul-e Khumri")) == ("SY", "AF")
    assert "Mazar-e Sharif" in found
