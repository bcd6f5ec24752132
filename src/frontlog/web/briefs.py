"""The day's brief as Markdown, and as a page with its sources linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from frontlog.views.brief import brief
from frontlog.web import ask, schemas
from frontlog.web.pages import page
from frontlog.web.room import room_of

router = APIRouter()
DaysIn = Annotated[ask.Days, Depends(ask.days)]
CountryIn = Annotated[str | None, Depends(ask.country)]
# Bold, and links to the web alone: a dispatch's address is whatever its source gave.
_MARKED = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\((?P<href>https?://[^\s)]+)\)")


class MarkdownResponse(PlainTextResponse):
    media_type = "text/markdown"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a line: plain, bold or a link."""

    text: str
    strong: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, and the lines of evidence under it."""

    line: tuple[Words, ...]
    under: tuple[tuple[Words, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list of the brief."""

    level: int = 0
    text: str = ""
    items: tuple[Item, ...] = ()


def blocks(markdown: str) -> list[Block]:
    """The few forms the brief is written in: headings, lists in two levels, bold, links, paragraphs."""
    found: list[Block] = []
    for line in markdown.splitlines():
        bare = line.strip()
        before = found[-1].items if found else ()
        if line.startswith("#"):
            found.append(Block(len(line) - len(line.lstrip("#")), line.lstrip("# ")))
        elif bare.startswith("- ") and line[0] == " " and before:
            last = replace(before[-1], under=(*before[-1].under, inline(bare[2:])))
            found[-1] = Block(items=(*before[:-1], last))
        elif bare.startswith("- "):
            if before:
                found.pop()
            found.append(Block(items=(*before, Item(inline(bare[2:])))))
        elif bare:
            found.append(Block(text=bare))
    return found


def inline(line: str) -> tuple[Words, ...]:
    """Cut a line where it is bold or a link.

    >>> [each.text for each in inline("**Otay**: held ([Courier](https://courier.example/1))")]
    ['Otay', ': held (', 'Courier', ')']
    """
    return tuple(each for each in _cut(line) if each.text)


def _cut(line: str) -> Iterator[Words]:
    at = 0
    for found in _MARKED.finditer(line):
        yield Words(line[at : found.start()])
        yield Words(found["bold"], True) if found["bold"] else Words(found["text"], href=found["href"])
        at = found.end()
    yield Words(line[at:])


def _brief(request: Request, days: ask.Days, country: str | None) -> str:
    room = room_of(request)
    return brief(room.store, days.on, country, room.name)


@router.get("/brief.json", response_model=schemas.BriefOut)
def brief_json(request: Request, days: DaysIn, country: CountryIn) -> schemas.BriefOut:
    """What became known on a day, as Markdown."""
    return schemas.BriefOut(on=days.on, markdown=_brief(request, days, country))


@router.get("/brief.md", response_class=MarkdownResponse)
def brief_markdown(request: Request, days: DaysIn, country: CountryIn) -> MarkdownResponse:
    """The same as a file."""
    return MarkdownResponse(_brief(request, days, country))


@router.get("/brief", include_in_schema=False)
def brief_page(request: Request, days: DaysIn, country: CountryIn) -> Response:
    eve, morrow = (shifted(days.on, step) for step in (-1, 1))
    return page(
        request,
        "brief.html",
        on=days.on,
        eve=eve,
        morrow=morrow,
        blocks=blocks(_brief(request, days, country)),
    )


def shifted(day: date, by: int) -> date:
    """Some days on, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))
