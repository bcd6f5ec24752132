"""The spaCy component: claims on documents of somebody else's pipeline."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from spacy.language import Language

from frontlog.errors import ReadingError
from frontlog.spacy_component import FrontlogComponent

from .scale_reader import FakeReader

TEXT = "Fighters took the town on Monday."


def with_fake(published: date | None) -> Language:
    nlp = spacy.blank("en")
    component = FrontlogComponent(FakeReader(), published)
    Language.component("frontlog_fake", func=component)
    nlp.add_pipe("frontlog_fake")
    return nlp


def test_claims_are_on_the_document_and_their_cues_among_its_spans() -> None:
    doc = with_fake(date(2021, 8, 9))(TEXT)
    (claim,) = doc._.claims
    assert claim.kind == "take"
    (span,) = doc.spans["claims"]
    assert span.label_ == "take"
    assert span.start_char <= claim.cue.start < claim.cue.end <= span.end_char


def test_documents_may_have_days_of_their_own() -> None:
    nlp = with_fake(date(2021, 8, 9))
    doc = nlp.make_doc(TEXT)
    doc._.published = date(2014, 6, 10)
    (claim,) = nlp(doc)._.claims
    assert claim.when is not None
    assert claim.when.start == date(2014, 6, 10)


def test_a_text_without_a_day_is_refused_with_the_remedy() -> None:
    with pytest.raises(ReadingError, match="published"):
        with_fake(None)(TEXT)


@pytest.mark.slow
def test_the_component_is_found_by_its_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("frontlog", config={"published": "2021-08-10", "reader": "rules"})
    docs = list(nlp.pipe(["Taliban fighters seized Kunduz on Sunday.", "Nothing happened."]))
    assert [claim.kind for claim in docs[0]._.claims] == ["take"]
    assert docs[1]._.claims == ()
    with pytest.raises(ReadingError, match="not a day"):
        spacy.blank("en").add_pipe("frontlog", config={"published": "yesterday"})
