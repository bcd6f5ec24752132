"""Sentences: each within one passage, trimmed of white space and brackets, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from frontlog.model import Passage, Role, Sentence, Span

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Brig|Adm|Cmdr|Gov|Sen|Rep|Pres|St|Mt|Ft|Jr|Sr|Rev|Hon|"
    r"No|Nos|vs|approx|ca|c|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Op|Ret|Spc|Pvt|Sheikh\.?)"
    r"|\b[A-Z](?:\.[A-Z])*|\b(?:a\.m|p\.m|e\.g|i\.e|al))\.$"
)
_BREAK = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n\s*\n|\n")
_OPENS = re.compile(r"\s*[\"'“‘(\[]*[A-Z0-9À-ÞĀ-ɏ\u0400-\u042f]")
_INITIALS_THAT_END = re.compile(r"\b(?:U\.S|U\.K|U\.N|U\.A\.E|E\.U|D\.C|a\.m|p\.m)\.$")
_STARTERS = re.compile(
    r"\s*[\"“]?(?:The|A|An|In|On|At|He|She|It|They|But|And|However|Meanwhile|This|That|These|Those|There|Some|Two|"
    r"Three|Four|Five|Six|Seven|Eight|Nine|Ten|After|Before|During|As|According)\b"
)


def sentences(text: str, passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """Split every passage; a sentence told a second time in the same words is marked as boilerplate.

    >>> body = "Gen. Ivo left Kutno at 5 a.m. on Monday. Rebels entered."
    >>> [s.span.of(body) for s in sentences(body, [Passage(Span(0, len(body)), "body")])]
    ['Gen. Ivo left Kutno at 5 a.m. on Monday.', 'Rebels entered.']
    """
    seen: set[str] = set()
    found: list[Sentence] = []
    for passage in passages:
        for span in _split(text, passage.span):
            words = " ".join(span.of(text).split()).casefold()
            role: Role = "boilerplate" if words in seen and len(words) > 25 else passage.role
            seen.add(words)
            found.append(Sentence(span, role))
    return tuple(found)


def _split(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _BREAK.finditer(text, span.start, span.end):
        if match.group()[0] == "\n" or _ends(text, start, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, span.end)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: what follows opens one, and no abbreviation stands before."""
    if not _OPENS.match(text, match.end()):
        return False
    before = text[start : match.end()]
    if _INITIALS_THAT_END.search(before):
        return bool(_STARTERS.match(text, match.end()))
    return not _ABBREVIATION.search(before)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and (text[start].isspace() or text[start] == "["):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "]"):
        end -= 1
    if end > start:
        yield Span(start, end)
