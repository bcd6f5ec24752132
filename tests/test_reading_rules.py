"""The rule reader on sentences written for the purpose: who, what, where, when, says who, how certain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from frontlog.model import Claim, Dispatch, Kind
from frontlog.reading.reader import Reader

PUBLISHED = datetime(2015, 6, 17, tzinfo=UTC)  # a Wednesday
Find = Callable[..., list[Claim]]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.open(reader="rules")


@pytest.fixture(scope="module")
def find(reader: Reader) -> Find:
    def found(text: str, kind: Kind | None = None) -> list[Claim]:
        reading = next(iter(reader.read([Dispatch("t", PUBLISHED, text)])))
        return [claim for claim in reading.claims if kind is None or claim.kind == kind]

    return found


def agents(claim: Claim) -> str:
    return "; ".join(party.text for party in claim.agents)


def places(claim: Claim) -> list[str]:
    return [mention.text for mention in claim.places]


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


def test_both_sides_of_one_change_are_told(find: Find) -> None:
    found = find("The army withdrew from Homs and the rebels took the city.")
    assert [claim.kind for claim in found if claim.kind in ("take", "leave")] == ["leave", "take"]
    taken = next(claim for claim in found if claim.kind == "take")
    assert places(taken) == ["Homs"]
    assert agents(taken) == "rebels"


def test_a_holder_before_a_hyphen_holds_and_is_the_loser(find: Find) -> None:
    found = find("Government troops retook the rebel-held town of Douma.")
    held = next(claim for claim in found if claim.kind == "hold")
    taken = next(claim for claim in found if claim.kind == "take")
    assert agents(held) == "rebel"
    assert [party.text for party in taken.targets] == ["rebel"]


def test_part_and_site_are_told_apart(find: Find) -> None:
    assert find("Rebels seized parts of Aleppo.", "take")[0].extent == "part"
    assert find("Rebels seized an army base in Aleppo.", "take")[0].extent == "site"
    assert find("Rebels seized Aleppo.", "take")[0].extent == "whole"


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Rebels seized Aleppo.", "fact"),
        ("Rebels will seize Aleppo, their commander said.", "planned"),
        ("The army launched an offensive to retake Aleppo from rebels.", "planned"),
        ("Rebels may seize Aleppo, the army fears.", "possible"),
        ("The army denied that rebels had seized Aleppo.", "denied"),
        ("Rebels have not seized Aleppo, the army said.", "denied"),
        ("Rebels claim to have seized Aleppo.", "fact"),
    ],
)
def test_standing_follows_the_words(find: Find, text: str, standing: str) -> None:
    assert find(text, "take")[0].standing == standing


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rebels seized Aleppo, a police spokesman said.", "police spokesman"),
        ("According to army officers, rebels seized Aleppo.", "army officers"),
        ("Rebels claim to have seized Aleppo.", "Rebels"),
        ("A monitoring group says that Aleppo was captured by rebels.", "monitoring group"),
    ],
)
def test_the_cited_speaker_is_found(find: Find, text: str, speaker: str) -> None:
    found = find(text, "take")[0].speaker
    assert found is not None
    assert found.text == speaker


def test_the_dispatch_in_its_own_voice_has_no_speaker(find: Find) -> None:
    assert find("Rebels seized Aleppo on Monday.", "take")[0].speaker is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Rebels seized Aleppo on Monday.", "2015-06-15"),
        ("Rebels seize Aleppo.", "2015-06-17"),
        ("Troops shelled Aleppo, which rebels seized in May.", "2015-05-01/2015-05-31"),
        ("Shells hit the recently captured city of Aleppo, the army said.", None),
    ],
)
def test_a_claim_has_its_own_time(find: Find, text: str, when: str | None) -> None:
    found = find(text, "take")[0].when
    assert (found.iso() if found else None) == when


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


def test_a_pronoun_means_the_actor_before_it(find: Find) -> None:
    (claim,) = find("Rebels attacked Homs on Monday. They captured the city a day later.", "take")
    assert agents(claim) == "Rebels"
    assert places(claim) == ["Homs"]


def test_captions_carry_claims_marked_as_captions(find: Find) -> None:
    text = "Talks between the army and rebels go on.\n\n[Soldiers stand near Homs after troops captured Douma. AP Photo]"
    (claim,) = find(text, "take")
    assert claim.role == "caption"


def test_every_span_quotes_the_text(find: Find) -> None:
    text = "Rebels seized Aleppo and Homs on Monday, a police spokesman said, killing nine soldiers."
    for claim in find(text):
        assert claim.cue.of(text) == claim.cue_text
        assert claim.sentence.contains(claim.cue)
        for party in (*claim.agents, *claim.targets):
            assert party.span.of(text) == party.text
        for mention in claim.places:
            assert mention.span.of(text) == mention.text


def test_reading_again_gives_the_same_claims(find: Find) -> None:
    text = "Rebels seized Aleppo on Monday, killing nine soldiers."
    assert find(text) == find(text)


def test_a_loss_told_by_the_loser_is_against_interest(find: Find) -> None:
    (claim,) = find("Syrian army troops withdrew from Homs, a Syrian army spokesman said.", "leave")
    assert claim.against_interest


@pytest.mark.shared
def test_the_seed_reads_as_the_first_ledger_asks(reader: Reader, seed_path: object) -> None:
    text = seed_path.read_text("utf-8")  # type: ignore[attr-defined]
    reading = next(iter(reader.read([Dispatch("seed", datetime(2021, 8, 11, tzinfo=UTC), text)])))
    taken = [claim for claim in reading.claims if claim.kind == "take" and claim.when is not None]
    names = {m.text for c in taken if c.when and c.when.iso() == "2021-08-10" for m in c.places}
    assert {"Mazar-i-Sharif", "Faizabad", "Pul-i-Khumri"} <= names
    assert any("Farah" in name for name in names)
    assert any(c.role == "caption" and c.extent == "part" and "Herat" in places(c) for c in taken)
    assert any(c.kind == "leave" and "Pul-i-Khumri" in places(c) for c in reading.claims)
    assert {"surrender", "besiege", "clash", "talk"} <= {c.kind for c in reading.claims}
    assert any(c.against_interest and c.speaker and c.speaker.medium == "ANI" for c in reading.claims)


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


def test_a_list_before_the_verb_keeps_all_its_towns(find: Find) -> None:
    claims = find("Palmyra, Aleppo and Homs fell to the rebels on Monday.", "take")
    assert [places(claim) for claim in claims] == [["Palmyra", "Aleppo", "Homs"]]


def test_two_sides_that_share_a_noun_are_two_agents(find: Find) -> None:
    claims = find("Armenian and Azerbaijani forces clashed near the border on Monday.", "clash")
    assert [agents(claim) for claim in claims] == ["Armenian; Azerbaijani forces"]


def test_a_group_whose_name_holds_a_country_is_one_agent(find: Find) -> None:
    claims = find("The Islamic State of Iraq and the Levant captured Palmyra on Monday.", "take")
    assert [agents(claim) for claim in claims] == ["Islamic State of Iraq and the Levant"]


def test_a_toll_told_after_its_bombing_is_no_second_attack(find: Find) -> None:
    text = "A car bomb exploded in Aleppo on Monday. At least ten soldiers were killed, rebels said."
    assert [claim.kind for claim in find(text) if claim.kind in ("attack", "bomb")] == ["bomb"]


def test_a_speaker_who_goes_on_is_cited_for_what_follows(find: Find) -> None:
    text = (
        '"The rebels have taken Palmyra," Yusuf Haddad, an army commander, said. '
        '"The rebels captured the airport too," he continued.'
    )
    speakers = {claim.speaker.text for claim in find(text, "take") if claim.speaker}
    assert speakers == {"Yusuf Haddad"}


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


def test_telling_somebody_that_there_is_no_sense_in_it_is_a_warning(find: Find) -> None:
    text = (
        "The envoy flew to Geneva to tell the junta that it made no sense to seek victory after a bloody"
        " battle with the opposition forces."
    )
    (warning,) = find(text, "threaten")
    assert (agents(warning), [p.text for p in warning.targets]) == ("envoy", ["junta"])
    assert warning.standing == "planned"
    assert warning.speaker is not None
    (battle,) = find(text, "clash")
    assert (battle.places, battle.standing) == ((), "possible")


def test_a_quotation_after_a_statement_is_the_words_of_whoever_made_it(find: Find) -> None:
    text = (
        "In a statement on Monday, the Foreign Office said Kember was in Muscat for talks on the war."
        ' "This visit will underline an earlier warning to the Houthi rebels against taking power by arms."'
    )
    (warning,) = find(text, "threaten")
    assert warning.speaker is not None
    assert warning.speaker.text == agents(warning) == "Foreign Office"
    assert (warning.targets[0].text, warning.standing) == ("Houthi rebels", "fact")


def test_a_fall_that_one_speaker_tells_twice_is_one_claim(find: Find) -> None:
    text = (
        '"The whole town has fallen," said Omar Dali, a rebel commander in Kutum.'
        ' "The whole town fell, we had no shells left," he went on.'
    )
    (claim,) = find(text, "take")
    assert claim.cue_text == "fallen"


def test_the_province_is_the_one_that_the_town_told_last_lies_in(find: Find) -> None:
    text = (
        "Clashes were reported from Jalalabad in Nangarhar Province and from Ghazni in Ghazni Province."
        " Militants shelled Jalalabad on Monday. Government troops entered the province at night."
    )
    (claim,) = find(text, "advance")
    assert [(m.text, m.name) for m in claim.places] == [("province", "Nangarhar")]


def test_where_talks_are_held_is_not_where_the_fighting_is(find: Find) -> None:
    text = "Envoys of the army and the rebels met in Geneva. They agreed that heavy fighting must stop."
    assert all("Geneva" not in places(claim) for claim in find(text, "clash"))


def test_whoever_is_given_control_takes_the_place(find: Find) -> None:
    text = "The soldiers withdrew from Kutum, giving the rebel militia full control of the crossroads."
    (claim,) = find(text, "take")
    assert (agents(claim), places(claim)) == ("rebel militia", ["crossroads"])


def test_bare_nouns_before_headquarters_only_say_whose(find: Find) -> None:
    text = "The soldiers surrendered and pulled out of the governorate, intelligence and army headquarters."
    (claim,) = find(text, "leave")
    assert (places(claim), claim.extent) == (["intelligence and army headquarters"], "site")


@pytest.fixture(scope="module")
def politics() -> Find:
    opened = Reader.open(reader="politics")

    def found(text: str, kind: Kind | None = None) -> list[Claim]:
        reading = next(iter(opened.read([Dispatch("t", PUBLISHED, text)])))
        return [claim for claim in reading.claims if kind is None or claim.kind == kind]

    return found


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


def test_a_number_of_towns_are_towns(find: Find) -> None:
    (claim,) = find("Troops dealt the rebels a blow by recapturing a number of towns and hills.", "take")
    assert places(claim) == ["towns", "hills"]


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


def test_the_next_place_after_a_fall_has_the_same_taker(find: Find) -> None:
    first, second = find("Kutum fell to rebels on Monday. Nyala was next.", "take")
    assert (places(first), places(second)) == (["Kutum"], ["Nyala"])
    assert agents(first) == agents(second) == "rebels"
    assert not find("Kutum was shelled by rebels. The rebel town of Nyala is next to a lake.", "take")


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


def test_what_somebody_is_to_complete_is_planned(find: Find) -> None:
    (claim,) = find(
        "The army shelled Homs. Russia is to complete its withdrawal from Syria by June 30.", "leave"
    )
    assert claim.standing == "planned"


def test_the_clock_of_a_live_blog_is_no_part_of_a_name(find: Find) -> None:
    text = "15:50 GMT Kutum has fallen to rebels, council says\n\nThe army shelled the town for a week.\n"
    claim = find(text, "take")[0]
    assert (places(claim), claim.role) == (["Kutum"], "heading")
