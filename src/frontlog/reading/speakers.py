"""Speakers: in what office somebody speaks, and through which outlet the words came."""

from __future__ import annotations

import re

from frontlog.model import Span, Speaker

_ROLES: tuple[tuple[str, str], ...] = (
    ("monitor",
        r"observatory|monitor|watchdog|rights group|human rights|sohr|acled|"
        r"unama|researchers?\b|analysts?\b|think tank"),
    ("spokesman", r"spokes(?:man|woman|person|people)"),
    ("commander",
        r"commander|general\b|colonel|brigadier|lieutenant|captain\b|chief of "
        r"staff|warlord|admiral"),
    ("resident",
        r"residents?\b|villagers?\b|witness(?:es)?\b|locals?\b|activists?\b|"
        r"elders?\b|survivors?\b|civilians?\b"),
    ("reporter",
        r"reporters?\b|correspondents?\b|journalists?\b|news agency|newspaper|"
        r"television|\btv\b|media\b|radio\b|\bagency\b"),
    ("official",
        r"officials?\b|minister|president|governor|mayor|lawmaker|senator|deputy|"
        r"police chief|councillor|ambassador|envoy|secretary|chairman|leader|"
        r"king\b|chancellor|authorit"),
    ("office",
        r"ministry|government|army|military|department|police|command|forces?\b|"
        r"parliament|council|staff\b|kremlin|pentagon|white house|agency"),
    ("source", r"sources?\b|observers?\b|experts?\b"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_MEDIUM = re.compile(
    r"(?:as )?(?:cited|quoted|reported|carried) by (?:the )?(?:state )?(?:news "
    r"agency |newspaper |broadcaster )?(?P<a>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})"
    r"|\b(?:told|tells|telling) (?:the )?(?:news agency |newspaper |broadcaster "
    r")?(?P<b>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}|agencies|reporters|journalists|"
    r"foreign correspondents)"
    r"|\b(?:via|through) (?:the )?(?P<c>state TV|state media|state television|"
    r"social media|Twitter|Telegram|Facebook)"
    r"|\bin (?:an? )?(?:interview with|comments to|remarks to) (?:the )?(?P<d>[A-Z][\w-]*(?"
    r": [A-Z][\w-]*){0,3})"
)


_APPOSITION = re.compile(
    r"\s*,\s*(?:an?|the)\s+(?P<office>[^,]{3,60}?)(?:\s+(?:in|of|for)\s+[^,]{2,40})?(?:,|\s+(?:said|told|says)\b)"
)


def role_of(words: str) -> str | None:
    """The office that the words of a speaker name, or None.

    >>> role_of("two residents of the village")
    'resident'
    """
    return next((role for role, pattern in _PATTERNS if pattern.search(words)), None)


def medium_of(sentence: str) -> str | None:
    """The outlet through which a sentence says its words came, or None.

    >>> medium_of('The bridge fell, the mayor said, as cited by news agency Kosta.')
    'Kosta'
    """
    match = _MEDIUM.search(sentence)
    return next((group for group in match.groups() if group), None) if match else None


def speaker_at(text: str, span: Span, sentence: Span, actor: str | None, side: str | None) -> Speaker:
    """Describe the speaker at ``span``; the apposition after the name tells the office too."""
    words = span.of(text)
    around = text[max(sentence.start, span.start - 40) : min(sentence.end, span.end + 70)]
    office = apposition(text, span, sentence)
    role = role_of(words) or (role_of(office) if office else None) or _before(around, words)
    return Speaker(span, words, actor, side, role, medium_of(sentence.of(text)))


def apposition(text: str, span: Span, sentence: Span) -> str | None:
    """What a name is followed by that tells the office: "N, a militia commander in Kutno, said"."""
    match = _APPOSITION.match(text, span.end, sentence.end)
    return match.group("office") if match else None


def _before(around: str, words: str) -> str | None:
    """A title that stands before the name: "lawmaker Nadir Kohi"."""
    head, _, _ = around.partition(words)
    tail = head.split()[-3:]
    return role_of(" ".join(tail)) if words[:1].isupper() and tail else None
