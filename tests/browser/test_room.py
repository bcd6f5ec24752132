"""The map room in a real browser: look, move in time, inspect, review, and do it all by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
KUNDUZ, HERAT = "gn:1135689", "gn:1140026"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def stamp(page: Any) -> str:
    return str(page.locator("#stamp").inner_text())


def shows(page: Any, on: str, known: str = "") -> None:
    """Wait until the map shows a day."""
    page.wait_for_selector(f'#main[data-showing="{on}|{known}"]', state="attached", timeout=10_000)


def at(page: Any, place: str) -> dict[str, float]:
    """Where a place is on the screen, from the map's own frame in the address."""
    west, south, east, north = (float(x) for x in re.findall(r"bbox=([^&]+)", page.url)[0].split(","))
    points = {KUNDUZ: (68.857, 36.729), HERAT: (62.1997, 34.3482)}
    lon, lat = points[place]
    box = page.locator("#map").bounding_box()
    from math import asinh, radians, tan

    def mercator(degrees: float) -> float:
        return asinh(tan(radians(degrees)))

    x = box["x"] + box["width"] * (lon - west) / (east - west)
    y = box["y"] + box["height"] * (mercator(north) - mercator(lat)) / (mercator(north) - mercator(south))
    return {"x": x, "y": y}


