"""Whether a claim is told as a fact, denied, planned or only possible."""

from __future__ import annotations

from spacy.tokens import Token

from frontlog.model import Standing
from frontlog.reading.rules import grammar
from frontlog.reading.rules.hits import Hit
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.slots import telling

_PLANNED_MODALS = frozenset(("will", "shall", "'ll", "’ll", "must", "should"))
_POSSIBLE_MODALS = frozenset(("may", "might", "could", "can"))
_POSSIBLE_WORDS = frozenset(["allegedly", "possibly", "perhaps", "apparently", "unconfirmed"])
_NO = frozenset(("no", "not", "n't", "n’t", "never", "without"))


def standing(parsed: Parsed, hit: Hit, *, denied: bool) -> Standing:
    """Read the cue's own auxiliaries and modifiers, then what it hangs from."""
    if denied:
        return "denied"
    head = hit.head
    if hit.cue.pos == "A":
        return "fact"
    teller = telling(parsed, hit) if "told" in hit.cue.target else None
    if teller is not None:
        return _of_verb(parsed, Hit(hit.cue, (teller,))) or _from_above(parsed, teller) or "fact"
    if hit.cue.pos == "N" and hit.cue.kind in ("hold", "besiege"):
        return _of_noun(parsed, head) or "fact"
    verdict = _of_verb(parsed, hit) if hit.cue.pos == "V" else _of_noun(parsed, head)
    return verdict or _from_above(parsed, head) or "fact"


def _of_verb(parsed: Parsed, hit: Hit) -> Standing | None:
    verb = hit.head
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass", "neg", "advmod")}
    if helpers & _NO:
        return "denied"
    if helpers & _PLANNED_MODALS:
        return "planned"
    if "would" in helpers and any(parsed.signals(above, "report") for above in verb.ancestors):
        return "planned"
    if helpers & (_POSSIBLE_MODALS | _POSSIBLE_WORDS) or any(
        c.lower_ in ("if", "unless", "whether") for c in verb.children if c.dep_ == "mark"
    ):
        return "possible"
    if "to" in helpers and "be" in helpers and verb.dep_ in ("acl", "relcl") and verb.head.dep_ == "attr":
        return None
    if "to" in helpers and verb.dep_ in ("acl", "relcl") and _is_ranked(verb.head):
        return None
    if "to" in helpers and verb.dep_ in ("advcl", "acl", "relcl", "ROOT", "xcomp", "ccomp", "conj"):
        return _infinitive(parsed, verb)
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("from", "before", "without", "of", "for"):
        return _of_preposition(parsed, verb)
    return None


def _is_ranked(noun: Token) -> bool:
    """ "the sixth city to fall": a count of what has happened."""
    return any(
        c.ent_type_ == "ORDINAL" or c.lower_ in ("last", "only", "latest", "next") for c in noun.children
    )


def _of_preposition(parsed: Parsed, verb: Token) -> Standing | None:
    word, governor = verb.head.lower_, verb.head.head
    if word == "without" or (word == "from" and governor.lemma_ in ("prevent", "stop", "keep", "ban", "bar")):
        return "denied"
    if parsed.signals(governor, "plan") or parsed.signals(governor, "purpose"):
        return "planned"
    return None


def _infinitive(parsed: Parsed, verb: Token) -> Standing | None:
    """ "to retake": a plan, unless the verb above only says so, or says that it came about."""
    have = any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
    above = verb.head
    if have:
        return None
    helped = verb.dep_ == "ccomp" and above.lemma_ == "help"
    if (verb.dep_ == "xcomp" or helped) and grammar.is_verb(above):
        if parsed.signals(above, "phase") or above.lemma_ in (
            "manage",
            "succeed",
            "appear",
            "seem",
            "help",
            "force",
            "begin",
        ):
            return _of_verb_above(above)
        if parsed.signals(above, "fail"):
            return "denied"
        return "planned" if parsed.signals(above, "plan") or not parsed.signals(above, "report") else None
    return "planned"


def _of_verb_above(verb: Token) -> Standing | None:
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "neg")}
    if helpers & _NO:
        return "denied"
    if helpers & _PLANNED_MODALS:
        return "planned"
    return "possible" if helpers & _POSSIBLE_MODALS else None


def _is_supposed(noun: Token) -> bool:
    """ "no point in seeking victory after a battle": a fight that is only spoken of."""
    if noun.dep_ != "pobj" or any(
        c.lower_ in ("the", "this", "these") or c.dep_ == "poss" for c in noun.children
    ):
        return False
    verb = grammar.governor(noun)
    if verb is None or noun.head.lower_ not in ("after", "through", "by", "with", "without"):
        return False
    purpose = verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)
    return purpose or (verb.dep_ == "pcomp" and verb.head.head.lemma_ in ("point", "sense", "use", "value"))


def _of_noun(parsed: Parsed, noun: Token) -> Standing | None:
    if _is_supposed(noun):
        return "possible"
    for child in noun.children:
        if child.lower_ in ("no",) and child.dep_ == "det":
            return "denied"
        if parsed.lexicon.signals_of(child.lower_, "given"):
            return "fact"
        if parsed.signals(child, "foretold") or child.lower_ in ("planned", "attempted"):
            return "planned"
        if parsed.signals(child, "unconfirmed"):
            return "possible"
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("of", "before")
        and (noun.head.lower_ == "before" or noun.head.head.lower_ == "ahead")
    ):
        return "planned"
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass", "pobj") else None
    if noun.dep_ == "pobj" and noun.head.lower_ in ("for", "of", "to", "about"):
        verb = noun.head.head
    if verb is None:
        return None
    if parsed.signals(verb, "ahead"):
        return "planned"
    if verb.lemma_ in ("fear", "suspect"):
        return "possible"
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and any(c.lower_ == "to" for c in verb.children):
        return "planned"
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "neg")}
    if helpers & _NO:
        return "denied"
    if helpers & _PLANNED_MODALS:
        return "planned"
    return "possible" if helpers & _POSSIBLE_MODALS else None


def _from_above(parsed: Parsed, head: Token) -> Standing | None:
    """What a chain of complements and conjuncts inherits: "plans to advance and take", "if they seize"."""
    token = head
    for _ in range(4):
        above = token.head
        if above == token:
            return None
        if token.dep_ == "conj" and grammar.is_verb(above):
            own_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
            own_helpers = any(c.dep_ == "aux" for c in token.children)
            if (
                own_subject
                or own_helpers
                or (token.tag_ in ("VBD", "VBZ", "VBG") and above.tag_ in ("VB", "VBN"))
            ):
                return None
            verdict = _conjunct(parsed, above)
            if verdict:
                return verdict
        elif token.dep_ in ("advcl", "acl", "relcl", "parataxis"):
            return None
        elif token.dep_ == "ccomp" and parsed.signals(above, "doubt") and above.lemma_ in ("fear", "suspect"):
            return "possible"
        elif (
            token.dep_ == "ccomp"
            and above.lemma_
            in (
                "demand",
                "urge",
                "order",
                "insist",
                "want",
                "request",
                "propose",
            )
        ) or (token.dep_ == "xcomp" and parsed.signals(above, "plan") and token.tag_ == "VB"):
            return "planned"
        token = above
    return None


def _conjunct(parsed: Parsed, verb: Token) -> Standing | None:
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "neg", "advmod")}
    if helpers & _PLANNED_MODALS:
        return "planned"
    if helpers & _POSSIBLE_MODALS:
        return "possible"
    return _infinitive(parsed, verb) if "to" in helpers else None
