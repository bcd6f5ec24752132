"""Passages: what is body, heading, dateline, caption, quotation, byline or boilerplate in a dispatch.

The passages of a body cover it without gap or overlap, white space included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontlog.model import Passage, Role, Span

_LINE = re.compile(r"[^\n]*\n*")
_OUTLET = (
    r"(?:AP|AFP|Reuters|REUTERS|Getty|EPA|EFE|ANI|PTI|TASS|Tass|Xinhua|XINHUA|Anadolu|AA|Interfax|DPA|dpa|UPI|"
    r"RFE/RL|BBC|CNN|IANS|Kyodo|ANSA|SANA|SUNA|IRNA|Wafa|WAFA)"
)
_CREDIT = re.compile(
    rf"\b(?:(?:{_OUTLET})\s+(?:Photo|PHOTO|Images?|Pictures?|via)|Photo(?:graph)?(?:\s+by|\s+credit|:)|"
    rf"File [Pp]hoto|Image [Cc]redit|Getty Images|via (?:AP|AFP|REUTERS|Reuters|Getty)|Handout|"
    rf"\((?:{_OUTLET})/[^)]*\))"
)
_BRACKETED = re.compile(r"\[[^\[\]]{20,800}\]")
_CAPTION_LEAD = re.compile(r"\s*(?:Photo|Picture|Image|Caption|In pictures|File photo)\s*:", re.IGNORECASE)
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’\- ]+(?:[,/] ?[A-Z][\w.'’\- ]+){0,3}"
    r"(?:,? \w{3,9}\.? \d{1,2})?(?:,? \d{4})?\s*\((?:[A-Z][\w/ .]{1,30})\)\s*[-–—:]+\s*"
    r"|[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+)*(?:, [A-Z][\w.'’\- ]{2,30})?(?:, "
    r"\w{3,9}\.? \d{1,2})?\s*[–—]{1,2}\s*"
    r"|[A-Z][A-Z.'’\-]+(?:, \w{3,9}\.? \d{1,2})\s+-{1,2}\s+)"
)
_DATE_LEAD = re.compile(r"\s*date:?\s+\d{4}-\d\d-\d\d[ \t]*", re.IGNORECASE)
_BYLINE = re.compile(
    r"\s*(?:[Ff]rom (?:our|a|the) (?:own |special )?(?:\w+ )?(?:correspondents?|reporters?|staff)\b.{0,60}$"
    r"|By\s+[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){0,6}\s*(?:[,|/-].{0,60})?$"
    r"|\(?(?:Additional )?[Rr]eporting by\b|\(?(?:Writing|Editing) by\b|Compiled by\b)"
)
_BOILERPLATE = re.compile(
    r"\s*(?:(?:Also|Further) read\b|Read (?:more|also|next)\b|READ (?:MORE|"
    r"ALSO)\b|See also\b|Related(?: stories)?\s*:"
    r"|Follow us\b|Sign up\b|Subscribe\b|Click here\b|Watch(?: live)?\s*:|Share this\b|Advertisement\b"
    r"|All rights reserved|©|Copyright\b|This (?:story|article) (?:has been|"
    r"was) (?:updated|corrected)|Last updated\b"
    r"|Our Standards:)",
    re.IGNORECASE,
)
_LIVE_STAMP = re.compile(
    r"\s*(?:(?:\d{1,2} \w{3,9}(?: \d{4})?,? )?\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:GMT|"
    r"UTC|BST|EST|EDT|CET|CEST)?"
    r"(?:\s*\(.{1,30}\))?\s*[-–—:|]?\s*|LIVE\b.{0,60}|\d+ (?:minutes?|hours?|mins?|hrs?) ago\s*)$",
    re.IGNORECASE,
)
_STAMP_LEAD = re.compile(
    r"\s*\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?\s+)?(?:GMT|UTC|BST|EST|EDT|CET|CEST)\s*[-–—:|]?\s*(?=\S)"
)
_LABEL = re.compile(
    r"\s*(?:The )?(?:\d{4}(?:[–-]\d{2,4})? )?(?:[A-Z][\w'’.\-–]*|of|in|the|"
    r"and|by|for|at|on|civil|uprising|war|conflict|crisis|"
    r"revolution|protests?|insurgency|attacks?|offensive|siege|clashes|invasion|unrest|dispute|massacre|campaign|"
    r"intervention|bombings?|shootings?|rebellion|strikes?)(?: (?:\(?[A-Z0-9][\w'’.\-–]*\)?"
    r"|of|in|the|and|by|for|at|on|against|civil|uprising|war|"
    r"conflict|crisis|revolution|protests?|insurgency|attacks?|offensive|siege|clashes|invasion|unrest|dispute|"
    r"massacre|campaign|intervention|bombings?|shootings?|rebellion|strikes?)){1,9}: (?=[\"“A-Z0-9a-z])"
)
_OUTLET_TAIL = re.compile(r"\s*(?:\([A-Z][\w .,'’&/-]{1,50}\)[,;.]?\s*)+$")
_QUOTED = re.compile(r"\s*[\"“][^\"”]*[\"”]?\s*$")
_TERMINAL = re.compile(r"[.!?…][\"'”’)\]]*\s*$")


_FRONT: frozenset[Role] = frozenset(("boilerplate", "heading", "byline"))
"""What may stand before the first line of a story, and so before its dateline."""


def passages(text: str) -> tuple[Passage, ...]:
    """Return the passages of a body in order; together they cover it.

    >>> [p.role for p in passages("HERAT, May 3 (XY) — Troops left.\\n\\n[A tank near Herat. AP Photo]")]
    ['dateline', 'body', 'caption']
    """
    found: list[Passage] = []
    for line in _LINE.finditer(text):
        if line.end() == line.start():
            continue
        span = Span(line.start(), line.end())
        if not line.group().strip():
            _append(found, span, found[-1].role if found else "body")
            continue
        for passage in _of_line(text, span, first=not any(p.role not in _FRONT for p in found)):
            _append(found, passage.span, passage.role)
    return tuple(found)


def _append(found: list[Passage], span: Span, role: Role) -> None:
    if not len(span):
        return
    blank = found and found[-1].role == role and found[-1].span.end == span.start and role != "caption"
    if blank and role != "heading":
        found[-1] = Passage(Span(found[-1].span.start, span.end), role)
    else:
        found.append(Passage(span, role))


def _of_line(text: str, span: Span, *, first: bool) -> Iterator[Passage]:
    line = span.of(text)
    whole = _role_of_line(line, alone=line.strip() != text.strip())
    stamp = _STAMP_LEAD.match(text, span.start, span.end) if whole == "heading" else None
    if stamp and stamp.end() < span.end:
        yield Passage(Span(span.start, stamp.end()), "boilerplate")
        span = Span(stamp.end(), span.end)
    if whole:
        yield Passage(span, whole)
        return
    start = span.start
    if first:
        for lead, role in ((_DATE_LEAD, "boilerplate"), (_DATELINE, "dateline"), (_LABEL, "heading")):
            match = lead.match(text, start, span.end)
            if match:
                yield Passage(Span(start, match.end()), role)  # type: ignore[arg-type]
                start = match.end()
    tail = _OUTLET_TAIL.search(text, start, span.end)
    end = tail.start() if tail else span.end
    yield from _captions_within(text, Span(start, end))
    if tail:
        yield Passage(Span(end, span.end), "boilerplate")


def _role_of_line(line: str, *, alone: bool) -> Role | None:
    stripped = line.strip()
    if _BYLINE.match(stripped):
        return "byline"
    if _LIVE_STAMP.match(stripped):
        return "heading"
    if _BOILERPLATE.match(line):
        return "boilerplate"
    if _CAPTION_LEAD.match(line) or (
        len(stripped) < 600 and _CREDIT.search(stripped[-80:]) and "[" not in stripped
    ):
        return "caption"
    if _BRACKETED.fullmatch(stripped):
        return "caption"
    if alone and len(stripped) < 110 and not _TERMINAL.search(stripped) and not stripped.endswith((":", ",")):
        return "heading"
    if _QUOTED.match(stripped):
        return "quotation"
    return None


def _captions_within(text: str, span: Span) -> Iterator[Passage]:
    start = span.start
    for match in _BRACKETED.finditer(text, span.start, span.end):
        alone = not text[start : match.start()].strip()
        if not (alone or _CREDIT.search(match.group())):
            continue
        yield Passage(Span(start, match.start()), "body")
        yield Passage(Span(match.start(), match.end()), "caption")
        start = match.end()
    if not text[start : span.end].strip() and start > span.start:
        yield Passage(Span(start, span.end), "caption")
    else:
        yield Passage(Span(start, span.end), "body")
