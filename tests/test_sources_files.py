"""Text files, JSON lines and folders: every input gives a dispatch or a refusal by name."""

from __future__ import annotations

import doctest
import gzip
import io
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontlog.model import Dispatch
from frontlog.sources import Skipped, open_all
from tests.conftest import shared

TODAY = date(2026, 1, 5)
Write = Callable[[str, str | bytes], Path]
BODY = "Insurgents entered the river town at dawn, the mayor said."


def read(*paths: Path | str, stdin: bytes = b"") -> list[Dispatch | Skipped]:
    return list(open_all([str(path) for path in paths], today=TODAY, stdin=io.BytesIO(stdin)))


def one(*paths: Path | str, stdin: bytes = b"") -> Dispatch:
    (item,) = read(*paths, stdin=stdin)
    assert isinstance(item, Dispatch), item
    return item


def refusal(*paths: Path | str, stdin: bytes = b"") -> Skipped:
    (item,) = read(*paths, stdin=stdin)
    assert isinstance(item, Skipped), item
    return item


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


@pytest.mark.parametrize(
    "prefix", ["date 2021-08-11 ", " date 2021-08-11 ", "Date 2021-08-11\n", "date 2021-08-11\r\n"]
)
def test_leading_date_and_one_blank_are_not_body(write: Write, prefix: str) -> None:
    dispatch = one(write("a.txt", prefix + BODY + "\n"))
    assert dispatch.text == BODY + "\n"
    assert (dispatch.date, dispatch.precision) == (date(2021, 8, 11), "day")


def test_body_keeps_its_blanks_and_line_ends(write: Write) -> None:
    assert one(write("a.txt", "date 2021-08-11  Two  blanks\r\n\r\nhere, the mayor said. ")).text == (
        " Two  blanks\r\n\r\nhere, the mayor said. "
    )


def test_headers_give_date_title_url_publisher_and_sources(write: Write) -> None:
    head = "Title: River town entered\nDate: Tue, 10 Aug 2021 18:30:00 +0430\nURL: https://example.org/a\n"
    dispatch = one(write("a.txt", head + "Publisher: Plains Wire\nSource: Agency A, Agency B\n\n" + BODY))
    assert dispatch.text == BODY
    assert dispatch.published == datetime(2021, 8, 10, 14, 0, tzinfo=UTC)
    assert dispatch.precision == "minute"
    assert (dispatch.title, dispatch.publisher) == ("River town entered", "Plains Wire")
    assert dispatch.sources == ("Agency A", "Agency B")


def test_header_date_may_stand_before_body_on_one_line(write: Write) -> None:
    dispatch = one(write("a.txt", "Date: 2021-08-11 " + BODY))
    assert (dispatch.text, dispatch.date) == (BODY, date(2021, 8, 11))


@pytest.mark.parametrize("name", ["2021-08-11.txt", "gate_20210811_2.txt", "x-2021.08.11-y.txt"])
def test_date_in_the_file_name_is_the_last_resort(write: Write, name: str) -> None:
    dispatch = one(write(name, BODY))
    assert (dispatch.text, dispatch.date) == (BODY, date(2021, 8, 11))


def test_words_that_look_like_headers_stay_in_the_body(write: Write) -> None:
    text = "Photo: a bridge.\n\n" + BODY
    assert one(write("2021-08-11.txt", text)).text == text


def test_record_keeps_given_id_and_ignores_unknown_keys(write: Write) -> None:
    record = {
        "id": "n-1",
        "date": "2021-08-11T06:05:00Z",
        "text": BODY,
        "sources": ["Agency A"],
        "topics": [1],
    }
    dispatch = one(write("a.jsonl", json.dumps(record)))
    assert (dispatch.id, dispatch.sources, dispatch.precision) == ("n-1", ("Agency A",), "minute")


def test_record_text_may_lead_with_its_date(write: Write) -> None:
    dispatch = one(write("a.jsonl", json.dumps({"text": " date 2021-08-11 " + BODY})))
    assert (dispatch.text, dispatch.date) == (BODY, date(2021, 8, 11))


def test_broken_line_is_refused_by_its_number_and_the_rest_read(write: Write) -> None:
    good = json.dumps({"id": "a", "date": "2021-08-11", "text": BODY})
    items = read(write("a.jsonl", f"{good}\n\n{{broken\n{good.replace('a', 'b', 1)}\n[1]\n{{}}\n"))
    refused = [item for item in items if isinstance(item, Skipped)]
    assert len(items) == 5
    assert [item.where.rpartition(", ")[2] for item in refused] == ["line 3", "line 5", "line 6"]
    assert "broken JSON" in refused[0].reason


