"""The rule reader on what words point to: the town, the capital, they, it, where somebody went and who says so."""

from __future__ import annotations

import pytest

from frontlog.reading.plausible import can_speak, is_class_word
from tests.rule_claims import Find, agents, places


def named(claim_places: list[str]) -> str:
    return "; ".join(claim_places)


def test_the_city_is_no_airport_told_between(find: Find) -> None:
    text = (
        "Kunduz, a hub 250 km north of Kabul, was overrun before dawn. The airport was still held by"
        ' government forces. "We have lost the city," a councillor said.'
    )
    overrun = find(text, "take")[0]
    (lost,) = find(text, "leave")
    assert [m.name for m in overrun.places] == [m.name for m in lost.places] == ["Kunduz"]


def test_the_provincial_capital_is_the_one_named_before(find: Find) -> None:
    text = "Rebels marched on Goma. The army was on the shore of Lake Kivu when the provincial capital fell."
    (claim,) = find(text, "take")
    assert [m.name for m in claim.places] == ["Goma"]


def test_a_town_told_of_its_speaker_is_the_town_that_fell(find: Find) -> None:
    (claim,) = find('"The town has fallen," said Omar Dali, a rebel commander in Kutum.', "take")
    assert [m.name for m in claim.places] == ["Kutum"]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels lost Aleppo on Monday as their fighters retreated to Homs.",
        "Rebels held Aleppo for a year. On Monday the rebels withdrew towards Homs.",
    ],
)
def test_where_a_force_went_is_not_what_it_left(find: Find, text: str) -> None:
    claims = find(text, "leave")
    assert claims
    assert all("Homs" not in named(places(claim)) for claim in claims)


def test_they_are_many_and_it_is_one(find: Find) -> None:
    text = "The government condemned the raid. The Sawa brothers held Homs. In May they seized Aleppo."
    assert agents(find(text, "take")[0]) == "Sawa brothers"
    text = "Rebel fighters shelled Homs. It still controls Aleppo."
    assert all(agents(claim) == "" for claim in find(text, "hold"))


def test_he_is_who_the_sentence_is_about(find: Find) -> None:
    text = "A rebel official denied the report. Troops wait. Kestrel flew to Cairo, where he met President Hamdi."
    met = next(claim for claim in find(text, "talk") if claim.cue_text == "met")
    assert agents(met) == "Kestrel"


def test_what_is_denied_on_television_is_denied(find: Find) -> None:
    (claim,) = find("The army spokesman denied on state television that Aleppo had fallen to rebels.", "take")
    assert claim.standing == "denied"
    assert not find("The army spokesman denied on state television that Aleppo had fallen.", "reject")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It was unclear who controlled Aleppo after the rebel attack.", "hold"),
        ("The rebels moved into Aleppo without meeting resistance.", "talk"),
        ("An army officer in Aleppo who asked not to be named said rebels were near.", "demand"),
        ("Rebels shelled Aleppo after the ceasefire collapsed.", "agree"),
        ("Rebels fired on Aleppo and a missile was intercepted by the army.", "coerce"),
        ("Rebel envoys are to join three days of talks in Geneva on the war.", "support"),
    ],
)
def test_idioms_and_questions_tell_nothing(find: Find, text: str, kind: str) -> None:
    assert [claim.cue_text for claim in find(text, kind)] == []


def test_rebels_march_on_to_a_town_without_a_protest(find: Find) -> None:
    text = "The rebels took Goma and will march on to Bukavu."
    assert find(text, "advance")[0].cue_text == "march on to"
    assert not find(text, "protest")


def test_who_remains_in_control_is_who_holds(find: Find) -> None:
    (claim,) = find("Aleppo remains under the control of the army and the rebels shell it.", "hold")
    assert agents(claim) == "army"


def test_the_words_of_holding_are_quoted_without_the_verb_to_be(find: Find) -> None:
    (claim,) = find("The bridge at Aleppo is still in the hands of the army.", "hold")
    assert claim.cue_text == "in the hands of"


def test_a_hall_and_a_market_are_sites_of_their_own(find: Find) -> None:
    (claim,) = find("The rebels seized the town hall and the market in heavy fighting.", "take")
    assert (places(claim), claim.extent) == (["town hall", "market"], "site")


def test_the_dead_of_two_kinds_are_added_up(find: Find) -> None:
    (claim,) = find("A bomb in Aleppo killed three airmen and four civilians.", "bomb")
    assert claim.deaths == 7


def test_those_found_shot_dead_did_not_shoot(find: Find) -> None:
    (claim,) = find("Nine civilians were found shot dead near Aleppo, the army said.", "attack")
    assert agents(claim) == ""


def test_who_is_helped_to_take_a_town_took_it(find: Find) -> None:
    (claim,) = find("Turkish drones helped the militia to take Aleppo in May.", "take")
    assert claim.standing == "fact"


def test_only_who_can_speak_is_cited() -> None:
    assert not can_speak("valley")
    assert not can_speak("humanitarian ceasefire")
    assert can_speak("villagers in the valley")
    assert can_speak("Observatory for Human Rights")


