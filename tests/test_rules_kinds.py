"""The rule reader on what kind a happening is, and who does it to whom."""

from __future__ import annotations

import pytest

from frontlog.model import Kind
from tests.rule_claims import Find, agents, places


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Militants captured twelve soldiers near Homs.", "arrest"),
        ("Gunmen kidnapped six aid workers near Homs.", "abduct"),
        ("The navy seized a tanker with weapons for the rebels.", "coerce"),
        ("Troops clashed with rebels in Homs.", "clash"),
        ("An air strike by government warplanes hit Homs.", "strike"),
        ("A suicide bomber killed nine soldiers in Homs.", "bomb"),
        ("The army surrounded Homs and cut the highway to rebels.", "besiege"),
        ("Troops entered the outskirts of Homs to fight rebels.", "advance"),
        ("Hundreds of rebel fighters surrendered in Homs.", "surrender"),
        ("The militants freed thirty hostages in Homs.", "release"),
    ],
)
def test_words_get_the_kind_that_fits_their_object(find: Find, text: str, kind: Kind) -> None:
    assert kind in {claim.kind for claim in find(text)}
    assert "take" not in {claim.kind for claim in find(text)}


def test_deaths_go_to_the_event_that_caused_them(find: Find) -> None:
    (claim,) = find("A roadside bomb killed seven soldiers in Homs.", "bomb")
    assert claim.deaths == 7
    assert [party.text for party in claim.targets] == ["soldiers"]


def test_a_toll_told_after_its_bombing_is_no_second_attack(find: Find) -> None:
    text = "A car bomb exploded in Aleppo on Monday. At least ten soldiers were killed, rebels said."
    assert [claim.kind for claim in find(text) if claim.kind in ("attack", "bomb")] == ["bomb"]


@pytest.mark.parametrize(
    "text",
    [
        "A bus crashed near Aleppo, killing nine people.",
        "The striker captured the cup as his team took the lead in Homs.",
        "Voters in Aleppo elected a new mayor.",
        "An earthquake of magnitude six struck near Homs, killing forty.",
    ],
)
def test_what_bears_on_no_conflict_gives_no_claim(find: Find, text: str) -> None:
    assert find(text) == []


def test_a_name_in_a_label_is_no_claim(find: Find) -> None:
    assert find("Battle of Aleppo: The army spoke to rebels.", "clash") == []


def test_two_sides_that_share_a_noun_are_two_agents(find: Find) -> None:
    claims = find("Armenian and Azerbaijani forces clashed near the border on Monday.", "clash")
    assert [agents(claim) for claim in claims] == ["Armenian; Azerbaijani forces"]


def test_a_group_whose_name_holds_a_country_is_one_agent(find: Find) -> None:
    claims = find("The Islamic State of Iraq and the Levant captured Palmyra on Monday.", "take")
    assert [agents(claim) for claim in claims] == ["Islamic State of Iraq and the Levant"]


@pytest.mark.parametrize(
    ("text", "road"),
    [
        ("Rebels took Saraqib on Monday and cut the road to Aleppo.", "road to Aleppo"),
        (
            "Rebel fighters cut the old highway between Homs and Aleppo.",
            "old highway between Homs and Aleppo",
        ),
        ("Militants blocked the Beledweyne–Mogadishu road with tanks.", "Beledweyne–Mogadishu road"),
        (
            "Militants seized Kutum by routing its garrison and severing the chief supply road link to Nyala.",
            "chief supply road",
        ),
    ],
)
def test_a_road_is_cut_not_the_towns_that_it_links(find: Find, text: str, road: str) -> None:
    (claim,) = find(text, "besiege")
    assert places(claim) == [road]
    assert claim.places[0].place is None


def test_where_talks_are_held_is_not_where_the_fighting_is(find: Find) -> None:
    text = "Envoys of the army and the rebels met in Geneva. They agreed that heavy fighting must stop."
    assert all("Geneva" not in places(claim) for claim in find(text, "clash"))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("The president threatened to bomb the rebels.", "rebels"),
        ("The army warned of a new offensive against the militants.", "militants"),
    ],
)
def test_whoever_a_threat_is_carried_out_on_is_its_target(find: Find, text: str, target: str) -> None:
    claim = find(text + " Rebels shelled army positions in Homs on Monday.", "threaten")[0]
    assert [party.text for party in claim.targets] == [target]


def test_forces_put_on_alert_are_deployed(find: Find) -> None:
    (claim,) = find("The army put its troops on high alert after rebels attacked Homs.", "deploy")
    assert agents(claim) == "army"


def test_an_envoy_sent_to_talks_is_no_force(find: Find) -> None:
    text = "The government sent an envoy to Geneva for talks with the rebels after heavy fighting in Homs."
    assert not find(text, "deploy")
    assert places(find(text, "talk")[0]) == ["Geneva"]


@pytest.mark.parametrize(
    ("text", "kind", "agent", "target"),
    [
        ("The police opened a new inquiry into the rebels.", "accuse", "police", "rebels"),
        ("The president has given the rebels a two-day deadline.", "threaten", "president", ""),
        ("The president said the rebels must disarm.", "demand", "president", "rebels"),
        ("The government voiced full solidarity with the soldiers.", "support", "government", "soldiers"),
        ("The president granted the exiled poet a full pardon.", "state", "president", ""),
        ("Officers tortured two students.", "attack", "Officers", "students"),
    ],
)  # fmt: skip
def test_politics_at_large_is_read_with_the_gate_open(
    politics: Find, find: Find, text: str, kind: Kind, agent: str, target: str
) -> None:
    claim = politics(text, kind)[0]
    assert agent in agents(claim)
    assert target in "; ".join(party.text for party in claim.targets)
    assert not find(text, kind) or kind == "attack"
