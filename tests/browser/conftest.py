"""A server over the small ledger, and a browser that fails the test on any outside request or refused script."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.web_ledger import fill, name

playwright_api = pytest.importorskip("playwright.sync_api")
uvicorn = pytest.importorskip("uvicorn")

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SOFTWARE = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective + " " + event.blockedURI));
"""


@contextmanager
def served(app: object) -> Iterator[str]:
    """The application on a free port of this machine, in a thread."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium; install it with: apt-get install chromium")
    with playwright_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=SOFTWARE)
        yield browser
        browser.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    from frontlog.web.app import create_app
    from frontlog.web.pages import missing
    from frontlog.web.room import Room
    from frontlog.web.security import Policy

    store = fill(tmp_path / "web.db")
    room = Room(store, name, lambda: datetime.now(UTC), author="ana")
    if gone := missing(room):
        pytest.skip(gone)
    with served(create_app(room, Policy.serving("127.0.0.1"))) as address:
        yield address
    store.close()


@pytest.fixture
def open_page(chromium: object, site: str) -> Iterator[Callable[..., object]]:
    """Opens a page of the site in a context of its own; afterwards nothing may have gone wrong in any."""
    faults: list[str] = []
    pages = []
    contexts = []

    def open_(path: str = "/", width: int = 1280, height: int = 800, ready: bool = True) -> object:
        context = chromium.new_context(viewport={"width": width, "height": height})  # type: ignore[attr-defined]
        context.add_init_script(WATCH)
        page = context.new_page()

        def route(request: object) -> None:
            url = request.request.url  # type: ignore[attr-defined]
            if url.startswith((site, "data:", "blob:")):
                request.continue_()  # type: ignore[attr-defined]
            else:
                faults.append(f"outside request: {url}")
                request.abort()  # type: ignore[attr-defined]

        context.route("**/*", route)
        page.on("pageerror", lambda error: faults.append(f"error in the page: {error}"))
        page.on(
            "console",
            lambda message: (
                faults.append(f"console: {message.text}")
                if "Content Security Policy" in message.text
                else None
            ),
        )
        page.goto(site + path)
        if ready:
            page.wait_for_selector("#main[data-ready]", state="attached", timeout=30_000)
        pages.append(page)
        contexts.append(context)
        return page

    yield open_
    for page in pages:
        if not page.is_closed():
            faults += [f"refused: {each}" for each in page.evaluate("() => window.refused")]
    for context in contexts:
        context.close()
    assert faults == []
