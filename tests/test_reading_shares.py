"""What the words around a town's name leave of it stays with the claim."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frontlog.model import Dispatch, Draft, Passage, Place, PlaceMention, Sentence, Span
from frontlog.reading.assemble import assemble
from frontlog.reading.claims import Prepared

SARNA = Place("u:1", "Sarna", "city", "settlement", 1.0, 2.0, "XS")


def place_of(text: str, words: str) -> PlaceMention:
    """The place of a capture whose marked place are some words of a text that names Sarna."""
    at, name = text.index(words), text.index("Sarna")
    mention = PlaceMention(Span(name, name + 5), "Sarna", "Sarna", SARNA, 0.9)
    whole = Span(0, len(text))
    prepared = Prepared(
        Dispatch("d", datetime(2015, 6, 17, tzinfo=UTC), text),
        (Passage(whole, "body"),),
        (Sentence(whole),),
        (mention,),
    )
    draft = Draft("take", Span(0, 6), places=(Span(at, at + len(words)),), extent="part")
    (claim,) = assemble(prepared, [draft])
    return claim.places[0]


@pytest.mark.parametrize("share", ["at least 90% of", "most of the city of", "two-thirds of", "the bulk of"])
def test_words_of_share_before_the_name_belong_to_the_place(share: str) -> None:
    found = place_of(f"Rebels took {share} Sarna on Monday.", "Sarna")
    assert found.place == SARNA
    assert f"at least {found.text}".endswith(f"{share.removeprefix('at least ')} Sarna")


def test_other_words_before_the_name_do_not() -> None:
    assert place_of("Rebels took the mayor of Sarna on Monday.", "Sarna").text == "Sarna"


@pytest.mark.parametrize(
    "words", ["army base in Sarna", "two hills near the besieged Sarna", "eastern Sarna"]
)
def test_a_description_that_ends_with_a_town_is_in_or_near_it(words: str) -> None:
    found = place_of(f"Rebels took the {words} on Monday.", words)
    assert (found.place, found.text) == (SARNA, words)


def test_a_description_that_only_mentions_a_town_has_no_row() -> None:
    words = "village on the road to Sarna"
    assert place_of(f"Rebels took the {words} on Monday.", words).place is None
