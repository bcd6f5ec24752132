"""Fixtures shared by the whole suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontlog.reading.reader import Reader
from tests.rule_claims import Find, finder

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """Return a file or folder beside the checkout, or skip the test that asks for it."""
    full = SHARED / path
    if not full.exists():
        pytest.skip(f"needs ../shared/{path}, which this checkout does not have beside it")
    return full


@pytest.fixture
def seed_path() -> Path:
    """The seed dispatch, or a skip."""
    return next(iter(sorted(shared("seeds").glob("*.txt"))))


@pytest.fixture(scope="session")
def rules() -> Reader:
    """The rule reader."""
    return Reader.open(reader="rules")


@pytest.fixture(scope="session")
def find(rules: Reader) -> Find:
    """What the rule reader finds in a text."""
    return finder(rules)


@pytest.fixture(scope="session")
def politics() -> Find:
    """What the rule reader finds with its gate open."""
    return finder(Reader.open(reader="politics"))
