"""Which words fill the slots of a cue: ``subj``, ``obj``, ``comp``, ``of``, ``by``, ``from`` and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from frontlog.reading.rules import grammar
from frontlog.reading.rules.hits import Hit
from frontlog.reading.rules.parsed import Parsed

_LOCATIVE = (
    "in",
    "at",
    "near",
    "on",
    "outside",
    "around",
    "across",
    "along",
    "throughout",
    "inside",
    "off",
    "of",
    "to",
    "between",
)


def fill(parsed: Parsed, hit: Hit, slots: Iterable[str], role: str) -> list[Token]:
    """Heads of the first slot that has any; ``slot:meaning`` takes only what can stand for that."""
    for slot in slots:
        name, _, meaning = slot.partition(":")
        found = _slot(parsed, hit, name, role)
        if meaning:
            found = [token for token in found if parsed.fits(token, meaning)]
        if found:
            return found
    return []


def _slot(parsed: Parsed, hit: Hit, name: str, role: str) -> list[Token]:
    known: dict[str, Callable[[Parsed, Hit], list[Token]]] = {
        "subj": _subject,
        "obj": _object,
        "comp": _complement,
        "poss": _possessor,
        "mod": _modifier,
        "main": _main_subject,
        "by": _by,
        "light": _light_subject,
        "subjv": _verb_subject,
        "between": _between,
        "self": _itself,
        "teller": _teller,
        "told": _told,
        "given": _given,
        "sayer": _sayer,
        "governed": _governed,
        "below": _below,
    }
    if name in known:
        found = known[name](parsed, hit)
    elif name in ("loc", "ctx", "purpose", "target"):
        return []
    elif name == "of" and hit.cue.pos == "N":
        found = _own_of(hit.head)
    else:
        found = grammar.prepositional(hit.head, name)
    spread = [member for head in found for member in grammar.members(head)]
    return [token for token in spread if _fits_role(parsed, token, role)]


def _own_of(noun: Token) -> list[Token]:
    """The ``of`` phrase of the noun itself, not one farther down ("withdrawal … on the anniversary of …")."""
    return [found for c in noun.children if c.lower_ == "of" for found in grammar.phrase_of(c)]


def _fits_role(parsed: Parsed, token: Token, role: str) -> bool:
    if role == "place":
        return parsed.is_nominal(token)
    if token.i in parsed.mentions:
        return parsed.is_country(token) or role == "agent_or_place"
    return parsed.is_nominal(token) and not token.like_num and token.ent_type_ not in ("DATE", "TIME")


def _subject(parsed: Parsed, hit: Hit) -> list[Token]:
    """Of verbs that act on something the doer; of those that take no object ("fell") the subject itself."""
    if hit.cue.agent[:1] == ("subj",):
        beside = _subject_beside(parsed, hit.head)
        found = beside or _purposeful(parsed, hit.head) or grammar.agents(hit.head)
        found = found or _just_before(parsed, hit.head)
        return found if found or hit.cue.kind == "leave" else _from_farther_up(parsed, hit.head)
    return grammar.subjects(hit.head)


def _purposeful(parsed: Parsed, verb: Token) -> list[Token]:
    """ "a government offensive to retake A": the side that the noun of the purpose names."""
    noun = verb.head
    purpose = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    if not purpose or noun.pos_ != "NOUN" or verb.dep_ not in ("acl", "advcl", "relcl"):
        return []
    return [
        child
        for child in noun.children
        if child.dep_ in ("compound", "nmod")
        and child.i < noun.i
        and (parsed.means(child, "force") or child.ent_type_ in ("ORG", "NORP"))
        and child.i not in parsed.mentions
    ][-1:]


def _from_farther_up(parsed: Parsed, verb: Token) -> list[Token]:
    """ "They shelled A in a push to take B": whoever acts in the clauses above, where none is told nearer."""
    if grammar.is_passive(verb) or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return []
    for above in verb.ancestors:
        if grammar.is_verb(above) and not parsed.signals(above, "report"):
            found = [t for t in grammar.agents(above) if t not in (verb,) and parsed.fits(t, "force")]
            if found:
                return found
    return []


def _just_before(parsed: Parsed, verb: Token) -> list[Token]:
    """ "The Taliban seize control of A": a force right before a finite verb, however parsed."""
    if grammar.is_passive(verb) or verb.tag_ in ("VBG", "VBN") or verb.dep_ in ("xcomp", "advcl", "acl"):
        return []
    i = verb.i - 1
    while i > 0 and (parsed.doc[i].pos_ == "ADV" or parsed.doc[i].dep_ in ("aux", "neg")):
        if parsed.doc[i].lower_ == "to":
            return []
        i -= 1
    if i < 0 or parsed.doc[i].i in parsed.mentions or parsed.doc[i].pos_ not in ("NOUN", "PROPN", "ADJ"):
        return []
    before = parsed.doc[i]
    named = before.pos_ == "PROPN" and not parsed.fits(before, "place") and before.ent_type_ != "DATE"
    return [before] if parsed.means(before, "force") or named else []


def _subject_beside(parsed: Parsed, verb: Token) -> list[Token]:
    """ "… from A and the rebels took B": the parser hangs the second subject on the first clause's place."""
    if verb.dep_ != "conj" or any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children):
        return []
    i = verb.i - 1
    while i > 0 and parsed.doc[i].pos_ in ("ADV", "AUX"):
        i -= 1
    before = parsed.doc[i]
    conjoined = (
        before.dep_ == "conj" and before.head.dep_ in ("pobj", "dobj") and before.head.i in parsed.mentions
    )
    return [before] if conjoined and parsed.fits(before, "force") else []


