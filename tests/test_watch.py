"""Watching feeds: conditions, back-off, robots.txt and state, against a server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

httpx = pytest.importorskip("httpx", reason="watch needs the extra feeds")
pytest.importorskip("feedparser", reason="watch needs the extra feeds")

from frontlog.commands.watch import watch  # noqa: E402
from frontlog.errors import SourceError  # noqa: E402
from frontlog.model import Dispatch  # noqa: E402
from frontlog.sources import Skipped, open_all  # noqa: E402
from frontlog.sources.politeness import Answer, Visitor, wait_after  # noqa: E402
from frontlog.sources.polling import FeedState, Watch, load_states, save_states  # noqa: E402

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
LONG = (
    "The garrison of Darband withdrew over the river on Monday evening, a member of the town council said. "
    * 3
)


def rss(*items: tuple[str, str]) -> bytes:
    entries = "".join(
        f"<item><title>{title}</title><link>LINK/{title}</link><description>{text}</description>"
        "<pubDate>Mon, 05 Jan 2026 08:00:00 GMT</pubDate></item>"
        for title, text in items
    )
    return f"<rss version='2.0'><channel><title>Plains Wire</title>{entries}</channel></rss>".encode()


@dataclass
class Site:
    """What the server says, and what it was asked."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def say(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, body.replace(b"LINK", self.url.encode()))

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name.lower(): value for name, value in self.headers.items()}
            told.asked.append((self.path, asked))
            status, headers, body = told.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and asked.get("if-none-match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


@dataclass
class Clock:
    """Seconds that pass only by waiting."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def read(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Iterator[Visitor]:
    with httpx.Client(follow_redirects=False, trust_env=False, timeout=5) as client:
        yield Visitor(client, clock.pause, clock.read, private=True)


def texts(items: Iterator[Dispatch | Skipped]) -> list[str]:
    return [item.text if isinstance(item, Dispatch) else f"refused: {item.reason}" for item in items]


def test_only_what_is_new_comes_at_the_second_poll(site: Site, visitor: Visitor) -> None:
    site.say("/feed", rss(("a", "Darband fell.")))
    watching = Watch(visitor, {})
    assert texts(watching.poll(f"{site.url}/feed", NOW)) == ["Darband fell."]
    site.say("/feed", rss(("b", "The bridge holds."), ("a", "Darband fell.")))
    assert texts(watching.poll(f"{site.url}/feed", NOW + timedelta(hours=1))) == ["The bridge holds."]


def test_feed_is_not_asked_before_it_is_due(site: Site, visitor: Visitor) -> None:
    site.say("/feed", rss(("a", "Darband fell.")))
    watching = Watch(visitor, {}, every=timedelta(minutes=30))
    list(watching.poll(f"{site.url}/feed", NOW))
    list(watching.poll(f"{site.url}/feed", NOW + timedelta(minutes=29)))
    assert len(site.asked) == 1


def test_unchanged_feed_is_asked_with_its_conditions(site: Site, visitor: Visitor) -> None:
    site.say("/feed", rss(("a", "Darband fell.")), ETag='"v1"', Last_Modified="Mon, 05 Jan 2026 08:00:00 GMT")
    watching = Watch(visitor, {})
    for hours in range(3):
        list(watching.poll(f"{site.url}/feed", NOW + timedelta(hours=hours)))
    conditions = [asked.get("if-none-match") for _, asked in site.asked]
    assert conditions == [None, '"v1"', '"v1"']
    assert site.asked[1][1]["if-modified-since"] == "Mon, 05 Jan 2026 08:00:00 GMT"
    assert site.asked[0][1]["user-agent"].startswith("frontlog/")


def test_failing_feed_is_left_alone_longer_each_time(site: Site, visitor: Visitor) -> None:
    url = f"{site.url}/feed"
    site.say("/feed", status=500)
    watching = Watch(visitor, {})
    waits = []
    now = NOW
    for _ in range(4):
        assert texts(watching.poll(url, now)) == ["refused: answered with status 500"]
        due = datetime.fromisoformat(watching.states[url].due or "")
        waits.append((due - now).total_seconds() / 60)
        now = due
    assert waits == [15, 30, 60, 120]
    site.say("/feed", rss(("a", "Darband fell.")))
    assert texts(watching.poll(url, now)) == ["Darband fell."]
    assert watching.states[url].failures == 0


def test_server_that_names_its_wait_is_obeyed_and_one_gone_is_left(site: Site, visitor: Visitor) -> None:
    url = f"{site.url}/feed"
    site.say("/feed", status=429, Retry_After="7200")
    watching = Watch(visitor, {})
    list(watching.poll(url, NOW))
    assert watching.states[url].due == (NOW + timedelta(hours=2)).isoformat()
    site.say("/feed", status=410)
    list(watching.poll(url, NOW + timedelta(hours=3)))
    list(watching.poll(url, NOW + timedelta(days=30)))
    assert len(site.asked) == 2


def test_broken_feed_does_not_stop_the_others(site: Site, visitor: Visitor) -> None:
    site.say("/bad", b"<html>no feed</html>")
    site.say("/good", rss(("a", "Darband fell.")))
    watching = Watch(visitor, {})
    found = [
        text for name in ("bad", "none", "good") for text in texts(watching.poll(f"{site.url}/{name}", NOW))
    ]
    assert [text.partition(":")[0] for text in found] == ["refused", "refused", "Darband fell."]


def test_full_page_replaces_the_summary_where_robots_allow(site: Site, visitor: Visitor) -> None:
    site.say(
        "/robots.txt",
        b"User-agent: frontlog\nDisallow: /closed\n\nUser-agent: *\nDisallow: /\n",
    )
    page = f"<html><body><article><p>{LONG}</p></article><script>x()</script></body></html>".encode()
    site.say("/open", page)
    site.say("/closed", page)
    site.say("/feed", rss(("open", "Short."), ("closed", "Kept short.")))
    found = texts(Watch(visitor, {}, pages=True).poll(f"{site.url}/feed", NOW))
    assert found == [LONG.strip(), "Kept short."]
    assert "/closed" not in site.paths()
    assert site.paths().count("/robots.txt") == 1


def test_host_is_left_a_pause_between_fetches(site: Site, visitor: Visitor, clock: Clock) -> None:
    site.say("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    site.say("/open", b"<p>x</p>")
    visitor.fetch(f"{site.url}/open")
    visitor.fetch_page(f"{site.url}/open")
    assert clock.waits[0] == 1.0
    assert max(clock.waits) == 7.0


def test_robots_of_a_server_in_trouble_forbid_everything(site: Site, visitor: Visitor) -> None:
    site.say("/robots.txt", status=503)
    with pytest.raises(SourceError, match="robots"):
        visitor.fetch_page(f"{site.url}/open")


def test_redirects_are_followed_to_web_addresses_only(site: Site, visitor: Visitor) -> None:
    site.say("/old", status=301, Location="/new")
    site.say("/new", b"here")
    assert visitor.fetch(f"{site.url}/old").data == b"here"
    site.say("/trick", status=302, Location="file:///etc/passwd")
    with pytest.raises(SourceError, match="no web address"):
        visitor.fetch(f"{site.url}/trick")
    site.say("/loop", status=302, Location="/loop")
    with pytest.raises(SourceError, match="redirects"):
        visitor.fetch(f"{site.url}/loop")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost:1/", "http://[::1]/", "http://10.0.0.1/"]
)
def test_hosts_inside_the_network_are_refused_unless_allowed(visitor: Visitor, url: str) -> None:
    visitor.private = False
    with pytest.raises(SourceError, match="inside this network"):
        visitor.fetch(url)


def test_feed_that_is_allowed_only_now_is_asked_at_once(site: Site, visitor: Visitor) -> None:
    site.say("/feed", rss(("a", "Darband fell.")))
    watching = Watch(visitor, {})
    visitor.private = False
    assert "inside this network" in texts(watching.poll(f"{site.url}/feed", NOW))[0]
    visitor.private = True
    assert watching.resting(f"{site.url}/feed", NOW) is None
    assert texts(watching.poll(f"{site.url}/feed", NOW)) == ["Darband fell."]


def test_answer_that_unpacks_to_too_much_is_refused(site: Site, visitor: Visitor) -> None:
    import gzip

    site.say("/feed", gzip.compress(b"x" * 30_000_000), Content_Encoding="gzip")
    assert "more than" in texts(Watch(visitor, {}).poll(f"{site.url}/feed", NOW))[0]


def test_state_survives_and_a_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "watch.json"
    states = {
        "https://a.example/feed": FeedState(etag='"v1"', due=NOW.isoformat(), failures=2, seen=("a", "b"))
    }
    save_states(path, states)
    assert load_states(path) == states
    assert [entry.name for entry in tmp_path.iterdir()] == ["watch.json"]
    path.write_text('{"x": [1]}')
    with pytest.raises(SourceError, match="not a state file"):
        load_states(path)


def test_command_writes_json_lines_that_read_takes(site: Site, tmp_path: Path) -> None:
    site.say("/feed", rss(("a", "Darband fell on Monday.")))
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"# our feeds\n{site.url}/feed\n{site.url}/none\n")
    out = tmp_path / "new.jsonl"
    arguments = [str(feeds), "-o", str(out), "--private"]
    first = CliRunner().invoke(watch, arguments)
    assert first.exit_code == 1
    assert "status 404" in first.output
    assert "2 new = 1 written" in first.output
    second = CliRunner().invoke(watch, arguments)
    assert second.exit_code == 0
    assert f"not asked {site.url}/feed: not due before" in second.output
    assert f"not asked {site.url}/none: not due before" in second.output
    assert "after 1 failure" in second.output
    (line,) = out.read_text().splitlines()
    (item,) = open_all([str(out)], today=NOW.date())
    assert isinstance(item, Dispatch)
    assert item.id == json.loads(line)["id"]
    assert item.published == datetime(2026, 1, 5, 8, tzinfo=UTC)


@given(failures=st.integers(0, 10_000), named=st.text(max_size=30))
def test_wait_is_never_negative_nor_longer_than_a_day(failures: int, named: str) -> None:
    answer = Answer("https://a.example/", 503, {"retry-after": named}, b"")
    assert timedelta(0) <= wait_after(failures, answer, NOW) <= timedelta(days=1)
