"""Claims to annotators in Label Studio and their corrections back as decisions.

A task is one dispatch; a claim is a span on its cue, labelled with its kind, with standing, extent and day
beside it. The span's id is the claim's, which is how a correction finds its way back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, get_args

from frontlog.errors import DecisionError, SourceError
from frontlog.ledger.decisions import decision
from frontlog.ledger.store import ClaimQuery, Store, StoredClaim
from frontlog.model import KINDS, Decision, Extent, Standing
from frontlog.views.export.chosen import chosen

_FIELDS = ("standing", "extent", "when")


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: decisions, and spans an annotator added that no claim of the ledger stands behind."""

    decisions: tuple[Decision, ...]
    added: int


def config() -> str:
    """The labelling configuration that the tasks are for."""
    labels = "".join(f'<Label value="{kind}"/>' for kind in KINDS)
    standing = "".join(f'<Choice value="{word}"/>' for word in get_args(Standing))
    extent = "".join(f'<Choice value="{word}"/>' for word in get_args(Extent))
    return (
        f'<View>\n<Labels name="kind" toName="text">{labels}</Labels>\n<Text name="text" value="$text"/>\n'
        f'<Choices name="standing" toName="text" perRegion="true">{standing}</Choices>\n'
        f'<Choices name="extent" toName="text" perRegion="true">{extent}</Choices>\n'
        '<TextArea name="when" toName="text" perRegion="true" maxSubmissions="1"/>\n</View>\n'
    )


def tasks_bytes(store: Store, query: ClaimQuery) -> bytes:
    """The tasks, with the ledger's claims as predictions; import them after the configuration."""
    rows = sorted(chosen(store, query), key=lambda row: (row.claim.dispatch, row.claim.cue, row.id))
    tasks = [
        _task(store, dispatch, list(claims))
        for dispatch, claims in groupby(rows, lambda row: row.claim.dispatch)
    ]
    return json.dumps(tasks, ensure_ascii=False, indent=1).encode()


def _task(store: Store, id: str, rows: Sequence[StoredClaim]) -> dict[str, Any]:
    dispatch = store.dispatch(id)
    assert dispatch is not None
    result = [item for row in rows for item in _regions(row)]
    return {
        "data": {"text": dispatch.text, "dispatch": id, "date": dispatch.date.isoformat(),
                 "publisher": dispatch.publisher, "url": dispatch.url},
        "predictions": [{"model_version": "frontlog", "result": result}],
    }  # fmt: skip


def _regions(row: StoredClaim) -> Iterator[dict[str, Any]]:
    claim = row.claim
    span = {"start": claim.cue.start, "end": claim.cue.end}
    common = {"id": row.id, "to_name": "text"}
    yield {
        **common, "from_name": "kind", "type": "labels", "score": claim.confidence,
        "value": {**span, "text": claim.cue_text, "labels": [claim.kind]},
    }  # fmt: skip
    for name, value in (("standing", claim.standing), ("extent", claim.extent)):
        if value is not None:
            yield {**common, "from_name": name, "type": "choices", "value": {**span, "choices": [value]}}
    if claim.when is not None:
        yield {
            **common, "from_name": "when", "type": "textarea", "value": {**span, "text": [claim.when.iso()]},
        }  # fmt: skip


def returned(where: str, text: str, author: str, made: datetime) -> Returned:
    """Read what Label Studio exported as JSON; raises SourceError when it is something else.

    A span left as it was is accepted, one taken away rejected, one altered corrected. Tasks that nobody has
    annotated, or that were skipped, say nothing. Of several annotations of one task the last one counts.
    """
    decisions: list[Decision] = []
    added = 0
    for task in _tasks(where, text):
        annotation = next(
            (each for each in reversed(task["annotations"]) if not each.get("was_cancelled")), None
        )
        if annotation is None:
            continue
        try:
            before = _claims(task["predictions"][0]["result"])
            after = _claims(annotation["result"])
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise _foreign(where, f"a task without {error}") from error
        added += len(after.keys() - before.keys())
        for id, fields in before.items():
            decisions.append(_verdict(where, id, fields, after.get(id), author, made))
    return Returned(tuple(decisions), added)


def _tasks(where: str, text: str) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(text)
    except ValueError as error:
        raise _foreign(where, f"not JSON ({error})") from error
    if not isinstance(tasks, list) or not all(
        isinstance(task, dict) and isinstance(task.get("annotations"), list) and "predictions" in task
        for task in tasks
    ):
        raise _foreign(where, "not a list of annotated tasks")
    return tasks


def _foreign(where: str, reason: str) -> SourceError:
    return SourceError(where, reason, "export the project from Label Studio as JSON, with predictions")


def _claims(result: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """What each span says: its kind, and the fields beside it."""
    found: dict[str, dict[str, str]] = {}
    for item in result:
        name, value = item["from_name"], item["value"]
        said = (
            value["labels"] if name == "kind" else value["choices"] if "choices" in value else value["text"]
        )
        if name in ("kind", *_FIELDS) and said:
            found.setdefault(item["id"], {})[name] = str(said[0]).strip()
    return {id: fields for id, fields in found.items() if "kind" in fields}


def _verdict(
    where: str,
    id: str,
    before: Mapping[str, str],
    after: Mapping[str, str] | None,
    author: str,
    made: datetime,
) -> Decision:
    try:
        if after is None:
            return decision("reject", id, author, made, "taken away in Label Studio")
        changes = {
            name: after.get(name) for name in ("kind", *_FIELDS) if after.get(name) != before.get(name)
        }
        if changes:
            return decision("correct", id, author, made, "corrected in Label Studio", changes)
        return decision("accept", id, author, made, "left as it was in Label Studio")
    except DecisionError as error:
        raise SourceError(where, f"claim {id}: {error}", "put it right there and export again") from error
