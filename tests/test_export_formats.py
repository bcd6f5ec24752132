"""Exports: what leaves the ledger, in whose columns, and that nothing in it can run."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontlog.errors import DataFileError
from frontlog.evaluation.events import Scheme
from frontlog.ledger import SqliteStore
from frontlog.ledger.store import ClaimQuery
from frontlog.model import FAMILIES, KINDS, Claim, Span
from frontlog.views.export import FORMATS
from frontlog.views.export.acled import COLUMNS as ACLED
from frontlog.views.export.codes import Cameo, load
from frontlog.views.export.table_files import cell, csv_bytes

from .ledger_contract import decide
from .ledger_tellings import ARMY, GOMA, KUNDUZ, MAZAR, TALIBAN, day, false_alarm, telling

EVERYTHING = ClaimQuery()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "ledger.db") as opened:
        opened.add_readings(false_alarm(), "r1")
        opened.add_readings(
            [
                telling(
                    "raid", day(9), "strike", ARMY, KUNDUZ, target=TALIBAN, deaths=4, publisher="=Courier"
                ),
                telling("plan", day(9), "take", ARMY, GOMA, standing="planned"),
                telling("envoys", day(9), "flee", None, None),
            ],
            "r1",
        )
        yield opened


def written(store: SqliteStore, format: str, table: str = "claims", query: ClaimQuery = EVERYTHING) -> bytes:
    return FORMATS[format].write(store, query, table)


def sheet(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def claim(kind: Any, cue: str) -> Claim:
    return Claim("d", kind, Span(0, len(cue)), cue, Span(0, len(cue)))


def test_csv_has_every_claim_with_its_sentence(store: SqliteStore) -> None:
    rows = sheet(written(store, "csv"))
    assert {row["id"] for row in rows} == {row.id for row in store.claims()}
    raid = next(row for row in rows if row["dispatch"] == "raid")
    assert (raid["kind"], raid["place"], raid["deaths"], raid["lat"]) == ("strike", "Kunduz", "4", "36.73")
    assert raid["sentence"] == next(row.sentence for row in store.claims(ClaimQuery(kinds=["strike"])))


def test_no_cell_of_csv_runs_as_a_formula(store: SqliteStore) -> None:
    rows = sheet(written(store, "csv"))
    assert next(row["publisher"] for row in rows if row["dispatch"] == "raid") == "'=Courier"


@given(st.text(max_size=8) | st.lists(st.text(max_size=4), max_size=3))
def test_text_never_begins_as_a_formula_does(value: Any) -> None:
    assert not str(cell(value)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers() -> None:
    assert csv_bytes([{"lat": -1.5}], ["lat"]) == b"lat\n-1.5\n"


def test_rejected_claims_stay_and_corrected_ones_go_as_corrected(store: SqliteStore) -> None:
    claims = {row.claim.dispatch: row.id for row in store.claims()}
    store.decide(decide("reject", claims["raid"]))
    store.decide(decide("correct", claims["fall"], kind="advance", when="2021-08-13", minute=1))
    rows = {row["dispatch"]: row for row in sheet(written(store, "csv"))}
    assert "raid" not in rows
    assert (rows["fall"]["kind"], rows["fall"]["when_first"]) == ("advance", "2021-08-13")


def test_a_query_narrows_every_format(store: SqliteStore) -> None:
    query = ClaimQuery(country="AF", known=day(10))
    assert {row["dispatch"] for row in sheet(written(store, "csv", query=query))} == {"alarm", "raid"}
    assert {row["country"] for row in sheet(written(store, "csv", "incidents", query))} == {"AF"}
    assert {row["state"] for row in sheet(written(store, "csv", "holdings", query))} <= {"claimed", "held"}


@pytest.mark.parametrize("table", ["claims", "incidents", "holdings"])
def test_parquet_has_the_rows_of_csv(store: SqliteStore, tmp_path: Path, table: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    path.write_bytes(written(store, "parquet", table))
    rows = parquet.read_table(path).to_pylist()
    assert rows
    assert sheet(csv_bytes(rows, list(rows[0]))) == sheet(written(store, "csv", table))


def test_geojson_has_points_in_longitude_and_latitude(store: SqliteStore) -> None:
    features = json.loads(written(store, "geojson", "holdings"))["features"]
    mazar = next(each for each in features if each["properties"]["place_id"] == MAZAR.id)
    assert mazar["geometry"] == {"type": "Point", "coordinates": [67.1, 36.7]}
    assert "envoys" not in {each["properties"].get("dispatch") for each in features}


def test_geoparquet_tells_where_its_points_are(store: SqliteStore, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    path.write_bytes(written(store, "geoparquet"))
    table = parquet.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    for row in table.to_pylist():
        assert struct.unpack("<BIdd", row["geometry"]) == (1, 1, row["lon"], row["lat"])


def test_plover_codes_events_and_leaves_out_what_did_not_happen(store: SqliteStore) -> None:
    events = {event["id"]: event for event in lines(written(store, "plover"))}
    claims = {row.claim.dispatch: row.id for row in store.claims()}
    raid = events[claims["raid"]]
    assert (raid["event"], raid["quad"], raid["cameo"]) == ("ASSAULT", 4, "195")
    assert raid["recipient"] == [{"name": TALIBAN, "actor": TALIBAN, "side": TALIBAN}]
    assert raid["location"]["geonames_id"] == 2
    assert claims["plan"] not in events
    assert claims["envoys"] not in events


def test_cameo_codes_keep_their_zeros(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "ledger.db") as store:
        store.add_readings([telling("out", day(9), "leave", ARMY)], "r1")
        (row,) = sheet(written(store, "cameo"))
    assert (row["cameo_code"], row["quad_class"], row["source_name"]) == ("0874", "2", ARMY)


@pytest.mark.parametrize(
    ("kind", "cue", "code"),
    [
        ("strike", "shelled", "194"), ("strike", "air strikes", "195"), ("bomb", "suicide bombing", "1831"),
        ("agree", "signed", "057"), ("agree", "a ceasefire", "0871"), ("coerce", "imposed a curfew", "1723"),
        ("hold", "repelled", "190"), ("deploy", "sent", "154"), ("take", "captured", "192"),
        ("take", "overran", "190"), ("sanction", "imposed sanctions on", "163"), ("sanction", "halt", "160"),
    ],
)  # fmt: skip
def test_the_cue_chooses_the_code(kind: str, cue: str, code: str) -> None:
    found = Cameo.open().code(claim(kind, cue))
    assert found is not None
    assert found.cameo == code


def test_only_states_of_things_and_bare_statements_have_no_code() -> None:
    table = Cameo.open()
    without = {kind for kind in KINDS if table.code(claim(kind, "x")) is None}
    assert without == {"hold", "flee", "state"}
    assert all(table.code(claim(kind, "x")) for kind in FAMILIES["violence"])


def test_codes_are_those_of_the_book() -> None:
    roots = {
        "03": {"AGREE"}, "04": {"CONSULT"}, "05": {"SUPPORT"}, "07": {"AID"}, "08": {"RETREAT", "CONCEDE"},
        "10": {"REQUEST"}, "11": {"ACCUSE"}, "12": {"REJECT"}, "13": {"THREATEN"}, "14": {"PROTEST"},
        "15": {"MOBILIZE"}, "16": {"SANCTION", "COERCE"}, "17": {"COERCE", "ASSAULT"}, "18": {"ASSAULT"},
        "19": {"ASSAULT", "COERCE"}, "20": {"ASSAULT"},
    }  # fmt: skip
    for rule in load("cameo.tsv", ("cameo", "root", "mode", "context")):
        assert rule.cells["root"] in roots[rule.cells["cameo"][:2]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "cue", ["x", "captured", "overran", "stormed", "imposed sanctions on", "embargo", "blockaded", "shelled"]
)
def test_what_is_exported_has_the_root_that_is_measured(kind: str, cue: str) -> None:
    exported = Cameo.open().code(claim(kind, cue))
    measured = Scheme.open().root(claim(kind, cue))
    # The gold sets know RETREAT and CONCEDE under their common name.
    assert (
        exported is None
        or {"RETREAT": "YIELD", "CONCEDE": "YIELD"}.get(exported.root, exported.root) == measured
    )


def test_a_bad_table_of_codes_is_named_by_line() -> None:
    with pytest.raises(DataFileError, match=r"cameo\.tsv:4"):
        load("cameo.tsv", ("code",))


def test_acled_has_its_columns_and_one_row_an_incident(store: SqliteStore) -> None:
    data = written(store, "acled")
    assert tuple(data.decode().splitlines()[0].split(",")) == ACLED
    rows = sheet(data)
    raid = next(row for row in rows if row["sub_event_type"] == "Air/drone strike")
    assert (raid["event_date"], raid["country"], raid["iso"]) == ("2021-08-09", "Afghanistan", "4")
    assert (raid["actor1"], raid["actor2"], raid["fatalities"]) == (ARMY, TALIBAN, "4")
    falls = [row for row in rows if row["sub_event_type"] == "Non-state actor overtakes territory"]
    assert [row["event_date"] for row in falls] == ["2021-08-10", "2021-08-14"]
    assert not any(row["location"] == "Goma" for row in rows)


def test_a_governments_gain_is_told_from_a_groups(store: SqliteStore) -> None:
    store.add_reading(telling("back", day(20), "take", ARMY, KUNDUZ), "r1")
    assert "Government regains territory" in {row["sub_event_type"] for row in sheet(written(store, "acled"))}


def test_an_unknown_day_makes_no_acled_event(tmp_path: Path) -> None:
    reading = telling("old", day(9), "clash", TALIBAN)
    timeless = replace(reading, claims=(replace(reading.claims[0], when=None),))
    with SqliteStore(tmp_path / "ledger.db") as store:
        store.add_reading(timeless, "r1")
        assert sheet(written(store, "acled")) == []


def test_days_are_written_as_iso(store: SqliteStore) -> None:
    known = {row["known"] for row in sheet(written(store, "csv"))}
    assert all(date.fromisoformat(each) for each in known)
    assert datetime.now(UTC).isoformat()[:10] not in known
