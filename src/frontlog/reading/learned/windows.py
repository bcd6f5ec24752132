"""Windows of word pieces over a dispatch: the units that the network reads in one pass."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from frontlog.model import Sentence, Span

CLS, SEP = 101, 102
LIMIT = 160
CONTEXT = 48


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces of some neighbouring sentences.

    ``ids`` start with CLS and end with SEP; ``offsets`` has one span a piece, empty for these two. Claims are
    looked for in pieces ``core_start`` to ``core_end`` (exclusive) alone; those before are context.
    """

    ids: tuple[int, ...]
    offsets: tuple[Span, ...]
    core_start: int
    core_end: int

    def piece_at(self, char: int) -> int | None:
        """Return the piece that covers a character, or None."""
        for index, span in enumerate(self.offsets):
            if span.start <= char < span.end:
                return index
        return None

    def pieces(self, span: Span) -> range:
        """Return the pieces that overlap a span of characters."""
        inside = [i for i, piece in enumerate(self.offsets) if len(piece) and piece.overlaps(span)]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


def open_tokenizer(path: Path) -> Tokenizer:
    """Open a ``tokenizer.json`` with truncation and padding switched off."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def windows(text: str, sentences: Sequence[Sentence], tokenizer: Tokenizer) -> Iterator[Window]:
    """Cut a dispatch into windows of at most ``LIMIT`` pieces of new text after ``CONTEXT`` pieces of old."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    ids: list[int] = encoded.ids
    offsets = [Span(start, end) for start, end in encoded.offsets]
    if not ids:
        return
    for first, last in _cores(offsets, sentences):
        begin = max(0, first - CONTEXT) if first else 0
        yield Window(
            ids=(CLS, *ids[begin:last], SEP),
            offsets=(Span(0, 0), *offsets[begin:last], Span(0, 0)),
            core_start=first - begin + 1,
            core_end=last - begin + 1,
        )


def _cores(offsets: Sequence[Span], sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Group whole sentences into stretches of at most ``LIMIT`` pieces; a longer sentence is cut."""
    ends = _sentence_ends(offsets, sentences)
    start = 0
    while start < len(offsets):
        last = bisect_right(ends, start + LIMIT) - 1
        end = ends[last] if last >= 0 and ends[last] > start else min(start + LIMIT, len(offsets))
        yield start, end
        start = end


def _sentence_ends(offsets: Sequence[Span], sentences: Sequence[Sentence]) -> list[int]:
    ends: list[int] = []
    piece = 0
    for sentence in sentences:
        while piece < len(offsets) and offsets[piece].start < sentence.span.end:
            piece += 1
        ends.append(piece)
    return [*ends, len(offsets)]
