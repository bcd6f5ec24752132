"""One parsed sentence with the place mentions laid over its tokens, and what its nouns stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from frontlog.model import PlaceMention, Sentence, Span
from frontlog.reading.rules.lexicon import Lexicon
from frontlog.reading.rules.names import Names

_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ")
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "him",
        "her",
        "them",
        "who",
        "which",
        "that",
        "we",
        "i",
        "themselves",
        "himself",
        "itself",
        "this",
        "these",
        "those",
    ]
)
_PLACE_MEANINGS = ("settlement", "area", "part", "site", "road")
_FORCE_ENTITIES = ("NORP", "ORG")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence's tokens; ``mentions`` maps a token's index to the place mention it stands in."""

    sentence: Sentence
    doc: Doc
    mentions: Mapping[int, PlaceMention]
    lexicon: Lexicon

    @property
    def offset(self) -> int:
        return self.sentence.span.start

    def span(self, tokens: Iterable[Token]) -> Span:
        """The span in the body from the first of these tokens to the last."""
        found = sorted(tokens, key=lambda token: token.i)
        first, last = found[0], found[-1]
        return Span(self.offset + first.idx, self.offset + last.idx + len(last.text))

    def token_at(self, position: int) -> Token | None:
        """The token that covers an offset of the body."""
        local = position - self.offset
        for token in self.doc:
            if token.idx <= local < token.idx + len(token.text):
                return token
        return None

    def is_pronoun(self, token: Token) -> bool:
        return token.lower_ in _PRONOUNS

    def is_nominal(self, token: Token) -> bool:
        return token.pos_ in _NOMINAL or token.i in self.mentions or self.is_known_actor(token)

    def mention(self, token: Token) -> PlaceMention | None:
        return self.mentions.get(token.i)

    def means(self, token: Token, meaning: str) -> bool:
        return self.lexicon.means(token.lemma_.lower(), meaning) or self.lexicon.means(token.lower_, meaning)

    def signals(self, token: Token, signal: str) -> bool:
        return self.lexicon.signals_of(token.lemma_.lower(), signal)

    def is_unknown_name(self, token: Token) -> bool:
        """Whether a token may name a place that the gazetteer does not know."""
        if (
            token.i in self.mentions
            or " " in token.text
            or token.pos_ != "PROPN"
            or token.ent_type_ in ("NORP", "DATE", "TIME")
        ):
            return False
        known = ("force", "person", "office", "air", "thing", "civilian")
        titled = any(
            self.means(c, meaning)
            for c in token.children
            if c.dep_ in ("compound", "appos", "amod", "nmod")
            for meaning in ("person", "civilian", "captive", "office")
        )
        return not titled and not any(self.means(token, meaning) for meaning in known)

    def is_known_actor(self, token: Token) -> bool:
        """Whether a token was joined from the words of a registered name."""
        return " " in token.text and token.i not in self.mentions

    def is_country(self, token: Token) -> bool:
        mention = self.mention(token)
        return mention is not None and mention.precision == "country"

    def fits(self, token: Token, meaning: str) -> bool:
        """Whether a noun can stand for what a cue wants of an argument."""
        checks = {
            "place": self._place, "settlement": self._settlement, "site": self._place, "force": self._force,
            "actor": self._actor, "being": self._being, "civilian": self._civilian, "captive": self._captive,
            "prisoner": self._prisoner, "men": self._men,
        }  # fmt: skip
        return checks[meaning](token) if meaning in checks else self._named(token, meaning)

    def _named(self, token: Token, meaning: str) -> bool:
        return self.means(token, meaning) or any(
            self.means(child, meaning) for child in token.children if child.dep_ in ("compound", "nmod")
        )

    def _place(self, token: Token) -> bool:
        if token.i in self.mentions:
            return True
        return any(self.means(token, meaning) for meaning in _PLACE_MEANINGS) and not self.means(
            token, "force"
        )

    def _settlement(self, token: Token) -> bool:
        return token.i in self.mentions or any(self.means(token, m) for m in ("settlement", "area", "part"))

    def _force(self, token: Token) -> bool:
        if token.i in self.mentions:
            return self.is_country(token)
        if (
            self.is_known_actor(token)
            or self.means(token, "force")
            or self.means(token, "air")
            or self.is_pronoun(token)
        ):
            return True
        if self._place(token) or self.means(token, "civilian") or self.means(token, "thing"):
            return False
        if token.ent_type_ in _FORCE_ENTITIES or self.means(token, "person") or self.means(token, "office"):
            return True
        return token.pos_ in ("PROPN", "ADJ") or token.text[:1].isupper()

    def _actor(self, token: Token) -> bool:
        return self._force(token) or token.ent_type_ == "PERSON" or self.means(token, "civilian")

    def _being(self, token: Token) -> bool:
        if token.i in self.mentions:
            return False
        if any(self.means(token, m) for m in ("force", "person", "civilian", "captive")):
            return True
        return token.ent_type_ in ("PERSON", "NORP") or token.lower_ in (
            "he",
            "she",
            "him",
            "her",
            "them",
            "who",
        )

    def _civilian(self, token: Token) -> bool:
        return self.means(token, "civilian") or self.means(token, "captive")

    def _prisoner(self, token: Token) -> bool:
        return self.means(token, "captive")

    def _men(self, token: Token) -> bool:
        """Those who can be moved as a force: not an envoy, a worker or a charge."""
        if self.means(token, "force") or self.is_pronoun(token) or self.is_country(token):
            return True
        if self.is_known_actor(token) or (token.ent_type_ == "ORG" and token.pos_ == "PROPN"):
            return True
        inner = (noun for child in token.children if child.lower_ == "of" for noun in child.children)
        return any(self.means(noun, "force") for noun in inner)

    def _captive(self, token: Token) -> bool:
        return self._civilian(token) or self.means(token, "person") or token.ent_type_ == "PERSON"


