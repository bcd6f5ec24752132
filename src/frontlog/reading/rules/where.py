"""The places of a claim: names spread over lists, class nouns ("two villages"), the clause, the context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from frontlog.model import Extent, PlaceMention, Span
from frontlog.reading.rules import grammar
from frontlog.reading.rules.hits import Hit
from frontlog.reading.rules.parsed import Parsed, mentions_in_order, sites
from frontlog.reading.rules.roads import road_of, road_span

_REACH = 22
_CONTAINER = frozenset(("province", "country", "region"))
_PLACE_NOUNS = ("settlement", "area", "part", "site", "road")


@dataclass(frozen=True, slots=True)
class Where:
    """Spans of places, with the extent that the words give."""

    spans: tuple[Span, ...] = ()
    extent: Extent = "whole"


def named_places(parsed: Parsed, heads: Sequence[Token]) -> Where:
    """Turn the heads of noun phrases into places: what changed hands, not what it lies in."""
    spans: list[Span] = []
    extents: list[Extent] = []
    for head in heads:
        for span, extent in _of_head(parsed, head):
            if span not in spans:
                spans.append(span)
                extents.append(extent)
    order: tuple[Extent, ...] = ("whole", "site", "part")
    return Where(tuple(spans), next((e for e in order if e in extents), "whole"))


def _of_head(parsed: Parsed, head: Token) -> Iterator[tuple[Span, Extent]]:
    road = road_of(parsed, head)
    if road is not None:
        yield road_span(parsed, road), "site"
        return
    mention = parsed.mention(head)
    if mention is not None:
        yield directed(parsed, head, mention), _extent_of_mention(parsed, head)
        return
    if parsed.is_unknown_name(head) and not any(parsed.means(head, meaning) for meaning in _PLACE_NOUNS):
        yield described(parsed, head), "whole"
        return
    if not any(parsed.means(head, meaning) for meaning in _PLACE_NOUNS):
        inner = _inner_mentions(parsed, head)
        if inner and parsed.lexicon.means(head.lemma_.lower(), "force") is False:
            yield from ((m, "whole") for m in inner[:1])
        return
    named = _named_by(parsed, head)
    extent = _extent_of_noun(parsed, head)
    if named:
        for span in named:
            yield span, extent
    else:
        yield described(parsed, head), extent


def _extent_of_mention(parsed: Parsed, head: Token) -> Extent:
    before = parsed.doc[head.i - 1].lower_ if head.i else ""
    two = parsed.doc[head.i - 2].lower_ if head.i > 1 else ""
    if before == "of" and (parsed.lexicon.signals_of(two, "share") or parsed.lexicon.means(two, "part")):
        return "part"
    return "whole" if before not in ("northern", "southern", "eastern", "western", "central") else "part"


def _extent_of_noun(parsed: Parsed, head: Token) -> Extent:
    word = head.lemma_.lower()
    if parsed.lexicon.means(word, "site") or parsed.lexicon.means(word, "road"):
        return "site"
    if parsed.lexicon.means(word, "part") or parsed.lexicon.signals_of(head.lower_, "share"):
        return "part"
    if any(
        child.lower_ in ("northern", "southern", "eastern", "western", "central") for child in head.children
    ):
        return "part" if parsed.means(head, "area") else "whole"
    before = " ".join(t.lower_ for t in parsed.doc[max(0, head.left_edge.i - 3) : head.i])
    if any(f"{word} of" in before for word in ("most", "part", "parts", "half", "much")):
        return "part"
    return "whole"


def _inner_mentions(parsed: Parsed, head: Token) -> list[Span]:
    return [
        m.span
        for t, m in mentions_in_order(parsed)
        if head.is_ancestor(t) and t.i < head.i and t.dep_ in ("compound", "nmod", "amod")
    ]


def _named_by(parsed: Parsed, head: Token) -> list[Span]:
    """Names in "the town of A", "A town", "the towns of A and B", "key cities including A"."""
    found: list[Span] = []
    settlement = parsed.means(head, "settlement") or parsed.means(head, "area")
    for child in head.children:
        linked = child.dep_ in ("compound", "nmod", "appos", "dep") or (
            child.dep_ == "amod" and child.i in parsed.mentions
        )
        if (
            linked and child.i in parsed.mentions and not (parsed.is_country(child) and child.i < head.i)
        ) or (child.dep_ == "appos" and parsed.is_unknown_name(child)):
            found += [_name(parsed, t) for t in grammar.members(child) if _named(parsed, t)]
        elif child.dep_ == "prep" and (child.lower_ == "of" or child.lower_ in ("including", "like")):
            if child.lower_ == "of" and not settlement and not _is_part(parsed, head):
                continue
            found += _names_after(parsed, child)
        elif child.dep_ == "appos" and parsed.is_nominal(child):
            found += list(_named_by(parsed, child))
    if not found and head.i + 1 < len(parsed.doc) and (follow := parsed.mention(parsed.doc[head.i + 1])):
        found = [follow.span]
    return list(dict.fromkeys(found))


def _is_part(parsed: Parsed, head: Token) -> bool:
    return parsed.means(head, "part")


def _names_after(parsed: Parsed, prep: Token) -> list[Span]:
    found: list[Span] = []
    for head in grammar.phrase_of(prep):
        for token in grammar.members(head):
            if _named(parsed, token) and not any(parsed.means(token, m) for m in ("settlement", "part")):
                found.append(_name(parsed, token))
            elif any(parsed.means(token, meaning) for meaning in _PLACE_NOUNS):
                found += _named_by(parsed, token)
    return found


def _named(parsed: Parsed, token: Token) -> bool:
    return token.i in parsed.mentions or parsed.is_unknown_name(token)


def _name(parsed: Parsed, token: Token) -> Span:
    mention = parsed.mention(token)
    return directed(parsed, token, mention) if mention is not None else described(parsed, token)


def directed(parsed: Parsed, token: Token, mention: PlaceMention) -> Span:
    """ "northern Mali": the part of the country that a word before it names."""
    first = parsed.token_at(mention.span.start) or token
    before = parsed.doc[first.i - 1] if first.i else None
    if (
        before is not None
        and mention.span.start > 0
        and parsed.lexicon.signals_of(before.lower_, "direction")
        and before.text.islower()
    ):
        return parsed.span([before, token])
    return mention.span


def described(parsed: Parsed, head: Token) -> Span:
    """A place without a name: "several outposts", "a highland area in Idlib province"."""
    tokens = [head]
    expected = head.i - 1
    for token in sorted((t for child in head.lefts for t in child.subtree), key=lambda t: -t.i):
        if head.pos_ == "PROPN" and token.pos_ not in ("PROPN", "X") and token.text not in ("-", "–"):
            break
        if (
            token.i != expected
            or (token.pos_ in ("DET", "PUNCT") and token.text != "-")
            or token.dep_ == "relcl"
            or parsed.signals(token, "report")
        ):
            break
        tokens.append(token)
        expected -= 1
    named = head.pos_ == "PROPN" or is_named_site(parsed, head)
    for child in () if named else head.rights:
        follows = child.dep_ == "prep" and child.i == max(t.i for t in tokens) + 1
        if (
            follows
            and parsed.lexicon.signals_of(child.lower_, "describing")
            and not _is_of_event(parsed, child)
        ):
            tokens += [child, *(t for t in child.subtree if t.i > child.i and not _trails(t, child))]
    if not named:
        tokens += _beside(parsed, max(tokens, key=lambda t: t.i))
    ordered = sorted(set(tokens), key=lambda t: t.i)
    while (
        len(ordered) > 1
        and parsed.lexicon.signals_of(ordered[0].lower_, "plain")
        and not _names_site(parsed, *ordered[:2])
    ):
        ordered.pop(0)
    return parsed.span(ordered)


def _is_of_event(parsed: Parsed, prep: Token) -> bool:
    """ "the market in heavy fighting": not where the market is."""
    cues = (cue for head in grammar.phrase_of(prep) for cue in parsed.lexicon.cues.get(head.lemma_, ()))
    spell = any(head.ent_type_ in ("DATE", "TIME") for head in grammar.phrase_of(prep))
    return prep.lower_ == "in" and (spell or any(cue.pos == "N" for cue in cues))


def _names_site(parsed: Parsed, first: Token, second: Token) -> bool:
    """ "city hall", "town hall": the class word belongs to the site's own name."""
    return parsed.means(first, "settlement") and parsed.means(second, "site") and first.dep_ == "compound"


