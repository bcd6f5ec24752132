"""What one dispatch has told so far: whom a pronoun and which place "the town" can mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from frontlog.gazetteer import classwords
from frontlog.model import PlaceMention, Precision, Span
from frontlog.reading.rules import grammar
from frontlog.reading.rules.lexicon import Lexicon
from frontlog.reading.rules.parsed import Parsed, mentions_in_order
from frontlog.reading.rules.phrases import span_of

_TOWNS: frozenset[Precision] = frozenset(("settlement", "district", "none"))
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
    many: set[Span] = field(default_factory=set)
    alike: set[Span] = field(default_factory=set)
    places: list[tuple[Span, ...]] = field(default_factory=list)
    towns: list[Span] = field(default_factory=list)
    sizes: Mapping[Span, Precision] = field(default_factory=dict)
    seats: Mapping[Span, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, mentions: Sequence[PlaceMention]) -> Told:
        """Open a dispatch's memory with what is known of its places."""
        return cls(
            text,
            sizes={mention.span: mention.precision for mention in mentions},
            seats={m.span: m.place.kind for m in mentions if m.place and m.place.capital_of},
        )

    def aside(self) -> Told:
        """For a caption: who has been told of, but no place, and nothing that it tells is carried on."""
        return Told(
            self.text,
            list(self.persons),
            list(self.groups),
            set(self.many),
            set(self.alike),
            sizes=self.sizes,
            seats=self.seats,
        )

    def note(self, parsed: Parsed) -> None:
        """Remember who acts in a sentence, main clause last, so that it is found first, and its towns."""
        self.towns += _towns_of(parsed)
        for token in reversed(list(parsed.doc)):
            if token.dep_ not in ("nsubj", "nsubjpass", "pobj", "dobj", "conj") or parsed.is_pronoun(token):
                continue
            if (
                token.dep_ in ("pobj", "dobj", "conj")
                and not parsed.means(token, "force")
                and not _agent(token)
            ):
                continue
            if is_person(parsed, token):
                self.persons.append(span_of(parsed, token))
                if token.ent_type_ == "PERSON" and not is_plural(token):
                    # What looks like a person's name may be a group's: "al Shabaab … It".
                    self.groups.append(self.persons[-1])
                    self.alike.add(self.persons[-1])
            if _is_group(parsed, token) and token.pos_ != "PRON":
                self.groups.append(span_of(parsed, token))
                self.many |= {self.groups[-1]} if is_plural(token) else set()

    def antecedent(self, parsed: Parsed, token: Token) -> Span | None:
        """The nearest earlier actor that a pronoun or a bare "group" can stand for."""
        word = token.lower_
        if word in _SPEAKING:
            return None
        pool = self.persons if word in _PERSONAL else self.groups
        if word in ("it", "its", "itself"):
            pool = [span for span in pool if span not in self.many]
        elif word not in _PERSONAL:
            pool = [span for span in pool if span not in self.alike]
        if word in ("they", "them", "it") and not pool:
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
        """The places told last; for "the city" those that can be one, or the last town named at all."""
        if not settlement:
            return self.places[-1] if self.places else ()
        for spans in reversed(self.places):
            towns = tuple(dict.fromkeys(town for span in spans if (town := self._town(span)) is not None))
            if towns:
                return towns
        return tuple(self.towns[-1:])

    def last_subject(self) -> tuple[Span, ...]:
        """What "it" can be: the places told last, or a town that was named after them."""
        told = self.last_places()
        named = tuple(self.towns[-1:])
        return named if named and (not told or named[0] > max(told)) else told

    def last_town(self) -> tuple[Span, ...]:
        """One town: of several taken together the one that was named last."""
        found = self.last_places(settlement=True)
        return tuple(self.towns[-1:]) or found[:1] if len(found) > 1 else found

    def last_named(self) -> tuple[Span, ...]:
        """The places told last that have a name: of "the bridge at A" A, of a bare bridge those before."""
        for spans in reversed(self.places):
            named = [span if self._is_named(span) else self._town(span) for span in spans]
            if any(named):
                return tuple(dict.fromkeys(span for span in named if span is not None))
        return ()

    def _is_named(self, span: Span) -> bool:
        """Whether a span is a name, or a part of a place that has one: "northern A"."""
        words = span.of(self.text).casefold().split()
        inside = any(span.contains(other) for other in self.sizes)
        bare = any(Lexicon.open().means(word, "site") for word in words)
        return span in self.sizes or span.of(self.text)[:1].isupper() or (inside and not bare)

    def site(self, noun: str) -> tuple[Span, ...]:
        """The place with a name that was told last and is called by this noun: "the airport"."""
        for spans in reversed(self.places):
            for span in spans:
                words = span.of(self.text).casefold().split()
                if self.sizes.get(span) == "site" and noun in words:
                    return (span,)
        return ()

    def capital(self, before: int, *, state: bool) -> tuple[Span, ...]:
        """The last capital named before an offset: of the state, or of a province."""
        fit = {s for s, kind in self.seats.items() if s.end <= before and (kind == "capital") == state}
        told = [span for spans in reversed(self.places) for span in spans if span in fit]
        return tuple(told[:1]) or ((max(fit),) if fit else ())

    def _town(self, span: Span) -> Span | None:
        """The span where it can be a town, or the town that it says it stands in."""
        size = self.sizes.get(span)
        if size is not None:
            return span if size in _TOWNS else None
        inside = [other for other, size in self.sizes.items() if span.contains(other) and size in _TOWNS]
        if inside:
            return inside[-1]
        words = span.of(self.text).casefold().split()
        means = Lexicon.open().means
        if span.of(self.text)[:1].isupper():
            return None if means(words[-1], "site") else span
        town = any(means(word, "settlement") for word in words)
        return span if town and not any(means(word, "site") for word in words) else None


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


