"""How a claim bears on one of its places: on the whole of it, on a part, or only on what lies beside it.

"The northern half of the town", "three villages south of the town", "the base in the town": the reader finds
the town and the words before it; what the words leave of the claim is decided here, for every reader alike.
"""

from __future__ import annotations

from dataclasses import replace

from frontlog.ledger.weights import Weights
from frontlog.model import Claim, PlaceMention

_GAP = 12
"""Characters that may stand between the words and the name: "the city of"."""


def at_place(claim: Claim, unit: str, weights: Weights) -> Claim:
    """The claim as it is about one place: with the extent that the words before its name leave.

    Who takes or leaves what only lies beside a place fights for it, and no more.
    """
    if claim.kind not in ("take", "leave", "hold"):
        return claim
    found = [each for each in claim.places if each.place is not None and each.place.id == unit]
    if not found:
        return claim
    before, after = _around(claim, found[0])
    words = weights.words
    if words["beside"].search(before):
        return replace(claim, kind="attack", extent=None)
    if claim.extent != "whole" or found[0].precision == "site":
        return claim
    if words["site"].search(f"{before} {after}") or words["within"].search(before):
        return replace(claim, extent="site")
    if found[0].precision == "settlement" and words["part"].search(before):
        return replace(claim, extent="part")
    return claim


def mostly(claim: Claim, unit: str, weights: Weights) -> bool:
    """Whether a claim is about nearly the whole of a place: "90 % of the town", "most of the city"."""
    found = [each for each in claim.places if each.place is not None and each.place.id == unit]
    return (
        bool(found)
        and claim.extent == "part"
        and bool(weights.words["most"].search(_around(claim, found[0])[0]))
    )


def afresh(claim: Claim, weights: Weights) -> bool:
    """Whether holding is told as something new: "now in full control"."""
    return claim.kind == "hold" and bool(weights.words["afresh"].search(claim.cue_text))


def approaching(claim: Claim, weights: Weights) -> bool:
    """Whether a side only comes nearer to a place, and so is not there yet."""
    return claim.kind in ("advance", "besiege") and not weights.words["entering"].search(claim.cue_text)


def retaken(claim: Claim) -> bool:
    """Whether the words of a capture say that it is not the first."""
    return claim.cue_text.casefold().startswith("re")


def _around(claim: Claim, mention: PlaceMention) -> tuple[str, str]:
    """What is printed before a place's own name and after it, in the place's words and just before."""
    place = mention.place
    name = (place.name if place else "").casefold()
    text = mention.text.casefold()
    own = {word for word in name.split() if len(word) > 2}
    tokens = text.split()
    # The name's own words never tell of a part: East London is a city.
    at = [number for number, token in enumerate(tokens) if token in own]
    first, last = (at[0], at[-1]) if at else (len(tokens), len(tokens) - 1)
    if not at and " of " in f" {text} ":
        first = last = len(tokens) - 1 - tokens[::-1].index("of") + 1
    elif not at:
        first, last = _capitals(mention.text.split())
    before = " ".join(tokens[:first])
    for other in claim.places:
        if other.place is None and 0 <= mention.span.start - other.span.end <= _GAP:
            before = f"{other.text.casefold()} {before}"
    return before, " ".join(tokens[last + 1 :])


def _capitals(tokens: list[str]) -> tuple[int, int]:
    """Where the capitalised words of a mention begin and end: the name, where it is not the usual one."""
    at = [number for number, token in enumerate(tokens) if token[:1].isupper()]
    return (at[0], at[-1]) if at else (0, len(tokens) - 1)
