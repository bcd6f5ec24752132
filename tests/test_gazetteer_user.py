"""A user's own rows, and the files the project brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontlog.errors import DataFileError
from frontlog.gazetteer import classwords, lexicons
from frontlog.gazetteer.supplement import DATA, read_places, tsv_lines
from frontlog.gazetteer.user import import_rows, place_in_provinces, stored_rows

DUMP = (
    "99\tŠahr-e Naw\tShahr-e Naw\tNew Town,شهر نو\t34.5\t69.1\tP\tPPL\tAF\t\t13\t\t\t\t7000\t\t1800"
    "\tAsia/Kabul\t2020-01-01\n"
)


def test_a_geonames_dump_becomes_rows(tmp_path: Path) -> None:
    dump = tmp_path / "AF.txt"
    dump.write_text(DUMP + DUMP.replace("99\t", "98\t").replace("\tP\tPPL", "\tS\tHTL"), encoding="utf-8")
    done = import_rows(dump, store=tmp_path / "store.jsonl")
    assert (done.rows, done.skipped) == (1, 1)
    (row,) = stored_rows(tmp_path / "store.jsonl")
    assert (row.id, row.kind, row.country, row.population, row.admin1) == (
        "gn:99",
        "town",
        "AF",
        7000,
        "AF.13",
    )
    assert row.names == ["Shahr-e Naw", "New Town"]
    (placed,) = place_in_provinces([row], {"AF.13": "gn:1138957"}, {})
    assert placed.admin1 == "gn:1138957"


def test_a_csv_becomes_rows_with_ids_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "name,lat,lon,kind,country,aliases\nPost Nine,34.1,69.2,base,af,P9|Post IX\n", encoding="utf-8"
    )
    import_rows(file, store=tmp_path / "store.jsonl")
    (row,) = stored_rows(tmp_path / "store.jsonl")
    assert (row.id, row.kind, row.country, row.names) == ("u:post-nine", "base", "AF", ["P9", "Post IX"])


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("x.txt", "1\t2\n", 1),
        ("x.csv", "name,lat\nA,1\n", 1),
        ("x.csv", "name,lat,lon\nA,1,north\n", 2),
        ("x.csv", "name,lat,lon,kind\nA,1,2,moon\n", 2),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, name: str, content: str, line: int) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        import_rows(file, store=tmp_path / "store.jsonl")
    assert caught.value.line == line


def test_a_bad_line_of_the_supplement_is_named(tmp_path: Path) -> None:
    file = tmp_path / "places.tsv"
    header = "id\tname\taliases\tkind\tlat\tlon\tcountry\tadmin1\tsource\n"
    file.write_text(header + "fl:x\tX\t\ttown\tnorth\t1\tAF\t\tfrontlog\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="decimal degrees"):
        list(read_places(file))


def test_the_supplement_is_broad_and_has_no_id_twice() -> None:
    rows = [row for _, row in read_places()]
    assert len(rows) >= 400
    assert len({row.id for row in rows}) == len(rows)
    assert {"AF", "SY", "IQ", "UA", "SD", "ET", "LY", "YE", "ML", "CD", "MM", "PS"} <= {
        row.country for row in rows
    }


def test_corridors_run_between_points_on_the_globe() -> None:
    rows = [
        cells for _, cells in tsv_lines(DATA / "corridors.tsv", ["id", "name", "country", "points", "line"])
    ]
    assert len(rows) >= 40
    for ident, _, _, points, line in rows:
        places = [tuple(map(float, point.split())) for point in line.split(";")]
        assert len(places) == len(points.split("|")) >= 2, ident
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in places), ident


def test_lexicons_load() -> None:
    assert lexicons.demonyms()["Afghan"] == "AF"
    assert lexicons.abbreviations()["Ill."] == ("Illinois", "US")
    assert "province" in classwords.load()
