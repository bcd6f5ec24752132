"""``frontlog places``: place names of any text, found and resolved."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from frontlog.commands.options import as_json, progress
from frontlog.errors import SourceError
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.model import PlaceMention, Sentence, Span
from frontlog.reading.places import find_places


@click.command()
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Standard output if not given."
)
@as_json
def places(source: Path, output: Path | None, json_: bool) -> None:
    """Add ``places`` to each record of SOURCE (JSON lines with ``text``, or plain text)."""
    gazetteer = Gazetteer.open()
    out = output.open("w", encoding="utf-8") if output else sys.stdout
    count = mentions = 0
    try:
        with progress("places") as bar:
            for record in bar(_records(source)):
                text = record["text"]
                found = find_places(text, (Sentence(Span(0, len(text))),), gazetteer)
                record["places"] = [place_record(mention) for mention in found]
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                count, mentions = count + 1, mentions + len(found)
    finally:
        if output:
            out.close()
    if output:
        facts = {"records": count, "places": mentions, "output": str(output)}
        click.echo(json.dumps(facts) if json_ else f"{count} records, {mentions} places, in {output}")


def place_record(mention: PlaceMention) -> dict[str, Any]:
    """Write a mention as the JSON form of ``frontlog places``."""
    place = mention.place
    number = place.id.removeprefix("gn:") if place else ""
    return {
        "start": mention.span.start, "end": mention.span.end, "text": mention.text, "name": mention.name,
        "id": place.id if place else None, "kind": place.kind if place else None,
        "precision": mention.precision, "country": mention.country,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "geonameid": int(number) if number.isdigit() else None, "confidence": mention.confidence,
        "runner_up": mention.runner_up.id if mention.runner_up else None,
    }  # fmt: skip


def _records(source: Path) -> Iterator[dict[str, Any]]:
    if str(source) == "-":
        yield from _json_lines(sys.stdin, "standard input")
        return
    try:
        if source.suffix == ".txt":
            yield {"id": source.stem, "text": source.read_text(encoding="utf-8")}
        else:
            with source.open(encoding="utf-8") as file:
                yield from _json_lines(file, str(source))
    except UnicodeDecodeError as error:
        raise SourceError(str(source), f"not in UTF-8 ({error.reason})", "save it as UTF-8") from error


def _json_lines(file: IO[str], where: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record["text"], str):
                raise TypeError("text is no string")
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(
                f"{where}:{number}", f"not a record with text ({error})", "give JSON lines with a field text"
            ) from error
        yield record
