"""Fits the weights of place recognition (``frontlog.reading.toponyms``) and writes its two data files.

Training text: current-events items, labelled by spaCy's English pipeline (``silver``: JSON lines with ``text``
and ``ents`` as [start, end, label]), and the GeoVirus half with its gold spans. Run with

    python benchmarks/fit_toponyms.py silver.jsonl ../shared/data/places/geovirus_dev.jsonl.gz
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from frontlog.evaluation.places import read_articles
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.model import Sentence, Span
from frontlog.reading import toponym_weights, toponyms
from frontlog.reading.toponym_weights import Model

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
Record = tuple[str, set[tuple[int, int]], set[tuple[int, int]]]
LEAST = 12


def read_silver(path: Path) -> list[Record]:
    """Return texts with the spans of places and of persons."""
    records = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            places, persons = set(), set()
            for start, end, label in record["ents"]:
                words = record["text"][start:end]
                start += 4 if words.lower().startswith("the ") else 0
                end -= 2 if words.endswith(("'s", "’s")) else 0
                if label in PLACE_LABELS:
                    places.add((start, end))
                elif label == "PERSON":
                    persons.add((start, end))
            records.append((record["text"], places, persons))
    return records


def word_tables(records: Iterable[Record], gazetteer: Gazetteer) -> Model:
    """Count how news uses each name and word."""
    place: Counter[str] = Counter()
    total: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    person: Counter[str] = Counter()
    for text, places, persons in records:
        tokens = toponyms.tokens_of(text, (Sentence(Span(0, len(text))),))
        for found in toponyms.candidates(text, tokens, gazetteer):
            at = tokens[found.first].start, tokens[found.last].end
            total[found.plain] += 1
            place[found.plain] += at in places
        for token in tokens:
            if token.capital and not token.opens:
                upper[token.text] += 1
                person[token.text] += any(s <= token.start and token.end <= e for s, e in persons)
            elif token.text.isalpha() and not token.capital:
                lower[token.text] += 1
    names = {
        name: f"{round(4 * place[name] / count)}{'+' if count >= 12 else ''}"
        for name, count in total.items()
        if count >= 3
    }
    cased = Counter({word.lower(): count for word, count in upper.items()})
    lowered = {
        word: min(3, int(4 * count / (count + cased[word])))
        for word, count in lower.items()
        if count >= 3 and (gazetteer.candidates(word) or cased[word])
    }
    people = {word: round(3 * person[word] / count) for word, count in upper.items() if count >= 3}
    return Model({}, names, lowered, {word: grade for word, grade in people.items() if grade})


def examples(
    records: Iterable[Record], gazetteer: Gazetteer, tables: Model
) -> tuple[list[list[str]], list[bool]]:
    rows, labels = [], []
    for text, places, _ in records:
        tokens = toponyms.tokens_of(text, (Sentence(Span(0, len(text))),))
        for found in toponyms.candidates(text, tokens, gazetteer):
            rows.append(toponyms.features(found, tokens, gazetteer, tables))
            labels.append((tokens[found.first].start, tokens[found.last].end) in places)
    return rows, labels


def fit(rows: Sequence[Sequence[str]], labels: Sequence[bool], weights: Sequence[float]) -> dict[str, float]:
    """Fit a sparse logistic regression over the features that hold often enough."""
    counts = Counter(feature for row in rows for feature in row)
    column = {feature: at for at, feature in enumerate(f for f, count in counts.items() if count >= LEAST)}
    pointers, indices = [0], []
    for row in rows:
        indices += sorted({column[feature] for feature in row if feature in column})
        pointers.append(len(indices))
    matrix = csr_matrix(
        (np.ones(len(indices), np.float32), indices, pointers), shape=(len(rows), len(column))
    )
    regression = LogisticRegression(solver="liblinear", penalty="l1", C=0.4, fit_intercept=False)
    regression.fit(matrix, np.array(labels), sample_weight=np.array(weights))
    fitted = regression.coef_[0]
    return {feature: float(fitted[at]) for feature, at in column.items() if abs(fitted[at]) > 0.02}


def write(model: Model) -> None:
    """Write the data files in a fixed order."""
    with toponym_weights.WEIGHTS.open("w", encoding="utf-8") as out:
        out.write("feature\tweight\n")
        for feature, weight in sorted(model.weights.items()):
            out.write(f"{feature}\t{weight:.3f}\n")
    with toponym_weights.WORDS.open("w", encoding="utf-8") as out:
        out.write("table\tword\tclass\n")
        for table in ("names", "lower", "persons"):
            for word, grade in sorted(getattr(model, table).items()):
                out.write(f"{table}\t{word}\t{grade}\n")


def main(silver: Path, gold: Path, size: int = 30_000) -> None:
    gazetteer = Gazetteer.open()
    records = read_silver(silver)
    random.Random(7).shuffle(records)
    half = len(records) // 2
    tables = word_tables(records[:half], gazetteer)
    rows, labels = examples(records[half : half + size], gazetteer, tables)
    weights = [1.0] * len(rows)
    marked = [(a.text, {(t.span.start, t.span.end) for t in a.places}, set()) for a in read_articles(gold)]
    more, answers = examples(marked, gazetteer, tables)
    rows, labels, weights = rows + more, labels + answers, weights + [5.0] * len(more)
    print(f"{len(rows)} candidates, {sum(labels)} places", file=sys.stderr)
    fitted = fit(rows, labels, weights)
    whole = word_tables(records, gazetteer)
    write(Model({**fitted, "threshold": 0.0}, whole.names, whole.lower, whole.persons))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *(int(argument) for argument in sys.argv[3:]))
