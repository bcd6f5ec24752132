"""The application over a small ledger: answers, filters, safety and verdicts, without a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from frontlog.errors import FrontlogError
from frontlog.model import Span
from frontlog.web.app import create_app
from frontlog.web.briefs import Words, blocks, inline
from frontlog.web.highlight import pieces
from frontlog.web.room import Room
from frontlog.web.security import COOKIE, Policy, Sessions
from frontlog.web.tables import cell
from tests.web_ledger import HERAT, KUNDUZ, fill, name

TOKEN = "0123456789abcdef0123456789abcdef"
OWN = {"origin": "http://127.0.0.1"}
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def client(room: Room, policy: Policy | None = None, sessions: Sessions | None = None) -> TestClient:
    app = create_app(room, policy or Policy.serving("127.0.0.1"), sessions)
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store = fill(tmp_path / "web.db")
    ticks = count()
    yield Room(store, name, lambda: NOW + timedelta(seconds=next(ticks)), author="ana")
    store.close()


@pytest.fixture
def web(room: Room) -> TestClient:
    return client(room)


def holders(web: TestClient, query: str) -> dict[str, str | None]:
    found = web.get(f"/control.json?{query}").json()
    return {each["name"]: each["holder"] for each in found["holdings"]}


def verdict(
    web: TestClient, action: str, subject: str, author: str = "ana", **more: object
) -> dict[str, object]:
    body = {"action": action, "subject": subject, "author": author, **more}
    answer = web.post("/decisions", json=body, headers=OWN)
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


# Answers


def test_a_day_is_answered_as_known_on_another(web: TestClient) -> None:
    assert holders(web, "on=2021-08-12")["Ghazni"] == "taliban"
    assert holders(web, "on=2021-08-12&known=2021-08-11")["Ghazni"] != "taliban"


def test_filters_narrow_the_day(web: TestClient) -> None:
    day = "on=2021-08-14"
    assert "Kabul" not in holders(web, f"{day}&actor=taliban")
    assert set(holders(web, f"{day}&bbox=60,30,64,36")) == {"Herat"}
    assert holders(web, f"{day}&country=UA") == {}


def test_an_answer_is_not_sent_twice_until_the_ledger_changes(web: TestClient) -> None:
    first = web.get("/control.json?on=2021-08-14")
    again = {"if-none-match": first.headers["etag"]}
    assert web.get("/control.json?on=2021-08-14", headers=again).status_code == 304
    claim = web.get("/claims.json?kind=take").json()["claims"][0]["id"]
    verdict(web, "reject", claim)
    assert web.get("/control.json?on=2021-08-14", headers=again).status_code == 200


def test_a_large_answer_travels_compressed(web: TestClient) -> None:
    assert web.get("/control.json").headers["content-encoding"] == "gzip"
    plain = web.get("/control.json", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == web.get("/control.json").json()


@pytest.mark.parametrize(
    "path",
    ["/", "/embed", "/control", "/claims", "/review", "/review?part=1", "/day?on=2021-08-08", "/audits", "/brief",
     "/decisions", "/dispatches?q=kunduz", "/dispatch/d1", f"/place/{KUNDUZ.id}", f"/place/{KUNDUZ.id}?part=1"],
)  # fmt: skip
def test_every_page_is_there(web: TestClient, path: str) -> None:
    answer = web.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    ["/control", "/claims", "/review", "/audits", "/brief", "/decisions", "/dispatches", "/dispatch/d1",
     f"/place/{KUNDUZ.id}", "/sides", "/counts", "/version", "/openapi"],
)  # fmt: skip
def test_every_page_has_json(web: TestClient, path: str) -> None:
    assert web.get(f"{path}.json").json() is not None


@pytest.mark.parametrize("path", ["/control", "/claims", "/audits", f"/place/{KUNDUZ.id}"])
def test_every_table_has_csv(web: TestClient, path: str) -> None:
    rows = list(csv.reader(io.StringIO(web.get(f"{path}.csv").text)))
    assert all(len(row) == len(rows[0]) for row in rows)


def test_a_place_tells_claims_for_and_against(web: TestClient) -> None:
    page = web.get(f"/place/{KUNDUZ.id}?on=2021-08-10&part=1").text
    assert ">for</span>" in page
    assert ">against</span>" in page
    assert "Taliban" in page


def test_pages_of_claims_hold_each_claim_once(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontlog.web.ask.PAGE", 3)
    seen: list[str] = []
    after: int | None = 0
    query = "/claims.json"
    while after is not None:
        found = web.get(query).json()
        seen += [each["id"] for each in found["claims"]]
        after = found["next"]
        query = f"/claims.json?after={after}"
    assert len(seen) == len(set(seen)) == found["total"]


def test_search_finds_dispatches_by_all_words(web: TestClient) -> None:
    assert {hit["id"] for hit in web.get("/dispatches.json?q=ghazni+shelled").json()["dispatches"]} == {"d5"}
    assert web.get("/dispatches.json?q=ghazni+absentword").json()["dispatches"] == []


@pytest.mark.parametrize(
    "path", ["/control.json?on=yesterday", "/control.json?bbox=1,2", "/control.json?bbox=a,b,c,d",
             "/claims.json?kind=nonsense", "/claims.json?after=-1", "/control.json?bbox=nan,nan,nan,nan"],
)  # fmt: skip
def test_a_bad_question_is_refused_in_words(web: TestClient, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_what_is_not_there_is_said_so(web: TestClient) -> None:
    assert web.get("/claim/none.json").status_code == 404
    assert "not in this ledger" in web.get("/place/none", headers={"accept": "text/html"}).text


# Text


def test_text_of_dispatches_is_escaped_and_marked_by_offset(web: TestClient) -> None:
    page = web.get("/dispatch/d7").text
    assert "<script>alert(1)</script>" not in page
    assert "&lt;b&gt;firmly&lt;/b&gt; &amp; calmly" in page
    assert '<mark class="cue">holds</mark>' in page


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("abc")))
)
def test_cut_pieces_join_to_the_text(text: str, marks: list[tuple[int, int, str]]) -> None:
    spans = [(Span(min(a, b), max(a, b)), mark) for a, b, mark in marks]
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1"])
def test_a_formula_in_a_cell_is_only_text(text: str) -> None:
    assert str(cell(text)).startswith("'")


def test_formulas_are_neutralised_in_the_table_itself(web: TestClient) -> None:
    rows = csv.DictReader(io.StringIO(web.get("/claims.csv").text))
    assert "'=Formula & Co" in {row["publisher"] for row in rows}


def test_the_brief_is_laid_out_with_its_evidence_under_each_line() -> None:
    found = blocks('# Day\n\n- **A**: held\n  - "said"\n- B\n\nEnd.\n')
    assert [block.level for block in found] == [1, 0, 0]
    assert found[1].items[0].line == (Words("A", True), Words(": held"))
    assert found[1].items[0].under == ((Words('"said"'),),)
    assert len(found[1].items) == 2
    assert found[2].text == "End."


def test_a_brief_links_to_its_sources_and_to_nothing_else(web: TestClient) -> None:
    page = web.get("/brief?on=2021-08-12", headers={"accept": "text/html"}).text
    assert '<a href="https://example.org/4" rel="noreferrer noopener">Northgate</a>' in page
    assert "](http" not in page
    assert all(each.href is None for each in inline("[x](javascript:alert(1)) [y](data:text/html,z)"))


# Verdicts


def test_a_verdict_changes_the_map_and_undo_brings_it_back(web: TestClient) -> None:
    take = next(
        each
        for each in web.get("/claims.json?kind=take").json()["claims"]
        if each["places"][0]["place"] == HERAT.id
    )
    assert holders(web, "on=2021-08-14")["Herat"] == "taliban"
    made = verdict(web, "reject", take["id"])
    assert holders(web, "on=2021-08-14").get("Herat") != "taliban"
    decision = made["decision"]
    assert isinstance(decision, dict)
    verdict(web, "undo", str(decision["id"]))
    assert holders(web, "on=2021-08-14")["Herat"] == "taliban"
    log = web.get("/decisions.json").json()["decisions"]
    assert [each["action"] for each in log] == ["reject", "undo"]
    assert {each["author"] for each in log} == {"ana"}


def test_two_reviewers_lose_nothing_and_hear_of_each_other(room: Room) -> None:
    one, other = client(room), client(room)
    claim = one.get("/review.json").json()["matters"][0]["claim"]["id"]
    verdict(one, "accept", claim, "ana")
    answer = verdict(other, "reject", claim, "bea")
    assert [each["author"] for each in answer["meanwhile"]] == ["ana"]  # type: ignore[attr-defined]
    kept = one.get(f"/decisions.json?subject={claim}").json()["decisions"]
    assert [(each["author"], each["action"]) for each in kept] == [("ana", "accept"), ("bea", "reject")]


def test_the_queue_puts_what_a_holder_hangs_on_first_and_forgets_what_is_decided(web: TestClient) -> None:
    before = web.get("/review.json?on=2021-08-14").json()
    assert any("hangs on it alone" in reason for reason in before["matters"][0]["reasons"])
    weights = [each["weight"] for each in before["matters"]]
    assert weights == sorted(weights, reverse=True)
    first = before["matters"][0]["claim"]["id"]
    verdict(web, "accept", first)
    after = web.get("/review.json?on=2021-08-14").json()
    assert after["total"] == before["total"] - 1
    assert first not in {each["claim"]["id"] for each in after["matters"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [({"action": "accept", "subject": "none", "author": "ana"}, 404),
     ({"action": "correct", "subject": "x", "author": "ana", "changes": {"colour": "red"}}, 422),
     ({"action": "accept", "subject": "x", "author": " "}, 422),
     ({"action": "erase", "subject": "x", "author": "ana"}, 422)],
)  # fmt: skip
def test_a_verdict_that_means_nothing_is_refused(
    web: TestClient, body: dict[str, object], status: int
) -> None:
    answer = web.post("/decisions", json=body, headers=OWN)
    assert answer.status_code == status
    assert web.get("/decisions.json").json()["decisions"] == []


# Safety


def test_an_open_address_needs_a_token() -> None:
    with pytest.raises(FrontlogError, match="token"):
        Policy.serving("0.0.0.0")
    with pytest.raises(FrontlogError, match="16"):
        Policy.serving("0.0.0.0", token="short")
    assert Policy.serving("0.0.0.0", token=TOKEN).token == TOKEN


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[", "localhost@evil.example:80"]
)
def test_a_foreign_host_is_not_served(web: TestClient, host: str) -> None:
    assert web.get("/control.json", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9999", "LOCALHOST:80"])
def test_this_machine_is_served_by_its_names(web: TestClient, host: str) -> None:
    assert web.get("/control.json", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:1"},
     {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)  # fmt: skip
def test_changes_from_elsewhere_are_refused(web: TestClient, headers: dict[str, str]) -> None:
    claim = web.get("/claims.json").json()["claims"][0]["id"]
    answer = web.post(
        "/decisions", json={"action": "accept", "subject": claim, "author": "eve"}, headers=headers
    )
    assert answer.status_code == 403
    assert web.get("/decisions.json").json()["decisions"] == []


def test_a_one_time_address_logs_in_once(room: Room) -> None:
    sessions = Sessions(TOKEN)
    web = client(room, Policy.serving("127.0.0.1", token=TOKEN), sessions)
    assert web.get("/control.json").status_code == 401
    assert web.get("/", headers={"accept": "text/html"}).headers["location"] == "/login"
    word = sessions.invite()
    welcome = web.get(f"/login?once={word}")
    cookie = welcome.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert web.get("/control.json").status_code == 200
    web.cookies.clear()
    assert web.get(f"/login?once={word}").status_code == 403
    assert web.get("/control.json").status_code == 401


def test_a_token_logs_in_by_form_and_by_header(room: Room) -> None:
    web = client(room, Policy.serving("127.0.0.1", token=TOKEN))
    assert web.get("/control.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert web.get("/control.json", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert web.post("/login", data={"token": "wrong"}, headers=OWN).status_code == 403
    assert web.post("/login", data={"token": TOKEN}, headers=OWN).status_code == 303
    assert web.get("/control.json").status_code == 200


def test_a_session_ends_and_cannot_be_forged() -> None:
    clock = [1000.0]
    sessions = Sessions(TOKEN, lambda: clock[0])
    cookie = sessions.issue()
    assert sessions.is_session(cookie)
    end, nonce, signature = cookie.split(".")
    assert not sessions.is_session(f"{int(end) + 1}.{nonce}.{signature}")
    assert not Sessions(TOKEN, lambda: clock[0]).is_session(cookie)
    assert not sessions.is_session("")
    clock[0] += 13 * 3600
    assert not sessions.is_session(cookie)


def test_a_broken_cookie_is_no_login(room: Room) -> None:
    web = client(room, Policy.serving("127.0.0.1", token=TOKEN))
    for value in ("", "x", "..", f"{COOKIE}=", "\x01"):
        assert web.get("/control.json", headers={"cookie": f"{COOKIE}={value}"}).status_code == 401


@pytest.mark.parametrize("path", ["/", "/embed", "/claims", "/nothing", "/static/room.js", "/control.json"])
def test_every_answer_has_strict_headers(web: TestClient, path: str) -> None:
    headers = web.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert ("frame-ancestors 'self'" in policy) == (path == "/embed")


def test_only_named_sites_may_frame_the_embedded_map(room: Room) -> None:
    web = client(room, Policy.serving("127.0.0.1", embed_in=("https://desk.example",)))
    assert (
        "frame-ancestors 'self' https://desk.example" in web.get("/embed").headers["content-security-policy"]
    )
    assert "frame-ancestors 'none'" in web.get("/").headers["content-security-policy"]
    assert "reviewform" not in web.get("/embed").text
    assert 'id="correct"' not in web.get("/embed").text


def test_without_the_map_the_other_pages_still_work(room: Room, tmp_path: Path) -> None:
    from frontlog.views.mapdata import MapData

    room.mapdata = MapData(tmp_path)
    web = client(room)
    assert "make install" in web.get("/").text
    assert web.get("/map/countries.json").status_code == 404
    assert web.get("/control").status_code == 200


def test_what_fits_the_words_best_comes_first_and_is_marked(web: TestClient) -> None:
    found = web.get("/claims.json", params={"q": "KÚNDUZ taliban"}).json()["claims"]
    assert found[0]["sentence"] == "Taliban hold Kunduz and patrol its streets."
    assert {each["id"] for each in found} == {
        each["id"] for each in web.get("/claims.json?q=kunduz+taliban").json()["claims"]
    }
    page = web.get("/dispatches", params={"q": "kúnd*"}, headers={"accept": "text/html"}).text
    assert '<mark class="hit">Kunduz</mark>' in page
    assert "shell*" in web.get("/dispatches?q=zarnab", headers={"accept": "text/html"}).text


def test_findings_name_sides_and_not_their_ids(web: TestClient, room: Room) -> None:
    room.store.audit()
    asked = [each["computed"] for each in web.get("/audits.json").json()["findings"]]
    assert any(" taliban's " in each for each in asked), asked
    page = web.get("/audits", headers={"accept": "text/html"}).text
    assert " Taliban&#39;s " in page
    assert " taliban&#39;s " not in page
