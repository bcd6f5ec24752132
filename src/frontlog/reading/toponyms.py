"""Which words of a dispatch name places: gazetteer matches and capitalised names, weighed by their context.

Every stretch of capitalised words that the gazetteer knows, and every maximal one that it does not, is a
candidate. A linear model over the candidate's words, neighbours and readings gives it a score; the best
candidates that do not overlap are the toponyms. The weights are fitted by ``benchmarks/fit_toponyms.py``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10

from frontlog.gazetteer.classwords import load as class_words
from frontlog.gazetteer.lexicons import abbreviations, demonyms
from frontlog.gazetteer.lookup import Candidate, Gazetteer
from frontlog.gazetteer.names import normalise
from frontlog.model import Sentence, Span
from frontlog.reading.toponym_weights import Model, bodies, function_words

Entity = tuple[int, int, str]


def _token_pattern() -> re.Pattern[str]:
    dotted = sorted(
        (re.escape(short) for short in abbreviations() if short.endswith(".")), key=len, reverse=True
    )
    return re.compile(
        rf"\b(?:{'|'.join(dotted)})(?!\w)|(?:[A-Z]\.){{2,}}|(?:St|Ste|Mt|Ft)\.(?= ?[A-Z])"
        r"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]|_"
    )


_TOKEN = _token_pattern()
_PARTICLE = re.compile(r"\w-[a-z]{1,3}[- ]\w|\w [a-z]{2,3}-\w")
_PARTICLE_LEAD = 1.0
_INNER = frozenset(
    [
        "of",
        "de",
        "del",
        "la",
        "le",
        "les",
        "du",
        "da",
        "do",
        "dos",
        "das",
        "e",
        "i",
        "al",
        "el",
        "ul",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "az",
        "ad",
        "and",
        "the",
        "y",
        "sur",
        "di",
        "am",
        "upon",
        "on",
        "in",
        "van",
        "der",
        "-",
        "'",
        "’",
        "ez",
        "ed",
        "er",
        "es",
        "et",
        "ud",
        "ur",
        "us",
        "ut",
        "uz",
        "ol",
        "or",
    ]
)
_TITLES = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "Sgt", "President", "Mayor", "Judge"}
)
_ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "at", "an", "ad", "az", "ed", "es", "ez", "en"])
_OPENERS = frozenset('.!?:“”"•\n')
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    capital: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Toponym:
    """A candidate: tokens ``first`` to ``last`` (included), and what the gazetteer makes of them."""

    first: int
    last: int
    text: str
    plain: str
    readings: tuple[Candidate, ...]


def tokens_of(text: str, sentences: Sequence[Sentence]) -> list[Token]:
    """Split a text into words and signs; ``opens`` marks the first word of a sentence or quotation."""
    starts = {sentence.span.start for sentence in sentences}
    tokens: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        word = match.group()
        letters = word[0].isalpha()
        opens = opens or match.start() in starts
        tokens.append(
            Token(word, match.start(), match.end(), letters and word[0].isupper(), opens and letters)
        )
        opens = not letters and (word in _OPENERS or (opens and not word.isdigit()))
    return tokens


def candidates(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Yield every stretch of words that may name a place."""
    ends_before = -1
    for first, token in enumerate(tokens):
        prefixed = _is_article(tokens, first)
        if not token.capital and not prefixed:
            continue
        known = set()
        last = first + 2 if prefixed and not token.capital else first
        while last < len(tokens) and last - first < _LONGEST:
            current = tokens[last]
            if current.capital:
                words = text[token.start : current.end]
                plain = normalise(words)
                readings = gazetteer.candidates(plain) if not _is_common(words, plain) else ()
                if words in abbreviations():
                    readings = tuple(gazetteer.readings(abbreviations()[words][0])[:1])
                if readings:
                    known.add(last)
                    yield Toponym(first, last, words, plain, readings)
            elif not (current.text.lower() in _INNER and last > first) or (
                current.text in "-'’" and tokens[last - 1].end != current.start
            ):
                break
            last += 1
        if prefixed and not token.capital:
            continue
        stretch = first
        while (
            stretch + 1 < len(tokens)
            and tokens[stretch + 1].capital
            and stretch - first < 4
            and (tokens[stretch + 1].start - tokens[stretch].end == 1)
        ):
            stretch += 1
        if stretch > ends_before:
            ends_before = stretch
            words = text[token.start : tokens[stretch].end]
            plain = normalise(words)
            if token.text.lower() in function_words() and token.opens:
                ends_before = first
            elif stretch not in known and words not in demonyms():
                yield Toponym(first, stretch, words, plain, ())


