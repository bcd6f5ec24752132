"""Analysts' verdicts, applied to claims and incidents. They are only ever added; an `undo` takes one back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, cast, get_args

from frontlog.errors import DecisionError
from frontlog.model import Decision, DecisionAction, Extent, Interval, Kind, Standing

CORRECTABLE = frozenset(
    {"kind", "standing", "extent", "when", "deaths", "agent", "target", "place", "confidence"}
)
_WORDS: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind), "standing": get_args(Standing), "extent": get_args(Extent),
}  # fmt: skip

_MOST: Mapping[str, tuple[float, str]] = {
    "deaths": (float("inf"), "a whole number"), "confidence": (1.0, "a number from 0 to 1"),
}  # fmt: skip

_NEEDED = frozenset({"kind", "standing", "confidence"})


def decision(
    action: str, subject: str, author: str, made: datetime, reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Decision:  # fmt: skip
    """Make a decision with its id; raises DecisionError when it contradicts itself.

    ``correct`` changes fields of a claim: words for ``kind``, ``standing`` and ``extent``, ``when`` as ISO,
    ``agent`` and ``target`` as ``[side, …]``, ``place`` as a place id. ``merge`` takes
    ``{"with": [incident, …]}``, ``split`` takes ``{"claims": [claim, …]}``.
    """
    fields = dict(changes or {})
    if action not in get_args(DecisionAction):
        raise DecisionError(f"unknown action {action!r}; use one of {', '.join(get_args(DecisionAction))}")
    if not author.strip():
        raise DecisionError("a decision needs an author; give --author NAME")
    _check(action, fields)
    text = "\x1f".join((action, subject, author, made.isoformat(), reason, repr(sorted(fields.items()))))
    id = "d" + hashlib.sha256(text.encode()).hexdigest()[:12]
    return Decision(id, cast(DecisionAction, action), subject, author, made, reason, fields)


def _check(action: str, fields: Mapping[str, Any]) -> None:
    wanted = {"merge": "with", "split": "claims"}.get(action)
    if wanted and not _are_ids(fields.get(wanted)):
        raise DecisionError(f"{action} needs {wanted!r}; give the ids it is about")
    if action != "correct":
        return
    if not fields:
        raise DecisionError("correct changes nothing; give at least one field=value")
    for name, value in fields.items():
        if name not in CORRECTABLE:
            raise DecisionError(f"cannot correct {name!r}; use one of {', '.join(sorted(CORRECTABLE))}")
        if name in _WORDS and value is not None and value not in _WORDS[name]:
            raise DecisionError(f"{name} cannot be {value!r}; use one of {', '.join(_WORDS[name])}")
        if name in _MOST and value is not None and not _is_number(value, _MOST[name]):
            raise DecisionError(f"{name} cannot be {value!r}; use {_MOST[name][1]}")
        if name in _NEEDED and value is None:
            raise DecisionError(f"a claim has always a {name}; give one, or reject the claim")
        if name == "when" and value is not None and not _is_interval(str(value)):
            raise DecisionError(f"when cannot be {value!r}; write YYYY-MM-DD, or first and last joined by /")


def _are_ids(value: object) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(each, str) for each in value)


def _is_interval(text: str) -> bool:
    try:
        when = Interval.parse(text)
    except ValueError:
        return False
    return when.start <= when.end


def _is_number(value: object, most: tuple[float, str]) -> bool:
    kinds = (int,) if most[0] > 1 else (int, float)
    return isinstance(value, kinds) and not isinstance(value, bool) and 0 <= value <= most[0]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the decisions in force say, replayed in order."""

    accepted: Mapping[str, bool] = field(default_factory=dict)
    corrected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    regrouped: tuple[tuple[Literal["merge", "split"], str, tuple[str, ...]], ...] = ()
    """Merges and splits in their order: the incident, and what is merged with it or taken out."""


def replay(decisions: Iterable[Decision]) -> Verdicts:
    """Apply decisions oldest first; what was undone is as if it had never been."""
    ordered = sorted(decisions, key=lambda each: (each.made, each.id))
    undone: set[str] = set()
    for each in reversed(ordered):
        # Newest first, so that an undone undo no longer undoes.
        if each.action == "undo" and each.id not in undone:
            undone.add(each.subject)
    accepted: dict[str, bool] = {}
    corrected: dict[str, dict[str, Any]] = {}
    regrouped: list[tuple[Literal["merge", "split"], str, tuple[str, ...]]] = []
    for each in ordered:
        if each.id in undone:
            continue
        if each.action in ("accept", "reject"):
            accepted[each.subject] = each.action == "accept"
        elif each.action == "correct":
            corrected[each.subject] = {**corrected.get(each.subject, {}), **each.changes}
        elif each.action == "merge":
            regrouped.append(("merge", each.subject, tuple(each.changes["with"])))
        elif each.action == "split":
            regrouped.append(("split", each.subject, tuple(each.changes["claims"])))
    return Verdicts(accepted, corrected, tuple(regrouped))


def corrected_body(body: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The stored form of a claim with an analyst's corrections; the printed words stay beside."""
    fixed = dict(body)
    for name, value in changes.items():
        if name in ("agent", "target"):
            sides = [value] if isinstance(value, str) else list(value)
            span = fixed["cue"][:2]
            fixed[f"{name}s"] = [[*span, side, None, side, 0] for side in sides]
        elif name == "place":
            old = (fixed.get("places") or [[*fixed["cue"][:2], "", None, None, 1.0, None]])[0]
            fixed["places"] = [[*old[:4], value, 1.0, None]]
        elif value is None:
            fixed.pop(name, None)
        else:
            fixed[name] = value
    return fixed
