"""Where the words of a cue stand in a parsed sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from frontlog.reading.rules import grammar
from frontlog.reading.rules.lexicon import Cue
from frontlog.reading.rules.parsed import Parsed

_GAP = 3
_WIDE_GAP = 9
_FILLERS = ("ADV", "ADJ", "DET", "NUM", "PART", "PUNCT")


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue and the tokens that carry it; the first is its head, the last opens its complement."""

    cue: Cue
    tokens: tuple[Token, ...]

    @property
    def head(self) -> Token:
        return self.tokens[0] if self.cue.pos != "N" else _noun_head(self.tokens)

    @property
    def last(self) -> Token:
        return self.tokens[-1]


def _noun_head(tokens: tuple[Token, ...]) -> Token:
    """Of "suicide car bombing" the last noun, of "attack on" the noun before the preposition."""
    nouns = [token for token in tokens if token.pos_ not in ("ADP", "SCONJ", "PART")]
    if len(nouns) > 1 and any(token.pos_ == "ADP" for token in tokens[: tokens.index(nouns[-1])]):
        return nouns[0]
    return nouns[-1] if nouns else tokens[0]


def hits(parsed: Parsed) -> Iterator[list[Hit]]:
    """For each token that opens cues, every cue that fits there, the longest first."""
    for token in parsed.doc:
        if token.i in parsed.mentions:
            continue
        found = [hit for cue in _candidates(parsed, token) if (hit := _match(cue, token, parsed))]
        if found:
            yield found


def _candidates(parsed: Parsed, token: Token) -> list[Cue]:
    cues = parsed.lexicon.cues
    lower = token.lower_
    words = dict.fromkeys((parsed.lexicon.lemma(token.lemma_.lower(), lower), token.lemma_.lower(), lower))
    found = [cue for word in words for cue in cues.get(word, ())]
    return [cue for cue in found if _part_of_speech(cue, token)]


def _part_of_speech(cue: Cue, token: Token) -> bool:
    if cue.pos == "V":
        return token.pos_ in ("VERB", "AUX") or (token.tag_ in ("VBN", "VBG") and token.pos_ == "ADJ") or (
            token.lower_ in ("under", "in") or grammar.is_participle(token)
        )  # fmt: skip
    if cue.pos == "A":
        return token.dep_ in ("amod", "acomp", "conj") or token.tag_ == "VBN"
    if token.pos_ in ("NOUN", "ADJ", "X"):
        return True
    if token.pos_ == "PROPN":
        return token.text.islower() or token.i == token.sent.start or len(cue.words) > 1
    return (
        token.tag_ == "VBG"
        and token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "ROOT")
        and not any(child.dep_ == "dobj" for child in token.children)
    )


def _match(cue: Cue, first: Token, parsed: Parsed) -> Hit | None:
    tokens = [first]
    wide = False
    for word in cue.words[1:]:
        if word == "_":
            wide = True
            continue
        found = _next(tokens[-1], word, parsed, wide=wide, nominal=cue.pos == "N")
        if found is None:
            return None
        tokens.append(found)
        wide = False
    return Hit(cue, tuple(tokens))


def _next(after: Token, word: str, parsed: Parsed, *, wide: bool, nominal: bool) -> Token | None:
    doc = parsed.doc
    limit = _WIDE_GAP if wide else 0 if nominal else _GAP
    i, last = after.i, after.i + limit + 1
    while i < last:
        i += 1
        if i >= len(doc):
            return None
        token = doc[i]
        if nominal and token.is_quote:
            last += 1
            continue
        if token.lemma_.lower() == word or token.lower_ == word:
            return token
        if wide:
            if token.pos_ == "VERB" or token.lower_ in (".", ";"):
                return None
        elif (
            token.pos_ not in _FILLERS
            and token.dep_ not in ("compound", "amod", "nmod", "poss", "case")
            and token.lower_ not in ("its", "their", "his", "the", "a", "an")
        ) or token.lower_ == ",":
            return None
    return None
