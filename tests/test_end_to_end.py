"""The whole way over `examples/`: dispatches in, and what they say of August 2021 out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontlog.cli import main
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.store import HeldPlace

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SIDES = {"Taliban": "taliban", "government": "gov:AF", "United States": "gov:US"}
LEAST = {"rules": 63, "auto": 65}
FALLS = {
    "Zaranj": 6, "Sheberghan": 7, "Taloqan": 8, "Farah": 10, "Faizabad": 11, "Herat": 12, "Ghazni": 12,
    "Kandahar": 12, "Lashkar Gah": 13, "Asadabad": 14, "Mazar-i-Sharif": 14, "Jalalabad": 15,
}  # fmt: skip


def read(folder: Path, reader: str) -> SqliteStore:
    ledger = folder / f"{reader}.db"
    done = CliRunner().invoke(main, ["read", str(EXAMPLES), "--ledger", str(ledger), "--reader", reader])
    assert done.exit_code == 0, done.output
    return open_store(ledger, must_exist=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    """A ledger of the examples, by the rule reader, which every installation has."""
    return read(tmp_path_factory.mktemp("rules"), "rules")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def august(day: int) -> date:
    return date(2021, 8, day)


def life(store: SqliteStore, gazetteer: Gazetteer, name: str, known: int | None = None) -> list[HeldPlace]:
    """The life of the first place of the name that the ledger knows a holder of."""
    lives = (
        store.place_life(place.id, august(known) if known else None)
        for place in gazetteer.find(name, ("AF",))
    )
    return next(filter(None, lives), [])


@pytest.mark.parametrize(("name", "day"), FALLS.items())
def test_a_capital_fell_on_its_day(store: SqliteStore, gazetteer: Gazetteer, name: str, day: int) -> None:
    gains = [
        each.holding.valid_from
        for each in life(store, gazetteer, name)
        if each.holding.holder == SIDES["Taliban"]
    ]
    assert gains == [august(day)]


def test_mazar_is_only_claimed_until_it_falls_and_the_claim_is_overturned(
    store: SqliteStore, gazetteer: Gazetteer
) -> None:
    early = life(store, gazetteer, "Mazar-i-Sharif", 11)[-1].holding
    late = life(store, gazetteer, "Mazar-i-Sharif", 16)[-1].holding
    assert (early.state, early.holder) == ("claimed", SIDES["Taliban"])
    assert (late.state, late.valid_from) == ("held", august(14))
    findings = [each for each in store.findings("overturned") if "Mazar-i-Sharif" in each.computed]
    assert any("2021-08-14" in each.computed for each in findings)


def test_what_fell_without_a_named_taker_says_why_it_is_taken_for_theirs(
    store: SqliteStore, gazetteer: Gazetteer
) -> None:
    (only,) = life(store, gazetteer, "Charikar")
    assert only.holding.holder == SIDES["Taliban"]
    assert only.holding.state == "claimed"
    assert set(only.holding.claims_for) <= set(store.inferred(only.place.id))


def test_two_papers_with_one_agencys_text_are_one_origin(store: SqliteStore) -> None:
    ids = {each.title or "": each.id for each in store.dispatches() if each.id.startswith("12-ghazni")}
    assert len(ids) == 2
    assert [store.origin(id) is not None for id in sorted(ids.values())].count(True) == 1


def test_reading_leaves_findings(store: SqliteStore) -> None:
    audits = {each.audit for each in store.findings()}
    assert {"ordinal", "distance", "overturned", "denial"} <= audits


@pytest.mark.parametrize("reader", LEAST)
def test_at_least_as_many_of_80_expected_holders_as_before(
    tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer, reader: str
) -> None:
    store = read(tmp_path_factory.mktemp(reader), reader)
    with (EXAMPLES / "expected.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    wrong = [row for row in rows if not _right(store, gazetteer, row)]
    right = len(rows) - len(wrong)
    assert right >= LEAST[reader], f"{right} of {len(rows)}; wrong: {[(r['place'], r['day']) for r in wrong]}"


def _right(store: SqliteStore, gazetteer: Gazetteer, row: dict[str, str]) -> bool:
    """Whether the ledger names the holder, be it with certainty, as claimed or as contested."""
    wanted = {place.id for place in gazetteer.find(row["place"], (row["country"],))[:3]}
    answers = store.holdings(date.fromisoformat(row["day"]), date.fromisoformat(row["known"]))
    holder = next((each.holding.holder for each in answers if each.place.id in wanted), None)
    if row["holder"] == "not Taliban":
        return holder != SIDES["Taliban"]
    return holder == SIDES[row["holder"]]
