"""Incidents merged and split in a real browser: in the map room's inspector, on an incident's page, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_room import serious_faults

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
KUNDUZ = "gn:1135689"


def incidents(page: Any, site: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.request.get(f"{site}/place/{KUNDUZ}.json").json()["incidents"]
    return found


def opened(open_page: Open, path: str = f"/?place={KUNDUZ}", ready: bool = True) -> Any:
    page = open_page(path, ready=ready)
    page.locator("#regroup summary").click()
    page.locator("#regroup [name=reason]").fill("the same dawn attack")
    return page


def said(page: Any, words: str) -> None:
    page.locator("#toast", has_text=words).wait_for()


def test_two_incidents_become_one_and_are_two_again(open_page: Open, site: str) -> None:
    page = opened(open_page)
    before = incidents(page, site)
    boxes = page.locator("#inspector .incident input[name=incident]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    assert page.locator("[data-do=merge]").inner_text() == "Merge 2 chosen incidents"
    page.locator("[data-do=merge]").click()
    said(page, "2 incidents are one now")
    after = incidents(page, site)
    assert len(after) == len(before) - 1
    assert "merged by a decision" in {each["reason"] for each in after}
    page.locator("[data-do=undo]").click()
    said(page, "Taken back")
    assert incidents(page, site) == before
    log = page.request.get(f"{site}/decisions.json").json()["decisions"]
    assert [(each["action"], each["reason"], each["author"]) for each in log] == [
        ("merge", "the same dawn attack", "ana"), ("undo", "", "ana"),
    ]  # fmt: skip


def test_a_claim_is_taken_out_of_its_incident(open_page: Open, site: str) -> None:
    page = opened(open_page)
    whole = next(each for each in incidents(page, site) if len(each["claims"]) > 1)
    claim = whole["claims"][0]
    page.locator(f"#inspector input[name=claim][value='{claim}']").check()
    page.locator("[data-do=split]").click()
    said(page, "an incident of their own" if len(whole["claims"]) < 1 else "The claim is an incident")
    assert [claim] in [each["claims"] for each in incidents(page, site)]


def test_what_means_nothing_is_said_and_not_sent(open_page: Open, site: str) -> None:
    page = opened(open_page)
    page.locator("[data-do=merge]").click()
    said(page, "Choose two incidents or more")
    page.locator("[data-do=split]").click()
    said(page, "Choose the claims")
    page.locator("#inspector input[name=incident]").nth(0).check()
    page.locator("#inspector input[name=incident]").nth(1).check()
    page.locator("#regroup [name=reason]").fill("")
    page.locator("[data-do=merge]").click()
    said(page, "Give a reason")
    page.locator("#regroup [name=reason]").fill("one fight")
    page.locator("#regroup [name=author]").fill(" ")
    page.locator("[data-do=merge]").click()
    said(page, "Give your name first")
    assert page.request.get(f"{site}/decisions.json").json()["decisions"] == []


def test_an_incidents_own_page_merges_it_with_another(open_page: Open, site: str) -> None:
    first = open_page("/control", ready=False)
    kept = next(each["id"] for each in incidents(first, site) if each["kind"] == "hold")
    page = opened(open_page, f"/incident/{kept}", ready=False)
    page.locator(".incident input[name=incident]").first.check()
    page.locator("[data-do=merge]").click()
    page.locator("p.soft", has_text="merged by a decision").wait_for()
    assert page.url.endswith(kept)
    assert "merge by ana" in page.locator("#main").inner_text()


def test_the_keyboard_alone_merges(open_page: Open, site: str) -> None:
    page = open_page(f"/?place={KUNDUZ}")
    before = len(incidents(page, site))
    page.locator("#regroup summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("one fight")
    for _ in range(3):
        page.keyboard.press("Tab")
    ticked = 0
    while ticked < 2:
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "incident":
            page.keyboard.press("Space")
            ticked += 1
    while page.evaluate("() => document.activeElement.dataset.do") != "merge":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    said(page, "2 incidents are one now")
    assert len(incidents(page, site)) == before - 1


def test_a_choice_is_not_lost_when_somebody_else_writes(open_page: Open, site: str) -> None:
    page = opened(open_page)
    page.locator("#inspector input[name=incident]").first.check()
    claim = incidents(page, site)[-1]["claims"][0]
    body = {"action": "accept", "subject": claim, "author": "bea"}
    page.request.post(f"{site}/decisions", data=body, headers={"origin": site})
    said(page, "your choice stays")
    assert page.locator("#inspector input[name=incident]").first.is_checked()


def test_the_embedded_map_offers_no_merging(open_page: Open) -> None:
    page = open_page(f"/embed?place={KUNDUZ}")
    page.locator("#inspector").get_by_role("heading", name="Kunduz").wait_for()
    assert not page.locator("#regroup").is_visible()


@pytest.mark.parametrize("where", ["room", "page"])
def test_axe_finds_no_serious_fault_with_the_boxes_open(open_page: Open, site: str, where: str) -> None:
    first = open_page("/control", ready=False)
    page = opened(open_page) if where == "room" else opened(
        open_page, f"/incident/{incidents(first, site)[0]['id']}", ready=False
    )  # fmt: skip
    assert serious_faults(page) == []


def test_boxes_are_away_until_they_are_wanted(open_page: Open) -> None:
    page = open_page(f"/?place={KUNDUZ}")
    box = page.locator("#inspector input[name=incident]").first
    box.wait_for(state="attached")
    assert not box.is_visible()
    page.locator("#regroup summary").click()
    assert box.is_visible()