def _is_article(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an Arabic article with a hyphen stands here ("al-Bab")."""
    if at + 2 >= len(tokens) or tokens[at].text not in _ARTICLES:
        return False
    return tokens[at + 1].text == "-" and tokens[at + 1].start == tokens[at].end and tokens[at + 2].capital


def _is_common(words: str, plain: str) -> bool:
    """Short names that are words unless written in capitals ("US", "Us")."""
    return (
        len(plain) <= 3
        and not (words.isupper() or "." in words)
        and plain in {"us", "uk", "uae", "car", "usa"}
    )


def _shape(token: Token) -> str:
    if token.text.isdigit():
        return "0"
    if token.opens and token.text.lower() in function_words():
        return token.text.lower()
    if token.capital:
        return "AA" if token.text.isupper() and len(token.text) > 1 else "Aa"
    return token.text.lower()


def recognise(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, entities: Sequence[Entity] = (),
    model: Model | None = None,
) -> list[Span]:  # fmt: skip
    """Return the spans of a text that name places, in order and without overlap."""
    weights = model or Model.open()
    tokens = tokens_of(text, sentences)
    found = list(candidates(text, tokens, gazetteer))
    scores = [weights.score(features(toponym, tokens, gazetteer, weights)) for toponym in found]
    scores = _with_particles(found, scores, weights.threshold)
    scores = _agree(found, scores)
    scores = _without_persons(found, scores, tokens, weights)
    scores = _without_openers(found, scores, tokens, weights)
    if entities:
        scores = _with_entities(found, scores, tokens, entities)
    return _choose(found, scores, tokens, weights.threshold)


def _with_particles(found: Sequence[Toponym], scores: Sequence[float], threshold: float) -> list[float]:
    """A known name joined by a hyphen and a small word ("Pul-e Khumri", "Deir ez-Zor") is no chance."""
    return [
        max(score, threshold + _PARTICLE_LEAD)
        if toponym.readings and _PARTICLE.search(toponym.text)
        else score
        for toponym, score in zip(found, scores, strict=True)
    ]


def _agree(found: Sequence[Toponym], scores: Sequence[float]) -> list[float]:
    """Pull mentions of one name towards each other: one name has mostly one use in a dispatch."""
    same: dict[str, list[float]] = defaultdict(list)
    for toponym, score in zip(found, scores, strict=True):
        same[toponym.plain].append(max(-6.0, min(6.0, score)))
    return [
        0.7 * score + 0.3 * sum(same[toponym.plain]) / len(same[toponym.plain])
        for toponym, score in zip(found, scores, strict=True)
    ]


def _without_persons(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], model: Model
) -> list[float]:
    """Push down surnames: "Gilbert" is no town where "Ann Gilbert" has been named."""
    surnames = set()
    for at in range(len(tokens) - 1):
        first, second = tokens[at], tokens[at + 1]
        if (
            first.capital
            and second.capital
            and second.start - first.end == 1
            and (model.persons.get(first.text, 0) >= 2 or first.text in _TITLES)
        ):
            following = (
                at + 2 < len(tokens) and tokens[at + 2].capital and tokens[at + 2].start - second.end == 1
            )
            surnames.add(tokens[at + 2].text if following else second.text)
    return [
        score - 2.5
        if _opens_person(toponym, tokens, model)
        else score - 2.0
        if toponym.text in surnames
        else score
        for toponym, score in zip(found, scores, strict=True)
    ]


def _without_openers(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], model: Model
) -> list[float]:
    """Push down words that are mostly written small and have their capital from opening a sentence."""
    return [
        score - 4.0
        if tokens[toponym.first].opens
        and model.lower.get(toponym.plain, 0) >= 2
        and not toponym.text.isupper()
        else score
        for toponym, score in zip(found, scores, strict=True)
    ]


def _opens_person(toponym: Toponym, tokens: Sequence[Token], model: Model) -> bool:
    """Tell whether a name is followed by a surname, as in "Paris Jackson"."""
    if toponym.first != toponym.last or toponym.last + 1 >= len(tokens):
        return False
    after = tokens[toponym.last + 1]
    beside = after.capital and after.start - tokens[toponym.last].end == 1
    return beside and model.persons.get(after.text, 0) >= 2 and after.text not in bodies()


def _with_entities(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], entities: Sequence[Entity]
) -> list[float]:
    """Let a parser's entities speak, but never alone against a name the gazetteer is sure of."""
    marked = {(start, end): label for start, end, label in entities}
    adjusted = []
    for toponym, score in zip(found, scores, strict=True):
        label = marked.get((tokens[toponym.first].start, tokens[toponym.last].end))
        push = {"GPE": 1.0, "LOC": 0.8, "FAC": 0.4, "PERSON": -0.8, "ORG": -0.6, "NORP": -1.0}.get(
            label or "", 0.0
        )
        adjusted.append(score + push)
    return adjusted


def _choose(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], threshold: float
) -> list[Span]:
    scores = _longest(found, scores, threshold)
    ranked = sorted(range(len(found)), key=lambda at: -scores[at])
    taken = [False] * len(tokens)
    chosen = []
    for at in ranked:
        toponym = found[at]
        if scores[at] < threshold:
            break
        if any(taken[toponym.first : toponym.last + 1]):
            continue
        taken[toponym.first : toponym.last + 1] = [True] * (toponym.last + 1 - toponym.first)
        end = tokens[toponym.last].end
        chosen.append(Span(tokens[toponym.first].start, end))
    return sorted(chosen)


def _longest(found: Sequence[Toponym], scores: Sequence[float], threshold: float) -> list[float]:
    """Let a long name that the gazetteer knows stand before the names inside it."""
    raised = list(scores)
    for at, whole in enumerate(found):
        if not whole.readings or whole.last == whole.first:
            continue
        inner = [
            scores[other]
            for other, part in enumerate(found)
            if other != at and part.readings and whole.first <= part.first and part.last <= whole.last
        ]
        if inner and max(inner) >= threshold and scores[at] >= threshold - 2.0:
            raised[at] = max(raised[at], max(inner) + 0.01)
    return raised


def features(toponym: Toponym, tokens: Sequence[Token], gazetteer: Gazetteer, model: Model) -> list[str]:
    """Return the names of the features that hold for a candidate."""
    first, last = toponym.first, toponym.last
    before = [tokens[at] for at in range(max(0, first - 2), first)][::-1]
    after = [tokens[at] for at in range(last + 1, min(len(tokens), last + 3))]
    left = [_shape(token) for token in before] + ["^"] * (2 - len(before))
    right = [_shape(token) for token in after] + ["$"] * (2 - len(after))
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
