"""Who does what to whom: subjects, objects and complements of verbs and event nouns in a parse.

Labels are those of ClearNLP, which spaCy's English pipelines use. Every function gives the heads of noun
phrases; ``members`` spreads a head over its coordinated list.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECT = ("nsubj", "csubj", "expl")
PASSIVE = ("nsubjpass", "csubjpass")
OBJECT = ("dobj", "obj", "dative", "oprd", "attr")
RELATIVE = frozenset(("who", "which", "that", "whom", "where"))
_JUDGES = frozenset(
    ("congratulate", "accuse", "blame", "praise", "condemn", "thank", "criticize", "criticise", "suspect")
)
_ASKS = frozenset(("demand", "call", "request", "appeal", "order", "ultimatum", "pressure", "proposal"))
_CAPTIVES = frozenset(("captive", "hostage", "prisoner"))
_LIKE_THE_VERB = frozenset(("overrun",))
_SHARES = ("conj", "xcomp", "advcl", "ccomp", "prep", "pcomp", "dep", "parataxis", "acl")


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_participle(token: Token) -> bool:
    """ "was overrun", parsed as if the town were an overrun: a participle that looks like the verb itself."""
    bare = not any(child.dep_ in ("det", "amod", "compound", "poss") for child in token.children)
    form = token.tag_ == "VBN" or (token.pos_ == "NOUN" and token.lower_ in _LIKE_THE_VERB)
    return token.dep_ in ("attr", "acomp") and token.head.lemma_ == "be" and bare and form


def _is_captive(verb: Token) -> bool:
    """ "soldiers taken hostage", "soldiers held captive": parsed as if they did it to a hostage."""
    if verb.lower_ not in ("held", "taken", "kept") or any(c.dep_ == "auxpass" for c in verb.children):
        return False
    objects = [c for c in verb.children if c.dep_ in ("dobj", "oprd", "acomp", "obj")]
    done = any(c.dep_ == "aux" for c in verb.children)
    return bool(objects) and not done and all(c.lower_ in _CAPTIVES for c in objects)


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, reduced relatives ("towns seized by …") and bare participles included."""
    if is_participle(verb) or _is_captive(verb):
        return True
    if any(child.dep_ in ("auxpass", *PASSIVE) for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ in ("nsubj", "aux") for child in verb.children):
        return False
    if _relative_head(verb) is not None:
        return False
    if verb.dep_ in ("acl", "amod", "relcl"):
        return True
    if verb.dep_ in ("xcomp", "oprd", "ccomp") and verb.head.lemma_ == "find" and is_passive(verb.head):
        return True
    if verb.dep_ == "conj" and is_verb(verb.head) and verb.head.tag_ == "VBN":
        return is_passive(verb.head)
    return not any(child.dep_ in OBJECT for child in verb.children)


def _relative_head(verb: Token) -> Token | None:
    """Of "A, which rebels seized", parsed as if the rebels were seized: the noun before "which"."""
    noun = verb.head
    if (
        verb.dep_ != "acl"
        or noun.dep_ != "relcl"
        or not any(c.lower_ in ("which", "that") for c in noun.children)
    ):
        return None
    return noun.head


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the verb's grammatical subject, borrowed from a governing verb where it has none itself."""
    own = [child for child in verb.children if child.dep_ in (*SUBJECT, *PASSIVE)]
    if own:
        return _antecedents(verb, own)
    if depth > 5:
        return []
    head = verb.head
    if _relative_head(verb) is not None:
        return [head]
    if is_participle(verb):
        return subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and head.dep_ == "attr" and is_verb(head.head):
        found = [
            c for c in head.head.children if c.dep_ == "nsubj" and c.lower_ in ("these", "it", "this", "they")
        ]
        if found:
            return found
    if verb.dep_ in ("acl", "relcl", "amod") and not is_verb(head):
        return _noun_subjects(verb, head, depth)
    if verb.dep_ == "pcomp" and head.dep_ in ("prep", "mark"):
        above = head.head
        if head.lower_ in ("for", "of") and is_verb(above) and above.lemma_ in _JUDGES:
            judged = [child for child in above.children if child.dep_ in ("dobj", "nsubjpass")]
            if judged:
                return judged
        return subjects(above, depth + 1) if is_verb(above) else _noun_subjects(verb, above, depth)
    if verb.dep_ in _SHARES and is_verb(head) and head != verb:
        moved = _moved(verb, head) if verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp") else []
        return moved or subjects(head, depth + 1)
    return []


def _moved(verb: Token, head: Token) -> list[Token]:
    """Whom the verb above sets to act: "urges A to leave", "calls on A to leave"."""
    purpose = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    if not purpose or not _moves_object(head):
        return []
    direct = [
        c for c in head.children if c.dep_ in ("dative", "nsubjpass") and c.i < verb.i and not _is_prep(c)
    ]
    direct = direct or [c for c in head.children if c.dep_ == "dobj" and c.i < verb.i]
    if direct and not _is_time(direct[0]):
        return direct
    through = [
        c for c in head.children if c.dep_ in ("prep", "dative") and c.lower_ in ("on", "upon", "to", "for")
    ]
    return [found for prep in through for found in phrase_of(prep)][:1]


