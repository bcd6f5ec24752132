"""Pictures and pages that stand alone: what they show, and that they need nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontlog.cli import main
from frontlog.errors import LedgerError
from frontlog.ledger.sqlite import SqliteStore
from frontlog.views.colours import marks
from frontlog.views.mapbuild import contains, middle, thin
from frontlog.views.mapdata import MapData
from frontlog.views.scene import days, frame, ground, scene
from frontlog.views.standalone import standalone
from tests.web_ledger import HERAT, KABUL, fill, name

DAY = date(2021, 8, 13)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with fill(tmp_path / "picture.db") as opened:
        yield opened


@pytest.fixture
def data() -> MapData:
    opened = MapData.open()
    if opened.missing:
        pytest.skip(opened.missing)
    return opened


def run(store: SqliteStore, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["picture", *arguments, "--ledger", str(store.path)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_scene_asks_for_a_day_as_known_on_another(store: SqliteStore) -> None:
    now = scene(store, DAY, None, None, name)
    then = scene(store, DAY, date(2021, 8, 12), None, name)
    holders = [{e.place.name: e.holding.holder for e in each.places} for each in (now, then)]
    assert holders[0]["Herat"] == "taliban"
    assert holders[1]["Herat"] == "gov:AF"
    assert then.subtitle == "as known on 12 August 2021"


def test_a_frame_holds_its_places_and_nothing_is_no_frame(store: SqliteStore) -> None:
    box = frame(scene(store, DAY, None, None, name).places)
    for place in (HERAT, KABUL):
        assert box.south < place.lat < box.north
        assert box.west < place.lon < box.east
    with pytest.raises(LedgerError, match="--on"):
        frame([])


def test_sides_differ_by_shape_as_well_as_colour() -> None:
    given = marks((side, side) for side in ("gov:AF", "taliban", "iskp", "gov:IR", "a", "b", "c"))
    assert len({(mark.colour, mark.shape) for mark in given.values()}) == len(given)
    assert given["gov:AF"].shape != given["taliban"].shape


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(("ending", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("gif", b"GIF89a")])
def test_every_form_of_picture_is_written(
    store: SqliteStore, tmp_path: Path, ending: str, magic: bytes
) -> None:
    out = tmp_path / f"map.{ending}"
    run(store, str(out), "--on", "2021-08-13", "--from", "2021-08-12", "--country", "AF")
    assert out.read_bytes().startswith(magic)


@pytest.mark.usefixtures("data")
def test_a_drawing_names_date_places_sides_and_source(store: SqliteStore, tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    run(store, str(out), "--on", "2021-08-12", "--known", "2021-08-11", "--country", "AF")
    drawing = out.read_text("utf-8")
    for words in ("12 August 2021", "as known on 11 August 2021", "Kabul", "Afghan government", "GeoNames"):
        assert words in drawing
    run(store, str(tmp_path / "again.svg"), "--on", "2021-08-12", "--known", "2021-08-11", "--country", "AF")
    assert (tmp_path / "again.svg").read_bytes() == out.read_bytes()


@pytest.mark.usefixtures("data")
def test_a_film_has_a_picture_for_every_day(store: SqliteStore, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    out = tmp_path / "map.gif"
    run(store, str(out), "--from", "2021-08-12", "--on", "2021-08-14", "--country", "AF")
    assert image.open(out).n_frames == 3


def page_data(page: str) -> dict[str, list[object]]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert block
    found: dict[str, list[object]] = json.loads(block[1])
    return found


@pytest.mark.usefixtures("data")
def test_the_page_carries_every_day_on_both_clocks(store: SqliteStore, tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    run(store, str(out), "--country", "AF")
    found = page_data(out.read_text("utf-8"))
    assert len(found["days"]) == len(found["now"]) == len(found["then"]) == 9
    assert found["now"] != found["then"]


def test_the_page_asks_nothing_of_any_network_and_text_cannot_end_its_data(
    store: SqliteStore, data: MapData
) -> None:
    shown = scene(store, DAY, None, None, lambda side: f"</script><b>{side}")
    page = standalone("<Title>", [shown], [shown], ground(data, frame(shown.places), ["AF"]))
    assert "default-src 'none'" in page
    assert "unsafe" not in page
    assert "</script><b>" not in page
    assert "<Title>" not in page
    assert not re.search(r"(?:src|href)=", page)
    assert page_data(page)["sides"]


def test_an_unknown_ending_is_refused(store: SqliteStore, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["picture", str(tmp_path / "map.bmp"), "-l", str(store.path)])
    assert result.exit_code == 2
    assert ".png" in result.output


def test_many_days_are_thinned_and_keep_the_last() -> None:
    chosen = days(date(2020, 1, 1), date(2023, 1, 1), 100)
    assert len(chosen) <= 101
    assert chosen[-1] == date(2023, 1, 1)
    assert days(DAY, DAY) == [DAY]


def test_thinning_keeps_ends_corners_and_closed_rings() -> None:
    line = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (2.0, 1.0), (2.001, 2.0)]
    assert thin(line, 0.01) == [(0.0, 0.0), (2.0, 0.0), (2.001, 2.0)]
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert thin(ring, 0.1) == ring
    assert middle(ring) == (0.5, 0.5)
    assert contains([[ring]], (0.5, 0.5))
    assert not contains([[ring]], (1.5, 0.5))


def test_every_afghan_province_is_one_shape_with_its_own_id(data: MapData) -> None:
    ids = [feature["properties"]["place"] for feature in data.features("AF")]
    assert len(ids) == len(set(ids)) == 34
    assert None not in ids
