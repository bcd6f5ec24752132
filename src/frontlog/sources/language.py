"""Is a text English? Asked so that foreign texts are set aside, and short texts full of names are not."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LIKELY = (
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "ar", "fa", "ps", "ur", "tr", "zh",
    "ja", "ko", "hi", "he", "sv", "ro", "el", "id", "sw", "vi", "bn", "am",
)  # fmt: skip
_LEXICON = "data/sources/grammar_words.txt"
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 8
_SAMPLE = 4000


class Languages:
    """Tells the language of a text; the model behind it is opened at the first text that needs it."""

    def __init__(self) -> None:
        self._model: LanguageIdentifier | None = None
        self._grammar = _grammar_words()

    def foreign(self, text: str) -> str | None:
        """Return the code of the language of a text that is surely not English, otherwise None."""
        words = _WORD.findall(text[:_SAMPLE])
        letters = sum(map(len, words))
        latin = sum(len(word) for word in words if word[0] < "\u0250")
        if letters >= 20 and latin < letters * 0.4:
            return self._classify(text)[0].replace("en", "und")
        grammar = sum(word.lower() in self._grammar for word in words)
        if len(words) < _ENOUGH_WORDS or grammar * 10 >= len(words):
            return None
        code, confidence = self._classify(text)
        return code if code != "en" and confidence >= 0.9 else None

    def _classify(self, text: str) -> tuple[str, float]:
        if self._model is None:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            self._model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            self._model.set_languages(LIKELY)
        code, confidence = self._model.classify(text[:_SAMPLE])
        return str(code), float(confidence)


def _grammar_words() -> frozenset[str]:
    text = files("frontlog").joinpath(_LEXICON).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
