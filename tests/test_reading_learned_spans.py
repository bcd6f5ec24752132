"""What the trained reader tags is made whole: names, phrases, who acts and who speaks."""

from __future__ import annotations

from datetime import UTC, datetime

from frontlog.model import Dispatch, Draft, Kind, Sentence, Span
from frontlog.reading.claims import Prepared
from frontlog.reading.learned.reach import reached, stays_only
from frontlog.reading.learned.tidy import tidied, trimmed, whole_actor
from frontlog.reading.plausible import plausible


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def a_draft(text: str, cue: str, kind: Kind = "take", **spans: tuple[str, ...] | str) -> Draft:
    roles = {
        role: at(text, words) if isinstance(words, str) else tuple(at(text, each) for each in words)
        for role, words in spans.items()
    }
    return Draft(kind, at(text, cue), **roles)  # type: ignore[arg-type]


def said(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def test_a_phrase_loses_the_preposition_and_the_article_it_was_cut_at() -> None:
    text = "a chapel on the hill and the mill"
    assert trimmed(Span(0, 11), text) == at(text, "chapel")
    assert trimmed(at(text, "and the"), text) is None


def test_an_abbreviation_a_known_name_and_a_name_in_capitals_are_whole() -> None:
    text = "U.S. aid for the United Farms Republic, said Ansel Brod Kettering on Monday"
    known = (at(text, "United Farms Republic"),)
    assert whole_actor(Span(0, 1), text).of(text) == "U.S."
    assert whole_actor(at(text, "United"), text, known=known).of(text) == "United Farms Republic"
    assert whole_actor(at(text, "Ansel"), text).of(text) == "Ansel Brod Kettering"


def test_a_name_does_not_grow_over_the_cue_of_a_heading() -> None:
    text = "Rebels Seize Kettle Bridge"
    assert whole_actor(at(text, "Rebels"), text, (at(text, "Seize"),)) == at(text, "Rebels")


def test_a_cut_prefix_takes_the_rest_of_its_word() -> None:
    text = "vehicles seized by pro-Vostok fighters"
    assert whole_actor(at(text, "pro"), text).of(text) == "pro-Vostok fighters"


def test_words_side_by_side_are_one_place() -> None:
    text = "They took several rebel-held villages and a major army base."
    draft = a_draft(text, "took", places=("several", "rebel-held villages", "major", "army base"))
    assert said(text, tidied(draft, text).places) == ["several rebel-held villages", "army base"]


def test_who_only_backs_the_agent_does_not_act() -> None:
    text = "The Ostland-backed Free Brigade took Kutno."
    draft = a_draft(text, "took", agents=("Ostland", "Free Brigade"), places=("Kutno",))
    assert said(text, tidied(draft, text).agents) == ["Free Brigade"]


def test_its_troops_are_the_speakers() -> None:
    text = "Ostland says its troops took Kutno."
    draft = a_draft(text, "took", agents=("its",), speaker="Ostland", places=("Kutno",))
    assert said(text, tidied(draft, text).agents) == ["Ostland"]


def test_an_actor_of_another_sentence_needs_a_word_that_points_back() -> None:
    first, second = "The marines searched houses.", "A car bomb killed nine in Kutno."
    third = "They then shelled the bridge."
    text = f"{first} {second} {third}"
    sentences = [Sentence(at(text, each)) for each in (first, second, third)]
    bomb = a_draft(text, "car bomb", "bomb", agents=("marines",), places=("Kutno",))
    shelling = a_draft(text, "shelled", "strike", agents=("marines",))
    assert reached(bomb, text, sentences).agents == ()
    assert said(text, reached(shelling, text, sentences).agents) == ["marines"]


def test_a_speaker_of_another_sentence_speaks_on_in_quotation_marks_alone() -> None:
    first, second, third = "A nurse spoke to us.", "The town fell.", '"The gate is lost."'
    text = f"{first} {second} {third}"
    sentences = [Sentence(at(text, each)) for each in (first, second, third)]
    told = a_draft(text, "fell", speaker="nurse")
    quoted = a_draft(text, "lost", "leave", speaker="nurse")
    assert reached(told, text, sentences).speaker is None
    assert reached(quoted, text, sentences).speaker == at(text, "nurse")


def test_nobody_acts_on_himself() -> None:
    text = "The militia attacked; a militia fled."
    draft = Draft("attack", at(text, "attacked"), (at(text, "militia"),), (Span(24, 31),))
    whole = Span(0, len(text))
    dispatch = Dispatch("d", datetime(2015, 6, 17, tzinfo=UTC), text)
    (sound,) = plausible(Prepared(dispatch, (), (Sentence(whole),), ()), [draft])
    assert sound.targets == ()


def test_a_description_takes_the_name_that_it_leads_to_along() -> None:
    text = "They overran outposts in northern Ostland."
    draft = a_draft(text, "overran", places=("outposts in northern",))
    assert said(text, tidied(draft, text, [at(text, "Ostland")]).places) == ["outposts in northern Ostland"]


def test_where_a_garrison_went_is_not_what_it_left() -> None:
    text = "The garrison of Kutno withdrew to the hills."
    draft = a_draft(text, "withdrew", "leave", agents=("garrison",), places=("Kutno", "hills"))
    assert said(text, reached(draft, text, [Sentence(Span(0, len(text)))]).places) == ["Kutno"]


def test_an_adjective_takes_its_force_along_and_a_number_what_it_counts() -> None:
    text = "Ostland troops took two old army bases."
    draft = a_draft(text, "took", agents=("Ostland",), places=("two",))
    whole = tidied(draft, text)
    assert said(text, whole.agents) == ["Ostland troops"]
    assert said(text, whole.places) == ["two old army bases"]


def test_who_is_only_still_in_a_place_does_not_hold_it() -> None:
    text = "The governor Ansel Brod is still in Kutno. Rebel fighters remain in Plock."
    person = a_draft(text, "still in", "hold", agents=("governor Ansel Brod",), places=("Kutno",))
    force = a_draft(text, "remain in", "hold", agents=("Rebel fighters",), places=("Plock",))
    assert stays_only(person, text)
    assert not stays_only(force, text)


def test_who_took_a_place_may_be_told_just_before_but_not_a_paragraph_away() -> None:
    near, far = "Rebels attacked.", "The mayor came back."
    own = "Kutno was captured."
    text = f"{far}\n\n{near} {own}"
    sentences = [Sentence(at(text, each)) for each in (far, near, own)]
    close = a_draft(text, "captured", agents=("Rebels",), places=("Kutno",))
    distant = a_draft(text, "captured", agents=("mayor",), places=("Kutno",))
    assert said(text, reached(close, text, sentences).agents) == ["Rebels"]
    assert reached(distant, text, sentences).agents == ()


def test_whom_a_place_is_freed_from_did_not_take_it() -> None:
    text = "Kutno was freed from the Iron Brigade."
    draft = a_draft(text, "freed", agents=("Iron Brigade",), places=("Kutno",))
    told = reached(draft, text, [Sentence(Span(0, len(text)))])
    assert (told.agents, said(text, told.targets)) == ((), ["Iron Brigade"])


def test_a_bare_adjective_takes_its_noun_along() -> None:
    text = "Kettle blamed the foreign sponsors."
    draft = a_draft(text, "blamed", "accuse", targets=("foreign",))
    assert said(text, tidied(draft, text).targets) == ["foreign sponsors"]


def test_who_overran_a_town_took_it_though_others_take_it_back_from_them() -> None:
    text = "Troops tried to retake Sarna from militants, who overran it last year."
    whole = [Sentence(Span(0, len(text)))]
    told = a_draft(text, "overran", "take", agents=("militants",))
    assert reached(told, text, whole).agents == told.agents
    lost = a_draft(text, "retake", "take", agents=("militants",))
    assert reached(lost, text, whole).agents == ()
