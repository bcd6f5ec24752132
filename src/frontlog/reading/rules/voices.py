"""Whose words the sentences of a dispatch are, carried on from one sentence to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from frontlog.model import Span
from frontlog.reading.claims import Prepared
from frontlog.reading.rules import grammar
from frontlog.reading.rules.candidate import Candidate
from frontlog.reading.rules.context import Told, stands_for
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.phrases import span_of
from frontlog.reading.rules.speech import Cited, cited, claimed_by_noun

Row = tuple[Parsed, Candidate]
Voice = tuple[Span | None, Cited | None]
_QUOTES = ('"', "“")


def voices(prepared: Prepared, rows: Sequence[Row], sentences: Sequence[Parsed]) -> list[Voice]:
    """Whom each claim is put down to: its own speaker, else whoever speaks on from the sentences before."""
    told = _told_before(sentences)
    own = [_speaker(parsed, candidate, told[parsed.offset]) for parsed, candidate in rows]
    cited_at = {parsed.offset: span for (parsed, _), (span, _said) in zip(rows, own, strict=True) if span}
    sayers = {parsed.offset: span for parsed in sentences if (span := _sayer(parsed, told[parsed.offset]))}
    found: list[Voice] = []
    for (parsed, _), (span, said) in zip(rows, own, strict=True):
        if span is None and said is None:
            span = _speaks_on(prepared, parsed, cited_at) or _quoted_on(prepared, parsed, sayers)
        found.append((span, said))
    return found


def is_quotation(parsed: Parsed) -> bool:
    """Whether the whole sentence is somebody's words between quotation marks."""
    words = parsed.doc.text.strip()
    return words.startswith(_QUOTES) and not any(mark in words[1:-2] for mark in ('"', "”"))


def _told_before(sentences: Sequence[Parsed]) -> dict[int, Told]:
    told: dict[int, Told] = {}
    running = Told()
    for parsed in sentences:
        told[parsed.offset] = running.aside()
        running.note(parsed)
    return told


def _speaker(parsed: Parsed, candidate: Candidate, told: Told) -> Voice:
    said = cited(parsed, candidate.head)
    token = said.speaker if said else claimed_by_noun(candidate.head)
    if said is not None and said.verb in candidate.hit.tokens:
        return None, None
    return (_span(parsed, token, told) if token is not None else None), said


def _span(parsed: Parsed, token: Token, told: Told) -> Span | None:
    return told.antecedent(parsed, token) if stands_for(token) else span_of(parsed, token)


def _sayer(parsed: Parsed, told: Told) -> Span | None:
    """The subject of a sentence's main verb, where that is a verb of saying."""
    root = next((token for token in parsed.doc if token.head == token), None)
    if root is None or not grammar.is_verb(root) or not parsed.signals(root, "report"):
        return None
    subjects = grammar.agents(root)
    return _span(parsed, subjects[0], told) if subjects else None


def _speaks_on(prepared: Prepared, parsed: Parsed, cited_at: Mapping[int, Span]) -> Span | None:
    """Whoever speaks twice in a row in a paragraph is taken to speak on to its end."""
    starts = _before(prepared, parsed)[-2:]
    if len(starts) < 2 or "\n" in prepared.text[starts[0] : parsed.offset]:
        return None
    first, last = cited_at.get(starts[0]), cited_at.get(starts[1])
    return first if first is not None and first == last else None


def _quoted_on(prepared: Prepared, parsed: Parsed, sayers: Mapping[int, Span]) -> Span | None:
    """A sentence of nothing but quoted words is spoken by whoever spoke in the sentence before it."""
    starts = _before(prepared, parsed)[-1:]
    if not starts or not is_quotation(parsed) or "\n" in prepared.text[starts[0] : parsed.offset]:
        return None
    return sayers.get(starts[0])


def _before(prepared: Prepared, parsed: Parsed) -> list[int]:
    return [s.span.start for s in prepared.sentences if s.span.start < parsed.offset]
