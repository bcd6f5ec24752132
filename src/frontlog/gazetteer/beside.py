"""What stands beside a name: a class word ("Kandahar province"), what it lies in ("in Badakhshan")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from frontlog.gazetteer import classwords
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.meanings import Group, Weights
from frontlog.model import Span

_BETWEEN = re.compile(
    r"(?:,? (?:[a-z]+ ){0,2}(?:in|of|near|outside|inside)(?: the)?"
    r"(?: (?:[a-z]+ern|far|remote|neighbou?ring|restive))*"
    r"(?: (?:state|province|district|region|county|city|town|governorate|oblast|republic) of)? "
    r"|,? (?:district|province|county|region|city|town|village|governorate|area|oblast|state|parish),?"
    r" (?:in|of)(?: the)?(?: [a-z]+ern)? |, (?:the |[a-z]+ern )?| \(|,(?=[A-Z]))$"
)
_LISTED = re.compile(r"(?:(?:, and|,| and| or) [A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)*)+ ([a-z]+s)\b")
_NAME = r"[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)*"
_HEADED = re.compile(rf"([a-z]+s) of (?:the )?{_NAME}(?:, {_NAME})*(?:,? and |, )$")
_OWNED = re.compile(r"(?:['’]s?|) (?:[a-z]+ ){0,4}(?:of )?$")
_TAIL = re.compile(r"[ -]([A-Za-z]+)(?:[ -]([A-Za-z]+))?")
_HEAD = re.compile(r"([a-z]+) (?:of (?:the )?)?$")


def class_beside(text: str, span: Span) -> str:
    table = classwords.load()
    tail = _TAIL.match(text, span.end)
    if tail:
        first, second = tail.group(1), tail.group(2)
        if second and f"{first} {second}".lower() in table:
            return f"{first} {second}".lower()
        if first.lower() in table:
            return first.lower()
    shared = _LISTED.match(text, span.end)
    if shared and shared.group(1) in table:
        return shared.group(1)
    head = _HEAD.search(text, max(0, span.start - 30), span.start)
    if head and head.group(1) in table:
        return head.group(1)
    listed = _HEADED.search(text, max(0, span.start - 90), span.start)
    return listed.group(1) if listed and listed.group(1) in table else ""


def contain(
    text: str, spans: Sequence[Span], groups: Sequence[Group], gazetteer: Gazetteer, weights: Weights
) -> None:
    """Add the evidence of "Faizabad, in Badakhshan" and of "Afghanistan's Kandahar"."""
    done: set[tuple[int, int]] = set()
    for index, (left, right) in enumerate(pairwise(spans)):
        between = text[left.end : right.start]
        inner, outer = groups[index], groups[index + 1]
        if outer.adjective and not inner.adjective:
            continue
        if (_OWNED.fullmatch(between) and inner.adjective) or between in ("'s ", "’s "):
            inner, outer, worth = outer, inner, 0.5
        elif len(between) <= 48 and _BETWEEN.fullmatch(between):
            worth = 1.0
        else:
            continue
        if (id(inner), id(outer)) in done or inner is outer or inner.adjective:
            continue
        done.add((id(inner), id(outer)))
        _bind(inner, outer, worth, gazetteer, weights)


def _bind(inner: Group, outer: Group, worth: float, gazetteer: Gazetteer, weights: Weights) -> None:
    if _level(inner, gazetteer) == _level(outer, gazetteer) and not outer.abbreviation:
        return
    held = [False] * len(outer.options)
    for number, option in enumerate(inner.options):
        best = 0.0
        for at, container in enumerate(outer.options):
            if gazetteer.row_in(option.row, container.row):
                held[at] = True
                precision = gazetteer.fact(container.row).precision
                best = max(best, weights.container if precision != "country" else 0.8 * weights.container)
        inner.scores[number] += worth * best
    for at, holds in enumerate(held):
        outer.scores[at] += weights.contained * holds


def _level(group: Group, gazetteer: Gazetteer) -> str:
    """Return "province" or "country" for a name that is first of all one: lists are no containers."""
    if not group.options:
        return "none"
    best = max(range(len(group.options)), key=lambda at: group.scores[at])
    precision = gazetteer.fact(group.options[best].row).precision
    return precision if precision in ("province", "country") else f"below {id(group)}"
