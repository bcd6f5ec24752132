"""Who holds a place by the way: "rebel-held", "under government control"."""

from __future__ import annotations

from spacy.tokens import Token

from frontlog.reading.rules import grammar
from frontlog.reading.rules.candidate import Candidate
from frontlog.reading.rules.context import Told
from frontlog.reading.rules.happening import HELD, is_past
from frontlog.reading.rules.hits import Hit
from frontlog.reading.rules.lexicon import Cue
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.phrases import span_of
from frontlog.reading.rules.placing import resolved


def holders(parsed: Parsed, told: Told) -> list[Candidate]:
    """ "rebel-held", "government-controlled": who holds the noun that follows."""
    found = []
    for token in parsed.doc:
        if token.lower_ not in HELD or token.i < 2 or parsed.doc[token.i - 1].text not in ("-", "–"):
            continue
        owner, noun = parsed.doc[token.i - 2], _held_noun(token)
        if noun is None or not (parsed.fits(owner, "force") or owner.text[:1].isupper()):
            continue
        if is_past(parsed, token):
            continue
        owners = _whole_owner(owner)
        cue = Cue("hold", "A", (token.lower_,), (), (), ("mod",), ())
        candidate = Candidate(Hit(cue, (token,)), "hold", parsed.span([*owners, token]), [owner])
        candidate.agents = [parsed.span(owners)]
        where = resolved(parsed, told, [noun])
        candidate.places, candidate.extent = where.spans, where.extent
        if candidate.places:
            found.append(candidate)
    return found


def _whole_owner(owner: Token) -> list[Token]:
    """ "Boko Haram-held": the capitalised words before belong to the holder's name."""
    words = [owner]
    while owner.i > 0 and owner.text[:1].isupper() and owner.pos_ in ("PROPN", "ADJ"):
        owner = owner.nbor(-1)
        if owner.pos_ != "PROPN" or not owner.text[:1].isupper():
            break
        words.insert(0, owner)
    return words


def under_control(parsed: Parsed, told: Told) -> list[Candidate]:
    """ "The town was under rebel control": the holder stands between."""
    found = []
    for token in parsed.doc:
        if (
            token.lower_ not in ("control", "hands", "occupation", "rule")
            or token.dep_ != "pobj"
            or token.head.lower_ not in ("under", "in")
        ):
            continue
        owners = [
            c
            for c in token.children
            if c.dep_ in ("compound", "amod", "poss")
            and parsed.fits(c, "force")
            and (c.pos_ != "ADJ" or c.text[:1].isupper() or parsed.means(c, "force"))
            and c.lower_ not in ("full", "firm", "complete", "total", "the", "their", "its")
        ]
        verb = grammar.governor(token)
        if not owners or verb is None:
            continue
        noun = token.head.head if not grammar.is_verb(token.head.head) else None
        heads = [noun] if noun is not None else grammar.subjects(verb)
        cue = Cue("hold", "V", ("under", "control"), (), (), ("subj",), ())
        candidate = Candidate(
            Hit(cue, (verb if noun is None else token, token)),
            "hold",
            parsed.span([token.head, token]),
            owners,
        )
        candidate.agents = [span_of(parsed, owner) for owner in owners[:1]]
        where = resolved(parsed, told, heads)
        candidate.places, candidate.extent = where.spans, where.extent
        if candidate.places:
            found.append(candidate)
    return found


def _held_noun(token: Token) -> Token | None:
    for ancestor in (token.head, *token.head.ancestors):
        if ancestor.i > token.i and ancestor.pos_ in ("NOUN", "PROPN"):
            return ancestor
        if ancestor.i < token.i:
            return None
    return None