def is_named_site(parsed: Parsed, head: Token) -> bool:
    """Whether a name of its own stands before the noun of a site: "Malan bridge", not "army base"."""
    own = head.lemma_ != "position" and parsed.lexicon.means(head.lemma_.lower(), "site")
    return own and any(
        t.pos_ == "PROPN"
        and t.dep_ == "compound"
        and not parsed.means(t, "force")
        and not parsed.is_known_actor(t)
        and t.ent_type_ not in ("NORP", "ORG")
        for t in head.lefts
    )


def _beside(parsed: Parsed, last: Token) -> list[Token]:
    """ "near A" right behind the noun, though the parser hung it on the verb."""
    if last.i + 2 >= len(parsed.doc):
        return []
    prep, place = parsed.doc[last.i + 1], parsed.doc[last.i + 2]
    beside = (
        ("near", "outside", "around", "at") if parsed.means(last, "site") else ("near", "outside", "around")
    )
    close = prep.lower_ in beside and place.i in parsed.mentions
    return [prep, place] if close else []


def _trails(token: Token, prep: Token) -> bool:
    while token != prep:
        if token.dep_ in ("relcl", "acl", "advcl", "appos", "conj", "cc", "punct"):
            return True
        if token.dep_ == "prep" and token.lower_ in ("from", "after", "following", "by", "with"):
            return True
        token = token.head
    return False


