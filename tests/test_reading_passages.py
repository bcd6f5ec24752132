"""Passages and sentences: roles, covering, splitting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontlog.model import Passage, Span
from frontlog.reading.passages import passages
from frontlog.reading.sentences import sentences


def roles(text: str) -> list[str]:
    return [p.role for p in passages(text)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Talks go on.\n\n[Soldiers walk through Sarna on Friday. AP Photo/Ivo Lan]\n\nMore follows.",
            "caption",
        ),
        ("Photo: a burnt lorry outside Sarna.\n\nThe road is shut.", "caption"),
        ("Governor flees as rebels near Sarna\n\nThe governor of Sarna fled on Friday.", "heading"),
        ("SARNA, May 3 (Reuters) - Rebels took the bridge on Friday.", "dateline"),
        ("By Ana Velt and Ivo Lan\n\nThe road is shut.", "byline"),
        ("The road is shut.\n\nAlso read: what we know of Sarna", "boilerplate"),
        ("14:32 GMT\n\nShells fell on the market.", "heading"),
        ("Northern Sarna conflict: Rebels took the bridge.", "heading"),
        ("Rebels took the bridge. (Daily Sarna)", "boilerplate"),
    ],
)
def test_a_stretch_gets_its_role(text: str, role: str) -> None:
    assert role in roles(text)


def test_a_plain_sentence_is_body_alone() -> None:
    assert roles("Rebels took the bridge at Sarna on Friday.") == ["body"]


@given(st.text(alphabet=st.sampled_from("ab. \n[](),:AP—\"'0"), max_size=120))
def test_passages_cover_the_body_without_gap_or_overlap(text: str) -> None:
    assert "".join(p.span.of(text) for p in passages(text)) == text


@given(st.text(max_size=120))
def test_sentences_quote_the_text_and_are_trimmed(text: str) -> None:
    for sentence in sentences(text, passages(text)):
        words = sentence.span.of(text)
        assert words
        assert words == words.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Ivo Lan spoke in the U.S. Senate at 5 p.m. on Monday.",
        "The U.N. said 3.5 tonnes came from St. Anna.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    assert len(sentences(text, [Passage(Span(0, len(text)), "body")])) == 1


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    text = 'Rebels came. "We held them," Ivo said. The army left the U.S. The end.'
    found = [s.span.of(text) for s in sentences(text, [Passage(Span(0, len(text)), "body")])]
    assert found[0] == "Rebels came."
    assert found[-1] == "The end."


def test_a_sentence_told_twice_is_boilerplate_the_second_time() -> None:
    text = "The bridge at Sarna fell on Friday.\n\nThe bridge at Sarna fell on Friday."
    assert [s.role for s in sentences(text, passages(text))][-1] == "boilerplate"


def test_a_dateline_stands_after_the_heading_and_the_byline() -> None:
    text = "Two towns lost in a night\n\nFrom our correspondent, Border Gazette\n\nKAYES, May 3 (XY) — Troops left Nara."
    assert [passage.role for passage in passages(text)] == ["heading", "byline", "dateline", "body"]
