"""Words of quantity before what they count: "most of the town", "a number of villages"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.reading.rules import grammar
from frontlog.reading.rules.context import points_to_place
from frontlog.reading.rules.parsed import Parsed


def of_quantity(parsed: Parsed, heads: Sequence[Token]) -> list[Token]:
    """ "all of A", "most of the town", "parts of the city": what the words after "of" name."""
    found: list[Token] = []
    for head in heads[:1]:
        quantity = parsed.lexicon.signals_of(head.lower_, "quantifier")
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                inner = [m for h in grammar.phrase_of(child) for m in grammar.members(h)]
                if quantity or (parsed.means(head, "part") and inner and points_to_place(parsed, inner[0])):
                    found += inner
    return found
