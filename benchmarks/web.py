"""Measures the map room, on a made ledger of 50,000 claims or one given: ``python -m benchmarks.web``."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from multiprocessing import Process
from pathlib import Path
from statistics import median

from frontlog.ledger import open_store
from frontlog.model import (
    Claim,
    Dispatch,
    Extent,
    Interval,
    Kind,
    Party,
    Place,
    PlaceMention,
    Reading,
    Sentence,
    Span,
)

PLACES, CLAIMS, DAYS, PER_DISPATCH = 5_000, 50_000, 365, 5
PORT, CLIENTS, REQUESTS = 8931, 50, 4_000
FIRST = date(2023, 1, 1)
KINDS: tuple[Kind, ...] = ("take", "hold", "hold", "leave", "attack", "strike", "clash", "talk")
SIDES = ("gov:AF", "taliban", "iskp")


def made_places(chance: random.Random) -> list[Place]:
    return [
        Place(
            f"u:{at}",
            f"Town {at}",
            "town",
            "settlement",
            round(chance.uniform(29.5, 38), 4),
            round(chance.uniform(61, 74), 4),
            "AF",
            f"u:p{at % 34}",
            f"Province {at % 34}",
            int(10 ** chance.uniform(2.5, 6)),
        )
        for at in range(PLACES)
    ]


def made_readings(chance: random.Random) -> Iterator[Reading]:
    places = made_places(chance)
    for at in range(CLAIMS // PER_DISPATCH):
        day = FIRST + timedelta(days=at * DAYS * PER_DISPATCH // CLAIMS)
        parts: list[str] = []
        spans: list[tuple[int, int, Place, Kind, str]] = []
        for _ in range(PER_DISPATCH):
            place, kind, side = chance.choice(places), chance.choice(KINDS), chance.choice(SIDES)
            start = sum(map(len, parts))
            sentence = f"{side} {kind} {place.name} on the day, said report {at}. "
            parts.append(sentence)
            spans.append((start, len(sentence) - 1, place, kind, side))
        text = "".join(parts)
        dispatch = Dispatch(
            f"m{at}", datetime(day.year, day.month, day.day, tzinfo=UTC), text, publisher=f"Paper {at % 40}"
        )
        claims = []
        for start, length, place, kind, side in spans:
            whole = Span(start, start + length)
            agent = Span(start, start + len(side))
            cue = Span(agent.end + 1, agent.end + 1 + len(kind))
            where = Span(cue.end + 1, cue.end + 1 + len(place.name))
            extent: Extent | None = "whole" if kind in ("take", "hold", "leave") else None
            claims.append(
                Claim(
                    dispatch.id,
                    kind,
                    cue,
                    kind,
                    whole,
                    (Party(agent, side, side, side),),
                    (),
                    (PlaceMention(where, place.name, place.name, place, 0.9),),
                    extent,
                    Interval.day(day),
                    confidence=0.9,
                )
            )
        sentences = tuple(Sentence(each.sentence) for each in claims)
        yield Reading(dispatch, (), sentences, tuple(each.places[0] for each in claims), tuple(claims))


def serve(path: Path) -> None:
    import uvicorn

    from frontlog.reading.actors import Actors
    from frontlog.web.app import create_app
    from frontlog.web.room import Room
    from frontlog.web.security import Policy

    with open_store(path) as store:
        room = Room(store, Actors.open().name, lambda: datetime.now(UTC))
        uvicorn.run(create_app(room, Policy.serving("127.0.0.1")), port=PORT, log_level="error")


def get(path: str) -> tuple[float, int]:
    import httpx

    began = time.perf_counter()
    answer = httpx.get(f"http://127.0.0.1:{PORT}{path}", timeout=60)
    answer.raise_for_status()
    return time.perf_counter() - began, answer.num_bytes_downloaded


async def client(path: str, number: int) -> int:
    """One connection that asks again and again; gives how many answers were not right."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    wrong = 0
    for _ in range(number):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
        )
        body = await reader.readexactly(length)
        wrong += not head.startswith(b"HTTP/1.1 200") or not body
    writer.close()
    return wrong


async def load(path: str) -> tuple[float, int]:
    began = time.perf_counter()
    wrong = await asyncio.gather(*(client(path, REQUESTS // CLIENTS) for _ in range(CLIENTS)))
    return REQUESTS / (time.perf_counter() - began), sum(wrong)


def browse(last: date) -> None:
    from playwright.sync_api import sync_playwright

    software = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=software)
        views, changes = [], []
        for _ in range(3):
            page = browser.new_context(viewport={"width": 1400, "height": 860}).new_page()
            page.goto(f"http://127.0.0.1:{PORT}/?on={last}")
            main = page.locator("#main[data-ready]")
            main.wait_for(state="attached", timeout=60_000)
            views.append(int(main.get_attribute("data-ready") or 0))
            for step in range(1, 4):
                day = (last - timedelta(days=step)).isoformat()
                page.keyboard.press("[")
                page.wait_for_selector(f'#main[data-showing^="{day}"]', state="attached", timeout=30_000)
                changes.append(int(page.locator("#main").get_attribute("data-changed") or 0))
                page.wait_for_timeout(300)
            page.close()
        print(f"first view {min(views)}, {median(views)}, {max(views)} ms")
        print(f"day change {median(changes)}, {max(changes)} ms")
        browser.close()


def main() -> None:
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        path = given or Path(folder) / "made.db"
        with open_store(path) as store:
            if given is None:
                began = time.perf_counter()
                store.add_readings(made_readings(random.Random(1)), "made")
                print(f"made in {time.perf_counter() - began:.1f} s")
            days = [each.known for each in store.counts()]
        server = Process(target=serve, args=(path,), daemon=True)
        server.start()
        time.sleep(4)
        last = max(days)
        earlier = [last - timedelta(days=back) for back in (40, 80, 120)]
        asked = [*(f"on={day}" for day in earlier), *(f"on={day}&known={day}" for day in earlier)]
        for query in asked:
            took, size = get(f"/control.json?{query}")
            print(f"{query}: {took * 1000:.0f} ms at the server's first answer, {size} bytes")
        rate, wrong = asyncio.run(load(f"/control.json?on={last}"))
        print(f"{rate:.0f} requests/s at {CLIENTS} clients, {wrong} wrong")
        browse(last)
        server.terminate()


if __name__ == "__main__":
    main()
