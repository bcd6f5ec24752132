"""Scores of recognition and resolution of places on corpora of gold toponyms."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from statistics import median
from typing import Any

from frontlog.errors import EvaluationError
from frontlog.gazetteer.kin import arc_km
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.resolve import resolve
from frontlog.model import PlaceMention, Sentence, Span
from frontlog.reading.places import find_places

WITHIN_KM = 161.0
WORST_KM = 20_039.0


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold mention; ``ident`` is a GeoNames id."""

    span: Span
    lat: float | None
    lon: float | None
    ident: int | None


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    text: str
    places: tuple[Toponym, ...]


@dataclass(slots=True)
class PlaceScores:
    """Counts over one corpus. Unanswered is wrong; mentions without gold coordinates do not count."""

    corpus: str
    found: int = 0
    gold: int = 0
    exact: int = 0
    errors: list[float] = field(default_factory=list)
    answered: int = 0
    right: int = 0
    right_end_to_end: int = 0

    @property
    def precision(self) -> float:
        return self.exact / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.exact / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.gold
        return 2 * self.exact / total if total else 0.0

    @property
    def accuracy(self) -> float:
        """Share of gold mentions with coordinates resolved within 161 km, given their spans."""
        return self.right / len(self.errors) if self.errors else 0.0

    @property
    def end_to_end(self) -> float:
        """Share of gold mentions with coordinates both found and resolved within 161 km."""
        return self.right_end_to_end / len(self.errors) if self.errors else 0.0

    @property
    def median_km(self) -> float:
        return median(self.errors) if self.errors else 0.0

    @property
    def auc(self) -> float:
        """Area under the curve of log errors, 0 the best and 1 the worst, unanswered at half the globe."""
        if not self.errors:
            return 0.0
        return sum(log(error + 1) for error in self.errors) / (log(WORST_KM + 1) * len(self.errors))

    def as_record(self) -> dict[str, Any]:
        return {
            "corpus": self.corpus, "precision": round(self.precision, 4), "recall": round(self.recall, 4),
            "f1": round(self.f1, 4), "mentions": self.gold, "resolvable": len(self.errors),
            "within_161km": round(self.accuracy, 4), "end_to_end_161km": round(self.end_to_end, 4),
            "median_km": round(self.median_km, 2), "auc": round(self.auc, 4),
        }  # fmt: skip


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a corpus file (JSON lines, optionally gzipped)."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line)
                places = tuple(
                    Toponym(Span(p["start"], p["end"]), p.get("lat"), p.get("lon"), p.get("geonameid"))
                    for p in record["places"]
                )
                yield Article(str(record["id"]), record["text"], places)
            except (ValueError, KeyError, TypeError) as error:
                raise EvaluationError(
                    f"{path}:{number}: not a record of places ({error!r}); each needs id, text and places"
                ) from error


def error_km(mention: PlaceMention | None, gold: Toponym) -> float:
    """Distance from answer to gold, 0 where the ids are the same, the worst where unanswered."""
    if mention is None or mention.place is None or gold.lat is None or gold.lon is None:
        return WORST_KM
    if gold.ident is not None and mention.place.id == f"gn:{gold.ident}":
        return 0.0
    return arc_km(mention.place.lat, mention.place.lon, gold.lat, gold.lon)


def score(corpus: str, articles: Iterable[Article], gazetteer: Gazetteer) -> PlaceScores:
    """Score one corpus."""
    scores = PlaceScores(corpus)
    for article in articles:
        _score_article(article, gazetteer, scores)
    return scores


def _score_article(article: Article, gazetteer: Gazetteer, scores: PlaceScores) -> None:
    spans = [toponym.span for toponym in article.places]
    given = resolve(article.text, spans, gazetteer)
    whole = (Sentence(Span(0, len(article.text))),)
    found = {mention.span: mention for mention in find_places(article.text, whole, gazetteer)}
    scores.found += len(found)
    scores.gold += len(spans)
    scores.exact += len(set(spans) & set(found))
    for toponym, mention in zip(article.places, given, strict=True):
        if toponym.lat is None or toponym.lon is None:
            continue
        error = error_km(mention, toponym)
        scores.errors.append(error)
        scores.answered += mention.place is not None
        scores.right += error <= WITHIN_KM
        scores.right_end_to_end += error_km(found.get(toponym.span), toponym) <= WITHIN_KM


def overall(parts: Sequence[PlaceScores]) -> PlaceScores:
    """Pool the counts of several corpora."""
    pooled = PlaceScores("all")
    for part in parts:
        pooled.found += part.found
        pooled.gold += part.gold
        pooled.exact += part.exact
        pooled.errors += part.errors
        pooled.answered += part.answered
        pooled.right += part.right
        pooled.right_end_to_end += part.right_end_to_end
    return pooled


def eval_places(files: Sequence[Path], gazetteer: Gazetteer | None = None) -> list[PlaceScores]:
    """Score each file, and all of them pooled where there are several."""
    opened = gazetteer or Gazetteer.open()
    parts = [score(path.name.split(".")[0], read_articles(path), opened) for path in files]
    return [*parts, overall(parts)] if len(parts) > 1 else parts
