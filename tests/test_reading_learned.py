"""The trained reader's parts that need no trained weights, and the whole where the weights are there."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontlog.errors import ReadingError
from frontlog.model import Dispatch, Draft, Sentence, Span
from frontlog.reading.claims import Prepared
from frontlog.reading.learned.decode import (
    Cue,
    Outputs,
    Thresholds,
    cues,
    draft,
    named,
    placed,
    spans,
    whole_words,
)
from frontlog.reading.learned.extractor import LearnedExtractor, without_doubles
from frontlog.reading.learned.labels import BEGIN, INSIDE, KIND_INDEX, ROLES, STANDINGS
from frontlog.reading.learned.windows import LIMIT, Window, open_tokenizer, windows

MODEL = Path(str(files("frontlog") / "data" / "model"))
TEXT = "Rebels seized Qalat on Friday, killing twelve soldiers."


@pytest.fixture(scope="module")
def extractor() -> LearnedExtractor:
    return LearnedExtractor.open()


def prepared(text: str, id_: str = "d") -> Prepared:
    sentence = Sentence(Span(0, len(text)))
    return Prepared(Dispatch(id_, datetime(2019, 3, 2, tzinfo=UTC), text), (), (sentence,), ())


def words_window(text: str) -> Window:
    """A window with one piece a word, as a tokenizer without sub-words would give."""
    offsets, at = [Span(0, 0)], 0
    for word in text.replace(",", " ").replace(".", " ").split():
        at = text.index(word, at)
        offsets.append(Span(at, at + len(word)))
        at += len(word)
    offsets.append(Span(0, 0))
    return Window(tuple(range(len(offsets))), tuple(offsets), 1, len(offsets) - 1)


def tags_for(window: Window, **roles: str) -> np.ndarray:
    tags = np.zeros((len(ROLES), len(window.ids), 3), dtype=np.float32)
    tags[:, :, 0] = 1
    for role, words in roles.items():
        span = Span(TEXT.index(words), TEXT.index(words) + len(words))
        for nth, piece in enumerate(window.pieces(span)):
            tags[ROLES.index(role), piece, INSIDE if nth else BEGIN] = 2
    return tags


def test_a_capture_without_a_place_is_no_claim_but_a_killing_is() -> None:
    assert not placed(Draft("take", Span(0, 6)))
    assert placed(Draft("take", Span(0, 6), places=(Span(7, 12),)))
    assert placed(Draft("attack", Span(0, 6)))


def test_its_forces_are_those_of_whoever_is_cited_and_named_ones_stay() -> None:
    text = "Goria says that its forces still hold Mafa, and that Tarian troops left."
    speaker, forces = Span(0, 5), Span(text.index("forces"), text.index("forces") + 6)
    others = Span(text.index("Tarian"), text.index("Tarian") + 13)
    assert named(forces, speaker, text) == speaker
    assert named(forces, None, text) == forces
    assert named(others, speaker, text) == others


def test_a_cue_above_the_threshold_is_proposed_with_its_likeliest_kind() -> None:
    window = words_window(TEXT)
    scores = np.full((len(window.ids), 1 + len(KIND_INDEX)), -6.0, dtype=np.float32)
    piece = window.piece_at(TEXT.index("seized"))
    assert piece is not None
    scores[piece, 0] = 5
    scores[piece, 1 + KIND_INDEX["take"]] = 5
    assert [(cue.piece, cue.kind) for cue in cues(window, scores, Thresholds())] == [(piece, "take")]


def test_tags_become_spans_that_quote_whole_words() -> None:
    window = words_window(TEXT)
    outputs = Outputs(
        tags=tags_for(window, cue="seized", agent="Rebels", place="Qalat", time="on Friday", deaths="twelve"),
        valid=0.9,
        standing=np.eye(len(STANDINGS), dtype=np.float32)[0],
        extent=np.array([1, 0, 0], dtype=np.float32),
        when=np.array([0, 1, 0], dtype=np.float32),
    )
    made = draft(Cue(2, "take", 0.9), outputs, window, TEXT)
    assert made.cue.of(TEXT) == "seized"
    assert [span.of(TEXT) for span in made.agents] == ["Rebels"]
    assert [span.of(TEXT) for span in made.places] == ["Qalat"]
    assert made.time is not None
    assert made.time.of(TEXT) == "on Friday"
    assert (made.deaths, made.extent, made.standing) == (12, "whole", "fact")


def test_a_tag_on_part_of_a_word_takes_the_word() -> None:
    window = Window((0, 1, 2, 3), (Span(0, 0), Span(0, 3), Span(3, 6), Span(0, 0)), 1, 3)
    tags = np.zeros((4, 3), dtype=np.float32)
    tags[1, BEGIN] = 1
    assert spans(tags, window, "Rebels fled") == [Span(0, 6)]
    assert whole_words(Span(1, 2), "Rebels fled") == Span(0, 6)


@pytest.mark.skipif(not (MODEL / "tokenizer.json").is_file(), reason="no trained weights; make train")
@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=20))
def test_windows_cover_every_piece_of_a_text_once(parts: list[str]) -> None:
    text = " ".join(parts)
    tokenizer = open_tokenizer(MODEL / "tokenizer.json")
    total = len(tokenizer.encode(text, add_special_tokens=False).ids)
    cores = [window.core_end - window.core_start for window in windows(text, (), tokenizer)]
    assert sum(cores) == total
    assert all(size <= LIMIT for size in cores)


def test_missing_weights_are_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="make train"):
        LearnedExtractor.open(tmp_path)


def test_the_trained_reader_finds_a_plain_capture(extractor: LearnedExtractor) -> None:
    (drafts,) = extractor.extract(
        [prepared("Rebel fighters captured the town of Qalat from government troops.")]
    )
    takes = [item for item in drafts if item.kind == "take"]
    assert takes
    text = "Rebel fighters captured the town of Qalat from government troops."
    assert any("Qalat" in span.of(text) for span in takes[0].places)


def test_a_dispatch_gives_the_same_drafts_in_any_company(extractor: LearnedExtractor) -> None:
    texts = [
        TEXT,
        "Troops withdrew from the border town of Sorkhab after a week of shelling.",
        "It rained in Oslo.",
    ]
    together = extractor.extract([prepared(text) for text in texts])
    assert together == [extractor.extract([prepared(text)])[0] for text in texts]


def test_the_same_told_by_two_cues_is_one_claim() -> None:
    place = (Span(20, 25),)
    sure = Draft("hold", Span(10, 14), places=place, confidence=0.9)
    paraphrase = Draft("hold", Span(4, 9), places=place, confidence=0.6)
    elsewhere = Draft("hold", Span(4, 9), places=(Span(40, 45),), confidence=0.6)
    assert without_doubles([paraphrase, sure]) == [sure]
    assert without_doubles([elsewhere, sure]) == [elsewhere, sure]


@pytest.mark.parametrize(
    ("text", "number", "dead"),
    [
        ("One is killed and 14 are wounded in a clash.", "14", None),
        ("The raid killed 9 and injured 14.", "14", None),
        ("A bomb kills 15 people and wounds 20.", "15", 15),
        ("At least 12 were killed or injured.", "12", 12),
    ],
)
def test_the_wounded_are_not_counted_among_the_dead(text: str, number: str, dead: int | None) -> None:
    window = words_window(text)
    tags = np.zeros((len(ROLES), len(window.ids), 3), dtype=np.float32)
    tags[:, :, 0] = 1
    at = text.index(number)
    piece = next(i for i, offset in enumerate(window.offsets) if offset == Span(at, at + len(number)))
    tags[ROLES.index("deaths"), piece, BEGIN] = 5
    none = np.zeros(4, np.float32)
    outputs = Outputs(tags, 1.0, none, none, np.zeros(3, np.float32))
    assert draft(Cue(1, "attack", 1.0), outputs, window, text).deaths == dead
