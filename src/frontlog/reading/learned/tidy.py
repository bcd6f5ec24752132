"""Whole names and whole phrases where the network's tags cut them: what a reader of a claim would quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from frontlog.model import Draft, Span
from frontlog.reading.rules.lexicon import Lexicon
from frontlog.reading.toponym_weights import function_words

_LETTERS = re.compile(r"(?:[A-Z]\.)+[A-Z]?(?![\w])")
_NEXT_NAME = re.compile(r"[ -](?=[A-Z])(?:\w+(?:[-'’]\w+)*)")
_PREFIX = re.compile(r"(?:pro|anti|ex|non|al|el)", re.IGNORECASE)
_COMPOUND = re.compile(r"-[\w-]+")
_SIDED = re.compile(r"-\w*(?:ed|led|run|based)\b")
_LOWER = re.compile(r" [a-z]+\b(?![-'’])")
_WORD = re.compile(r"\S+")
_EDGES = " \t\n,;:.\"“”'’()-–—"


def tidied(draft: Draft, text: str, places: Iterable[Span] = ()) -> Draft:
    """Return a draft whose spans begin and end with words that belong to them; ``places`` are known names."""
    known = tuple(places)
    speaker = _actors((draft.speaker,) if draft.speaker else (), draft, text, known)[:1]
    agents = _without_owner(_actors(draft.agents, draft, text, known), text)
    owned = any(_only_owner(span, text) for span in draft.agents)
    return replace(
        draft,
        agents=agents or (speaker if owned else ()),
        targets=_actors(draft.targets, draft, text, known),
        places=_described(draft.places, text, known),
        speaker=speaker[0] if speaker else None,
    )


def trimmed(span: Span, text: str) -> Span | None:
    """Cut what cannot open or close a quoted phrase: "chapel on" is "chapel"; None where nothing is left.

    >>> trimmed(Span(0, 9), "chapel on the border")
    Span(start=0, end=6)
    """
    loose = Lexicon.open().signals_of
    words = [Span(span.start + m.start(), span.start + m.end()) for m in _WORD.finditer(span.of(text))]
    while words and loose(words[-1].of(text).casefold().strip(_EDGES), "loose"):
        words.pop()
    while words and loose(words[0].of(text).strip(_EDGES), "loose"):
        words.pop(0)
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    while start < end and text[start] in ",;:)–—":
        start += 1
    while start < end and text[end - 1] in ",;:(–—-":
        end -= 1
    return Span(start, end) if start < end else None


def whole_actor(span: Span, text: str, limit: Sequence[Span] = (), known: Sequence[Span] = ()) -> Span:
    """Widen a span to the abbreviation, the known name or the capitalised words that it is cut out of.

    It never grows over ``limit``: "Rebels Seize Gao" in a heading is no name.

    >>> text = "the U.S. envoy met Gloria Arroyo"
    >>> [whole_actor(span, text).of(text) for span in (Span(4, 5), Span(19, 25))]
    ['U.S.', 'Gloria Arroyo']
    """
    start, end = span.start, span.end
    for match in _LETTERS.finditer(text, max(0, start - 6), min(len(text), end + 6)):
        if match.start() <= start < match.end():
            start, end = match.start(), max(end, match.end())
    name = next((n for n in known if n.contains(span) and n != span and _is_name(n.of(text))), None)
    if name is not None:
        start, end = name.start, name.end
    if _PREFIX.fullmatch(text, start, end) and (rest := _COMPOUND.match(text, end)):
        end = rest.end()
    end = _to_end_of_name(text, start, end)
    adjective = Lexicon.open().signals_of(text[start:end], "adjective")
    while (follows := _LOWER.match(text, end)) and (adjective or _is_force(follows.group()[1:])):
        end, adjective = follows.end(), False
    whole = Span(start, end)
    return whole if not any(whole.overlaps(other) and not span.overlaps(other) for other in limit) else span


def _is_force(word: str) -> bool:
    lexicon = Lexicon.open()
    armed = any(
        lexicon.means(form, m) for form in (word, word.removesuffix("s")) for m in ("armed", "troops")
    )
    return armed or lexicon.signals_of(word, "fighting")


def _is_name(words: str) -> bool:
    return words.split()[-1][:1].isupper()


def _to_end_of_name(text: str, start: int, end: int) -> int:
    """Where a name goes on in capitals after a span that ends inside it: "Abdel" of "Abdel Fattah"."""
    sided = any(match.end() == end - start for match in _SIDED.finditer(text[start:end]))
    if sided or not text[start].isupper() or not text[end - 1].isalnum():
        return end
    while match := _NEXT_NAME.match(text, end):
        if match.group()[1:].casefold() in function_words() or match.group().startswith("-"):
            break
        end = match.end()
    return end


def _actors(spans: Iterable[Span], draft: Draft, text: str, known: Sequence[Span]) -> tuple[Span, ...]:
    limit = (draft.cue, *draft.places)
    kept = [span for each in spans if (span := trimmed(each, text)) and not _only_owner(span, text)]
    whole = (whole_actor(span, text, limit, known) for span in kept)
    return _beside(dict.fromkeys(span for span in whole if not _only_counts(span.of(text))), text)


def _only_owner(span: Span, text: str) -> bool:
    return Lexicon.open().signals_of(span.of(text).casefold(), "owner")


def _trimmed_all(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for each in spans if (span := trimmed(each, text))))


def _beside(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Join phrases with nothing but a space between them: "several" and "rebel-held villages" are one."""
    whole: list[Span] = []
    for span in spans:
        last = whole[-1] if whole else None
        if last and text[last.end : span.start] == " ":
            whole[-1] = span if _only_describes(last.of(text)) else Span(last.start, span.end)
        elif not last or not last.contains(span):
            whole.append(span)
    return tuple(whole)


