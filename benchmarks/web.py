"""Measures the map room, on a made ledger of 50,000 claims or one given: ``python -m benchmarks.web``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from multiprocessing import Process
from pathlib import Path
from statistics import median

from frontlog.ledger import open_store

from .ledger_claims import War, readings

CLAIMS = 50_000
WAR = War(countries=("AF",), places=5_000, start=date(2023, 1, 1), days=365, claims_each=5)
PORT, CLIENTS, REQUESTS = 8931, 50, 4_000


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
                store.add_readings(readings(CLAIMS, WAR), "made")
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
