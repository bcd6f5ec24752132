"""From the network's scores to drafts of claims."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frontlog.model import CONTROL_KINDS, KINDS, Draft, Kind, Span
from frontlog.reading.learned.labels import BEGIN, EXTENTS, INSIDE, OUTSIDE, ROLES, STANDINGS, WHENS
from frontlog.reading.learned.windows import Window
from frontlog.reading.numbers import numbers

Floats = npt.NDArray[np.float32]

# Who did it is nearly always told, above all who took or left a place: chosen on the tuning part.
LEANS: Mapping[str, float] = {"agent": 1.0, "deaths": 1.0}
CONTROL_LEANS: Mapping[str, float] = {"agent": 2.0}
_LEADS_ON = re.compile(r" (?:in|of|on|near|around|outside|along|between)$")
_OWN = re.compile(r"\b(?:its|their|his)(?: own)? $")
_WOUNDED_AFTER = re.compile(
    r"(?: (?!killed|dead|died|and\b)[\w'’-]+){0,4} (?:wounded|injured|hurt)\b(?! (?:and|or) killed)"
)
_WOUNDED_BEFORE = re.compile(
    r"\b(?:wound(?:ing|s|ed)|injur(?:ing|es|ed)|hurt(?:ing|s)?)"
    r"(?: (?:at least|about|around|some|more than|over|another|up to|nearly))? $"
)
OF_PLACES = CONTROL_KINDS | {"advance", "besiege"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece where a claim may begin, the kind it may be of, and how likely that looked at first sight."""

    piece: int
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``propose``: a cue is looked at closer from this score on; ``accept``: it becomes a claim from this on.

    ``kinds`` overrides ``accept`` for single kinds. ``second`` is the share of the score from which a second
    kind for the same cue is looked at too.
    """

    propose: float = 0.15
    accept: float = 0.5
    second: float = 0.3
    kinds: tuple[tuple[Kind, float], ...] = ()

    def of(self, kind: Kind) -> float:
        return dict(self.kinds).get(kind, self.accept)


def sigmoid(x: Floats) -> Floats:
    """The logistic function, elementwise."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)), dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """Exponentials normalised over the last axis."""
    shifted = np.exp(x - x.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def cues(window: Window, scores: Floats, thresholds: Thresholds) -> list[Cue]:
    """Propose cues. ``scores`` has a row a piece: the logit of any cue, then one a kind."""
    found: list[Cue] = []
    likely = sigmoid(scores[:, 0])
    kinds = softmax(scores[:, 1:])
    for piece in range(window.core_start, window.core_end):
        if likely[piece] < thresholds.propose:
            continue
        best = int(kinds[piece].argmax())
        for index in np.flatnonzero(kinds[piece] >= thresholds.second):
            joint = float(likely[piece] * kinds[piece, index])
            if index == best or joint >= thresholds.propose:
                found.append(Cue(piece, KINDS[int(index)], joint))
    return found


def spans(tags: Floats, window: Window, text: str) -> list[Span]:
    """Read the spans of one role off its tags: a row a piece of logits for outside, begin, inside.

    A span opens only where beginning is likelier than being outside; it goes on over pieces inside it and
    to the end of a cut word.
    """
    best = tags.argmax(axis=-1)
    found: list[Span] = []
    open_: list[int] | None = None
    for piece, (tag, offset) in enumerate(zip(best, window.offsets, strict=True)):
        if not len(offset):
            continue
        glued = window.offsets[piece - 1].end == offset.start and text[offset.start].isalnum()
        if open_ and (tag == INSIDE or (glued and text[offset.start - 1].isalnum())):
            open_[1] = offset.end
            continue
        if open_:
            found.append(Span(*open_))
        opens = tag != OUTSIDE and tags[piece, BEGIN] > tags[piece, OUTSIDE]
        open_ = [offset.start, offset.end] if opens else None
    if open_:
        found.append(Span(*open_))
    return [whole_words(span, text) for span in found]


def whole_name(span: Span, text: str) -> Span:
    """Widen a span that ends on a hyphen, or begins after one, to the name it is cut out of.

    >>> whole_name(Span(0, 4), "Pul-i-Khumri fell")
    Span(start=0, end=12)
    """
    start, end = span.start, span.end
    if text[end - 1 : end] == "-":
        while end < len(text) and (text[end].isalnum() or text[end] == "-"):
            end += 1
    if "-" in text[max(0, start - 1) : start + 1]:
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
    return Span(start, end)


def joined(places: Sequence[Span], text: str) -> list[Span]:
    """Join a place that ends in a preposition with the one that follows at once: together they are one.

    >>> text = "two towns in Nineveh province"
    >>> [span.of(text) for span in joined([Span(0, 12), Span(13, 29)], text)]
    ['two towns in Nineveh province']
    """
    whole: list[Span] = []
    for span in places:
        last = whole[-1] if whole else None
        if last and _LEADS_ON.search(last.of(text)) and text[last.end : span.start].strip() in ("", "the"):
            whole[-1] = Span(last.start, span.end)
        else:
            whole.append(span)
    return whole


def leaning(tags: Floats, lean: float) -> Floats:
    """Give begin and inside a head start where nothing would be tagged otherwise."""
    if lean == 0 or (tags.argmax(axis=-1) != OUTSIDE).any():
        return tags
    return tags + np.array([0, lean, lean], dtype=np.float32)


def whole_words(span: Span, text: str) -> Span:
    """Widen a span to the words it cuts.

    >>> whole_words(Span(1, 3), "Mosul fell")
    Span(start=0, end=5)
    """
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the second stage says of one cue: tags (roles × pieces × 3), how likely it is a claim, logits."""

    tags: Floats
    valid: float
    standing: Floats
    extent: Floats
    when: Floats


