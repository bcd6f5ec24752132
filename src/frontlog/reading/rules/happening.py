"""Whether the words of a cue tell a happening, or are a label, an idiom, or of another time."""

from __future__ import annotations

from spacy.tokens import Token

from frontlog.reading.rules.hits import Hit
from frontlog.reading.rules.parsed import Parsed

HELD = frozenset(("held", "controlled", "occupied", "ruled", "run"))
_PAST = frozenset(("former", "formerly", "previously", "once", "ex", "non"))


def is_label(parsed: Parsed, hit: Hit) -> bool:
    """ "the Battle of Kandahar", "2021 Taliban offensive": a name, not a happening."""
    if hit.cue.pos != "N":
        return False
    head = hit.head
    if any(child.text == "9/11" for child in head.children) or _is_commemorated(parsed, head):
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


def _is_commemorated(parsed: Parsed, noun: Token) -> bool:
    """ "the anniversary of the attacks": a happening that is only remembered."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and parsed.signals(noun.head.head, "memory")


def is_idiom(parsed: Parsed, hit: Hit) -> bool:
    """ "take place", "hold office": words of control that say nothing of it."""
    if hit.cue.pos != "V" or len(hit.tokens) > 1:
        return False
    never = f"no {hit.cue.words[0]}"
    return _stays_unnamed(parsed, hit.head) or any(
        (child.dep_ == "dobj" and parsed.lexicon.signals_of(child.lower_, "idiom") and not _has_of(child))
        or (child.dep_ in ("dobj", "nsubjpass") and parsed.signals(child, never))
        for child in hit.head.children
    )


def _has_of(noun: Token) -> bool:
    return any(child.lower_ == "of" for child in noun.children)


def _stays_unnamed(parsed: Parsed, verb: Token) -> bool:
    """ "asked not to be named": nothing that a war is about."""
    return any(
        child.dep_ in ("xcomp", "ccomp")
        and parsed.signals(child, "naming")
        and any(c.dep_ == "neg" for c in child.children)
        for child in verb.children
    )


def is_asked(hit: Hit) -> bool:
    """ "it was unclear who held the town": asked, not told."""
    verb = hit.head
    if hit.cue.pos != "V" or verb.dep_ in ("relcl", "acl"):
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in ("who", "whoever") for c in verb.children)


def is_undone(parsed: Parsed, hit: Hit) -> bool:
    """ "the ceasefire collapsed", "the deal was broken": no agreement comes about by that."""
    noun = hit.head
    if hit.cue.kind not in ("agree", "talk") or hit.cue.pos != "N":
        return False
    refused = noun.dep_ in ("dobj", "nsubjpass") and parsed.signals(noun.head, "refusing")
    return refused or (noun.dep_ in ("nsubj", "nsubjpass") and parsed.signals(noun.head, "undoing"))


def is_past(parsed: Parsed, participle: Token) -> bool:
    """ "the former rebel-held town": who held it once."""
    joined = participle.i > 1 and parsed.doc[participle.i - 1].text in ("-", "–")
    before = parsed.doc[max(0, participle.i - 5) : participle.i]
    return joined and participle.lower_ in HELD and any(t.lower_ in _PAST for t in before)


def is_used(hit: Hit) -> bool:
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


def is_eventive(hit: Hit) -> bool:
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