def _object(parsed: Parsed, hit: Hit) -> list[Token]:
    found = grammar.patients(hit.head)
    if found or grammar.is_passive(hit.head):
        return found
    following = _nominal_after(parsed, hit.last)
    return [following] if following is not None and following.i - hit.last.i <= 4 else []


def _complement(parsed: Parsed, hit: Hit) -> list[Token]:
    """What follows the cue's last word: its object if a preposition, else its ``of`` phrase or object."""
    last = hit.last
    if last.lower_ in (
        "of",
        "over",
        "to",
        "from",
        "on",
        "in",
        "into",
        "towards",
        "toward",
        "for",
        "with",
        "against",
        "at",
        "under",
        "through",
        "within",
        "near",
    ):
        found = grammar.phrase_of(last)
        if not found:
            following = _nominal_after(parsed, last)
            found = [following] if following is not None else []
        if not found and grammar.is_passive(hit.head):
            return grammar.subjects(hit.head)
        return found
    for word in ("of", "over"):
        found = grammar.prepositional(last, word)
        if found:
            return found
    if grammar.is_passive(hit.head):
        return grammar.subjects(hit.head)
    found = [c for c in hit.head.children if c.dep_ in ("dobj", "obj") and c.i > hit.last.i]
    if found:
        return found
    following = _nominal_after(parsed, last)
    return [following] if following is not None and following.i - last.i <= 4 else []


def _nominal_after(parsed: Parsed, token: Token) -> Token | None:
    """The head of the noun phrase that opens right after a token, whatever the parser made of it."""
    i = token.i + 1
    doc = parsed.doc
    while i < len(doc) and (
        doc[i].pos_ in ("DET", "ADJ", "NUM", "ADV")
        or (doc[i].pos_ == "VERB" and parsed.means(doc[i], "force"))
        or doc[i].dep_ == "poss"
        or doc[i].lower_ in ("its", "'s", "’s", "-")
    ):
        if i in parsed.mentions and doc[i].dep_ != "poss":
            break
        i += 1
    head: Token | None = None
    while i < len(doc) and (doc[i].pos_ in ("NOUN", "PROPN") or i in parsed.mentions):
        head = doc[i]
        i += 1
        if head.i in parsed.mentions and i < len(doc) and doc[i].pos_ != "NOUN":
            break
    return head


def _possessor(_: Parsed, hit: Hit) -> list[Token]:
    return [child for child in hit.head.children if child.dep_ == "poss"]


def _modifier(parsed: Parsed, hit: Hit) -> list[Token]:
    """ "rebel offensive", "Israeli air strikes": a modifier that names a side."""
    first = hit.tokens[0]
    for i in range(first.i - 1, max(-1, first.i - 4), -1):
        token = parsed.doc[i]
        if token.dep_ == "poss" or (
            token.pos_ in ("DET", "VERB", "ADP", "PUNCT", "CCONJ") and token.text != "-"
        ):
            return []
        if token.pos_ in ("PROPN", "ADJ", "NOUN") and _names_side(parsed, token):
            return [token]
    return []