def draft(cue: Cue, outputs: Outputs, window: Window, text: str) -> Draft:
    """Make one draft of what the network says of one cue."""
    leans = {**LEANS, **CONTROL_LEANS} if cue.kind in CONTROL_KINDS else LEANS
    found = {
        role: spans(leaning(outputs.tags[index], leans.get(role, 0.0)), window, text)
        for index, role in enumerate(ROLES)
    }
    anchor = whole_words(window.offsets[cue.piece], text)
    when = WHENS[int(outputs.when.argmax())]
    times = found["time"]
    words = next((span for span in found["cue"] if span.overlaps(anchor)), anchor)
    speaker = found["speaker"][0] if found["speaker"] else None
    return Draft(
        kind=cue.kind,
        cue=words,
        agents=tuple(
            dict.fromkeys(named(span, speaker, text) for span in found["agent"] if not span.contains(words))
        ),
        targets=tuple(found["target"]),
        places=tuple(dict.fromkeys(whole_name(span, text) for span in joined(found["place"], text))),
        extent=EXTENTS[int(outputs.extent.argmax())] if cue.kind in CONTROL_KINDS else None,
        time=times[0] if times and when != "published" else None,
        timeless=when == "untold" and not times,
        speaker=speaker,
        standing=STANDINGS[int(outputs.standing.argmax())],
        deaths=_deaths(found["deaths"], text),
        confidence=round(float(np.sqrt(cue.score * outputs.valid)), 4),
    )


def named(agent: Span, speaker: Span | None, text: str) -> Span:
    """Return who is meant by "its forces": the speaker, where somebody is cited for it."""
    own = speaker is not None and _OWN.search(text, 0, agent.start) and agent.of(text).islower()
    return speaker if speaker is not None and own else agent


def placed(item: Draft) -> bool:
    """Whether a draft tells the place its kind lives by: a word of capture without one tells no control."""
    return bool(item.places) or item.kind not in OF_PLACES


def _deaths(found: Sequence[Span], text: str) -> int | None:
    values = [value for span in found if not _hurt(span, text) for _, value in numbers(span.of(text))]
    return sum(values) if values else None


def _hurt(count: Span, text: str) -> bool:
    """Whether those counted were wounded, not killed: "one is killed and 14 are wounded" counts one dead."""
    return bool(_WOUNDED_AFTER.match(text, count.end) or _WOUNDED_BEFORE.search(text, 0, count.start))
