"""Whose words a dispatch prints: copies and versions are one origin, phrases in common are not enough."""

from __future__ import annotations

from collections.abc import Collection

from frontlog.ledger import origins
from frontlog.ledger.origins import Fingerprint, bands
from frontlog.likeness import names_in, plain_address

AGENCY = (
    "The army said on Monday that its forces had entered the town of {town} at dawn after a night of shelling,"
    " that {dead} fighters had been killed and that engineers were clearing the main road of mines before"
    " families could return to their homes."
)
AKORA = AGENCY.format(town="Akora", dead=14)
BELIN = AGENCY.format(town="Belin", dead=31)


TEXTS: dict[str, str] = {}


def one(id: str, text: str, known: int = 100, url: str | None = None) -> Fingerprint:
    TEXTS[id] = text
    return Fingerprint(id, known, origins.sketch(text), plain_address(url) if url else None)


def parent(copy: Fingerprint, others: Collection[Fingerprint]) -> Fingerprint | None:
    return origins.parent(copy, others, lambda each: names_in(TEXTS[each.id]))


def test_an_agencys_text_with_a_line_added_is_a_copy() -> None:
    first = one("a", AKORA)
    assert parent(one("b", AKORA + " More soon."), [first]) == first


def test_two_towns_told_in_one_agencys_phrases_are_two_origins() -> None:
    assert parent(one("b", BELIN), [one("a", AKORA)]) is None


def test_a_rewritten_version_under_the_same_address_is_the_same_origin() -> None:
    first = one("a", AKORA, url="https://wire.example/akora?utm_source=feed")
    tail = " Later in the day residents said shops stayed shut."
    later = one("b", AKORA.replace("14", "17") + tail, url="http://www.wire.example/akora/")
    assert parent(later, [first]) == first
    assert set(bands(later)) & set(bands(first))


def test_a_page_that_says_something_else_by_now_is_a_dispatch_of_its_own() -> None:
    first = one("a", AKORA, url="https://wire.example/live")
    other = one(
        "b", "Talks between the two sides end without a date for the next.", url="https://wire.example/live"
    )
    assert parent(other, [first]) is None


def test_what_is_told_again_weeks_later_is_told_anew() -> None:
    assert parent(one("b", AKORA, known=130), [one("a", AKORA)]) is None