def test_what_has_happened_lies_in_no_future(find: Find) -> None:
    (claim,) = find("Troops captured Aleppo for the first time in 23 years.", "take")
    assert claim.when is not None
    assert claim.when.end.isoformat() == "2015-06-17"


def test_a_fall_years_ago_dates_no_fall_told_as_news(find: Find) -> None:
    text = "A day after taking Goma, the rebels rested. Goma last fell to another rebel group in 1998."
    first, last = find(text, "take")
    assert [claim.when.start.year for claim in (first, last) if claim.when] == [2015, 1998]


def test_a_planned_march_tells_no_place_that_the_city_could_be(find: Find) -> None:
    text = "Rebels took Goma. They plan to take Bukavu. The army shelled the city."
    (claim,) = find(text, "strike")
    assert [m.name for m in claim.places] == ["Goma"]


def test_a_capital_that_says_something_is_no_scene_of_it(find: Find) -> None:
    text = "The fighting in the war began when troops shot a man whom Washington calls a rebel leader."
    assert all("Washington" not in named(places(claim)) for claim in find(text))


def test_somebody_without_an_office_gives_no_town_up(find: Find) -> None:
    assert not find("Rebels shelled Aleppo. Ansel Brod has left Aleppo without an agreement.", "leave")


def test_what_somebody_said_that_they_would_do_is_planned(find: Find) -> None:
    (claim,) = find("The rebels said that they would seize Aleppo.", "take")
    assert claim.standing == "planned"


def test_a_bare_class_word_is_no_name() -> None:
    assert is_class_word("Airport")
    assert not is_class_word("Aleppo")


def test_the_airport_is_never_the_town_it_serves(find: Find) -> None:
    text = "Rebels seized Aleppo on Monday. Government troops, who control the airport, killed two of them."
    (claim,) = find(text, "hold")
    assert (places(claim), claim.extent) == (["airport"], "site")


def test_a_place_that_is_next_is_taken_by_whoever_took_the_last_one(find: Find) -> None:
    text = "Kutum fell to rebels. Commandos launched an operation to retake it. Nyala was next."
    last = find(text, "take")[-1]
    assert (places(last), agents(last)) == (["Nyala"], "rebels")


def test_a_siege_before_a_fall_is_not_of_the_day_of_the_fall(find: Find) -> None:
    (claim,) = find("Rebels captured Aleppo on Monday after two weeks of siege.", "besiege")
    assert claim.when is None


def test_what_is_commemorated_is_no_attack_of_today(find: Find) -> None:
    text = "Soldiers are to leave Aleppo days before the anniversary of the attacks of September 11."
    assert not find(text, "attack")


def test_a_warning_not_to_enter_tells_no_place_that_the_quarter_could_be(find: Find) -> None:
    text = "Rebels took Homs. The army warned them not to enter Aleppo. Mortars killed two people."
    assert all(
        "Aleppo" not in named(places(claim)) for claim in find(text) if claim.kind in ("strike", "attack")
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The president ruled out talks with the rebels in Aleppo.", "talk"),
        ("The president rejected a truce with the rebels in Aleppo.", "agree"),
        ("Thousands sought shelter from the war near the army base.", "demand"),
        ("The African Union sent three envoys to the rebels.", "deploy"),
    ],
)
def test_what_is_refused_or_only_so_called_does_not_happen(find: Find, text: str, kind: str) -> None:
    assert [claim.cue_text for claim in find(text, kind)] == []


def test_the_largest_city_that_they_hold_is_the_one_named(find: Find) -> None:
    text = "The army shelled Aleppo, the largest city that the rebels hold."
    (claim,) = find(text, "hold")
    assert [m.name for m in claim.places] == ["Aleppo"]


def test_the_town_is_not_where_a_president_speaks_of_it(find: Find) -> None:
    text = "Serb troops overran Srebrenica. In Paris, the president offered troops to retake the town."
    last = find(text, "take")[-1]
    assert [m.name for m in last.places] == ["Srebrenica"]


def test_soldiers_held_captive_take_nobody(find: Find) -> None:
    (claim,) = find("Soldiers held captive by rebels since May were flown to Aleppo.", "abduct")
    assert agents(claim) == "rebels"


def test_the_country_is_the_one_the_dispatch_is_about(find: Find) -> None:
    text = "Rebels seized Homs and Aleppo in Syria. Russia warned them. The army said it held most of the country."
    last = find(text, "hold")[-1]
    assert {m.country for m in last.places} == {"SY"}


def test_the_first_city_to_fall_has_fallen(find: Find) -> None:
    text = "Rebels entered Homs from Douma and Palmyra. It is the first city to fall to them since the war began."
    (claim,) = find(text, "take")
    assert (claim.standing, [m.name for m in claim.places]) == ("fact", ["Homs"])


def test_the_rebel_capital_is_no_capital_of_a_state(find: Find) -> None:
    text = "Troops stormed Grozny. Talks were held in Moscow. The general said the rebel capital would be taken soon."
    (claim,) = find(text, "take")
    assert [m.name for m in claim.places] == ["Grozny"]
