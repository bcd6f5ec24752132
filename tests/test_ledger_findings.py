"""Findings follow from reading: audited by what is new, with the answers that auditing everything gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.decisions import decision
from frontlog.ledger.store import ClaimQuery
from frontlog.model import Finding

from .ledger_tellings import ARMY, KUNDUZ, MAZAR, TALIBAN, day, false_alarm, telling


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return open_store(tmp_path / "ledger.db")


def found(store: SqliteStore) -> list[Finding]:
    return store.findings()


def test_what_was_just_read_has_its_findings(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r")
    assert store.findings() == []
    assert store.audit_new() > 0
    assert "overturned" in {each.audit for each in store.findings()}


def test_nothing_new_changes_no_finding(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r")
    store.audit_new()
    before = found(store)
    store.add_readings(false_alarm(), "r")
    store.audit_new()
    assert found(store) == before


def test_a_finding_goes_when_later_news_takes_its_ground(store: SqliteStore) -> None:
    alarm, *rest = false_alarm()
    store.add_readings([alarm, *rest[:3]], "r")
    store.audit_new()
    early = [each for each in found(store) if each.audit == "overturned"]
    store.add_readings(rest[3:], "r")
    store.audit_new()
    late = [each for each in found(store) if each.audit == "overturned"]
    assert early != late
    assert any("2021-08-14" in each.computed for each in late)


def test_what_is_to_be_audited_waits_for_the_next_start(tmp_path: Path) -> None:
    with open_store(tmp_path / "ledger.db") as store:
        store.add_readings(false_alarm(), "r")
    with open_store(tmp_path / "ledger.db") as store:
        assert store.audit_new() > 0


def test_claims_of_one_dispatch_are_asked_by_its_id(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r")
    assert [row.claim.dispatch for row in store.claims(ClaimQuery(dispatch="siege"))] == ["siege"]


MANY = [
    *false_alarm(),
    telling("k1", day(8), "take", TALIBAN, KUNDUZ),
    telling("k2", day(8), "hold", ARMY, KUNDUZ),
    telling("k3", day(11), "take", TALIBAN, KUNDUZ, standing="denied", speaker="x", speaker_side=ARMY),
    telling("m9", day(9), "take", TALIBAN, MAZAR, text="It is the ninth provincial capital to be captured."),
]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(MANY), cut=st.integers(1, len(MANY) - 1))
def test_auditing_step_by_step_finds_what_auditing_everything_finds(
    tmp_path_factory: pytest.TempPathFactory, order: list[object], cut: int
) -> None:
    with open_store(tmp_path_factory.mktemp("audits") / "ledger.db") as store:
        for batch in (order[:cut], order[cut:]):
            store.add_readings(batch, "r")  # type: ignore[arg-type]
            store.audit_new()
        step_by_step = found(store)
        store.audit()
        assert step_by_step == found(store)


CHANGES = {"correct": {"when": "2021-08-10"}, "accept": {}, "reject": {}}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    verdicts=st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, len(MANY) - 1), st.booleans()),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_findings_follow_decisions_and_their_undoing(
    tmp_path_factory: pytest.TempPathFactory, verdicts: list[tuple[str, int, bool]]
) -> None:
    with open_store(tmp_path_factory.mktemp("decided") / "ledger.db") as store:
        store.add_readings(MANY, "r")
        store.audit_new()
        before = found(store), store.digest()
        claims = [row.id for row in store.claims()]
        made = []
        for at, (action, number, undone) in enumerate(verdicts):
            moment = datetime(2021, 9, 1, tzinfo=UTC) + timedelta(minutes=at)
            verdict = decision(action, claims[number % len(claims)], "ana", moment, "", CHANGES[action])
            store.decide(verdict)
            made.append(verdict)
            if undone:
                store.decide(decision("undo", made.pop().id, "ana", moment + timedelta(seconds=30)))
        decided = found(store), store.digest()
        store.rebuild()
        assert (found(store), store.digest()) == decided
        for at, verdict in enumerate(made):
            store.decide(decision("undo", verdict.id, "ana", datetime(2021, 9, 2, 0, at, tzinfo=UTC)))
        assert (found(store), store.digest()) == before


def test_a_decision_leaves_findings_alone_that_wait_for_an_audit(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r")
    (claim, *_) = store.claims()
    store.decide(decision("reject", claim.id, "ana", datetime(2021, 9, 1, tzinfo=UTC)))
    assert found(store) == []
    assert store.audit_new() > 0
