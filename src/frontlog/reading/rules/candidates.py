"""From the hits of one sentence to candidates: cues whose needs are met, with their arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from frontlog.model import FAMILIES, Extent, Kind, PlaceMention, Span
from frontlog.reading.rules import grammar
from frontlog.reading.rules.context import Told, is_container, points_to_place, stands_for
from frontlog.reading.rules.gate import OPEN, STRONG
from frontlog.reading.rules.hits import Hit, hits
from frontlog.reading.rules.lexicon import Cue
from frontlog.reading.rules.lists import extended, told_along, with_earlier
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.phrases import span_of
from frontlog.reading.rules.slots import fill
from frontlog.reading.rules.where import Where, is_named_site, locative, named_places, precise

_MEANT = frozenset(("take", "leave", "hold", "advance", "besiege"))
_OF_PERSONS = frozenset(["capture", "hold", "take", "keep", "free", "leave", "kill", "lose"])
_SEEN = frozenset((*FAMILIES["control"], *FAMILIES["violence"]))
_NEAR = 40
_SEATS = frozenset(("headquarters", "headquarter", "hq", "office", "building", "compound", "barracks"))
_QUANTITIES = frozenset(
    (
        "all", "most", "much", "half", "some", "both", "none", "control", "number", "series", "string",
        "couple", "handful", "cluster", "dozens", "scores",
    )
)  # fmt: skip
_IDIOMS = frozenset(
    [
        "place",
        "office",
        "part",
        "control",
        "action",
        "refuge",
        "responsibility",
        "effect",
        "hold",
        "shape",
        "step",
        "side",
        "aim",
        "oath",
        "advantage",
        "charge",
        "custody",
        "stock",
        "toll",
        "account",
        "care",
        "root",
        "time",
        "power",
        "cover",
        "note",
        "heed",
        "issue",
        "command",
        "fire",
        "ground",
        "vote",
        "seat",
        "lead",
    ]
)
_BARE = frozenset(("territory", "ground", "area", "land", "position", "town", "village"))
_HELD = frozenset(("held", "controlled", "occupied", "ruled", "run"))
_PAST = frozenset(("former", "formerly", "previously", "once", "ex", "non"))


@dataclass(slots=True)
class Candidate:
    """A cue on its way to becoming a draft; filled in by the steps that follow."""

    hit: Hit
    kind: Kind
    cue: Span
    agent_heads: list[Token] = field(default_factory=list)
    target_heads: list[Token] = field(default_factory=list)
    agents: list[Span] = field(default_factory=list)
    targets: list[Span] = field(default_factory=list)
    places: tuple[Span, ...] = ()
    extent: Extent | None = None
    in_context: bool = False
    deaths: int | None = None

    @property
    def head(self) -> Token:
        return self.hit.head


def candidates(parsed: Parsed, told: Told, weight: int) -> list[Candidate]:
    """Every cue of the sentence whose needs are met, one a place in the text."""
    found: list[Candidate] = []
    used: set[int] = set()
    for options in hits(parsed):
        if options[0].tokens[0].i in used:
            continue
        for hit in options:
            candidate = _try(parsed, told, hit, weight)
            if candidate is not None:
                if candidate.places and not candidate.in_context and candidate.kind != "talk":
                    told.tell_places(candidate.places)
                found.append(candidate)
                used |= {token.i for token in hit.tokens}
                break
    found += _holders(parsed, told)
    found += _under_control(parsed, told)
    return sorted(found, key=lambda candidate: candidate.cue)


def _try(parsed: Parsed, told: Told, hit: Hit, weight: int) -> Candidate | None:
    cue = hit.cue
    if "never" in cue.needs or _is_label(parsed, hit) or _is_idiom(hit) or _is_past(parsed, hit.head):
        return None
    if "politics" in cue.needs and weight < OPEN:
        return None
    if "used" in cue.needs and not _is_used(hit):
        return None
    if ("strong" in cue.needs and weight < STRONG) or not _eventive(hit):
        return None
    agents = fill(parsed, hit, cue.agent, "agent")
    if "known" in cue.needs and weight < STRONG and not agents:
        return None
    targets = fill(parsed, hit, cue.target, "target")
    if cue.kind == "clash" and cue.pos == "N" and any(t.lower_ == "between" for t in hit.head.children):
        agents = fill(parsed, hit, ("between",), "agent") or agents
    if not all(_met(parsed, hit, need, agents) for need in cue.needs):
        return None
    if cue.kind == "leave" and any(parsed.means(agent, "envoy") for agent in agents):
        return None
    if cue.kind == "leave" and any(
        parsed.means(t, "pact") for t in fill(parsed, hit, ("comp", "obj"), "place")
    ):
        return None
    candidate = Candidate(
        hit, cue.kind, _cue_span(parsed, hit), agents, [t for t in targets if t not in agents]
    )
    _set_actors(parsed, told, candidate)
    _set_places(parsed, told, candidate)
    if ("place" in cue.needs and not candidate.places) or ("aimed" in cue.needs and not candidate.targets):
        return None
    return candidate


def _is_label(parsed: Parsed, hit: Hit) -> bool:
    """ "the Battle of Kandahar", "2021 Taliban offensive": a name, not a happening."""
    if hit.cue.pos != "N":
        return False
    head = hit.head
    if any(child.text == "9/11" for child in head.children):
        return True
    named = head.text[:1].isupper() and head.i > 0 and not head.is_sent_start
    follows = head.i + 1 < len(parsed.doc) and parsed.doc[head.i + 1].lower_ == "of" and named
    year = head.i > 0 and any(
        t.like_num and len(t.text) == 4 for t in parsed.doc[max(0, head.i - 3) : head.i]
    )
    return (
        follows
        or (named and len(hit.tokens) == 1)
        or (year and head.lower_ in ("offensive", "war", "uprising", "protests"))
    )


def _is_idiom(hit: Hit) -> bool:
    """ "take place", "hold office": words of control that say nothing of it."""
    if hit.cue.pos != "V" or len(hit.tokens) > 1:
        return False
    return any(
        child.dep_ == "dobj" and child.lower_ in _IDIOMS and not any(c.lower_ == "of" for c in child.children)
        for child in hit.head.children
    )


def _is_past(parsed: Parsed, participle: Token) -> bool:
    """ "the former rebel-held town": who held it once."""
    joined = participle.i > 1 and parsed.doc[participle.i - 1].text in ("-", "–")
    before = parsed.doc[max(0, participle.i - 5) : participle.i]
    return joined and participle.lower_ in _HELD and any(t.lower_ in _PAST for t in before)


def _is_used(hit: Hit) -> bool:
    """A weapon makes a strike where it hits, is fired, or is what something is done with."""
    noun = hit.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return noun.head.lemma_ in (
            "hit",
            "strike",
            "kill",
            "land",
            "fall",
            "fire",
            "launch",
            "destroy",
            "target",
            "injure",
            "wound",
            "leave",
            "damage",
            "slam",
            "explode",
            "cause",
        )
    if noun.dep_ in ("dobj", "conj"):
        return noun.head.lemma_ in ("fire", "launch", "use", "drop") or (
            noun.dep_ == "conj"
            and noun.head.lemma_ in ("airstrike", "strike", "shelling", "artillery", "bombing")
        )
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("with", "by", "under", "from", "of")
        and (
            noun.head.lower_ != "of"
            or noun.head.head.lemma_ in ("use", "barrage", "firing", "salvo", "volley", "launch", "hail")
        )
    )


def _eventive(hit: Hit) -> bool:
    """An event noun that only modifies another ("attack helicopter", "ceasefire monitor") is none."""
    head = hit.head
    if (
        "event" in hit.cue.needs
        and head.dep_ in ("compound", "nmod", "amod", "poss")
        and head.head.i > head.i
    ):
        return False
    return not (
        hit.cue.pos == "N"
        and head.dep_ in ("compound", "nmod")
        and head.head.i == head.i + 1
        and len(hit.tokens) == 1
    )


def _met(parsed: Parsed, hit: Hit, need: str, agents: Sequence[Token]) -> bool:
    slot, _, meaning = need.partition(":")
    if not meaning:
        return _is_met(parsed, hit, need, agents)
    if slot == "agent":
        if not agents:
            return hit.cue.pos == "N" and hit.cue.kind != "hold"
        return any(_fits(parsed, token, meaning) for token in agents)
    if slot == "loc":
        return bool(locative(parsed, hit))
    of_place = meaning in ("place", "settlement", "site", "road")
    found = fill(parsed, hit, (slot,), "place" if of_place else "agent_or_place")
    found = [*found, *(_of_quantity(parsed, found) if of_place else ())]
    if meaning == "being" and any(_may_be_place(parsed, hit, token) for token in found):
        return False
    return any(
        _fits(parsed, token, meaning) or (of_place and _may_be_place(parsed, hit, token)) for token in found
    )


def _listed(parsed: Parsed, token: Token) -> bool:
    return (
        any(
            t.i in parsed.mentions or (t.dep_ == "appos" and not parsed.fits(t, "being"))
            for t in token.children
        )
        or len(grammar.members(token)) > 2
    )


def _may_be_place(parsed: Parsed, hit: Hit, token: Token) -> bool:
    """Whether an unknown name after a verb of control is a place: not where it may as well be a captive."""
    if hit.cue.kind not in _MEANT and hit.cue.kind != "arrest":
        return False
    if not parsed.is_unknown_name(token):
        return False
    listed = _listed(parsed, token)
    if hit.head.lemma_ == "hold" and len(hit.tokens) == 1:
        return token.ent_type_ in ("GPE", "LOC", "FAC")
    if hit.cue.kind == "arrest":
        return listed or (
            token.ent_type_ != "PERSON" and hit.head.lemma_ in ("capture", "seize", "recapture")
        )
    return token.ent_type_ != "PERSON" or listed or hit.head.lemma_ not in _OF_PERSONS


def _is_met(parsed: Parsed, hit: Hit, need: str, agents: Sequence[Token]) -> bool:
    if need == "victim":
        return all(_can_suffer(parsed, t) for t in fill(parsed, hit, ("obj", "comp"), "place")[:1])
    if need == "finite":
        return hit.head.tag_ != "VBG"
    if need == "named":
        return hit.head.dep_ != "amod" or bool(agents) or bool(parsed.mentions)
    if need == "vain":
        return any(child.lower_ == "no" for child in hit.head.children) or _is_negated(hit.head)
    if need == "closing":
        return _closes(parsed, hit)
    if need == "going":
        return hit.head.tag_ != "VB"
    if need == "doer":
        return bool(agents)
    if need == "bare":
        return not any(child.dep_ == "dobj" for child in hit.head.children)
    if need in ("lasting", "onset"):
        return (need == "lasting") == _lasts(hit.head)
    if need == "thing":
        return not any(parsed.fits(t, "being") for t in fill(parsed, hit, ("obj", "of"), "place")[:1])
    return True


def _closes(parsed: Parsed, hit: Hit) -> bool:
    """Whether nothing that the cue could belong to follows it: "A was next.", not "A is next to B"."""
    i = hit.last.i + 1
    follows = parsed.doc[i] if i < len(parsed.doc) else None
    bare = hit.last.i - hit.head.i == 1
    return bare and (follows is None or follows.pos_ in ("PUNCT", "CCONJ", "SCONJ"))


def _is_negated(noun: Token) -> bool:
    """ "did not see any sense in": the verb over a noun says no."""
    verb = grammar.governor(noun)
    return verb is not None and any(child.dep_ == "neg" for child in verb.children)


def _lasts(verb: Token) -> bool:
    """ "occupied by", "fighters occupying A", "rebels occupy A": a state; "they occupied A": a change."""
    return grammar.is_passive(verb) or verb.tag_ in ("VBG", "VBP")


def _can_suffer(parsed: Parsed, token: Token) -> bool:
    """ "attacked the comments", "shot rubber bullets" use no force on anybody."""
    if token.pos_ != "NOUN":
        return True
    return any(
        parsed.fits(token, m) for m in ("being", "force", "place", "thing", "office")
    ) or parsed.is_pronoun(token)


def _fits(parsed: Parsed, token: Token, meaning: str) -> bool:
    if stands_for(token) and meaning in ("force", "actor", "being"):
        return meaning != "being" or token.lower_ not in ("it", "these", "those", "this", "that", "which")
    if meaning == "place" and parsed.is_pronoun(token):
        return token.lower_ in ("it", "which", "them", "these")
    return parsed.fits(token, meaning)


def _cue_span(parsed: Parsed, hit: Hit) -> Span:
    first, last = hit.tokens[0], hit.last
    if len(hit.tokens) > 1 and last.i - first.i > 4:
        return parsed.span(hit.tokens[:1])
    no = [c for c in first.children if c.lower_ == "no" and "vain" in hit.cue.needs]
    by = [c for c in first.children if c.lower_ == "by" and c.dep_ == "agent" and c.i == first.i + 1]
    return parsed.span([*hit.tokens, *(by if len(hit.tokens) == 1 else []), *no])


def _set_actors(parsed: Parsed, told: Told, candidate: Candidate) -> None:
    wanted = "actor" if candidate.kind not in _MEANT else "force"
    candidate.agents = _actor_spans(parsed, told, candidate.agent_heads, wanted)
    candidate.targets = _actor_spans(parsed, told, candidate.target_heads, "actor")
    if candidate.kind == "clash" and len(candidate.agents) == 1:
        candidate.agents = _two_sides(parsed, candidate) or candidate.agents
    if (
        candidate.kind == "clash"
        and not candidate.targets
        and len(candidate.agents) > 1
        and candidate.hit.cue.pos == "N"
    ):
        candidate.agents, candidate.targets = candidate.agents[:1], candidate.agents[1:]


def _two_sides(parsed: Parsed, candidate: Candidate) -> list[Span]:
    """ "Kashti and Morani forces clash": two sides share one noun."""
    head = candidate.agent_heads[0]
    for child in head.children:
        if child.dep_ not in ("amod", "compound", "nmod") or not child.text[:1].isupper():
            continue
        other = next((c for c in child.conjuncts if c.i > child.i and c.text[:1].isupper()), None)
        if other is not None and other.i < head.i:
            return [parsed.span([child]), parsed.span([other, head])]
    return []


def _actor_spans(parsed: Parsed, told: Told, heads: Sequence[Token], wanted: str) -> list[Span]:
    spans: list[Span] = []
    for head in heads:
        if head.i in parsed.mentions and not parsed.is_country(head):
            continue
        if wanted == "actor" and not stands_for(head) and not parsed.fits(head, "actor"):
            continue
        owner = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in ("its", "their")), None)
        house = told.antecedent(parsed, owner) if owner is not None and parsed.means(head, "force") else None
        if house is not None:
            span: Span | None = house
        elif stands_for(head):
            span = told.antecedent(parsed, head)
        elif wanted == "force" and (parsed.fits(head, "place") and not parsed.is_country(head)):
            span = None
        else:
            span = span_of(parsed, head)
        if span is not None and span not in spans:
            spans.append(span)
    return spans


def _set_places(parsed: Parsed, told: Told, candidate: Candidate) -> None:
    for slot in candidate.hit.cue.place:
        where = _place_slot(parsed, told, candidate, slot)
        if where.spans:
            candidate.places = where.spans
            if candidate.kind in _MEANT and slot not in ("loc", "ctx"):
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
        return _resolved(parsed, told, [hit.head.head])
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
        if any(_place_like(parsed, token, candidate) for token in (head, *_of_quantity(parsed, [head])))
    ]
    return _resolved(parsed, told, heads)


def _place_like(parsed: Parsed, token: Token, candidate: Candidate) -> bool:
    if candidate.kind in _MEANT:
        known = parsed.fits(token, "place") or token.lower_ in ("it", "which", "there", "them", "these")
        known = known or (candidate.kind == "besiege" and parsed.fits(token, "road"))
        return known or _may_be_place(parsed, candidate.hit, token)
    if token.i in parsed.mentions or (parsed.fits(token, "settlement") and not parsed.means(token, "force")):
        return True
    if is_named_site(parsed, token):
        return True
    return token.dep_ == "pobj" and parsed.is_unknown_name(token) and token.ent_type_ in ("GPE", "LOC", "FAC")


def _resolved(parsed: Parsed, told: Told, heads: Sequence[Token]) -> Where:
    """Places of these heads, where "the town" and "it" mean a place told before."""
    heads = _with_shared_noun(parsed, heads)
    inner = _of_quantity(parsed, heads)
    if inner:
        where = _resolved(parsed, told, inner)
        whole = heads[0].lower_ in ("all", "both") or any(c.lower_ == "all" for c in heads[0].children)
        return Where(where.spans, "whole" if whole else "part")
    back = [
        h
        for h in heads
        if (points_to_place(parsed, h) and not is_container(h))
        or h.lower_ in ("it", "there", "which", "them", "these")
    ]
    if back and len(back) == len(heads):
        town = parsed.means(back[0], "settlement")
        earlier = (
            _told_here(parsed, told, town)
            or _earlier_in_sentence(parsed, back[0], town)
            or told.last_places(settlement=town)
        )
        if earlier:
            earlier = earlier if back[0].lower_ in ("these", "them") else earlier[:1]
            return Where(
                earlier, named_places(parsed, back).extent if parsed.means(back[0], "part") else "whole"
            )
    return named_places(parsed, [h for h in heads if h.pos_ != "PRON"])


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


def _of_quantity(parsed: Parsed, heads: Sequence[Token]) -> list[Token]:
    """ "all of A", "most of the town", "parts of the city": what the words after "of" name."""
    found: list[Token] = []
    for head in heads[:1]:
        quantity = head.lower_ in _QUANTITIES
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                inner = [m for h in grammar.phrase_of(child) for m in grammar.members(h)]
                if quantity or (parsed.means(head, "part") and inner and points_to_place(parsed, inner[0])):
                    found += inner
    return found


def _told_here(parsed: Parsed, told: Told, town: bool) -> tuple[Span, ...]:
    last = told.last_places(settlement=town)
    return last if last and parsed.sentence.span.contains(last[0]) else ()


def _earlier_in_sentence(parsed: Parsed, head: Token, town: bool) -> tuple[Span, ...]:
    before = [
        (t, m)
        for t, m in _mentions(parsed)
        if t.i < head.i
        and m.precision not in (("country", "province", "site", "road") if town else ("country", "province"))
    ]
    return (before[-1][1].span,) if before else ()


def _mentions(parsed: Parsed):  # type: ignore[no-untyped-def]
    from frontlog.reading.rules.parsed import mentions_in_order

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
        return _resolved(parsed, told, [above])
    if head.dep_ in ("attr", "oprd", "pobj") and grammar.governor(head) is not None:
        verb = grammar.governor(head)
        linked = head.dep_ != "pobj" or above.lower_ == "as"
        heads = [t for t in grammar.subjects(verb) if parsed.fits(t, "place")] if verb and linked else []
        where = _resolved(parsed, told, heads)
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
            where = _resolved(parsed, told, heads)
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
    return told.last_places() if not list(_mentions(parsed)) else ()


def _may_be_where(parsed: Parsed, candidate: Candidate, token: Token, mention: PlaceMention) -> bool:
    if candidate.kind in _SEEN and _is_journeys_end(parsed, token):
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


def _holders(parsed: Parsed, told: Told) -> list[Candidate]:
    """ "rebel-held", "government-controlled": who holds the noun that follows."""
    found = []
    for token in parsed.doc:
        if token.lower_ not in _HELD or token.i < 2 or parsed.doc[token.i - 1].text not in ("-", "–"):
            continue
        owner, noun = parsed.doc[token.i - 2], _held_noun(token)
        if noun is None or not (parsed.fits(owner, "force") or owner.text[:1].isupper()):
            continue
        if _is_past(parsed, token):
            continue
        owners = _whole_owner(owner)
        cue = Cue("hold", "A", (token.lower_,), (), (), ("mod",), ())
        candidate = Candidate(Hit(cue, (token,)), "hold", parsed.span([*owners, token]), [owner])
        candidate.agents = [parsed.span(owners)]
        where = _resolved(parsed, told, [noun])
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


def _under_control(parsed: Parsed, told: Told) -> list[Candidate]:
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
        where = _resolved(parsed, told, heads)
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