def serious_faults(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds that keeps somebody out."""
    if not AXE.exists():
        pytest.skip("needs axe-core; run: npm ci --ignore-scripts")
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


def test_the_page_loads_with_map_timeline_inspector_and_count(open_page: Open) -> None:
    page = open_page("/")
    assert "14 August 2021" in stamp(page)
    assert "4 of 4 places in view" in page.locator("#count").inner_text()
    assert page.locator("#legend li").count() >= 7
    assert page.locator("#timeline svg rect.fam-control").count() >= 4
    assert "Kabul" in page.locator("#inspector").inner_text()
    assert page.locator("#map canvas.maplibregl-canvas").is_visible()


def test_the_day_moves_by_key_button_field_and_handle(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("[")
    shows(page, "2021-08-13")
    page.locator("#back").click()
    shows(page, "2021-08-12")
    page.locator("#on").fill("2021-08-08")
    shows(page, "2021-08-08")
    page.locator(".handle.on").focus()
    page.keyboard.press("ArrowRight")
    shows(page, "2021-08-09")
    page.locator(".handle.on").focus()
    page.keyboard.press("Home")
    shows(page, "2021-08-06")
    assert "6 August 2021" in stamp(page)


def test_the_day_handle_is_dragged(open_page: Open) -> None:
    page = open_page("/")
    grip = page.locator(".handle.on .grip").bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 300, y, steps=6)
    page.mouse.up()
    page.wait_for_selector('#main[data-showing^="2021-08-1"]', state="attached")
    assert "14 August" not in stamp(page)


def test_a_day_still_on_its_way_is_shown_when_the_handle_is_let_go(open_page: Open) -> None:
    page = open_page("/")
    waiting: list[Any] = []
    page.route("**/control.json*", lambda route: waiting.append(route))
    grip = page.locator(".handle.on .grip").bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 300, y)
    page.wait_for_timeout(200)
    page.mouse.up()
    assert waiting
    for each in waiting:
        each.continue_()
    page.wait_for_selector('#main[data-showing^="2021-08-1"]', state="attached")


def test_as_known_on_an_earlier_day_the_answer_is_another(open_page: Open) -> None:
    page = open_page(f"/?on=2021-08-12&place={KUNDUZ}")
    page.locator(".handle.known").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    shows(page, "2021-08-12", "2021-08-06")
    assert "as known on 6 August 2021" in stamp(page)
    page.wait_for_selector("#inspector >> text=as known on 6 Aug 2021")
    assert "Afghan government" in page.locator("#inspector p >> nth=2").inner_text()
    page.locator("#now").click()
    shows(page, "2021-08-12")
    page.wait_for_selector("#inspector p:has-text('Taliban')")


def test_the_brush_narrows_the_window(open_page: Open) -> None:
    page = open_page("/")
    before = page.locator("#timeline .brush .view").bounding_box()["width"]
    edge = page.locator("#timeline .edge").first
    edge.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.locator("#timeline .brush .view").bounding_box()["width"] < before
    page.wait_for_url(re.compile("from=2021-08-08"))


def test_a_click_on_a_place_opens_its_life(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("]")
    page.keyboard.press("[")
    page.get_by_role("button", name="Zoom out").click()
    page.wait_for_url(re.compile("bbox="))
    page.wait_for_timeout(600)
    spot = at(page, KUNDUZ)
    page.mouse.click(spot["x"], spot["y"])
    page.wait_for_url(re.compile("place=gn:1135689"))
    inspector = page.locator("#inspector")
    inspector.get_by_role("heading", name="Kunduz").wait_for()
    assert inspector.locator("mark.cue").first.inner_text() in ("hold", "seized", "control")
    assert inspector.locator(".tag:text-is('against')").count() >= 1
    assert "a resident" in inspector.inner_text()


def test_an_address_brings_back_the_view_and_the_back_button_works(open_page: Open) -> None:
    page = open_page(f"/?on=2021-08-09&known=2021-08-10&place={KUNDUZ}&bbox=60,30,74,39")
    assert "9 August 2021" in stamp(page)
    page.locator("#inspector").get_by_role("heading", name="Kunduz").wait_for()
    page.keyboard.press("]")
    shows(page, "2021-08-10", "2021-08-10")
    page.go_back()
    shows(page, "2021-08-09", "2021-08-10")
    page.go_forward()
    shows(page, "2021-08-10", "2021-08-10")
    assert "10 August 2021" in stamp(page)


def test_filters_narrow_map_and_claims(open_page: Open) -> None:
    page = open_page("/?on=2021-08-14")
    page.locator("#filters summary").click()
    page.locator("#filterform [name=actor]").select_option("taliban")
    page.wait_for_selector("#count:has-text('of 3 places')")
    assert "actor=taliban" in page.url
    page.locator("#filterform button").click()
    page.wait_for_selector("#count:has-text('of 4 places')")


def test_play_moves_the_days(open_page: Open) -> None:
    page = open_page("/?on=2021-08-06")
    page.locator("#play").click()
    shows(page, "2021-08-08")
    page.locator("#play").click()
    assert page.locator("#play").get_attribute("aria-pressed") == "false"


def test_every_review_key_does_its_work(open_page: Open, site: str) -> None:
    page = open_page("/review?on=2021-08-14")
    current = page.locator("#queue > li[aria-current]")
    current.wait_for()
    first = current.get_attribute("data-claim")
    page.keyboard.press("j")
    second = current.get_attribute("data-claim")
    assert second != first
    page.keyboard.press("k")
    assert current.get_attribute("data-claim") == first
    page.keyboard.press("a")
    page.wait_for_selector(f'li[data-claim="{first}"][data-verdict=accept]')
    assert current.get_attribute("data-claim") == second
    page.keyboard.press("s")
    third = current.get_attribute("data-claim")
    assert third not in (first, second)
    page.keyboard.press("r")
    page.wait_for_selector(f'li[data-claim="{third}"][data-verdict=reject]')
    page.keyboard.press("u")
    page.wait_for_selector(f'li[data-claim="{third}"]:not(.done)')
    assert current.get_attribute("data-claim") == third
    page.keyboard.press("e")
    page.locator("#correctform [name=standing]").select_option("possible")
    page.locator("#correctform button").first.click()
    page.wait_for_selector(f'li[data-claim="{third}"][data-verdict=correct]')
    log = page.request.get(f"{site}/decisions.json").json()["decisions"]
    assert [each["action"] for each in log] == ["accept", "reject", "undo", "correct"]
    assert log[-1]["changes"] == {"standing": "possible"}
    page.keyboard.press("[")
    shows(page, "2021-08-13")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.locator("#help").wait_for(state="hidden")
    page.wait_for_timeout(300)
    page.keyboard.press("/")
    page.locator("#search:focus").wait_for()


def test_a_rejected_capture_leaves_the_map(open_page: Open) -> None:
    page = open_page("/review?on=2021-08-14")
    page.locator("#queue > li[aria-current]").wait_for()
    page.locator(f"#queue > li[data-place='{HERAT}'][data-kind=take]").locator(
        "button[data-do=reject]"
    ).click()
    page.wait_for_selector("#main[data-version]", state="attached")
    held = page.evaluate("() => fetch('/control.json?on=2021-08-14').then((answer) => answer.json())")
    assert {each["holder"] for each in held["holdings"] if each["name"] == "Herat"} != {"taliban"}


def test_two_browsers_review_at_once_and_lose_nothing(open_page: Open, site: str) -> None:
    one, other = open_page("/review?on=2021-08-14"), open_page("/review?on=2021-08-14")
    for page, author in ((one, "ana"), (other, "bea")):
        page.locator("#queue > li[aria-current]").wait_for()
        page.locator("#author").fill(author)
        page.locator("#inspector h1").click()
    claim = one.locator("#queue > li[aria-current]").get_attribute("data-claim")
    one.keyboard.press("a")
    one.wait_for_selector(f'li[data-claim="{claim}"][data-verdict=accept]')
    other.keyboard.press("r")
    other.wait_for_selector(f'li[data-claim="{claim}"][data-verdict=reject]')
    assert "ana also decided" in other.locator("#toast").inner_text()
    log = one.request.get(f"{site}/decisions.json?subject={claim}").json()["decisions"]
    assert [(each["author"], each["action"]) for each in log] == [("ana", "accept"), ("bea", "reject")]


def test_a_verdict_of_another_reaches_an_open_map(open_page: Open) -> None:
    watcher, reviewer = open_page("/?on=2021-08-14"), open_page("/review?on=2021-08-14")
    reviewer.locator("#queue > li[aria-current]").wait_for()
    reviewer.keyboard.press("r")
    watcher.wait_for_selector("#main[data-version]", state="attached", timeout=12_000)


def test_keyboard_alone_reaches_everything(open_page: Open) -> None:
    page = open_page("/?on=2021-08-14")
    reached: set[str] = set()
    for _ in range(70):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { const e = document.activeElement;"
                " return e.id || e.getAttribute('aria-label') || e.textContent.trim().slice(0, 24); }"
            )
        )
    wanted = {"Skip to the content", "search", "Legend", "Filters", "Zoom in", "back", "play", "on", "known", "now",
              "Day shown", "As known on", "Window from", "Window to"}  # fmt: skip
    assert wanted <= reached, wanted - reached


def test_a_place_is_opened_by_keyboard(open_page: Open) -> None:
    page = open_page("/?on=2021-08-14")
    page.locator("#filters summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Herat")
    page.keyboard.press("Enter")
    page.locator("#inspector").get_by_role("heading", name="Herat").wait_for()


def test_the_embedded_map_is_read_only(open_page: Open) -> None:
    page = open_page("/embed?on=2021-08-12")
    assert page.locator("header.top").count() == 0
    assert page.locator("#correct").count() == 0
    assert page.locator("#play").is_visible()


@pytest.mark.parametrize(
    "path", ["/", "/review?on=2021-08-14", f"/?place={KUNDUZ}", "/claims", "/control", "/audits"]
)
def test_axe_finds_no_serious_fault(open_page: Open, path: str) -> None:
    page = open_page(path, ready=path.startswith(("/?", "/review")) or path == "/")
    page.wait_for_timeout(300)
    assert serious_faults(page) == []


def test_a_narrow_screen_has_everything_and_nothing_sticks_out(open_page: Open) -> None:
    page = open_page(f"/?place={KUNDUZ}", width=390, height=780)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    for part in ("#map", "#timeline svg", "#inspector", "#play"):
        page.locator(part).first.scroll_into_view_if_needed()
        assert page.locator(part).first.is_visible()


def test_text_from_dispatches_never_becomes_markup(open_page: Open) -> None:
    page = open_page("/?on=2021-08-14")
    page.locator("#inspector blockquote").first.wait_for()
    assert page.locator("#inspector blockquote b").count() == 0
    assert "<b>firmly</b>" in page.locator("#inspector").inner_text()
    assert page.locator("#inspector script").count() == 0
