"""What recognition looks at in a candidate: its words, its neighbours, what the gazetteer makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10

from frontlog.gazetteer.classwords import load as class_words
from frontlog.gazetteer.lexicons import abbreviations
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.reading.tokens import Token, shape
from frontlog.reading.toponym_candidates import Toponym
from frontlog.reading.toponym_weights import Model, bodies


def features(toponym: Toponym, tokens: Sequence[Token], gazetteer: Gazetteer, model: Model) -> list[str]:
    """Return the names of the features that hold for a candidate."""
    first, last = toponym.first, toponym.last
    before = [tokens[at] for at in range(max(0, first - 2), first)][::-1]
    after = [tokens[at] for at in range(last + 1, min(len(tokens), last + 3))]
    left = [shape(token) for token in before] + ["^"] * (2 - len(before))
    right = [shape(token) for token in after] + ["$"] * (2 - len(after))
    known = "in" if toponym.readings else "out"
    named = [
        "bias", f"known={known}", f"l1={left[0]}", f"l2={left[1]}", f"l12={left[1]} {left[0]}",
        f"r1={right[0]}", f"r2={right[1]}", f"r12={right[0]} {right[1]}", f"lr={left[0]}|{right[0]}",
        f"{known}&l1={left[0]}", f"{known}&r1={right[0]}",
        f"size={min(4, last - first + 1)}&{known}",
    ]  # fmt: skip
    if left[0] in ("Aa", "AA"):
        named += [f"L={before[0].text}", f"Lperson={model.persons.get(before[0].text, 0)}&{known}"]
    if right[0] in ("Aa", "AA"):
        named += [f"R={after[0].text}", f"Rperson={model.persons.get(after[0].text, 0)}&{known}"]
        named.append(f"Rbody={after[0].text in bodies()}&{known}")
    if left[0] == "of" and left[1] in ("Aa", "AA"):
        named.append(f"Lbody={before[1].text in bodies()}&{known}")
    if left[0] == "of" and left[1] in class_words():
        named.append("of a class")
    if right[0] in class_words():
        named.append(f"before a class&{known}")
    if tokens[first].opens:
        named += ["opens", f"opens&{known}", f"opens&lower={model.lower.get(toponym.plain, 0)}"]
    if toponym.text.isupper() and len(toponym.text) > 1:
        named.append("capitals" if len(toponym.text) > 4 else "acronym")
    if toponym.text in abbreviations():
        named += ["abbreviation", f"abbreviation&l1={left[0]}"]
    named += _word_features(toponym, tokens, model)
    named += _reading_features(toponym, gazetteer)
    return named


def _word_features(toponym: Toponym, tokens: Sequence[Token], model: Model) -> Iterator[str]:
    head = tokens[toponym.last].text
    yield f"head={head.lower()}"
    yield f"start={tokens[toponym.first].text.lower()}"
    yield f"suffix={head[-3:].lower()}"
    yield f"name={model.names.get(toponym.plain, 'new')}"
    yield f"lower={model.lower.get(toponym.plain, 0)}"
    yield f"person={model.persons.get(tokens[toponym.first].text, 0)}"
    if head.lower() in class_words() and toponym.last > toponym.first:
        yield "class"


def _reading_features(toponym: Toponym, gazetteer: Gazetteer) -> Iterator[str]:
    if not toponym.readings:
        return
    facts = [gazetteer.fact(candidate.row) for candidate in toponym.readings]
    size = max(fact.population for fact in facts)
    yield f"people={min(8, int(log10(size + 1)))}"
    yield f"readings={min(8, len(facts))}"
    yield f"grade={min(candidate.grade for candidate in toponym.readings)}"
    best = max(toponym.readings, key=gazetteer.prior)
    fact = gazetteer.fact(best.row)
    yield f"kind={fact.kind}"
    if any(fact.listed for fact in facts):
        yield "listed"
    if toponym.text.isupper() and len(toponym.text) > 1:
        yield f"capitals&{fact.precision}&grade={best.grade}"
    yield f"kind={fact.precision}&grade={best.grade}&people={min(8, int(log10(fact.population + 1)))}"