def _is_prep(token: Token) -> bool:
    return token.pos_ == "ADP"


def _is_time(token: Token) -> bool:
    return token.lemma_ in ("hour", "day", "week", "month", "time", "deadline", "order", "ultimatum")


def _moves_object(verb: Token) -> bool:
    """ "urged/ordered/forced X to leave": the object, not the subject, is to act."""
    return verb.lemma_ in (
        "urge",
        "ask",
        "order",
        "force",
        "tell",
        "call",
        "request",
        "allow",
        "help",
        "enable",
        "command",
        "require",
        "invite",
        "persuade",
        "want",
        "cause",
        "see",
        "warn",
        "push",
        "send",
        "compel",
        "prompt",
        "advise",
        "encourage",
        "instruct",
        "appeal",
        "give",
        "direct",
        "permit",
        "beg",
        "implore",
        "pressure",
        "press",
        "recommend",
        "trust",
        "lead",
        "drive",
    )


def _noun_subjects(verb: Token, noun: Token, depth: int) -> list[Token]:
    """ "operation to retake": whoever carries the noun out; "fighters holding": the noun itself."""
    if any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children):
        owner = [child for child in noun.children if child.dep_ == "poss"]
        if owner and noun.lemma_ not in _ASKS:
            return owner
        asked = [f for c in noun.children if c.lower_ in ("on", "to", "for") and c.dep_ == "prep"
                 for f in phrase_of(c)]  # fmt: skip
        if noun.lemma_ in _ASKS and asked:
            return asked
        return subjects(noun.head, depth + 1) if is_verb(noun.head) else []
    return [noun]


def _antecedents(verb: Token, found: list[Token]) -> list[Token]:
    if verb.dep_ == "relcl" and found[0].lower_ in RELATIVE:
        return [verb.head]
    if found[0].lower_ in RELATIVE and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return [verb.head.head]
    return found


def agents(verb: Token) -> list[Token]:
    """Whoever acts: the subject, or the by-phrase of a passive."""
    return by_phrase(verb) if is_passive(verb) else subjects(verb)


def by_phrase(token: Token) -> list[Token]:
    for child in token.children:
        if child.lower_ == "by" and child.dep_ in ("agent", "prep"):
            found = [g for g in child.children if g.dep_ in ("pobj", "pcomp")]
            if found and not is_verb(found[0]):
                return found
    if token.dep_ == "conj" and is_verb(token.head):
        return by_phrase(token.head)
    return []


def patients(verb: Token) -> list[Token]:
    """Whatever is acted on: the object, or the subject of a passive."""
    if is_passive(verb):
        return subjects(verb) if verb.dep_ != "amod" else [verb.head]
    told = _relative_head(verb)
    if told is not None:
        return [told]
    found = [child for child in verb.children if child.dep_ in ("dobj", "obj")]
    if found and found[0].lower_ in RELATIVE and verb.dep_ == "relcl":
        return [verb.head]
    if found:
        return found
    if verb.dep_ == "relcl" and not any(c.lower_ in RELATIVE and c.dep_ == "nsubj" for c in verb.children):
        return [verb.head]
    if (
        verb.dep_ == "conj"
        and is_verb(verb.head)
        and any(c.i > verb.i for c in verb.head.children if c.dep_ == "dobj")
    ):
        return [c for c in verb.head.children if c.dep_ == "dobj"]
    last = [child for child in verb.conjuncts if child.i > verb.i and is_verb(child)]
    return patients(last[0]) if last and last[0].i - verb.i <= 3 else []


def phrase_of(prep: Token) -> list[Token]:
    return [
        child
        for child in prep.children
        if child.dep_ in ("pobj", "pcomp", "nsubj", "dobj", "amod", "nummod") and child.i > prep.i
    ][:1]


def prepositional(head: Token, word: str) -> list[Token]:
    """Heads after a preposition anywhere in the clause of ``head``, however the parser attached it."""
    for token in clause(head):
        if (
            token.lower_ == word
            and token.i > head.i
            and token.dep_ in ("prep", "agent", "prt", "dative", "aux", "mark", "advmod")
        ):
            found = phrase_of(token)
            if found:
                return found
    return []


def clause(head: Token) -> Iterator[Token]:
    """The tokens under ``head`` without those of other clauses."""
    for child in head.children:
        if child.dep_ in ("relcl", "advcl", "ccomp", "csubj", "acl", "parataxis") and is_verb(child):
            continue
        if child.dep_ == "conj" and is_verb(child):
            continue
        yield child
        yield from clause(child)


def members(head: Token) -> list[Token]:
    """A head and the nouns coordinated with it, in order.

    A list whose later members open with a preposition of their own ("in A and in B") is spread too.
    """
    found = [head]
    for child in head.children:
        if child.dep_ == "conj" and not is_verb(child):
            found += members(child)
    return found


def governor(token: Token) -> Token | None:
    """The nearest verb above a token."""
    for ancestor in token.ancestors:
        if is_verb(ancestor):
            return ancestor
    return None
