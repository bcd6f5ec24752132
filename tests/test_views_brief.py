"""The day's report: one line a sentence, whoever prints it, with its evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from frontlog.ledger import open_store
from frontlog.views.brief import NOTHING, brief

from .ledger_tellings import ARMY, TALIBAN, day, telling


def report(path: Path, on: date, *told: object) -> str:
    with open_store(path / "l.db") as store:
        store.add_readings(told, "r")  # type: ignore[arg-type]
        return brief(store, on, None, lambda side: side)


def test_a_sentence_that_two_papers_print_is_one_line_with_both(tmp_path: Path) -> None:
    words = (
        "Fighters took the city of Mazar after a week of shelling, its mayor told the agency by telephone."
    )
    found = report(
        tmp_path, day(9),
        telling("a", day(9), "take", TALIBAN, text=words, publisher="The Courier"),
        telling("b", day(9), "take", TALIBAN, text=words, publisher="The Herald"),
    )  # fmt: skip
    assert found.count(words) == 2, found  # once as evidence, once as reported
    assert "The Courier; also The Herald" in found


def test_two_claims_of_one_sentence_are_one_line(tmp_path: Path) -> None:
    words = "Fighters took the city and the army left it."
    found = report(
        tmp_path, day(9),
        telling("a", day(9), "take", TALIBAN, text=words), telling("a2", day(9), "leave", ARMY, text=words),
    )  # fmt: skip
    assert f"take, leave: {words}" in found


def test_a_day_without_news_says_so(tmp_path: Path) -> None:
    told = telling("a", day(9), "take", TALIBAN)
    assert NOTHING in report(tmp_path, day(20), told)
    assert NOTHING not in report(tmp_path, day(9))
