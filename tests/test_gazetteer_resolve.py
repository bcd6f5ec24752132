"""Resolution with the evidence of the whole dispatch."""

from __future__ import annotations

import re

import pytest

from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.resolve import resolve
from frontlog.model import PlaceMention, Span


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def read(gazetteer: Gazetteer, text: str, *names: str) -> list[PlaceMention]:
    spans = [
        Span(match.start(), match.end())
        for name in names
        for match in [re.search(re.escape(name), text)]
        if match
    ]
    assert len(spans) == len(names)
    mentions = resolve(text, spans, gazetteer)
    assert [mention.text for mention in mentions] == list(names)
    return mentions


def test_a_container_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    texas, _ = read(gazetteer, "A fire broke out in Paris, Texas, on Monday.", "Paris", "Texas")
    assert texas.place is not None
    assert texas.place.admin1_name == "Texas"
    france, _ = read(gazetteer, "Talks were held in Paris, France.", "Paris", "France")
    assert france.country == "FR"


def test_a_province_named_beside_it_pulls_a_town(gazetteer: Gazetteer) -> None:
    town, _ = read(
        gazetteer, "Militants entered Faizabad, in Badakhshan Province.", "Faizabad", "Badakhshan Province"
    )
    assert (town.country, town.precision) == ("AF", "settlement")


def test_a_demonym_tells_the_country_without_being_a_place(gazetteer: Gazetteer) -> None:
    (tripoli,) = read(gazetteer, "Lebanese troops deployed in Tripoli overnight.", "Tripoli")
    assert tripoli.country == "LB"
    (other,) = read(gazetteer, "Libyan militias clashed in Tripoli overnight.", "Tripoli")
    assert other.country == "LY"


def test_the_other_names_tell_the_country(gazetteer: Gazetteer) -> None:
    names = ("Hama", "Tripoli", "Homs")
    mentions = read(gazetteer, "Shelling hit Homs and Hama; refugees reached Tripoli in Lebanon.", *names)
    assert [mention.country for mention in mentions] == ["SY", "LB", "SY"]


def test_a_description_of_a_capital_is_the_city(gazetteer: Gazetteer) -> None:
    (seat,) = read(gazetteer, "Fighters took the capital of Farah province.", "capital of Farah province")
    assert seat.name == "Farah"
    assert seat.precision == "settlement"
    (national,) = read(gazetteer, "Rockets fell near the Syrian capital.", "Syrian capital")
    assert national.name == "Damascus"


def test_a_class_word_beside_the_name_gives_the_province(gazetteer: Gazetteer) -> None:
    (province,) = read(gazetteer, "Clashes spread across Herat province.", "Herat")
    assert province.precision == "province"
    (city,) = read(gazetteer, "Fighters are inside the city of Herat.", "Herat")
    assert city.precision == "settlement"
    assert city.runner_up is not None


def test_a_shared_class_word_counts_for_the_whole_list(gazetteer: Gazetteer) -> None:
    mentions = read(gazetteer, "Fighting in Kandahar and Helmand provinces went on.", "Kandahar", "Helmand")
    assert [mention.precision for mention in mentions] == ["province", "province"]


def test_a_shared_class_word_before_a_list_counts_for_its_last_name_too(gazetteer: Gazetteer) -> None:
    text = "The provinces of Nangarhar, Kunar and Laghman were handed over."
    found = read(gazetteer, text, "Nangarhar", "Kunar", "Laghman")
    assert [mention.precision for mention in found] == ["province", "province", "province"]


def test_a_town_alone_is_not_the_district_of_its_name(gazetteer: Gazetteer) -> None:
    mentions = read(
        gazetteer, "Shells hit a market in Mariupol, Ukraine. Mariupol was calm before.", "Mariupol"
    )
    assert mentions[0].precision == "settlement"
    (town,) = read(gazetteer, "Fighters took Maarrat al-Nu'man, the Syrian army said.", "Maarrat al-Nu'man")
    assert town.precision == "settlement"


def test_lists_of_states_do_not_contain_each_other(gazetteer: Gazetteer) -> None:
    states = ("Indiana", "Pennsylvania", "Ohio")
    mentions = read(gazetteer, "Voters in Indiana, Pennsylvania, and Ohio went to the polls.", *states)
    assert {mention.precision for mention in mentions} == {"province"}


def test_a_name_that_is_not_there_is_not_a_namesake_elsewhere(gazetteer: Gazetteer) -> None:
    text = "Rebels from Idlib and Aleppo in Syria shelled the hamlet of Zzyrkhan near Homs."
    unknown, *_ = read(gazetteer, text, "Zzyrkhan", "Idlib", "Homs")
    assert unknown.place is None
    assert unknown.confidence == 0


def test_a_small_namesake_far_away_is_no_answer(gazetteer: Gazetteer) -> None:
    text = "Syrian troops and militia entered Cottonport, say residents of Aleppo, Homs and Hama."
    doubted, *_ = read(gazetteer, text, "Cottonport", "Aleppo", "Homs")
    assert doubted.place is None


def test_what_sounds_alike_in_the_country_in_play_stands_before_a_namesake_abroad(
    gazetteer: Gazetteer,
) -> None:
    text = "Syrian troops entered Arbin from the east, say residents of Damascus and Homs."
    suburb, *_ = read(gazetteer, text, "Arbin", "Damascus", "Homs")
    assert suburb.country == "SY"


def test_a_part_of_a_name_lends_no_place_abroad(gazetteer: Gazetteer) -> None:
    text = "Sudanese soldiers left Wad Manchester, east of Khartoum and Omdurman."
    unknown, *_ = read(gazetteer, text, "Wad Manchester", "Khartoum", "Omdurman")
    assert unknown.place is None


def test_countries_told_by_other_signs_decide_between_namesakes(gazetteer: Gazetteer) -> None:
    text = "Gunmen took Palma at dawn."
    spans = [Span(12, 17)]
    assert resolve(text, spans, gazetteer, told={"MZ": 1.0})[0].country == "MZ"
    assert resolve(text, spans, gazetteer, told={"ES": 1.0})[0].country == "ES"


def test_common_nouns_name_no_place(gazetteer: Gazetteer) -> None:
    (town,) = read(gazetteer, "The army took the town from the rebels.", "town")
    assert town.place is None


def test_confidences_are_probabilities(gazetteer: Gazetteer) -> None:
    for mention in read(gazetteer, "Springfield and Georgia are in the news.", "Springfield", "Georgia"):
        assert 0 < mention.confidence <= 1