def test_array_of_records_is_read_too(write: Write) -> None:
    records = [{"id": str(n), "date": "2021-08-11", "text": f"{BODY} {n}"} for n in range(3)]
    assert [item.id for item in read(write("a.json", json.dumps(records, indent=1)))] == ["0", "1", "2"]  # type: ignore[union-attr]


def test_gzip_of_either_is_read(write: Write) -> None:
    packed = write("a.jsonl.gz", gzip.compress(json.dumps({"date": "2021-08-11", "text": BODY}).encode()))
    assert one(packed).text == BODY
    assert one(write("2021-08-11.txt.gz", gzip.compress(BODY.encode()))).date == date(2021, 8, 11)


def test_standard_input_is_sniffed() -> None:
    assert one("-", stdin=f"date 2021-08-11 {BODY}".encode()).text == BODY
    assert one("-", stdin=json.dumps({"date": "2021-08-11", "text": BODY}).encode()).text == BODY


def test_folder_is_read_in_order_of_name_past_its_companions(tmp_path: Path, write: Write) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "a.txt", "deep/c.txt"):
        write(name, f"date 2021-08-11 {name}: {BODY}")
    for name in ("README.md", ".hidden", "wanted.tsv"):
        write(name, "not a dispatch")
    write(".frontlogignore", "# answers\n*.tsv\n")
    assert [item.text[:5] for item in read(tmp_path)] == ["a.txt", "b.txt", "deep/"]  # type: ignore[union-attr]


def test_link_out_of_the_folder_is_refused(tmp_path: Path, write: Write) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "secret.txt").symlink_to(write("outside.txt", f"date 2021-08-11 {BODY}"))
    assert "leads out" in refusal(folder).reason


def test_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path).reason == "not a regular file"


def test_same_text_from_the_same_file_name_has_the_same_id(tmp_path: Path) -> None:
    ids = []
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"date 2021-08-11 {BODY}")
        ids.append(one(tmp_path / folder).id)
    assert ids[0] == ids[1]
    assert ids[0].startswith("a-")


def test_two_bodies_under_one_given_id_stay_apart(write: Write) -> None:
    lines = [json.dumps({"id": "n", "date": "2021-08-11", "text": f"{BODY} {n}"}) for n in (1, 2, 1)]
    first, second, third = (item.id for item in read(write("a.jsonl", "\n".join(lines))))  # type: ignore[union-attr]
    assert first == third == "n"
    assert second.startswith("n~")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", BODY, "no date"),
        ("a.txt", "date 2021-13-45 " + BODY, "is no date"),
        ("a.txt", "Date: soon\n\n" + BODY, "is no date"),
        ("a.txt", "date 2099-01-01 " + BODY, "after the input itself"),
        ("a.txt", "date 2021-08-11 \n \t", "empty body"),
        ("a.txt", "", "empty"),
        ("a.txt", b"date 2021-08-11 \x00\x01\x02" + BODY.encode(), "binary"),
        ("2021-08-11.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), "binary"),
        ("a.txt", b"date 2021-08-11 " + bytes([0x81, 0x8D]) * 40, "encoding"),
        ("a.txt", "date 2021-08-11 " + "x" * 10_000_000, "more than"),
        ("a.txt", "date 2021-08-11 " + BODY * 20_000, "more than the 1,000,000"),
        ("a.jsonl", '{"date": "2021-08-11", "text": "' + "x" * 10_000_000 + '"}', "line of more than"),
        ("a.jsonl", '{"date": "2021-08-11", "text": "half \\ud800 pair"}', "surrogate"),
        ("a.jsonl", '{"date": "2021-08-11", "text": ' + "[" * 100_000, "too deep"),
        ("a.jsonl", '{"date": "2021-08-11", "text": ' + "1" * 5_000 + "}", "number too long"),
        ("a.jsonl.gz", gzip.compress(os.urandom(5000))[:-900], "damaged"),
        ("a.txt", "date 2021-08-11 Les insurgés ont pris dimanche la ville, selon le maire.", "'fr'"),
        ("a.txt", "date 2021-08-11 Повстанцы вошли в город на рассвете, сообщил мэр.", "not English"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_file_reason_and_remedy(
    write: Write, name: str, content: str | bytes, reason: str
) -> None:
    skipped = refusal(write(name, content))
    assert name in skipped.where
    assert reason in skipped.reason
    assert skipped.remedy


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.mbox", "a.gz"])
def test_file_with_nothing_in_it_is_refused_not_forgotten(write: Write, name: str) -> None:
    assert refusal(write(name, gzip.compress(b"") if name == "a.gz" else b"\n")).reason


def test_missing_file_is_refused_and_the_next_one_read(write: Write) -> None:
    items = read("no/such/file.txt", write("a.txt", f"date 2021-08-11 {BODY}"))
    assert isinstance(items[0], Skipped)
    assert "no such file" in items[0].reason
    assert isinstance(items[1], Dispatch)


def test_date_after_the_file_was_written_is_refused(write: Write) -> None:
    path = write("a.txt", f"date 2021-08-11 {BODY}")
    os.utime(path, (0, datetime(2021, 8, 1, tzinfo=UTC).timestamp()))
    assert "2021-08-01" in refusal(path).reason
    os.utime(path, (0, datetime(2020, 2, 2, tzinfo=UTC).timestamp()))
    assert one(path).date == date(2021, 8, 11)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_saved_news_are_told_apart(write: Write, encoding: str) -> None:
    body = "“We hold the café by the river,” a resident said – and left it at that."
    assert one(write("a.txt", f"date 2021-08-11 {body}".encode(encoding))).text == body
    line = json.dumps({"date": "2021-08-11", "text": body}, ensure_ascii=False)
    assert one(write("a.jsonl", f"{line}\n".encode(encoding))).text == body


def test_reading_as_windows_1252_is_noted(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    one(write("a.txt", b"date 2021-08-11 The caf\xe9 by the river burned, a resident said."))
    assert "Windows-1252" in caplog.text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "es",
            "Los rebeldes tomaron el domingo la ciudad del puente tras varios combates, dijo el alcalde.",
        ),
        (
            "de",
            "Aufständische haben am Sonntag nach Kämpfen die Stadt am Fluss eingenommen, sagte der Rat.",
        ),
        ("tr", "İsyancılar pazar günü nehir kentini ele geçirdi, yerel yetkililer çatışmaları doğruladı."),
        ("ar", "سيطر المتمردون يوم الأحد على المدينة بعد أيام من القتال العنيف"),
        ("zh", "叛军周日占领了这座河边小城，市长说，经过数天的激烈战斗后政府军已经撤离。"),
    ],
)
def test_foreign_text_is_named_by_its_language(write: Write, code: str, text: str) -> None:
    assert (
        refusal(write("a.txt", f"date 2021-08-11 {text}")).reason == f"not English (it looks like {code!r})"
    )


