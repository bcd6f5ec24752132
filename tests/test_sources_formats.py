"""Web pages, feeds, web archives, tables, mail and what they are packed in."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontlog.model import Dispatch
from frontlog.sources import Skipped, open_all

TODAY = date(2026, 1, 5)
FIRST = (
    "Insurgents took the river town of Darband on Monday, its mayor said, after the garrison had withdrawn."
)
SECOND = (
    "The army said that it still held the bridge south of the town and that reinforcements were on the way."
)
PAGE = f"""<!doctype html><html><head><title>Darband falls | Plains Wire</title>
<meta property="og:title" content="Darband falls"><meta property="og:site_name" content="Plains Wire">
<meta property="article:published_time" content="2021-08-10T06:00:00Z">
<link rel="canonical" href="https://plains-wire.example/darband">
<script>document.write("The army retook Darband.")</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li>World</li><li>Sport</li></ul></nav><article><h1>Darband falls</h1>
<p>{FIRST}</p><p onclick="alert(1)">{SECOND}</p><script>alert("Darband burned.")</script></article>
<footer>All rights reserved</footer></body></html>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Plains Wire</title>
<entry><title>Darband falls</title><link href="https://plains-wire.example/darband"/>
<published>2021-08-10T06:30:00+02:00</published>
<content type="html">
&lt;p&gt;{FIRST}&lt;/p&gt;&lt;script&gt;evil()&lt;/script&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content>
</entry>
<entry><title>Undated</title><summary>{SECOND}</summary></entry></feed>"""


def read(path: Path) -> Sequence[Dispatch | Skipped]:
    return list(open_all([str(path)], today=TODAY))


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: Path) -> Dispatch:
    (item,) = read(path)
    assert isinstance(item, Dispatch), item
    return item


def refused(path: Path) -> Skipped:
    (item,) = read(path)
    assert isinstance(item, Skipped), item
    return item


def zipped(**members: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def warc_record(
    url: str, body: bytes, media: str = "text/html", status: int = 200, coding: str = ""
) -> bytes:
    extra = f"Content-Encoding: {coding}\r\n" if coding else ""
    answer = f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    block = answer.encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(block):012}>\r\n"
        f"WARC-Date: 2021-08-11T04:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_saved_page_gives_its_article_alone(tmp_path: Path) -> None:
    dispatch = one(saved(tmp_path, "a.html", PAGE))
    assert FIRST in dispatch.text
    assert SECOND in dispatch.text
    for foreign in ("Sport", "rights reserved", "alert", "retook", "burned", "color"):
        assert foreign not in dispatch.text
    assert dispatch.date == date(2021, 8, 10)
    assert (dispatch.title, dispatch.publisher) == ("Darband falls", "Plains Wire")
    assert dispatch.url == "https://plains-wire.example/darband"


def test_captions_of_a_page_are_kept_in_brackets_where_they_stand(tmp_path: Path) -> None:
    figure = "<figure><img src='x'><figcaption>A <b>burned</b> bridge. Photo: A. B.</figcaption></figure>"
    text = one(saved(tmp_path, "a.html", PAGE.replace("</p>", f"</p>{figure}", 1))).text
    assert FIRST in text
    assert "\n[A burned bridge. Photo: A. B.]\n" in text


def test_page_without_a_date_is_dated_by_its_name_or_refused(tmp_path: Path) -> None:
    bare = PAGE.replace("2021-08-10T06:00:00Z", "")
    assert one(saved(tmp_path, "2021-08-10-darband.html", bare)).date == date(2021, 8, 10)
    assert refused(saved(tmp_path, "a.html", bare)).reason == "no date"


def test_page_without_an_article_is_refused(tmp_path: Path) -> None:
    assert (
        "article"
        in refused(saved(tmp_path, "2021-08-10.html", "<html><body><script>x</script></body></html>")).reason
    )


def test_feed_entries_become_dispatches_in_utc(tmp_path: Path) -> None:
    first, second = read(saved(tmp_path, "a.xml", ATOM))
    assert isinstance(first, Dispatch)
    assert first.text == f"{FIRST}\n\n{SECOND}"
    assert first.published == datetime(2021, 8, 10, 4, 30, tzinfo=UTC)
    assert (first.publisher, first.title) == ("Plains Wire", "Darband falls")
    assert isinstance(second, Skipped)
    assert (second.reason, second.where.rpartition(", ")[2]) == ("no date", "entry 2")


def test_feed_is_told_by_its_first_tag_without_a_name(tmp_path: Path) -> None:
    assert len(read(saved(tmp_path, "download", ATOM))) == 2


def test_entity_bomb_in_a_feed_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>'
    assert "entities" in refused(saved(tmp_path, "a.rss", bomb)).reason
    assert "entities" in refused(saved(tmp_path, "b.rss", bomb.encode("utf-16"))).reason


def test_entity_to_a_file_in_a_page_gives_nothing_away(tmp_path: Path) -> None:
    secret = saved(tmp_path, "secret", "the password is mulberry")
    page = PAGE.replace("<!doctype html>", f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]>')
    items = read(saved(tmp_path, "a.html", page.replace(SECOND, SECOND + " &x;")))
    assert all("mulberry" not in getattr(item, "text", "") for item in items)


def test_archive_gives_pages_dated_by_themselves_or_their_crawl(tmp_path: Path) -> None:
    undated = PAGE.replace("2021-08-10T06:00:00Z", "").replace("Darband", "Sarband")
    data = b"".join(
        [
            warc_record("https://plains-wire.example/darband", PAGE.encode()),
            warc_record(
                "https://plains-wire.example/sarband", gzip.compress(undated.encode()), coding="gzip"
            ),
            warc_record("https://plains-wire.example/x.png", b"\x89PNG", media="image/png"),
            warc_record("https://plains-wire.example/gone", b"gone", status=404),
        ]
    )
    for name, content in (("a.warc", data), ("a.warc.gz", gzip.compress(data))):
        first, second, third, fourth = read(saved(tmp_path, name, content))
        assert isinstance(first, Dispatch)
        assert isinstance(second, Dispatch)
        assert (first.date, second.date) == (date(2021, 8, 10), date(2021, 8, 11))
        assert "Sarband" in second.text
        assert isinstance(third, Skipped)
        assert "image/png" in third.reason
        assert isinstance(fourth, Skipped)
        assert "404" in fourth.reason


def test_bomb_inside_an_archived_answer_is_refused(tmp_path: Path) -> None:
    body = gzip.compress(b"x" * 60_000_000)
    assert (
        "bytes"
        in refused(saved(tmp_path, "a.warc", warc_record("https://a.example/", body, coding="gzip"))).reason
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_table_columns_are_found_by_name(tmp_path: Path, delimiter: str) -> None:
    rows = [["ID", "Headline", "Event Date", "Notes", "Source"]]
    rows += [
        ["k-1", "Darband", "10 August 2021", f'"{FIRST}\n{SECOND}"', '"Agency A; Agency B"'],
        ["k-2", "", "", "x", ""],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    first, second = read(saved(tmp_path, "a.csv", text))
    assert isinstance(first, Dispatch)
    assert (first.id, first.date, first.title) == ("k-1", date(2021, 8, 10), "Darband")
    assert first.text == f"{FIRST}\n{SECOND}"
    assert first.sources == ("Agency A", "Agency B")
    assert isinstance(second, Skipped)
    assert second.where.endswith("line 4")


def test_table_without_named_columns_is_refused(tmp_path: Path) -> None:
    assert "date and" not in refused(saved(tmp_path, "a.csv", "date,words\n2021-08-10,x\n")).reason
    assert "text" in refused(saved(tmp_path, "b.csv", "a,b\n1,2\n")).reason


def test_unclosed_quote_in_a_table_ends_in_a_refusal(tmp_path: Path) -> None:
    rows = "\n".join(f"2021-08-10,{FIRST} {number}" for number in range(60_000))
    items = read(saved(tmp_path, "a.csv", f'date,text\n2021-08-10,"{FIRST}\n{rows}'))
    assert any(isinstance(item, Skipped) for item in items)


def test_parquet_rows_become_dispatches(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    columns: dict[str, Any] = {
        "published": [datetime(2021, 8, 10), datetime(2021, 8, 10, 5, 30), None],
        "text": [FIRST, SECOND, FIRST],
        "url": ["https://a.example/1", None, None],
        "sources": [["Agency A"], [], None],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    first, second, third = read(tmp_path / "a.parquet")
    assert isinstance(first, Dispatch)
    assert isinstance(second, Dispatch)
    assert (first.precision, second.precision) == ("day", "minute")
    assert first.sources == ("Agency A",)
    assert isinstance(third, Skipped)
    assert third.reason == "no date"
    packed = saved(tmp_path, "b.zip", zipped(**{"a.parquet": (tmp_path / "a.parquet").read_bytes()}))
    assert [type(item) for item in read(packed)] == [Dispatch, Dispatch, Skipped]


def mail(subject: str, body: str, html: str | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Plains Alerts <alerts@plains.example>", subject
    message["Date"], message["Message-ID"] = (
        "Tue, 10 Aug 2021 09:00:00 +0430",
        f"<{subject.split()[0]}@plains>",
    )
    message.set_content(body, cte="base64")
    if html:
        message.add_alternative(html, subtype="html")
    return b"From alerts@plains.example Tue Aug 10 09:00:00 2021\n" + bytes(message) + b"\n\n"


def test_mailbox_gives_one_dispatch_a_message(tmp_path: Path) -> None:
    box = mail("Darband – fallen", FIRST, f"<p>{FIRST}</p>") + mail("Bridge", SECOND)
    first, second = read(saved(tmp_path, "a.mbox", box))
    assert isinstance(first, Dispatch)
    assert isinstance(second, Dispatch)
    assert (first.title, first.publisher, first.text) == ("Darband – fallen", "Plains Alerts", FIRST)
    assert first.published == datetime(2021, 8, 10, 4, 30, tzinfo=UTC)
    assert second.text == SECOND


def test_html_mail_gives_its_text_without_scripts(tmp_path: Path) -> None:
    data = (
        b"Date: Tue, 10 Aug 2021 09:00:00 +0000\nContent-Type: text/html; charset=utf-8\n\n"
        + f"<style>a</style><p>{FIRST}</p><script>x()</script><p>{SECOND}</p>".encode()
    )
    assert one(saved(tmp_path, "a.eml", data)).text == f"{FIRST}\n\n{SECOND}"


def test_archive_of_anything_is_read_member_by_member(tmp_path: Path) -> None:
    inner = zipped(**{"c.txt": f"date 2021-08-10 {FIRST}"})
    packed = zipped(
        **{"a.html": PAGE, "x/b.txt.gz": gzip.compress(b"date 2021-08-10 The town is calm."), "in.zip": inner}
    )
    items = read(saved(tmp_path, "a.zip", packed))
    assert [type(item) for item in items] == [Dispatch] * 3


@pytest.mark.parametrize("name", ["../up.txt", "/etc/x.txt", "C:\\x.txt", "a/../../up.txt", "..\\up.txt"])
def test_member_whose_name_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    item = refused(saved(folder, "a.zip", zipped(**{name: f"date 2021-08-10 {FIRST}"})))
    assert "leads out" in item.reason
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_decompression_bombs_are_refused_within_bounds(tmp_path: Path) -> None:
    line = b'{"date": "2021-08-10", "text": "The town is calm.' + b" And calm." * 20_000 + b'"}\n'
    bomb = gzip.compress(line * 400, compresslevel=9)
    last = list(read(saved(tmp_path, "a.jsonl.gz", gzip.compress(gzip.compress(b"0" * 80_000_000)))))[-1]
    assert isinstance(last, Skipped)
    assert len(bomb) < 400_000
    *_, end = open_all([str(saved(tmp_path, "b.jsonl.gz", bomb))], today=TODAY)
    assert isinstance(end, Skipped)
    assert "bomb" in end.reason


def test_archives_within_archives_end_at_a_depth(tmp_path: Path) -> None:
    data = f"date 2021-08-10 {FIRST}".encode()
    for _ in range(6):
        data = zipped(**{"a.zip": data})
    assert "deep" in refused(saved(tmp_path, "a.zip", data)).reason


def test_locked_or_damaged_archive_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"a.txt": f"date 2021-08-10 {FIRST}" * 30}))
    data[60:90] = b"\0" * 30
    assert "archive" in refused(saved(tmp_path, "a.zip", bytes(data))).reason
    locked = bytearray(zipped(**{"a.txt": "x"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "locked" in refused(saved(tmp_path, "b.zip", bytes(locked))).reason


def test_missing_extra_is_a_refusal_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("trafilatura", "feedparser", "fastwarc", "fastwarc.warc", "pyarrow"):
        monkeypatch.setitem(sys.modules, module, None)
    for name, content, extra in (
        ("a.html", PAGE.encode(), "html"),
        ("a.rss", ATOM.encode(), "feeds"),
        ("a.warc", warc_record("https://a.example/", PAGE.encode()), "warc"),
        ("a.parquet", b"PAR1" * 10, "parquet"),
    ):
        assert f"frontlog[{extra}]" in refused(saved(tmp_path, name, content)).remedy


SEEDS = {
    "a.html": PAGE.encode(),
    "a.xml": ATOM.encode(),
    "a.warc": warc_record("https://a.example/", PAGE.encode()),
    "a.csv": f'date,text\n2021-08-10,"{FIRST}"\n'.encode(),
    "a.mbox": mail("Darband", FIRST, f"<p>{FIRST}</p>"),
    "a.zip": zipped(**{"a.txt": f"date 2021-08-10 {FIRST}"}),
    "a.txt.gz": gzip.compress(FIRST.encode()),
    "a.parquet": b"PAR1",
}


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(SEEDS)),
    cut=st.integers(0, 4000),
    noise=st.binary(max_size=60),
    drop=st.integers(0, 40),
)
def test_mangled_input_of_any_format_gives_dispatches_or_refusals(
    tmp_path: Path, name: str, cut: int, noise: bytes, drop: int
) -> None:
    seed = SEEDS[name]
    at = cut % (len(seed) + 1)
    for item in read(saved(tmp_path, name, seed[:at] + noise + seed[at + drop :])):
        assert isinstance(item, Dispatch) or (item.where and item.reason and item.remedy)
