"""What every store must do, whatever keeps it. A test module gives the fixture ``store``."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from frontlog.errors import DecisionError, LedgerError
from frontlog.ledger.decisions import decision
from frontlog.ledger.store import Box, ClaimQuery, Store, StoredClaim
from frontlog.model import Decision

from .ledger_tellings import ARMY, GOMA, KUNDUZ, MAZAR, TALIBAN, day, false_alarm, telling


def decide(action: str, subject: str, **fields: object) -> Decision:
    minute = int(fields.pop("minute", 0))  # type: ignore[call-overload]
    made = datetime(2021, 9, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return decision(action, subject, "Reza", made, "checked by telephone", fields)


def holder(store: Store, on: int, known: int | None = None) -> tuple[str, str | None] | None:
    held = store.holdings(day(on), known=day(known) if known else None, country="AF")
    return next(((each.holding.state, each.holding.holder) for each in held if each.place == MAZAR), None)


class StoreContract:
    def test_reading_again_changes_nothing(self, store: Store) -> None:
        reading = telling("one", day(9), "take", TALIBAN)
        assert store.add_reading(reading, "r1") == "new"
        assert store.add_reading(reading, "r1") == "known"
        assert store.count_claims() == 1

    def test_another_reader_replaces_the_claims_of_the_first(self, store: Store) -> None:
        reading = telling("one", day(9), "take", TALIBAN)
        store.add_reading(reading, "r1")
        better = replace(reading, claims=(replace(reading.claims[0], kind="leave"),))
        assert store.add_reading(better, "r2") == "reread"
        assert [row.claim.kind for row in store.claims()] == ["leave"]
        assert store.claim(reading.claims[0].id) is not None

    def test_another_text_under_a_known_id_is_refused_and_the_rest_kept(self, store: Store) -> None:
        store.add_reading(telling("one", day(9), "take", TALIBAN), "r1")
        other = telling("one", day(9), "take", TALIBAN, text="A wholly other sentence.")
        with pytest.raises(LedgerError, match="another text"):
            store.add_reading(other, "r1")
        tally = store.add_readings([other, telling("two", day(9), "take", TALIBAN, KUNDUZ)], "r1")
        assert (tally.new, [id for id, _ in tally.refused]) == (1, ["one"])

    def test_claims_come_back_as_they_went_in(self, store: Store) -> None:
        reading = telling(
            "one", day(9), "take", TALIBAN, speaker="a colonel", speaker_side=ARMY, against=True, deaths=4,
            standing="denied", role="commander",
        )  # fmt: skip
        store.add_reading(reading, "r1")
        row = next(store.claims())
        assert row.claim == reading.claims[0]
        assert row.sentence == reading.dispatch.text
        assert store.dispatch("one") == reading.dispatch

    def test_claims_are_filtered(self, store: Store) -> None:
        store.add_readings(
            [
                telling(
                    "a", day(9), "take", TALIBAN, MAZAR, text="Fighters entered the blue mosque quarter."
                ),
                telling("b", day(10), "hold", ARMY, KUNDUZ, publisher="The Courier"),
                telling("c", day(11), "strike", "gov:CD", GOMA),
            ],
            "r1",
        )

        def ids(**filters: object) -> list[str]:
            return [row.claim.dispatch for row in store.claims(ClaimQuery(**filters))]  # type: ignore[arg-type]

        assert ids() == ["a", "b", "c"]
        assert ids(newest_first=True, limit=2) == ["c", "b"]
        assert ids(kinds=("take", "strike")) == ["a", "c"]
        assert ids(country="AF") == ["a", "b"]
        assert ids(place=KUNDUZ.id) == ["b"]
        assert ids(actor=ARMY) == ["b"]
        assert ids(source="The Courier") == ["b"]
        assert ids(text="blue mosque") == ["a"]
        assert ids(text='mosque" OR x') == []
        assert ids(known=day(10)) == ["a", "b"]
        assert ids(first=day(10), last=day(10)) == ["b"]
        assert ids(after=next(store.claims()).cursor) == ["b", "c"]

    def test_a_false_alarm_is_claimed_when_known_and_gone_later(self, store: Store) -> None:
        store.add_readings(false_alarm(), "r1")
        assert holder(store, 10, known=10) == ("claimed", TALIBAN)
        assert (holder(store, 12, known=12) or ("", None))[1] == ARMY
        state, who = holder(store, 14, known=16) or ("", None)
        assert (state, who) == ("held", TALIBAN)
        assert [(each.holding.holder, each.holding.valid_from) for each in store.place_life(MAZAR.id)][
            -1
        ] == (TALIBAN, day(14))

    def test_what_was_known_on_a_day_never_changes(self, store: Store) -> None:
        told = false_alarm()
        seen: dict[int, object] = {}
        for number, reading in enumerate(told):
            store.add_reading(reading, "r1")
            if number + 1 == len(told) or told[number + 1].dispatch.date != reading.dispatch.date:
                seen[reading.dispatch.date.day] = store.place_life(MAZAR.id, known=reading.dispatch.date)
        for known, life in seen.items():
            assert store.place_life(MAZAR.id, known=day(known)) == life

    def test_order_of_reading_changes_nothing(self, store: Store) -> None:
        told = false_alarm()
        random.Random(4).shuffle(told)
        for reading in told:
            store.add_reading(reading, "r1")
        shuffled = store.place_life(MAZAR.id), store.place_life(MAZAR.id, known=day(12)), store.incidents()
        store.rebuild()
        assert (
            store.place_life(MAZAR.id), store.place_life(MAZAR.id, known=day(12)), store.incidents(),
        ) == shuffled  # fmt: skip
        assert holder(store, 14, known=16) == ("held", TALIBAN)

    def test_a_copy_of_a_wire_changes_no_holding(self, store: Store) -> None:
        words = (
            "Taliban fighters took Mazar-i-Sharif on Tuesday after soldiers left their posts, residents said."
        )
        store.add_reading(
            telling("wire", day(10), "take", TALIBAN, text=words, publisher="The Courier"), "r1"
        )
        before = store.place_life(MAZAR.id)
        copy = telling("copy", day(11), "take", TALIBAN, text=words + " More soon.", publisher="The Herald")
        store.add_reading(copy, "r1")
        assert store.place_life(MAZAR.id) == before
        assert store.origin("copy") is not None
        assert store.origin("wire") is None
        assert [incident.origins for incident in store.incidents()] == [("wire",)]

    def test_tellings_of_one_happening_are_one_incident(self, store: Store) -> None:
        store.add_readings(false_alarm(), "r1")
        takes = store.incidents(place=MAZAR.id, kind="take")
        assert sorted(len(incident.claims) for incident in takes) == [1, 2]
        assert store.incidents(place=MAZAR.id, kind="take", known=day(10))[0].claims == takes[0].claims

    def test_places_are_found_by_name_country_and_box(self, store: Store) -> None:
        store.add_readings(
            [telling("a", day(9), "take", TALIBAN), telling("c", day(11), "take", "m23", GOMA)], "r1"
        )
        assert store.places(name="mazar-i-sharif") == [MAZAR]
        assert store.places(country="CD") == [GOMA]
        assert store.places(box=Box(30, 60, 40, 70)) == [MAZAR]
        assert [each.place for each in store.holdings(day(12), box=Box(-5, 20, 5, 30))] == [GOMA]
        assert store.countries() == [("AF", 1), ("CD", 1)]

    def test_a_rejected_claim_counts_for_nothing_until_undone(self, store: Store) -> None:
        store.add_reading(telling("one", day(9), "take", TALIBAN), "r1")
        before = store.place_life(MAZAR.id)
        claim = next(store.claims())
        rejection = decide("reject", claim.id)
        store.decide(rejection)
        assert store.place_life(MAZAR.id) == []
        assert next(store.claims()).accepted is False
        store.decide(decide("undo", rejection.id, minute=1))
        assert store.place_life(MAZAR.id) == before
        assert [each.action for each in store.decisions()] == ["reject", "undo"]

    def test_a_correction_moves_a_claim(self, store: Store) -> None:
        store.add_readings(
            [telling("a", day(11), "take", TALIBAN), telling("b", day(9), "hold", ARMY, KUNDUZ)], "r1"
        )
        moved = next(store.claims(ClaimQuery(kinds=("take",)))).id
        store.decide(decide("correct", moved, place=KUNDUZ.id, when="2021-08-10"))
        assert store.place_life(MAZAR.id) == []
        assert TALIBAN in {each.holding.holder for each in store.place_life(KUNDUZ.id)}
        before = store.place_life(KUNDUZ.id)
        store.rebuild()
        assert store.place_life(KUNDUZ.id) == before

    def test_incidents_are_merged_and_split_by_decisions(self, store: Store) -> None:
        store.add_readings(false_alarm(), "r1")
        early, late = store.incidents(place=MAZAR.id, kind="take")
        merge = decide("merge", early.id, **{"with": [late.id]})
        store.decide(merge)
        (one,) = store.incidents(place=MAZAR.id, kind="take")
        assert set(one.claims) == {*early.claims, *late.claims}
        assert one.reason == "merged by a decision"
        store.decide(decide("undo", merge.id, minute=1))
        assert store.incidents(place=MAZAR.id, kind="take") == [early, late]
        store.decide(decide("split", late.id, claims=[late.claims[0]], minute=2))
        assert sorted(len(each.claims) for each in store.incidents(place=MAZAR.id, kind="take")) == [1, 1, 1]

    def test_what_was_merged_can_be_split_and_merged_again(self, store: Store) -> None:
        store.add_readings(false_alarm(), "r1")
        early, late = store.incidents(place=MAZAR.id, kind="take")
        store.decide(decide("merge", early.id, **{"with": [late.id]}))
        store.decide(decide("split", early.id, claims=list(late.claims), minute=1))
        parts = store.incidents(place=MAZAR.id, kind="take")
        assert [set(each.claims) for each in sorted(parts, key=lambda each: each.id)] == [
            set(early.claims), set(late.claims),
        ]  # fmt: skip
        part = next(each.id for each in parts if each.id != early.id)
        store.decide(decide("merge", part, **{"with": [early.id]}, minute=2))
        (one,) = store.incidents(place=MAZAR.id, kind="take")
        assert set(one.claims) == {*early.claims, *late.claims}

    def test_a_split_takes_some_claims_of_the_incident_itself(self, store: Store) -> None:
        store.add_readings(false_alarm(), "r1")
        early, late = store.incidents(place=MAZAR.id, kind="take")
        with pytest.raises(DecisionError, match="not told of incident"):
            store.decide(decide("split", late.id, claims=[early.claims[0]]))
        with pytest.raises(DecisionError, match="must leave a claim"):
            store.decide(decide("split", late.id, claims=list(late.claims)))
        with pytest.raises(DecisionError, match="with itself"):
            store.decide(decide("merge", late.id, **{"with": [late.id]}))
        with pytest.raises(DecisionError, match="give the ids"):
            decide("split", late.id, claims=True)

    def test_decisions_about_nothing_are_refused(self, store: Store) -> None:
        with pytest.raises(DecisionError, match="no claim"):
            store.decide(decide("accept", "nothing"))
        with pytest.raises(DecisionError, match="no incident"):
            store.decide(decide("merge", "nothing", **{"with": ["x"]}))
        with pytest.raises(DecisionError, match="no decision"):
            store.decide(decide("undo", "nothing"))

    def test_counts_are_by_day_and_family(self, store: Store) -> None:
        store.add_readings(false_alarm(), "r1")
        counts = store.counts(country="AF", first=day(12), last=day(15))
        assert [(each.known.day, each.family, each.claims) for each in counts] == [
            (12, "violence", 1), (13, "control", 1), (14, "control", 1), (15, "control", 2),
        ]  # fmt: skip

    def test_the_version_tells_that_somebody_wrote(self, store: Store) -> None:
        store.version()
        store.add_reading(telling("one", day(9), "take", TALIBAN), "r1")
        written = store.version()
        list(store.claims())
        store.holdings(day(10), country="AF")
        assert store.version() == written
        store.decide(decide("accept", next(store.claims()).id))
        assert store.version() != written

    def test_sides_are_those_that_held_something(self, store: Store) -> None:
        store.add_readings([*false_alarm(), telling("k", day(9), "hold", ARMY, KUNDUZ)], "r1")
        store.add_reading(telling("talks", day(9), "talk", "gov:TR", KUNDUZ), "r1")
        assert store.sides() == [(ARMY, 2), (TALIBAN, 1)]

    def test_publishers_come_with_the_number_of_their_dispatches(self, store: Store) -> None:
        for number, publisher in enumerate(("Courier", "Herald", "Courier")):
            store.add_reading(telling(f"d{number}", day(9), "take", TALIBAN, publisher=publisher), "r1")
        assert store.publishers() == [("Courier", 2), ("Herald", 1)]
        assert [each.id for each in store.dispatches(publisher="Herald")] == ["d1"]

    def test_search_finds_dispatches_that_have_all_words(self, store: Store) -> None:
        told = [
            telling("a", day(9), "take", TALIBAN, text="Shopkeepers say that 40% of the Bazaar burnt down."),
            telling("b", day(11), "take", TALIBAN, text="The bazaar is shut, say its owner's sons."),
            telling("c", day(12), "take", TALIBAN, text="Nothing new."),
        ]
        titled = replace(told[2], dispatch=replace(told[2].dispatch, title="Bazaar opens again"))
        store.add_readings([*told[:2], titled], "r1")

        def ids(words: str, **narrowed: object) -> list[str]:
            return [each.id for each in store.search(words, **narrowed)]  # type: ignore[arg-type]

        assert ids("BAZAAR") == ["c", "b", "a"]
        assert ids("say bazaar") == ["b", "a"]
        assert ids("bazaar", known=day(11)) == ["b", "a"]
        assert ids("bazaar", limit=1) == ["c"]
        assert ids("40%") == ["a"]
        assert ids("owner's") == ["b"]
        assert ids("b_zaar") == []
        assert ids("") == ids(' "') == ["c", "b", "a"]

    def test_search_puts_first_what_is_told_of_most(self, store: Store) -> None:
        rest = "Rain fell on the plain and the harvest was late, people of the valley said. " * 4
        store.add_readings(
            [
                telling("passing", day(12), "take", TALIBAN, text=rest + "A convoy went to Zarnab."),
                telling(
                    "about",
                    day(9),
                    "take",
                    TALIBAN,
                    text="Zarnab fell. Zarnab burns. Who fled Zarnab is safe.",
                ),
                telling("other", day(11), "take", TALIBAN, text=rest),
            ],
            "r1",
        )
        assert [each.id for each in store.search("zarnab")] == ["about", "passing"]

    def test_words_are_found_whatever_their_accents_and_ends(self, store: Store) -> None:
        store.add_readings(
            [
                telling(
                    "a", day(9), "take", TALIBAN, text="Fighters took the hill above Zêbar-i-Nû at dawn."
                ),
                telling("b", day(10), "take", TALIBAN, text="Nu shelling hit the i Zebar road."),
            ],
            "r1",
        )

        def ids(words: str) -> list[str]:
            found = [each.id for each in store.search(words)]
            claims = store.claims(ClaimQuery(text=words, best_first=True))
            assert sorted(found) == sorted(row.claim.dispatch for row in claims)
            return sorted(found)

        assert ids("zebar") == ids("ZÊBAR") == ["a", "b"]
        assert ids("Zebar-i-Nu") == ["a"]
        assert ids('"i zebar"') == ["b"]
        assert ids("shell*") == ["b"]
        assert ids("shell") == []
        assert ids('NOT* OR "x') == []

    def test_claims_that_fit_the_words_best_come_first_and_in_pages(self, store: Store) -> None:
        rest = "after a night of rain and of mortar fire on the lower quarters and the market"
        texts = [f"Zarnab was taken {rest}, number {at}." for at in range(5)] + ["Zarnab was taken."]
        store.add_readings(
            [telling(f"d{at}", day(9 + at % 3), "take", TALIBAN, text=text) for at, text in enumerate(texts)],
            "r1",
        )
        query = ClaimQuery(text="zarnab taken", best_first=True)
        whole = [row.id for row in store.claims(query)]
        assert next(store.claims(query)).claim.dispatch == "d5"
        paged: list[StoredClaim] = []
        while page := list(store.claims(replace(query, limit=2, after=paged[-1].cursor if paged else None))):
            paged += page
        assert [row.id for row in paged] == whole
        assert len(whole) == store.count_claims(query) == 6

    def test_what_was_just_read_is_audited(self, store: Store) -> None:
        store.add_readings(false_alarm(), "r1")
        assert store.findings() == []
        assert store.audit_new() == len(store.findings()) > 0
        assert "overturned" in {each.audit for each in store.findings()}
        before = store.findings()
        store.add_readings(false_alarm(), "r1")
        store.audit_new()
        assert store.findings() == before

    def test_auditing_step_by_step_finds_what_auditing_everything_finds(self, store: Store) -> None:
        ninth = "It is the ninth provincial capital to be captured."
        told = [
            *false_alarm(),
            telling("k1", day(8), "take", TALIBAN, KUNDUZ),
            telling("k2", day(8), "hold", ARMY, KUNDUZ),
            telling(
                "k3", day(11), "take", TALIBAN, KUNDUZ, standing="denied", speaker="x", speaker_side=ARMY
            ),
            telling("m9", day(9), "take", TALIBAN, MAZAR, text=ninth),
        ]
        random.Random(3).shuffle(told)
        for number in range(0, len(told), 4):
            store.add_readings(told[number : number + 4], "r1")
            store.audit_new()
        step_by_step = store.findings()
        assert len({each.audit for each in step_by_step}) > 1
        assert store.audit() == len(step_by_step)
        assert store.findings() == step_by_step

    def test_findings_are_filtered(self, store: Store) -> None:
        ninth = telling("m9", day(9), "take", TALIBAN, text="It is the ninth provincial capital to fall.")
        store.add_readings([ninth, *false_alarm()], "r1")
        store.audit()
        everything = store.findings()
        for field in ("audit", "dispatch", "verdict"):
            for value in {getattr(each, field) for each in everything}:
                wanted = [each for each in everything if getattr(each, field) == value]
                assert store.findings(**{field: value}) == wanted
        early = store.findings(known=day(9))
        assert early == [each for each in everything if each.known and each.known <= day(9)]
        assert 0 < len(early) < len(everything)
