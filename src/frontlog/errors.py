"""The error tree. A message says what went wrong, with which value, and what to do.

FrontlogError
├── SourceError        an input that cannot be made into a dispatch
├── DataFileError      a lexicon, registry or supplement with a bad line
├── GazetteerError     the gazetteer is missing, stale or malformed
├── ReadingError       a dispatch that the reader cannot take
├── LedgerError        the ledger file is not one, or is of another version
│   └── DecisionError  a decision that names nothing or contradicts itself
├── RunError           a run over many dispatches that cannot go on
├── MissingExtraError  an optional dependency is not installed
└── EvaluationError    gold records that do not follow CLAIMS.md
"""

from __future__ import annotations


class FrontlogError(Exception):
    """Base of every error that frontlog raises on purpose."""


class SourceError(FrontlogError):
    """An input cannot be made into a dispatch; carries where, why and the remedy."""

    def __init__(self, where: str, reason: str, remedy: str) -> None:
        super().__init__(f"{where}: {reason}; {remedy}")
        self.where = where
        self.reason = reason
        self.remedy = remedy


class DataFileError(FrontlogError):
    """A data file has a bad line; carries file, line number and the remedy."""

    def __init__(self, file: str, line: int, reason: str, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {reason}; {remedy}")
        self.file = file
        self.line = line


class GazetteerError(FrontlogError):
    """The gazetteer is missing, stale or malformed."""


class ReadingError(FrontlogError):
    """A dispatch cannot be read."""


class LedgerError(FrontlogError):
    """The ledger cannot be opened or written."""


class DecisionError(LedgerError):
    """A decision names nothing in the ledger or contradicts itself."""


class RunError(FrontlogError):
    """A run over many dispatches cannot go on; what it finished is kept."""


class MissingExtraError(FrontlogError):
    """An optional dependency is not installed; the message names the extra."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the extra {extra!r}; install it with: pip install 'frontlog[{extra}]'"
        )
        self.extra = extra


class EvaluationError(FrontlogError):
    """Gold records are malformed."""