@pytest.mark.parametrize(
    "stamp", ["20210811", "2021-08-11", "11 August 2021", "August 11, 2021", "11 Aug 2021"]
)
def test_day_may_be_written_out(write: Write, stamp: str) -> None:
    dispatch = one(write("a.jsonl", json.dumps({"date": stamp, "text": BODY})))
    assert (dispatch.date, dispatch.precision) == (date(2021, 8, 11), "day")


@pytest.mark.parametrize(
    "text",
    [
        "Mexico's Volcán de Colima erupts.",
        "Taloqan, Kunduz, Sar-e Pul.",
        "Ahmad Zia Massoud, Ismail Khan, Atta Mohammad Noor, Abdul Rashid Dostum meet Ashraf Ghani.",
        "Kandahar: Sher Mohammad Akhundzada, Toryalai Wesa, Abdul Raziq Achakzai.",
    ],
)
def test_short_text_full_of_foreign_names_is_kept(write: Write, text: str) -> None:
    assert one(write("a.txt", f"date 2021-08-11 {text}")).text == text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=3000),
    name=st.sampled_from(["a.txt", "a.jsonl", "2021-08-11", "a.json", "a.gz", "a.zip"]),
)
def test_any_bytes_give_dispatches_or_refusals(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    items = read(path)
    assert items
    for item in items:
        assert isinstance(item, Dispatch) or (item.where and item.reason and item.remedy)


@settings(max_examples=100, deadline=None)
@given(text=st.text(min_size=1).filter(str.strip))
def test_stored_body_is_the_text_given(text: str) -> None:
    line = json.dumps({"id": "a", "date": "2021-08-11", "text": text}).encode()
    (item,) = read("-", stdin=line)
    if isinstance(item, Dispatch) and not text.lstrip().lower().startswith("date"):
        assert item.text == text


@pytest.mark.parametrize("name", ["dating", "kinds", "markup", "politeness", "text"])
def test_docstring_examples_hold(name: str) -> None:
    result = doctest.testmod(import_module(f"frontlog.sources.{name}"))
    assert result.attempted
    assert not result.failed


@pytest.mark.shared
def test_seed_dispatch_is_read_whole(seed_path: Path) -> None:
    raw = seed_path.read_bytes().decode()
    dispatch = one(seed_path)
    assert raw.endswith(dispatch.text)
    assert dispatch.text.startswith("Taliban have gained")
    assert dispatch.date == date(2021, 8, 11)


@pytest.mark.shared
def test_hand_marked_records_all_become_dispatches() -> None:
    assert all(isinstance(item, Dispatch) for item in read(shared("data/claims/dev.jsonl")))
