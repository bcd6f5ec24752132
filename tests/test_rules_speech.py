"""The rule reader on who says it, how certain it is, and when it was."""

from __future__ import annotations

import pytest

from tests.rule_claims import Find, agents


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


def test_a_speaker_who_goes_on_is_cited_for_what_follows(find: Find) -> None:
    text = (
        '"The rebels have taken Palmyra," Yusuf Haddad, an army commander, said. '
        '"The rebels captured the airport too," he continued.'
    )
    speakers = {claim.speaker.text for claim in find(text, "take") if claim.speaker}
    assert speakers == {"Yusuf Haddad"}


def test_a_quotation_after_a_statement_is_the_words_of_whoever_made_it(find: Find) -> None:
    text = (
        "In a statement on Monday, the Foreign Office said Kember was in Muscat for talks on the war."
        ' "This visit will underline an earlier warning to the Houthi rebels against taking power by arms."'
    )
    (warning,) = find(text, "threaten")
    assert warning.speaker is not None
    assert warning.speaker.text == agents(warning) == "Foreign Office"
    assert (warning.targets[0].text, warning.standing) == ("Houthi rebels", "fact")


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


def test_a_loss_told_by_the_loser_is_against_interest(find: Find) -> None:
    (claim,) = find("Syrian army troops withdrew from Homs, a Syrian army spokesman said.", "leave")
    assert claim.against_interest


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


def test_what_somebody_is_to_complete_is_planned(find: Find) -> None:
    (claim,) = find(
        "The army shelled Homs. Russia is to complete its withdrawal from Syria by June 30.", "leave"
    )
    assert claim.standing == "planned"


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
