"""What one dispatch has told so far: whom a pronoun and which place "the town" can mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from frontlog.gazetteer import classwords
from frontlog.model import Precision, Span
from frontlog.reading.rules import grammar
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.phrases import span_of

_PERSONAL = frozenset(("he", "she", "him", "her", "his"))
_SPEAKING = frozenset(("i", "me", "my", "we", "us", "our", "you", "your"))
_GROUP = frozenset(
    (
        "they",
        "them",
        "it",
        "their",
        "its",
        "group",
        "movement",
        "organization",
        "organisation",
        "militia",
        "themselves",
        "itself",
        "force",
        "forces",
    )
)


@dataclass(slots=True)
class Told:
    """Grows while one dispatch is read, and is thrown away with it."""

    text: str = ""
    persons: list[Span] = field(default_factory=list)
    groups: list[Span] = field(default_factory=list)
    places: list[tuple[Span, ...]] = field(default_factory=list)
    sizes: Mapping[Span, Precision] = field(default_factory=dict)

    def aside(self) -> Told:
        """For a caption: who has been told of, but no place, and nothing that it tells is carried on."""
        return Told(self.text, list(self.persons), list(self.groups), sizes=self.sizes)

    def note(self, parsed: Parsed) -> None:
        """Remember who acts in a sentence, main clause last, so that it is found first."""
        for token in reversed(list(parsed.doc)):
            if token.dep_ not in ("nsubj", "nsubjpass", "pobj", "dobj", "conj") or parsed.is_pronoun(token):
                continue
            if (
                token.dep_ in ("pobj", "dobj", "conj")
                and not parsed.means(token, "force")
                and not _agent(token)
            ):
                continue
            if token.ent_type_ == "PERSON" or parsed.means(token, "person"):
                self.persons.append(span_of(parsed, token))
            elif parsed.fits(token, "force") and token.pos_ != "PRON":
                self.groups.append(span_of(parsed, token))

    def antecedent(self, parsed: Parsed, token: Token) -> Span | None:
        """The nearest earlier actor that a pronoun or a bare "group" can stand for."""
        word = token.lower_
        if word in _SPEAKING:
            return None
        pool = self.persons if word in _PERSONAL else self.groups
        if word in ("they", "them", "it") and not self.groups:
            behind = _house_of_subject(parsed, token)
            if behind is not None:
                return behind
        here = list(_before(parsed, token, personal=word in _PERSONAL))
        return here[0] if here else (pool[-1] if pool else None)

    def tell_places(self, spans: tuple[Span, ...]) -> None:
        """Remember places that "the town" can mean: those with a name or at least a description."""
        if any(span.of(self.text)[:1].isupper() or " " in span.of(self.text) for span in spans):
            self.places.append(spans)

    def last_places(self, *, settlement: bool = False) -> tuple[Span, ...]:
        """The places told last; for "the city" those that can be one."""
        for spans in reversed(self.places):
            if not settlement or self.sizes.get(spans[0], "settlement") not in ("site", "road", "country"):
                return spans
        return ()


def _house_of_subject(parsed: Parsed, token: Token) -> Span | None:
    """ "Group leader N says that they …": the group that the speaker leads."""
    for other in parsed.doc[: token.i]:
        if other.dep_ == "nsubj" and not parsed.is_pronoun(other):
            for child in other.subtree:
                if (
                    child.i < other.i
                    and child.dep_ in ("compound", "poss", "nmod")
                    and child.ent_type_ in ("ORG", "NORP")
                ):
                    names = [t for t in child.subtree if t.i <= child.i]
                    return parsed.span(names)
    return None


def _agent(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "by"


def _before(parsed: Parsed, token: Token, *, personal: bool) -> list[Span]:
    """Subjects and by-agents that stand before the pronoun in its own sentence, the first one first."""
    found = []
    for other in parsed.doc[: token.i]:
        if other.dep_ not in ("nsubj", "nsubjpass", "poss", "pobj") or parsed.is_pronoun(other):
            continue
        if other.dep_ in ("pobj", "poss") and not (_agent(other) or parsed.means(other, "force")):
            continue
        person = other.ent_type_ == "PERSON" or parsed.means(other, "person")
        if person == personal and (person or parsed.fits(other, "force")):
            found.append(span_of(parsed, other))
    return found


def stands_for(token: Token) -> bool:
    """Whether a noun phrase only points back: a pronoun, or "the group"."""
    if token.pos_ == "PRON" and token.lower_ not in ("others", "one", "some", "many", "more", "most", "all"):
        return True
    definite = any(child.lower_ in ("the", "this", "that") for child in token.children)
    return (
        definite
        and token.lower_ in _GROUP
        and not any(child.dep_ in ("compound", "amod", "prep", "poss", "acl") for child in token.children)
    )


def points_to_place(parsed: Parsed, head: Token) -> bool:
    """ "the town", "the area": a place told before."""
    children = list(head.children)
    definite = any(child.lower_ in ("the", "this", "that") for child in children) or (
        head.left_edge.lower_ in ("the", "this", "that") and head.left_edge.i < head.i
    )
    loose = (
        ("prep", "appos", "nmod", "acl", "relcl")
        if parsed.means(head, "settlement")
        else ("prep", "appos", "nmod", "acl", "relcl", "compound")
    )
    bare = not any(child.dep_ in loose or child.pos_ == "PROPN" for child in children)
    singular = head.tag_ in ("NN", "NNP")
    meaning = (
        parsed.means(head, "settlement")
        or parsed.means(head, "area")
        or head.lemma_ in ("area", "airport", "base", "site", "oilfield", "crossing", "compound", "building")
    )
    if head.lemma_ in ("territory", "country", "state"):
        return False
    return definite and bare and singular and meaning


def is_container(head: Token) -> bool:
    """ "the province": not the town told last but what it lies in, which the whole dispatch tells."""
    if head.lemma_ in ("area", "zone", "territory"):
        return False
    fitting = classwords.load().get(head.lemma_.lower(), frozenset())
    return bool(fitting) and not {"settlement", "site"} & set(fitting)


def spread(heads: Sequence[Token]) -> list[Token]:
    return [member for head in heads for member in grammar.members(head)]
