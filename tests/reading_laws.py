"""What must hold of every reading; the fuzzer and the property tests hold readings to the same."""

from __future__ import annotations

from frontlog.model import Claim, Reading, Span


def broken_law(reading: Reading) -> str | None:
    """The first law that a reading breaks, in words, or None."""
    text = reading.dispatch.text
    whole = Span(0, len(text))
    at = 0
    for passage in reading.passages:
        if passage.span.start != at:
            return f"passages leave a gap at {at}"
        at = passage.span.end
    if text and at != len(text):
        return f"passages end at {at} of {len(text)}"
    spans = [each.span for each in (*reading.sentences, *reading.places)]
    if any(not whole.contains(span) or span.start >= span.end for span in spans):
        return "a sentence or place is outside the text, or empty"
    if any(each.span.of(text) != each.text for each in reading.places):
        return "a place does not quote the text"
    return next((broken for claim in reading.claims if (broken := _broken_claim(claim, text, whole))), None)


def _broken_claim(claim: Claim, text: str, whole: Span) -> str | None:
    quotes = [
        (claim.cue, claim.cue_text),
        *((each.span, each.text) for each in (*claim.agents, *claim.targets, *claim.places)),
    ]
    if claim.speaker is not None:
        quotes.append((claim.speaker.span, claim.speaker.text))
    for span, words in quotes:
        if not whole.contains(span) or span.of(text) != words:
            return f"{claim.kind} {claim.id}: {words!r} is not what the text has at {span}"
    if claim.when_text is not None and claim.when_text not in text:
        return f"{claim.kind} {claim.id}: the text does not say {claim.when_text!r}"
    if not whole.contains(claim.sentence) or not claim.sentence.contains(claim.cue):
        return f"{claim.kind} {claim.id}: its sentence does not hold its cue"
    if claim.when is not None and claim.when.start > claim.when.end:
        return f"{claim.kind} {claim.id}: it ends before it begins"
    if not 0 <= claim.confidence <= 1:
        return f"{claim.kind} {claim.id}: confidence {claim.confidence}"
    return None
