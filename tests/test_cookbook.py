"""Every query of the cookbook runs on what frontlog writes, and finds something."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from frontlog.ledger import SqliteStore
from frontlog.ledger.store import ClaimQuery
from frontlog.scale.rows import parquet_of
from frontlog.views.export import FORMATS

from .ledger_tellings import ARMY, KUNDUZ, TALIBAN, day, false_alarm, telling

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
PAGE = Path(__file__).parents[1] / "docs" / "cookbook.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cookbook")
    readings = [
        *false_alarm(),
        telling("raid", day(9), "strike", ARMY, KUNDUZ, deaths=4),
        *(telling(f"hold{at}", day(1 + at), "hold", ARMY) for at in range(3)),
        *(telling(f"back{at}", day(20 + at), "take", ARMY) for at in range(3)),
        telling("fall3", day(16), "take", TALIBAN, when=day(14)),
    ]
    with SqliteStore(path / "ledger.db") as store:
        store.add_readings(readings, "r1")
        for table in ("claims", "incidents", "holdings"):
            data = FORMATS["parquet"].write(store, ClaimQuery(), table)
            (path / f"{table}.parquet").write_bytes(data)
    (path / "shards").mkdir()
    (path / "shards" / "one.parquet").write_bytes(parquet_of(readings, "r1"))
    return path


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def all_queries() -> list[tuple[str, str]]:
    blocks = re.findall(r"```sql\n([\s\S]+?)```", PAGE.read_text("utf-8"))
    return [(f"query {number}", sql) for number, sql in enumerate(blocks, start=1)]


@pytest.mark.parametrize(("name", "sql"), all_queries(), ids=lambda value: value[:9])
@pytest.mark.usefixtures("here")
def test_a_query_of_the_cookbook_finds_something(name: str, sql: str) -> None:
    found: list[Any] = duckdb.sql(sql).fetchall()
    assert found, name


@pytest.mark.usefixtures("here")
def test_the_day_asked_for_is_answered_with_the_holder() -> None:
    _, sql = next(each for each in all_queries() if "BETWEEN valid_from" in each[1])
    assert ("Mazar-i-Sharif", "held", TALIBAN) in [row[:3] for row in duckdb.sql(sql).fetchall()]
