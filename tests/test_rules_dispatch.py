"""The rule reader on a dispatch as a whole: what words before mean, captions, headings, spans."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontlog.model import Dispatch
from frontlog.reading.reader import Reader
from tests.rule_claims import Find, agents, places


def test_a_pronoun_means_the_actor_before_it(find: Find) -> None:
    (claim,) = find("Rebels attacked Homs on Monday. They captured the city a day later.", "take")
    assert agents(claim) == "Rebels"
    assert places(claim) == ["Homs"]


def test_the_province_is_the_one_that_the_town_told_last_lies_in(find: Find) -> None:
    text = (
        "Clashes were reported from Jalalabad in Nangarhar Province and from Ghazni in Ghazni Province."
        " Militants shelled Jalalabad on Monday. Government troops entered the province at night."
    )
    (claim,) = find(text, "advance")
    assert [(m.text, m.name) for m in claim.places] == [("province", "Nangarhar")]


def test_captions_carry_claims_marked_as_captions(find: Find) -> None:
    text = "Talks between the army and rebels go on.\n\n[Soldiers stand near Homs after troops captured Douma. AP Photo]"
    (claim,) = find(text, "take")
    assert claim.role == "caption"


def test_the_clock_of_a_live_blog_is_no_part_of_a_name(find: Find) -> None:
    text = "15:50 GMT Kutum has fallen to rebels, council says\n\nThe army shelled the town for a week.\n"
    claim = find(text, "take")[0]
    assert (places(claim), claim.role) == (["Kutum"], "heading")


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


@pytest.mark.shared
def test_the_seed_reads_as_the_first_ledger_asks(rules: Reader, seed_path: Path) -> None:
    text = seed_path.read_text("utf-8")
    reading = next(iter(rules.read([Dispatch("seed", datetime(2021, 8, 11, tzinfo=UTC), text)])))
    taken = [claim for claim in reading.claims if claim.kind == "take" and claim.when is not None]
    names = {m.text for c in taken if c.when and c.when.iso() == "2021-08-10" for m in c.places}
    assert {"Mazar-i-Sharif", "Faizabad", "Pul-i-Khumri"} <= names
    assert any("Farah" in name for name in names)
    assert any(c.role == "caption" and c.extent == "part" and "Herat" in "; ".join(places(c)) for c in taken)
    assert any(c.kind == "leave" and "Pul-i-Khumri" in places(c) for c in reading.claims)
    assert {"surrender", "besiege", "clash", "talk"} <= {c.kind for c in reading.claims}
    assert any(c.against_interest and c.speaker and c.speaker.medium == "ANI" for c in reading.claims)