def _towns_of(parsed: Parsed) -> list[Span]:
    """The towns of a sentence, what it is about last; not what only tells a distance or a direction."""
    found = [(token, m) for token, m in mentions_in_order(parsed) if m.precision == "settlement"]
    about = [m.span for token, m in found if token.dep_ in grammar.SUBJECT + grammar.PASSIVE]
    aside = [m.span for token, m in found if _tells_where(token)]
    return [*(m.span for _, m in found if m.span not in (*about, *aside)), *about]


def _tells_where(token: Token) -> bool:
    """ "20 km north of A", "the road to A": A is not what is spoken of."""
    while token.dep_ == "conj":
        token = token.head
    prep = token.head
    if token.dep_ != "pobj":
        return False
    return prep.lower_ in ("from", "to") or (prep.lower_ == "of" and prep.head.pos_ in ("ADV", "ADP"))


def is_person(parsed: Parsed, token: Token) -> bool:
    """Whether a noun is one person or several; a name with an article ("the Houthis") is a group's."""
    if parsed.means(token, "person"):
        return True
    article = any(child.lower_ in ("the", "a", "an") for child in token.children)
    return token.ent_type_ == "PERSON" and not article and token.tag_ != "NNPS"


def _is_group(parsed: Parsed, token: Token) -> bool:
    if is_person(parsed, token):
        speaks = token.dep_ == "nsubj" and parsed.signals(token.head, "report")
        return is_plural(token) and not speaks
    return parsed.fits(token, "force")


def is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in token.children)


def _before(parsed: Parsed, token: Token, *, personal: bool) -> list[Span]:
    """Subjects and by-agents that stand before the pronoun in its own sentence, the first one first."""
    found = []
    for other in parsed.doc[: token.i]:
        if other.dep_ not in ("nsubj", "nsubjpass", "poss", "pobj") or parsed.is_pronoun(other):
            continue
        if other.dep_ in ("pobj", "poss") and not (_agent(other) or parsed.means(other, "force")):
            continue
        unknown = other.pos_ == "PROPN" and other.dep_ == "nsubj" and other.i not in parsed.mentions
        person = is_person(parsed, other) or (personal and unknown and not parsed.is_known_actor(other))
        if (personal and person) or (not personal and _is_group(parsed, other)):
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
