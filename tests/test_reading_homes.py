"""Countries that named actors bring into play, and what that does to names of places."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from frontlog.model import Dispatch
from frontlog.reading.actors import Actors
from frontlog.reading.homes import Homes
from frontlog.reading.reader import Reader

SPRING = date(2015, 4, 1)


@pytest.fixture(scope="module")
def homes() -> Homes:
    return Homes.of(Actors.open())


def test_an_actor_brings_its_home_into_play_once(homes: Homes) -> None:
    assert homes.told("Al-Shabaab shelled a base. Al-Shabaab then left.", SPRING) == {"SO": 1.0}


def test_homes_of_one_name_share_its_vote(homes: Homes) -> None:
    told = homes.told("Taliban gunmen fled.", SPRING)
    assert set(told) == {"AF", "PK"}
    assert sum(told.values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["They mend a road.", "Soldiers of the north kept watch.", ""])
def test_common_words_name_no_actor(homes: Homes, text: str) -> None:
    assert homes.told(text, SPRING) == {}


def test_an_actor_that_was_not_yet_there_tells_nothing(homes: Homes) -> None:
    assert homes.told("JNIM fighters left.", date(2012, 1, 1)) == {}


def test_a_town_lies_where_the_actor_named_beside_it_fights(rules: Reader) -> None:
    text = "Boko Haram fighters overran Baga at dawn and burned the market."
    prepared = rules.prepare(Dispatch("t", datetime(2015, 1, 4, tzinfo=UTC), text))
    assert [(m.text, m.country) for m in prepared.places] == [("Baga", "NG")]
