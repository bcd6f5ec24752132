"""The rule reader on who takes, leaves and holds what."""

from __future__ import annotations

import pytest

from tests.rule_claims import Find, agents, places


@pytest.mark.parametrize(
    ("text", "agent", "place"),
    [
        ("Rebel fighters captured Aleppo on Monday.", "fighters", "Aleppo"),
        ("Aleppo was captured by rebel fighters on Monday.", "fighters", "Aleppo"),
        ("Aleppo fell to rebel fighters after heavy fighting.", "fighters", "Aleppo"),
        ("Government troops have taken control of Aleppo from the rebels.", "troops", "Aleppo"),
        ("Militants seized the town of Tal Qamran, killing six soldiers.", "Militants", "Tal Qamran"),
        ("The capture of Aleppo by rebel fighters alarmed the army.", "fighters", "Aleppo"),
        ("The rebels who seized Aleppo in May shelled the army.", "rebels", "Aleppo"),
        (
            "Insurgents overran two army checkpoints near Aleppo.",
            "Insurgents",
            "two army checkpoints near Aleppo",
        ),
    ],
)
def test_a_taking_finds_its_agent_and_place(find: Find, text: str, agent: str, place: str) -> None:
    claim = find(text, "take")[0]
    assert agent in agents(claim)
    assert places(claim) == [place]


def test_a_list_of_places_stays_in_one_claim(find: Find) -> None:
    (claim,) = find("Troops retook Aleppo, Homs and Tal Qamran from militants.", "take")
    assert places(claim) == ["Aleppo", "Homs", "Tal Qamran"]


def test_a_list_before_the_verb_keeps_all_its_towns(find: Find) -> None:
    claims = find("Palmyra, Aleppo and Homs fell to the rebels on Monday.", "take")
    assert [places(claim) for claim in claims] == [["Palmyra", "Aleppo", "Homs"]]


def test_a_number_of_towns_are_towns(find: Find) -> None:
    (claim,) = find("Troops dealt the rebels a blow by recapturing a number of towns and hills.", "take")
    assert places(claim) == ["towns", "hills"]


def test_both_sides_of_one_change_are_told(find: Find) -> None:
    found = find("The army withdrew from Homs and the rebels took the city.")
    assert [claim.kind for claim in found if claim.kind in ("take", "leave")] == ["leave", "take"]
    taken = next(claim for claim in found if claim.kind == "take")
    assert places(taken) == ["Homs"]
    assert agents(taken) == "rebels"


def test_the_next_place_after_a_fall_has_the_same_taker(find: Find) -> None:
    first, second = find("Kutum fell to rebels on Monday. Nyala was next.", "take")
    assert (places(first), places(second)) == (["Kutum"], ["Nyala"])
    assert agents(first) == agents(second) == "rebels"
    assert not find("Kutum was shelled by rebels. The rebel town of Nyala is next to a lake.", "take")


def test_a_fall_that_one_speaker_tells_twice_is_one_claim(find: Find) -> None:
    text = (
        '"The whole town has fallen," said Omar Dali, a rebel commander in Kutum.'
        ' "The whole town fell, we had no shells left," he went on.'
    )
    (claim,) = find(text, "take")
    assert claim.cue_text == "fallen"


def test_whoever_is_given_control_takes_the_place(find: Find) -> None:
    text = "The soldiers withdrew from Kutum, giving the rebel militia full control of the crossroads."
    (claim,) = find(text, "take")
    assert (agents(claim), places(claim)) == ("rebel militia", ["crossroads"])


def test_part_and_site_are_told_apart(find: Find) -> None:
    assert find("Rebels seized parts of Aleppo.", "take")[0].extent == "part"
    assert find("Rebels seized an army base in Aleppo.", "take")[0].extent == "site"
    assert find("Rebels seized Aleppo.", "take")[0].extent == "whole"


def test_a_holder_before_a_hyphen_holds_and_is_the_loser(find: Find) -> None:
    found = find("Government troops retook the rebel-held town of Douma.")
    held = next(claim for claim in found if claim.kind == "hold")
    taken = next(claim for claim in found if claim.kind == "take")
    assert agents(held) == "rebel"
    assert [party.text for party in taken.targets] == ["rebel"]


def test_what_is_occupied_by_a_force_is_held(find: Find) -> None:
    text = "Rebels shelled positions in Aleppo on Monday. The town of Palmyra is occupied by militants."
    assert [places(claim) for claim in find(text, "hold")] == [["Palmyra"]]
    assert find(text, "take") == []


def test_a_stronghold_names_the_place_it_is_said_of(find: Find) -> None:
    claims = find("Troops captured Palmyra, a rebel stronghold, on Monday.", "hold")
    assert [(agents(claim), places(claim)) for claim in claims] == [("rebel", ["Palmyra"])]


def test_what_was_formerly_held_is_not_held(find: Find) -> None:
    assert find("Rebels and troops clashed on Monday in the former rebel-held town of Palmyra.", "hold") == []


@pytest.mark.parametrize(
    "text",
    [
        "The rebels called on Russia to withdraw its forces from Syria.",
        "The rebels urged Russia to withdraw its forces from Syria.",
    ],
)
def test_whoever_is_asked_to_withdraw_is_the_one_who_leaves(find: Find, text: str) -> None:
    claims = find(text, "leave")
    assert [(agents(claim), claim.standing) for claim in claims] == [("Russia", "planned")]


@pytest.mark.parametrize(
    "text",
    [
        "The bombing in Homs killed two soldiers. Spectators were shot at as they fled.",
        "The government expelled four diplomats from Homs after the rebel attack on its embassy.",
        "Rebel negotiators gained ground in the talks on the siege of Homs with the army.",
    ],
)
def test_who_runs_away_and_who_is_sent_home_gives_no_place_up(find: Find, text: str) -> None:
    assert not [claim for claim in find(text) if claim.kind in ("take", "leave")]


def test_bare_nouns_before_headquarters_only_say_whose(find: Find) -> None:
    text = "The soldiers surrendered and pulled out of the governorate, intelligence and army headquarters."
    (claim,) = find(text, "leave")
    assert (places(claim), claim.extent) == (["intelligence and army headquarters"], "site")
