"""Who is cited for a claim: the subject of the verb of saying above it, or an "according to"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from frontlog.reading.rules import grammar
from frontlog.reading.rules.parsed import Parsed

_SAID = ("ccomp", "xcomp", "parataxis", "dep", "advcl", "conj", "relcl", "acl")
_OPEN_CLAIM = ("claim", "report", "announcement", "statement", "admission", "confirmation")


@dataclass(frozen=True, slots=True)
class Cited:
    """The head of the speaker's noun phrase, and whether the verb denies what is told."""

    speaker: Token | None
    verb: Token
    denies: bool = False


def cited(parsed: Parsed, head: Token) -> Cited | None:
    """The nearest act of saying that ``head`` stands under, or an "according to" in its sentence."""
    return _above(parsed, head) or _beside(parsed, head) or _according(parsed, head)


def _above(parsed: Parsed, head: Token) -> Cited | None:
    token = head
    while token.head != token:
        through = _told_through(parsed, token)
        verb = through or token.head
        if grammar.is_verb(verb) and _reports(parsed, verb) and (through or _is_content(parsed, token, verb)):
            speakers = [
                s
                for s in grammar.agents(verb)
                if not parsed.is_pronoun(s) or s.lower_ in ("he", "she", "they", "it", "who")
            ]
            if speakers:
                return Cited(speakers[0], verb, denies=parsed.signals(verb, "deny"))
            if parsed.signals(verb, "deny"):
                return Cited(None, verb, denies=True)
        token = verb
    return None


def _told_through(parsed: Parsed, clause: Token) -> Token | None:
    """ "denied on television that A had fallen": parsed as if the clause were about the television."""
    noun, opens = clause.head, clause.left_edge
    if clause.dep_ not in ("relcl", "acl") or noun.dep_ != "pobj" or opens.lower_ != "that":
        return None
    verb = noun.head.head
    own = any(c.dep_ in ("nsubj", "nsubjpass") and c != opens for c in clause.children)
    open_ = not any(c.dep_ in ("ccomp", "dobj") for c in verb.children)
    told = own and open_ and opens.i == noun.i + 1 and grammar.is_verb(verb) and _reports(parsed, verb)
    return verb if told else None


def _reports(parsed: Parsed, verb: Token) -> bool:
    return any(parsed.signals(verb, signal) for signal in ("report", "deny", "goes on"))


def _is_content(parsed: Parsed, token: Token, verb: Token) -> bool:
    """Whether what hangs from a verb of saying is what is said, not when or why it was said."""
    if parsed.signals(verb, "goes on"):
        return token.dep_ == "ccomp"
    if token.dep_ in ("ccomp", "xcomp", "parataxis"):
        return True
    if token.dep_ == "dep":
        return grammar.is_verb(token)
    if token.dep_ in ("dobj", "attr") and not grammar.is_verb(token):
        return not parsed.is_pronoun(token) and verb.lemma_ in (
            "claim",
            "report",
            "confirm",
            "announce",
            "deny",
            "acknowledge",
            "admit",
            "declare",
            "state",
            "allege",
        )
    if token.dep_ == "nsubjpass":
        return bool(grammar.by_phrase(verb))
    return False


def _beside(parsed: Parsed, head: Token) -> Cited | None:
    """ "The town has fallen, a commander said": the parser may hang the saying below what is said."""
    clause_verb = head if grammar.is_verb(head) else grammar.governor(head)
    if clause_verb is None:
        return None
    for verb in (clause_verb, *clause_verb.ancestors):
        for child in verb.children:
            if (
                child.dep_ in ("parataxis", "ccomp")
                and _reports(parsed, child)
                and child.lemma_ in ("say", "tell", "add", "announce", "report", "claim", "continue")
            ):
                said = [c for c in child.children if c.dep_ in ("ccomp", "dobj")]
                speakers = grammar.subjects(child)
                own = [c for c in child.children if c.dep_ == "nsubj"]
                if speakers and own and not said:
                    return Cited(own[0], child)
    return None


def _according(parsed: Parsed, head: Token) -> Cited | None:
    for token in parsed.doc:
        if (
            token.lower_ == "according"
            and token.i + 1 < len(parsed.doc)
            and parsed.doc[token.i + 1].lower_ == "to"
        ):
            to = parsed.doc[token.i + 1]
            found = grammar.phrase_of(to) or grammar.phrase_of(token)
            if found and _same_part(token, head):
                return Cited(found[0], token)
        if (
            token.lower_ == "cited"
            and token.i + 1 < len(parsed.doc)
            and parsed.doc[token.i + 1].lower_ == "by"
        ):
            found = grammar.phrase_of(parsed.doc[token.i + 1])
            if found and not any(c.lower_ == "as" for c in token.children):
                return Cited(found[0], token)
    return None


def _same_part(token: Token, head: Token) -> bool:
    return token.sent == head.sent or abs(token.i - head.i) < 40


def claimed_by_noun(head: Token) -> Token | None:
    """ "the army's claim that it took the town": the owner of a noun of saying."""
    for ancestor in head.ancestors:
        if ancestor.lemma_ in _OPEN_CLAIM:
            owner = [c for c in ancestor.children if c.dep_ == "poss"]
            owner += grammar.prepositional(ancestor, "by")
            if owner:
                return owner[0]
    return None
