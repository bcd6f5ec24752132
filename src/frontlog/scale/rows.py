"""Whole readings as rows of Parquet and back, without loss: one row a dispatch, its claims nested in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from frontlog.errors import MissingExtraError, SourceError
from frontlog.model import (
    Claim,
    Dispatch,
    Interval,
    Party,
    Passage,
    Place,
    PlaceMention,
    Reading,
    Sentence,
    Span,
    Speaker,
)

FORMAT = "1"
_BATCH = 64


def parquet_of(readings: Sequence[Reading], reader: str) -> bytes:
    """The Parquet file of some readings; the same readings give the same bytes."""
    pa, parquet = _arrow()
    schema = _schema(pa).with_metadata(
        {
            "frontlog.format": FORMAT,
            "frontlog.reader": reader,
            "frontlog.claims": str(sum(len(reading.claims) for reading in readings)),
        }
    )
    table = pa.Table.from_pylist([row_of(reading) for reading in readings], schema=schema)
    out = BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def told(path: Path) -> tuple[int, int, str]:
    """Numbers of dispatches and claims in a file of ours, and its reader; raises SourceError on another."""
    pa, parquet = _arrow()
    try:
        metadata = parquet.read_metadata(path)
        notes = metadata.metadata or {}
        if notes.get(b"frontlog.format") != FORMAT.encode():
            raise SourceError(str(path), "not a Parquet file of claims", "write it with frontlog extract")
        return metadata.num_rows, int(notes[b"frontlog.claims"]), notes[b"frontlog.reader"].decode()
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise SourceError(str(path), f"damaged ({error})", "delete it and extract again") from error


def readings_in(path: Path) -> Iterator[Reading]:
    """The readings of one file, a few at a time."""
    pa, parquet = _arrow()
    places: dict[str, Place] = {}
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
                for row in batch.to_pylist():
                    yield reading_of(row, places)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(str(path), f"damaged ({error})", "delete it and extract again") from error


def row_of(reading: Reading) -> dict[str, Any]:
    dispatch = reading.dispatch
    return {
        "id": dispatch.id,
        "date": dispatch.date,
        "published": dispatch.published,
        "precision": dispatch.precision,
        "title": dispatch.title,
        "url": dispatch.url,
        "publisher": dispatch.publisher,
        "sources": list(dispatch.sources),
        "language": dispatch.language,
        "text": dispatch.text,
        "passages": [_stretch(each) for each in reading.passages],
        "sentences": [_stretch(each) for each in reading.sentences],
        "places": [_mention(each) for each in reading.places],
        "claims": [_claim(each, dispatch.text) for each in reading.claims],
    }


def reading_of(row: Mapping[str, Any], places: dict[str, Place]) -> Reading:
    """The reading of a row; ``places`` shares equal places between rows."""
    dispatch = Dispatch(
        row["id"], row["published"].astimezone(UTC), row["text"], row["precision"], row["title"], row["url"],
        row["publisher"], tuple(row["sources"]), row["language"],
    )  # fmt: skip
    return Reading(
        dispatch,
        tuple(Passage(_span(each), each["role"]) for each in row["passages"]),
        tuple(Sentence(_span(each), each["role"]) for each in row["sentences"]),
        tuple(_mention_of(each, places) for each in row["places"]),
        tuple(_claim_of(each, dispatch.id, places) for each in row["claims"]),
    )


def _span(cell: Mapping[str, Any], name: str = "") -> Span:
    return Span(cell[f"{name}start"], cell[f"{name}end"])


def _stretch(value: Passage | Sentence) -> dict[str, Any]:
    return {"start": value.span.start, "end": value.span.end, "role": value.role}


_PLACE = (
    "id", "name", "kind", "precision", "lat", "lon", "country", "admin1", "admin1_name", "population",
    "capital_of", "source",
)  # fmt: skip
_PARTY = ("text", "actor", "side", "generic")
_SPEAKER = ("text", "actor", "side", "role", "medium")


def _cells(value: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _mention(value: PlaceMention) -> dict[str, Any]:
    return {
        "start": value.span.start, "end": value.span.end, "text": value.text, "name": value.name,
        "place": _cells(value.place, _PLACE) if value.place else None, "confidence": value.confidence,
        "runner_up": _cells(value.runner_up, _PLACE) if value.runner_up else None,
    }  # fmt: skip


def _place_of(cell: Mapping[str, Any] | None, places: dict[str, Place]) -> Place | None:
    if cell is None:
        return None
    place = Place(**cell)
    known = places.setdefault(place.id, place)
    return known if known == place else place


def _mention_of(cell: Mapping[str, Any], places: dict[str, Place]) -> PlaceMention:
    return PlaceMention(
        _span(cell), cell["text"], cell["name"], _place_of(cell["place"], places), cell["confidence"],
        _place_of(cell["runner_up"], places),
    )  # fmt: skip


def _party(value: Party) -> dict[str, Any]:
    return {"start": value.span.start, "end": value.span.end, **_cells(value, _PARTY)}


def _party_of(cell: Mapping[str, Any]) -> Party:
    return Party(_span(cell), *(cell[name] for name in _PARTY))


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    speaker = claim.speaker
    return {
        "id": claim.id,
        "kind": claim.kind,
        "cue_start": claim.cue.start,
        "cue_end": claim.cue.end,
        "cue": claim.cue_text,
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        "sentence": claim.sentence.of(text),
        "agents": [_party(each) for each in claim.agents],
        "targets": [_party(each) for each in claim.targets],
        "places": [_mention(each) for each in claim.places],
        "extent": claim.extent,
        "when_first": claim.when.start if claim.when else None,
        "when_last": claim.when.end if claim.when else None,
        "when_text": claim.when_text,
        "speaker": {"start": speaker.span.start, "end": speaker.span.end, **_cells(speaker, _SPEAKER)}
        if speaker
        else None,
        "standing": claim.standing,
        "deaths": claim.deaths,
        "role": claim.role,
        "against_interest": claim.against_interest,
        "confidence": claim.confidence,
    }


def _claim_of(cell: Mapping[str, Any], dispatch: str, places: dict[str, Place]) -> Claim:
    speaker = cell["speaker"]
    return Claim(
        dispatch=dispatch,
        kind=cell["kind"],
        cue=_span(cell, "cue_"),
        cue_text=cell["cue"],
        sentence=_span(cell, "sentence_"),
        agents=tuple(map(_party_of, cell["agents"])),
        targets=tuple(map(_party_of, cell["targets"])),
        places=tuple(_mention_of(each, places) for each in cell["places"]),
        extent=cell["extent"],
        when=Interval(cell["when_first"], cell["when_last"]) if cell["when_first"] else None,
        when_text=cell["when_text"],
        speaker=Speaker(_span(speaker), *(speaker[name] for name in _SPEAKER)) if speaker else None,
        standing=cell["standing"],
        deaths=cell["deaths"],
        role=cell["role"],
        against_interest=cell["against_interest"],
        confidence=cell["confidence"],
    )


def _schema(pa: Any) -> Any:
    text, number, real, truth, day = pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()
    span = [("start", number), ("end", number)]
    stretch = pa.list_(pa.struct([*span, ("role", text)]))
    numbers = {"lat": real, "lon": real, "population": number}
    place = pa.struct([(name, numbers.get(name, text)) for name in _PLACE])
    mention = pa.struct(
        [*span, ("text", text), ("name", text), ("place", place), ("confidence", real), ("runner_up", place)]
    )
    party = pa.struct([*span, *((name, truth if name == "generic" else text) for name in _PARTY)])
    speaker = pa.struct([*span, *((name, text) for name in _SPEAKER)])
    claim = pa.struct(
        [
            ("id", text), ("kind", text),
            ("cue_start", number), ("cue_end", number), ("cue", text),
            ("sentence_start", number), ("sentence_end", number), ("sentence", text),
            ("agents", pa.list_(party)), ("targets", pa.list_(party)), ("places", pa.list_(mention)),
            ("extent", text), ("when_first", day), ("when_last", day), ("when_text", text),
            ("speaker", speaker), ("standing", text), ("deaths", number), ("role", text),
            ("against_interest", truth), ("confidence", real),
        ]
    )  # fmt: skip
    return pa.schema(
        [
            ("id", text), ("date", day), ("published", pa.timestamp("us", tz="UTC")), ("precision", text),
            ("title", text), ("url", text), ("publisher", text), ("sources", pa.list_(text)),
            ("language", text), ("text", text),
            ("passages", stretch), ("sentences", stretch), ("places", pa.list_(mention)),
            ("claims", pa.list_(claim)),
        ]
    )  # fmt: skip


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("a folder of claims", "parquet") from error
    return pyarrow, pyarrow.parquet