def overlay(sentence: Sentence, doc: Doc, places: Sequence[PlaceMention], lexicon: Lexicon) -> Parsed:
    """Lay the place mentions of a body over the tokens of one of its sentences."""
    start = sentence.span.start
    mentions: dict[int, PlaceMention] = {}
    for mention in places:
        if not sentence.span.contains(mention.span):
            continue
        for token in doc:
            begin = start + token.idx
            beyond = begin < mention.span.start or mention.span.end < begin + len(token.text)
            if " " in token.text and beyond and token.text.count(" ") > mention.text.count(" "):
                continue
            if begin < mention.span.end and mention.span.start < begin + len(token.text):
                mentions[token.i] = mention
    return Parsed(sentence, doc, mentions, lexicon)


def joined(doc: Doc, sentence: Sentence, places: Sequence[PlaceMention], names: Names) -> Doc:
    """Make one token of each name of several words, so that the parser sees a noun, not fragments."""
    actors = list(names.spans(doc))
    taken = {i for start, end in actors for i in range(start, end)}
    with doc.retokenize() as retokenizer:
        for start, end in actors:
            retokenizer.merge(doc[start:end])
        for mention in places:
            if sentence.span.contains(mention.span):
                first = mention.span.start - sentence.span.start
                span = doc.char_span(first, first + len(mention.span))
                if span is not None and len(span) > 1 and not taken.intersection(range(span.start, span.end)):
                    retokenizer.merge(span)
                    taken.update(range(span.start, span.end))
    return doc


def sites(parsed: Parsed) -> Iterator[tuple[Token, PlaceMention]]:
    """The place mentions, and the unknown names that stand where only a place can ("in the town of A")."""
    known = {token.i: mention for token, mention in mentions_in_order(parsed)}
    for token in parsed.doc:
        if token.i in known:
            yield token, known[token.i]
        elif parsed.is_unknown_name(token) and _stands_as_place(parsed, token):
            left = [t for t in token.lefts if t.dep_ == "compound" and t.pos_ == "PROPN"]
            span = parsed.span([token, *left])
            yield token, PlaceMention(span, "", None)


def _stands_as_place(parsed: Parsed, token: Token) -> bool:
    top = token
    while top.dep_ == "conj":
        top = top.head
    if top.dep_ != "pobj":
        return False
    prep = top.head
    if prep.lower_ == "of":
        return parsed.means(prep.head, "settlement") or parsed.means(prep.head, "area")
    if prep.lower_ not in ("in", "at", "near", "outside", "around"):
        return False
    return token.ent_type_ in ("GPE", "LOC", "FAC") or (prep.lower_ != "at" and token.ent_type_ != "PERSON")


def mentions_in_order(parsed: Parsed) -> Iterator[tuple[Token, PlaceMention]]:
    """Each place mention of the sentence once, with its last token."""
    seen: set[Span] = set()
    for token in parsed.doc:
        mention = parsed.mention(token)
        if mention and mention.span not in seen:
            seen.add(mention.span)
            yield token, mention