def locative(parsed: Parsed, hit: Hit) -> tuple[Span, ...]:
    """The most precise places that stand in the clause of the cue, the nearest phrase first."""
    head = hit.head
    anchors = [head]
    verb = grammar.governor(head)
    if hit.cue.pos != "V" and verb is not None:
        anchors.append(verb)
    for anchor in anchors:
        found = _under(parsed, anchor, hit)
        if found:
            return found
    return ()


def _under(parsed: Parsed, anchor: Token, hit: Hit) -> tuple[Span, ...]:
    inside = set(grammar.clause(anchor))
    cues = set(hit.tokens)
    found: list[tuple[int, Token, PlaceMention]] = []
    for token, mention in sites(parsed):
        if abs(token.i - hit.head.i) > _REACH or token in cues:
            continue
        if hit.cue.kind == "leave" and is_goal(parsed, hit, token):
            continue
        if token in inside and _is_locative(parsed, token, hit) and not _names_actor(token, mention):
            distance = abs(token.i - hit.head.i)
            found.append((distance, token, mention))
    return precise(parsed, [(t, m) for _, t, m in sorted(found, key=lambda f: f[0])])


def is_goal(parsed: Parsed, hit: Hit, token: Token) -> bool:
    """ "retreated to A", "fled into the hills of A": where those who left a place went."""
    for above in token.ancestors:
        if above in hit.tokens:
            return False
        if above.pos_ == "ADP" and above.i > hit.head.i and parsed.signals(above, "goal"):
            return True
    return False


def _names_actor(token: Token, mention: PlaceMention) -> bool:
    """ "US drone strike", "Russia's offensive": a country before a noun is who, not where."""
    return mention.precision == "country" and token.dep_ in ("compound", "amod", "nmod", "poss")


def _is_locative(parsed: Parsed, token: Token, hit: Hit) -> bool:
    if token.dep_ in ("nsubj", "nsubjpass", "agent", "dobj", "poss") or (
        token.dep_ == "pobj" and token.head.lower_ in ("by", "with", "against", "from")
    ):
        return False
    top = token
    while top.dep_ in ("conj", "compound", "nmod", "amod", "appos") and top.head != top:
        if (
            top.dep_ in ("compound", "amod")
            and top.head.pos_ in ("NOUN", "PROPN")
            and top.head != hit.head
            and top.head.text[:1].islower() is False
        ):
            return False
        if (
            top.dep_ in ("compound", "nmod", "amod")
            and top.head.pos_ == "NOUN"
            and top.head != hit.head
            and not parsed.fits(top.head, "place")
        ):
            return False
        top = top.head
    if top == hit.head:
        return True
    return top.dep_ == "pobj" and parsed.lexicon.signals_of(top.head.lower_, "locative")


def precise(parsed: Parsed, found: Sequence[tuple[Token, PlaceMention]]) -> tuple[Span, ...]:
    """Keep settlements where there are any: the province and country they lie in are containers."""
    small = [m for _, m in found if m.precision not in _CONTAINER]
    kept = small or [m for _, m in found if m.precision != "country"] or [m for _, m in found]
    if not kept:
        return ()
    first = next(t for t, m in found if m is kept[0])
    with_list = [
        directed(parsed, t, m)
        for t, m in found
        if m in kept and (m is kept[0] or t in grammar.members(first) or first in grammar.members(t))
    ]
    return tuple(sorted(dict.fromkeys(with_list)))
