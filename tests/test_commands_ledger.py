"""The verbs that ask and put right a ledger, as somebody types them who does not know its ids."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from frontlog.cli import main
from frontlog.ledger.sqlite import SqliteStore
from tests.web_ledger import KUNDUZ, fill

Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with fill(tmp_path / "hand.db") as opened:
        yield opened


@pytest.fixture
def run(store: SqliteStore) -> Run:
    def run_(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, [*arguments, "--ledger", str(store.path)])
        assert result.exit_code == code, result.output
        return result

    return run_


def rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("country", ["AF", "af", "Afghanistan"])
def test_a_country_is_taken_by_code_in_any_case_and_by_name(run: Run, country: str) -> None:
    assert len(rows(run("claims", "--country", country, "--json"))) == 8


@pytest.mark.parametrize("verb", [("claims",), ("control",), ("export", "csv"), ("picture", "map.png")])
def test_a_country_that_is_none_is_refused(run: Run, verb: tuple[str, ...]) -> None:
    assert "'Narnia' is no country" in run(*verb, "--country", "Narnia", code=2).output


def test_a_country_that_the_ledger_knows_nothing_of_is_said_so_with_those_it_knows(run: Run) -> None:
    result = run("claims", "--country", "FR")
    assert result.stdout == ""
    assert "no claim of FR; it has claims of AF" in result.stderr


@pytest.mark.parametrize("words", ["kunduz", "Kundoz", KUNDUZ.id])
def test_a_place_is_found_in_other_spellings(run: Run, words: str) -> None:
    assert {row["place"]["id"] for row in rows(run("place", words, "--json"))} == {KUNDUZ.id}  # type: ignore[index]


def test_a_place_that_is_not_there_brings_names_that_are_near(run: Run) -> None:
    assert "did you mean Ghazni?" in run("place", "Ghaz", code=2).output


def test_a_side_is_taken_by_name_and_one_that_nobody_names_is_refused(run: Run) -> None:
    assert len(rows(run("claims", "--actor", "Afghan government", "--json"))) == 3
    assert "taliban (Taliban)" in run("claims", "--actor", "Martians", code=2).output


def test_a_government_is_that_of_the_ledgers_days_and_not_of_today(run: Run) -> None:
    found = rows(run("claims", "--actor", "Afghan government", "--json"))
    assert {party["side"] for row in found for party in row["agent"]} == {"gov:AF"}  # type: ignore[attr-defined,index]


def test_a_publisher_is_taken_by_a_part_of_its_name(run: Run) -> None:
    assert {row["publisher"] for row in rows(run("claims", "--source", "north", "--json"))} == {"Northgate"}
    assert "no publisher" in run("claims", "--source", "Gazette", code=2).output
    assert "several publishers" in run("claims", "--source", "n", code=2).output


def test_claims_beyond_the_limit_are_told_of(run: Run) -> None:
    result = run("claims", "--limit", "3", "--json")
    assert (len(rows(result)), "3 of 8 claims" in result.stderr) == (3, True)
    run("claims", "--limit", "0", code=2)


def test_an_empty_day_says_what_the_ledger_knows_of(run: Run) -> None:
    result = run("control", "--on", "2021-08-12", "--known", "2021-08-01")
    assert (result.stdout, "from 2021-08-06 to 2021-08-14" in result.stderr) == ("", True)
    assert "nothing became known" in run("brief", "--on", "2021-09-12").stderr


def test_the_first_day_of_the_calendar_has_a_brief(run: Run) -> None:
    assert "# 1 January 1" in run("brief", "--on", "0001-01-01").stdout


def test_the_brief_is_of_the_last_day_by_itself(run: Run) -> None:
    assert run("brief").stdout.startswith("# 14 August 2021")


def test_incidents_list_the_ids_that_merge_and_split_take(run: Run, store: SqliteStore) -> None:
    first, second, *_ = (str(row["id"]) for row in rows(run("incidents", "--place", "Kunduz", "--json")))
    run("decide", "merge", first[:6], second[:6], "--author", "Ana")
    merged = store.incident(first)
    assert merged is not None
    assert merged.reason == "merged by a decision"
    run("decide", "split", first, f"#{merged.claims[0][:6]}", "--author", "Ana")
    assert len(rows(run("incidents", "--place", "Kunduz", "--json"))) >= 2


def test_a_claim_is_named_by_the_beginning_of_its_id(run: Run, store: SqliteStore) -> None:
    claim = next(store.claims()).id
    run("decide", "reject", claim[:6], "--author", "Ana")
    assert store.claim(claim).accepted is False  # type: ignore[union-attr]
    assert "no claim 'zzzzzz'" in run("decide", "reject", "zzzzzz", "--author", "Ana", code=2).output


def test_a_correction_by_name_keeps_one_side_one_side(run: Run, store: SqliteStore) -> None:
    claim = next(row.id for row in store.claims() if row.claim.kind == "strike")
    run("decide", "correct", claim, "agent=Taliban", "place=Kundoz", "--author", "Ana")
    assert store.decisions()[0].changes == {"agent": "taliban", "place": KUNDUZ.id}
    assert "Taliban" not in dict(store.sides())


@pytest.mark.parametrize(
    ("change", "why"),
    [("deaths=many", "cannot be"), ("deaths=-1", "cannot be"), ("confidence=high", "cannot be"),
     ("confidence=3", "cannot be"), ("when=2021-08-09/2021-08-02", "first and last"), ("kind=", "always a kind")],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(run: Run, store: SqliteStore, change: str, why: str) -> None:
    claim = next(store.claims()).id
    assert why in run("decide", "correct", claim, change, "--author", "Ana", code=2).output
    assert store.decisions() == []


def test_rebuilding_gives_the_same_ledger(run: Run, store: SqliteStore) -> None:
    store.audit_new()
    before = store.digest()
    assert rows(run("rebuild", "--json"))[0]["claims"] == 8
    assert store.digest() == before


def test_what_audit_shows_is_kept_for_the_other_views(run: Run, store: SqliteStore) -> None:
    shown = rows(run("audit", "--all", "--json", code=1))
    assert len(shown) == len(store.findings()) > 0
    assert "is not one of" in run("audit", "--audit", "spelling", code=2).output


def test_a_ledger_that_somebody_writes_to_still_answers(
    run: Run, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontlog.ledger.connect.BUSY_MS", 50)
    with store._connections.write():
        result = run("brief", "--on", "2021-08-12")
        assert "findings are not up to date" in result.stderr
        assert "# 12 August 2021" in result.stdout
        claim = next(store.claims()).id
        assert "nobody else writes" in run("decide", "accept", claim, "--author", "Ana", code=2).output


def test_nothing_read_makes_no_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "new.db"
    result = CliRunner().invoke(main, ["read", str(tmp_path / "nosuch.txt"), "--ledger", str(ledger)])
    assert (result.exit_code, ledger.exists(), "left as it is" in result.output) == (1, False, True)