def _names_side(parsed: Parsed, token: Token) -> bool:
    if token.i in parsed.mentions:
        return parsed.is_country(token)
    return (
        parsed.means(token, "force")
        or token.ent_type_ in ("NORP", "ORG")
        or (token.text[:1].isupper() and token.pos_ == "ADJ" and token.i > 0)
    )


def _by(_: Parsed, hit: Hit) -> list[Token]:
    found = grammar.by_phrase(hit.head)
    if found:
        return found
    verb = grammar.governor(hit.head)
    if verb is not None and hit.head.dep_ in ("nsubjpass", "dobj"):
        return grammar.by_phrase(verb)
    return grammar.prepositional(hit.head, "by")


def _light_subject(parsed: Parsed, hit: Hit) -> list[Token]:
    """ "launched an offensive": the subject of a verb that lends it."""
    head = hit.head
    while head.dep_ in ("conj", "compound", "nmod") or (head.dep_ == "pobj" and head.head.lower_ == "of"):
        head = head.head if head.dep_ != "pobj" else head.head.head
    if head.dep_ in ("dobj", "obj", "nsubjpass") and grammar.is_verb(head.head):
        verb = head.head
        if parsed.signals(verb, "light"):
            return grammar.agents(verb)
    if head.dep_ == "pobj" and head.head.lower_ in ("in", "with", "during", "by", "after", "following"):
        verb = head.head.head
        if grammar.is_verb(verb) and head.head.lower_ in ("with", "by"):
            return grammar.agents(verb)
    return []


def _verb_subject(_: Parsed, hit: Hit) -> list[Token]:
    """ "clashes … as rebels attack" gives nothing; "rebels hold talks" gives its subject."""
    if hit.head.dep_ in ("dobj", "obj") and grammar.is_verb(hit.head.head):
        return grammar.agents(hit.head.head)
    if (
        hit.head.dep_ == "pobj"
        and hit.head.head.lower_ in ("after", "following", "during", "in")
        and grammar.is_verb(hit.head.head.head)
    ):
        return grammar.agents(hit.head.head.head)
    return []


def _main_subject(_: Parsed, hit: Hit) -> list[Token]:
    """ "… following the capture of A", "resulting in the capture of A": whoever the sentence is about."""
    noun = hit.head
    if noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("following", "after", "in", "to", "with"):
        return []
    verb = noun.head.head if grammar.is_verb(noun.head.head) else grammar.governor(noun.head)
    return grammar.agents(verb) if verb is not None else []


def _between(_: Parsed, hit: Hit) -> list[Token]:
    return [member for head in grammar.prepositional(hit.head, "between") for member in grammar.members(head)]


def _itself(_: Parsed, hit: Hit) -> list[Token]:
    return [hit.head]


def telling(parsed: Parsed, hit: Hit) -> Token | None:
    """The verb of telling somebody under which the cue stands: "warned them that there was no point in"."""
    return next((t for t in hit.head.ancestors if grammar.is_verb(t) and parsed.signals(t, "telling")), None)


def _teller(parsed: Parsed, hit: Hit) -> list[Token]:
    verb = telling(parsed, hit)
    return grammar.agents(verb) if verb is not None else []


def _told(parsed: Parsed, hit: Hit) -> list[Token]:
    verb = telling(parsed, hit)
    return [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")] if verb is not None else []


def _given(_: Parsed, hit: Hit) -> list[Token]:
    """ "giving them control of A": whoever is given."""
    return [c for c in hit.head.children if c.dep_ == "dative" and c.pos_ != "ADP"]


def _sayer(parsed: Parsed, hit: Hit) -> list[Token]:
    """ "the minister said that they must leave": whoever says so."""
    above = (t for t in hit.head.ancestors if grammar.is_verb(t) and parsed.signals(t, "report"))
    verb = next(above, None)
    return grammar.agents(verb) if verb is not None else []


def _governed(_: Parsed, hit: Hit) -> list[Token]:
    """The subject of the verb that a modal stands with."""
    verb = hit.head.head if hit.head.dep_ == "aux" else hit.head
    return [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def _below(_: Parsed, hit: Hit) -> list[Token]:
    """ "threatened to bomb the rebels": whom the verb below acts on."""
    verbs = [c for c in hit.head.children if c.dep_ == "xcomp" and grammar.is_verb(c)]
    return grammar.patients(verbs[0]) if verbs else []