def _described(places: Iterable[Span], text: str, known: Sequence[Span]) -> tuple[Span, ...]:
    whole = _beside((_run_on(span, text, known) for span in _trimmed_all(places, text)), text)
    noted = tuple(_with_noun(span, text) for span in whole)
    return tuple(span for span in noted if not _only_counts(span.of(text))) or noted


def _only_counts(words: str) -> bool:
    return all(w.isdigit() or Lexicon.open().signals_of(w, "quantity") for w in words.casefold().split())


def _with_noun(span: Span, text: str) -> Span:
    """A number that was cut from what it counts: "two" of "two army bases"."""
    if not _only_counts(span.of(text)):
        return span
    end, means = span.end, Lexicon.open().means
    for _ in range(3):
        follows = _LOWER.match(text, end)
        if follows is None:
            break
        end = follows.end()
        noun = follows.group()[1:].removesuffix("s")
        if any(means(noun, meaning) for meaning in ("settlement", "site", "area", "part")):
            return Span(span.start, end)
    return span


def _run_on(span: Span, text: str, known: Sequence[Span]) -> Span:
    """A description that stops before the name it leads to: "outposts in northern" takes the name along."""
    opens = not span.of(text).split()[-1][:1].isupper()
    name = next((n for n in known if opens and n.start == span.end + 1 and text[span.end] == " "), None)
    return Span(span.start, name.end) if name is not None else span


def _only_describes(words: str) -> bool:
    """Whether one word on its own neither counts nor names: of "major" and "army base" the base is meant."""
    counts = Lexicon.open().signals_of(words, "quantity") or words.isdigit()
    return " " not in words and words.islower() and not counts


def _without_owner(agents: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Drop the side that only describes the agent after it: "A-backed fighters of B" are B's."""
    kept = []
    for n, span in enumerate(agents):
        sided = (m for m in _SIDED.finditer(text, span.start, span.end + 20) if m.start() <= span.end)
        end = next((m.end() for m in sided if m.end() >= span.end), None)
        follows = agents[n + 1].start if n + 1 < len(agents) else None
        if end is None or follows is None or not 0 <= follows - end <= 40:
            kept.append(span)
    return tuple(kept)
