"""Fits the weights of place recognition (``frontlog.reading.toponyms``) and writes its two data files.

Training text: current-events items, labelled by spaCy's English pipeline (``silver``: JSON lines with
``text`` and ``ents`` as [start, end, label]), and the GeoVirus half with its gold spans. Run with

    python benchmarks/fit_toponyms.py silver.jsonl ../shared/data/places/geovirus_dev.jsonl.gz names.txt

``names.txt`` lists first names as the US Census does.
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
from frontlog.gazetteer.classwords import load as class_words
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.model import Sentence, Span
from frontlog.reading import toponym_weights
from frontlog.reading.tokens import Token, tokens_of
from frontlog.reading.toponym_candidates import Toponym, candidates
from frontlog.reading.toponym_features import features
from frontlog.reading.toponym_weights import Model

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
Pair = tuple[int, int]
Record = tuple[str, set[Pair], set[Pair], list[Pair]]
LEAST = 12
THRESHOLD = -1.2


def read_silver(path: Path) -> list[Record]:
    """Return texts with the spans of places and of persons."""
    records = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            places, persons, organisations = set(), set(), []
            for start, end, label in record["ents"]:
                words = record["text"][start:end]
                start += 4 if words.lower().startswith("the ") else 0
                end -= 2 if words.endswith(("'s", "’s")) else 0
                if label in PLACE_LABELS:
                    places.add((start, end))
                elif label == "ORG":
                    organisations.append((start, end))
                elif label == "PERSON":
                    persons.add((start, end))
            records.append((record["text"], places, persons, organisations))
    return records


def read_first_names(path: Path) -> list[str]:
    """Read the common first names of a list as the US Census has it: name in capitals, share in percent."""
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return [row[0].capitalize() for row in rows if float(row[1]) >= 0.008]


def word_tables(records: Iterable[Record], gazetteer: Gazetteer, first_names: Iterable[str]) -> Model:
    """Count how news uses each name and word."""
    place: Counter[str] = Counter()
    total: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    person: Counter[str] = Counter()
    for text, places, persons, _ in records:
        tokens = tokens_of(text, (Sentence(Span(0, len(text))),))
        for found in candidates(text, tokens, gazetteer):
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
    for word in first_names:
        people.setdefault(word, 2)
    return Model({}, names, lowered, {word: grade for word, grade in people.items() if grade})


LOCATIVE = frozenset(
    ["in", "near", "at", "around", "outside", "inside", "from", "towards", "toward", "across"]
)


def trust_gazetteer(records: Sequence[Record], gazetteer: Gazetteer) -> list[Record]:
    """Correct the silver labels, which know few towns of war: a name that the gazetteer knows well and that
    stands after a locative preposition often enough is a place wherever it stands alone."""
    alone: Counter[str] = Counter()
    located: Counter[str] = Counter()
    seen = []
    for text, *_ in records:
        tokens = tokens_of(text, (Sentence(Span(0, len(text))),))
        spans = []
        for found in candidates(text, tokens, gazetteer):
            if not found.readings or not _well_known(found, gazetteer) or not _stands_alone(found, tokens):
                continue
            alone[found.plain] += 1
            before = tokens[found.first - 1].text.lower() if found.first else ""
            second = tokens[found.first - 2].text.lower() if found.first > 1 else ""
            located[found.plain] += before in LOCATIVE or (before == "of" and second in class_words())
            spans.append((found.plain, (tokens[found.first].start, tokens[found.last].end)))
        seen.append(spans)
    trusted = {name for name, count in alone.items() if located[name] >= max(1, 0.22 * count)}
    corrected = []
    for (text, places, persons, organisations), spans in zip(records, seen, strict=True):
        more = {at for name, at in spans if name in trusted}
        kept = {at for at in places if not any(a[0] <= at[0] and at[1] <= a[1] for a in more)}
        corrected.append((text, kept | more, persons - more, organisations))
    return corrected


def _well_known(found: Toponym, gazetteer: Gazetteer) -> bool:
    for candidate in found.readings:
        fact = gazetteer.fact(candidate.row)
        listed = fact.population >= 20_000 or fact.listed
        if (
            candidate.grade <= 1
            and (listed or fact.precision in ("country", "province"))
            and len(found.plain) > 3
        ):
            return True
    return False


def _stands_alone(found: Toponym, tokens: Sequence[Token]) -> bool:
    after = tokens[found.last + 1] if found.last + 1 < len(tokens) else None
    before = tokens[found.first - 1] if found.first else None
    beside = [token for token in (before, after) if token is not None]
    return not any(token.capital or token.text in "-–" for token in beside)


def open_up(records: Iterable[Record], gazetteer: Gazetteer, tables: Model) -> list[Record]:
    """Label the place inside the name of a public body: "Kabul" in "Kabul University"."""
    opened = []
    for text, places, persons, organisations in records:
        more = set(places)
        tokens = tokens_of(text, (Sentence(Span(0, len(text))),)) if organisations else []
        for found in candidates(text, tokens, gazetteer):
            start, end = tokens[found.first].start, tokens[found.last].end
            inside = any(s <= start and end <= e and (s, e) != (start, end) for s, e in organisations)
            if not inside or not found.readings or tables.names.get(found.plain, "")[:1] not in ("3", "4"):
                continue
            follows = found.last + 1 < len(tokens) and tokens[found.last + 1].text in toponym_weights.bodies()
            named_after = (
                found.first > 1
                and tokens[found.first - 1].text == "of"
                and (tokens[found.first - 2].text in toponym_weights.bodies())
            )
            if follows or named_after:
                more.add((start, end))
        opened.append((text, more, persons, organisations))
    return opened


def examples(
    records: Iterable[Record], gazetteer: Gazetteer, tables: Model
) -> tuple[list[list[str]], list[bool]]:
    rows, labels = [], []
    for text, places, _, _ in records:
        tokens = tokens_of(text, (Sentence(Span(0, len(text))),))
        for found in candidates(text, tokens, gazetteer):
            rows.append(features(found, tokens, gazetteer, tables))
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


def main(silver: Path, gold: Path, first_names: Path, size: int = 25_000) -> None:
    gazetteer = Gazetteer.open()
    records = read_silver(silver)
    random.Random(7).shuffle(records)
    records = trust_gazetteer(records, gazetteer)
    half = len(records) // 2
    known = read_first_names(first_names)
    tables = word_tables(records[:half], gazetteer, known)
    rows, labels = examples(open_up(records[half : half + size], gazetteer, tables), gazetteer, tables)
    weights = [1.0] * len(rows)
    marked = [
        (a.text, {(t.span.start, t.span.end) for t in a.places}, set(), []) for a in read_articles(gold)
    ]
    more, answers = examples(marked, gazetteer, tables)
    rows, labels, weights = rows + more, labels + answers, weights + [5.0] * len(more)
    print(f"{len(rows)} candidates, {sum(labels)} places", file=sys.stderr)
    fitted = fit(rows, labels, weights)
    whole = word_tables(records, gazetteer, known)
    write(Model({**fitted, "threshold": THRESHOLD}, whole.names, whole.lower, whole.persons))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
