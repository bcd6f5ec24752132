"""What a polite client keeps to: where it may go, how often, and how much it takes."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from frontlog.errors import SourceError

AGENT = "frontlog/0.1 (news dispatches for conflict research)"
_REDIRECTS = 5
_LARGEST = 10_000_000
_FIRST_WAIT = timedelta(minutes=15)
_LONGEST_WAIT = timedelta(days=1)
_BETWEEN = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer after redirects. ``data`` is at most ten million bytes, decoded."""

    url: str
    status: int
    headers: dict[str, str]
    data: bytes


def wait_after(failures: int, answer: Answer | None, now: datetime) -> timedelta:
    """How long to leave a failing server alone: its own word, or a doubling wait of at most a day.

    >>> wait_after(3, None, datetime(2021, 8, 11))
    datetime.timedelta(seconds=3600)
    """
    named = (answer.headers.get("retry-after") or "").strip() if answer else ""
    if named.isdecimal():
        return min(timedelta(seconds=int(named[:6])), _LONGEST_WAIT)
    try:
        until: datetime = parsedate_to_datetime(named)
        return min(max(until - now, timedelta(0)), _LONGEST_WAIT)
    except (TypeError, ValueError, IndexError):
        return min(_FIRST_WAIT * (1 << min(max(failures, 1) - 1, 10)), _LONGEST_WAIT)


class NotAskedError(SourceError):
    """An address that we do not go to: nobody failed to answer."""


@dataclass(slots=True)
class Visitor:
    """Fetches one address at a time: public web hosts alone, a pause a host, robots.txt for pages.

    ``client`` is an ``httpx.Client``; ``pause`` and ``clock`` take and give seconds.
    ``private`` also allows loopback and private addresses, for a desk's own server.
    """

    client: Any
    pause: Callable[[float], None]
    clock: Callable[[], float]
    private: bool = False
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        """Fetch an address; raises SourceError where it may not be fetched or does not answer."""
        for _ in range(_REDIRECTS + 1):
            self._check(url)
            self._wait(url, _BETWEEN)
            answer = self._take(url, headers or {})
            target = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            url = urljoin(url, target)
        raise SourceError(url, f"more than {_REDIRECTS} redirects", "give the address it ends at")

    def fetch_page(self, url: str) -> Answer:
        """Fetch a full page where the site's robots.txt lets us; raises SourceError otherwise."""
        robots = self._robots_of(url)
        if not robots.can_fetch(AGENT, url):
            raise SourceError(url, "robots.txt asks not to fetch it", "read the page in the feed's own words")
        delay = robots.crawl_delay(AGENT)
        self._wait(url, float(delay) if delay else _BETWEEN)
        answer = self.fetch(url)
        if answer.status != 200:
            raise SourceError(url, f"answered with status {answer.status}", "open it in a browser")
        return answer

    def _robots_of(self, url: str) -> RobotFileParser:
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if site not in self._robots:
            robots = RobotFileParser()
            answer = self.fetch(f"{site}/robots.txt")
            # As RFC 9309 has it: no file allows everything, a server in trouble nothing.
            if answer.status == 200:
                robots.parse(answer.data.decode("utf-8", "replace").splitlines())
            elif answer.status >= 500:
                robots.parse(["User-agent: *", "Disallow: /"])
            else:
                robots.parse([])
            self._robots[site] = robots
        return self._robots[site]

    def _take(self, url: str, headers: dict[str, str]) -> Answer:
        import httpx

        try:
            with self.client.stream("GET", url, headers={"User-Agent": AGENT, **headers}) as answer:
                data = bytearray()
                for chunk in answer.iter_bytes(1 << 16):
                    data += chunk
                    if len(data) > _LARGEST:
                        reason = f"an answer of more than {_LARGEST:,} bytes"
                        raise SourceError(url, reason, "fetch it by hand, if you trust it")
                return Answer(url, answer.status_code, dict(answer.headers), bytes(data))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise SourceError(
                url, f"no answer ({error or type(error).__name__})", "check the address"
            ) from error

    def _wait(self, url: str, seconds: float) -> None:
        host = urlsplit(url).netloc
        now = self.clock()
        due = self._last.get(host, now - seconds) + seconds
        if due > now:
            self.pause(due - now)
        self._last[host] = self.clock()

    def _check(self, url: str) -> None:
        """Refuse what is no web address, and hosts inside the reader's own network."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise NotAskedError(url, "no web address", "give an http or https address") from error
        if parts.scheme not in ("http", "https") or not host:
            raise NotAskedError(url, "no web address", "give an http or https address")
        if self.private:
            return
        try:
            found = socket.getaddrinfo(host, port or parts.scheme, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise SourceError(url, f"no such host ({error})", "check the address") from error
        if not all(ipaddress.ip_address(str(row[4][0]).split("%")[0]).is_global for row in found):
            raise NotAskedError(url, "a host inside this network", "allow it with --private, if it is yours")
