"""Where a candidate happened, or which place changed hands."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.model import FAMILIES, PlaceMention, Span
from frontlog.reading.rules import grammar
from frontlog.reading.rules.candidate import OF_PLACES, Candidate
from frontlog.reading.rules.context import Told, is_container, points_to_place
from frontlog.reading.rules.lists import extended, told_along, with_earlier
from frontlog.reading.rules.needs import may_be_place
from frontlog.reading.rules.parsed import Parsed, mentions_in_order
from frontlog.reading.rules.quantities import of_quantity
from frontlog.reading.rules.slots import fill
from frontlog.reading.rules.where import Where, is_goal, is_named_site, locative, named_places, precise

_SEEN = frozenset((*FAMILIES["control"], *FAMILIES["violence"]))
_NEAR = 40
_SEATS = frozenset(("headquarters", "headquarter", "hq", "office", "building", "compound", "barracks"))


def set_places(parsed: Parsed, told: Told, candidate: Candidate) -> None:
    for slot in candidate.hit.cue.place:
        where = _place_slot(parsed, told, candidate, slot)
        if where.spans:
            candidate.places = where.spans
            if candidate.kind in OF_PLACES and slot not in ("loc", "ctx"):
                candidate.places = extended(parsed, told.text, where.spans)
                if slot == "subj" and told.text:
                    candidate.places = with_earlier(parsed, told.text, candidate.places)
                    candidate.places = told_along(parsed, told.text, candidate.places, candidate.cue.end)
            candidate.extent = where.extent if candidate.kind in ("take", "leave", "hold") else None
            candidate.in_context = slot == "ctx"
            return
    if candidate.kind in ("take", "leave", "hold"):
        candidate.extent = "whole"


def _place_slot(parsed: Parsed, told: Told, candidate: Candidate, slot: str) -> Where:
    hit = candidate.hit
    if slot == "loc":
        return Where(locative(parsed, hit))
    if slot == "ctx":
        return Where(_from_context(parsed, told, candidate))
    if slot == "mod":
        return resolved(parsed, told, [hit.head.head])
    if slot == "seat":
        return _seat(parsed, told, candidate)
    if slot == "self":
        names = named_places(parsed, [hit.head])
        bare = [span for span in names.spans if len(span) == len(hit.head.text)]
        return Where() if bare else names
    if slot == "purpose":
        return _of_purpose(parsed, told, candidate)
    heads = [
        head
        for head in fill(parsed, hit, (slot,), "place")
        if any(_place_like(parsed, token, candidate) for token in (head, *of_quantity(parsed, [head])))
    ]
    return resolved(parsed, told, heads)


def _place_like(parsed: Parsed, token: Token, candidate: Candidate) -> bool:
    if candidate.kind in OF_PLACES:
        known = parsed.fits(token, "place") or token.lower_ in ("it", "which", "there", "them", "these")
        known = known or (candidate.kind == "besiege" and parsed.fits(token, "road"))
        return known or may_be_place(parsed, candidate.hit, token)
    if token.i in parsed.mentions or (parsed.fits(token, "settlement") and not parsed.means(token, "force")):
        return True
    if is_named_site(parsed, token):
        return True
    return token.dep_ == "pobj" and parsed.is_unknown_name(token) and token.ent_type_ in ("GPE", "LOC", "FAC")


def resolved(parsed: Parsed, told: Told, heads: Sequence[Token]) -> Where:
    """Places of these heads, where "the town" and "it" mean a place told before."""
    heads = [_so_called(parsed, head) for head in _with_shared_noun(parsed, heads)]
    inner = of_quantity(parsed, heads)
    if inner:
        where = resolved(parsed, told, inner)
        whole = heads[0].lower_ in ("all", "both") or any(c.lower_ == "all" for c in heads[0].children)
        return Where(where.spans, "whole" if whole else "part")
    back = [
        h
        for h in heads
        if (points_to_place(parsed, h) and not is_container(h))
        or h.lower_ in ("it", "there", "which", "them", "these")
    ]
    if back and len(back) == len(heads) and not _is_site(parsed, back[0]):
        town = parsed.means(back[0], "settlement")
        earlier = _capital(parsed, told, back[0]) or (
            _told_here(parsed, told, town)
            or _earlier_in_sentence(parsed, back[0], town)
            or (told.last_places(settlement=True) if town else told.last_subject())
            or _later_in_sentence(parsed, back[0], town)
        )
        if earlier:
            earlier = earlier if back[0].lower_ in ("these", "them") else earlier[:1]
            return Where(
                earlier, named_places(parsed, back).extent if parsed.means(back[0], "part") else "whole"
            )
    again = told.site(back[0].lemma_.lower()) if back and _is_site(parsed, back[0]) else ()
    if again:
        return Where(again, "whole")
    return named_places(parsed, [h for h in heads if h.pos_ != "PRON"])


def _so_called(parsed: Parsed, head: Token) -> Token:
    """ "A, the largest city that they hold": A is what they hold."""
    named = head.dep_ == "appos" and parsed.means(head, "settlement") and head.head.i in parsed.mentions
    return head.head if named else head


def _is_site(parsed: Parsed, head: Token) -> bool:
    """ "the airport" is an airport named before, or just that: never the town it serves."""
    return parsed.means(head, "site") and not parsed.means(head, "area")


def _capital(parsed: Parsed, told: Told, head: Token) -> tuple[Span, ...]:
    """ "the capital": the last one named, of the state, or of a province where a word says so."""
    if head.lemma_ != "capital" or any(parsed.means(child, "force") for child in head.children):
        return ()
    state = not any(parsed.lexicon.signals_of(child.lower_, "regional") for child in head.children)
    return told.capital(parsed.offset + head.idx, state=state)


def _with_shared_noun(parsed: Parsed, heads: Sequence[Token]) -> Sequence[Token]:
    """ "the court, mayoral and police headquarters": bare nouns that only say whose headquarters."""
    last = heads[-1] if len(heads) > 1 else None
    if last is None or not parsed.means(last, "site") or last.lemma_ not in _SEATS:
        return heads
    first, *others = heads[:-1]
    bare = not any(t.i in parsed.mentions or t.pos_ == "PROPN" for t in (first, *others))
    own = any(c.dep_ in ("det", "poss") for t in (*others, last) for c in t.children) or parsed.means(
        first, "site"
    )
    return [last] if bare and not own else heads


def _told_here(parsed: Parsed, told: Told, town: bool) -> tuple[Span, ...]:
    last = told.last_places(settlement=town)
    return last if last and parsed.sentence.span.contains(last[0]) else ()


def _earlier_in_sentence(parsed: Parsed, head: Token, town: bool) -> tuple[Span, ...]:
    before = [
        (t, m)
        for t, m in _mentions(parsed)
        if t.i < head.i
        and not _opens(t)
        and m.precision not in (("country", "province", "site", "road") if town else ("country", "province"))
    ]
    return (before[-1][1].span,) if before else ()


def _opens(token: Token) -> bool:
    """ "In A, the president …": where somebody speaks, at the head of a sentence."""
    return token.dep_ == "pobj" and token.head.i == 0 and token.head.lower_ == "in"


def _later_in_sentence(parsed: Parsed, head: Token, town: bool) -> tuple[Span, ...]:
    """ "The town has fallen, said a commander in A": where nothing was told before, the town told next."""
    after = [m.span for t, m in _mentions(parsed) if t.i > head.i and m.precision == "settlement"]
    return tuple(after[:1]) if town else ()


def _mentions(parsed: Parsed) -> list[tuple[Token, PlaceMention]]:
    return list(mentions_in_order(parsed))


def _seat(parsed: Parsed, told: Told, candidate: Candidate) -> Where:
    """ "A, a rebel stronghold", "the rebel stronghold of A", "A is their bastion": the place so called."""
    head = candidate.head
    names = [span for span in named_places(parsed, [head]).spans if _apart_from(span, candidate)]
    names = [span for span in names if not parsed.span([head]).overlaps(span)]
    if names:
        return Where(tuple(names))
    above = head.head
    if head.dep_ == "appos" and parsed.fits(above, "place"):
        return resolved(parsed, told, [above])
    if head.dep_ in ("attr", "oprd", "pobj") and grammar.governor(head) is not None:
        verb = grammar.governor(head)
        linked = head.dep_ != "pobj" or above.lower_ == "as"
        heads = [t for t in grammar.subjects(verb) if parsed.fits(t, "place")] if verb and linked else []
        where = resolved(parsed, told, heads)
        if where.spans:
            return where
    inner = [h for word in ("in", "at") for h in grammar.prepositional(head, word) if h.i in parsed.mentions]
    return Where(named_places(parsed, inner[:1]).spans, "part")


def _apart_from(span: Span, candidate: Candidate) -> bool:
    return not any(span.overlaps(agent) for agent in candidate.agents)


def _of_purpose(parsed: Parsed, told: Told, candidate: Candidate) -> Where:
    """ "launched an offensive to capture A": the place of the purpose."""
    for token in candidate.head.subtree:
        if token.i > candidate.hit.last.i and grammar.is_verb(token):
            heads = [
                t for h in grammar.patients(token) for t in grammar.members(h) if parsed.fits(t, "place")
            ]
            where = resolved(parsed, told, heads)
            if where.spans:
                return where
    return Where()


def _from_context(parsed: Parsed, told: Told, candidate: Candidate) -> tuple[Span, ...]:
    """The place of the clause, else the nearest in the sentence, else what was told last."""
    here = locative(parsed, candidate.hit)
    if here:
        return here
    nearby = [(t, m) for t, m in _mentions(parsed) if _may_be_where(parsed, candidate, t, m)]
    nearby.sort(key=lambda found: abs(found[0].i - candidate.head.i))
    if nearby:
        return precise(parsed, nearby)
    last = told.last_named()
    if candidate.kind == "leave" and len(last) != 1:
        return told.last_town()
    return last if candidate.kind == "leave" or not _mentions(parsed) else ()


def _may_be_where(parsed: Parsed, candidate: Candidate, token: Token, mention: PlaceMention) -> bool:
    if candidate.kind in _SEEN and _is_journeys_end(parsed, token):
        return False
    if candidate.kind == "leave" and is_goal(parsed, candidate.hit, token):
        return False
    if token.dep_ in ("nsubj", "dobj") and mention.place is not None and mention.place.kind == "capital":
        return False
    if token.dep_ == "pobj" and token.head.lower_ in ("in", "across", "throughout", "near"):
        return True
    beside = abs(token.i - candidate.head.i) <= _NEAR and mention.precision != "country"
    return beside and token.dep_ not in ("compound", "poss", "nmod", "amod")


def _is_journeys_end(parsed: Parsed, place: Token) -> bool:
    """ "flew to A to tell them": where somebody went to speak is not where what is spoken of happened."""
    verb = grammar.governor(place)
    if verb is None or not parsed.signals(verb, "journey"):
        return False
    if not (place.dep_ == "dobj" or (place.dep_ == "pobj" and place.head.head == verb)):
        return False
    travellers = [c for c in verb.children if c.dep_ == "dobj" and c != place] or grammar.agents(verb)
    return not any(parsed.means(traveller, "force") for traveller in travellers)
