"""What tells two texts apart beside their wording: their addresses, and the names and numbers in them."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode, urlsplit
from zlib import crc32

_OWN_NAMES = 0.1
_NAME = re.compile(r"\d[\d,.]*|[^\W\d_a-z]\w+")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|cmpid|ref|ocid|smid", re.I)


def plain_address(url: str) -> str:
    """An address without scheme, "www.", fragment, tracking and trailing slash.

    >>> plain_address("https://www.example.org/a/?utm_source=x&id=7#top")
    'example.org/a?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    except ValueError:
        return url.strip()
    path = parts.path.rstrip("/")
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path}?{urlencode(query)}" if query else f"{host}{path}"


def names_in(text: str) -> frozenset[int]:
    """Hashes of the numbers and capitalised words of a text."""
    return frozenset(crc32(name.encode("utf-8", "replace")) for name in _NAME.findall(text))


def same_names(first: Collection[int], second: Collection[int]) -> bool:
    """One text may add names, but two that each have their own tell of two happenings in the same phrases."""
    if not first or not second:
        return False
    shared = len(frozenset(first) & frozenset(second))
    return 1 - shared / min(len(first), len(second)) <= _OWN_NAMES
