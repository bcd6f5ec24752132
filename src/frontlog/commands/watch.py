"""``frontlog watch``: polls feeds politely and writes what is new."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from frontlog.commands.options import today
from frontlog.errors import MissingExtraError
from frontlog.sources import Skipped, html
from frontlog.sources.politeness import Visitor
from frontlog.sources.polling import Watch, load_states, record, save_states


@click.command()
@click.argument("feed", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="JSON lines; what is new is added at the end, for `frontlog read`.",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What is remembered between polls; by default beside the output.",
)
@click.option(
    "--every", type=click.IntRange(min=5), default=15, show_default=True, help="Minutes between polls."
)
@click.option(
    "--rounds",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="How many times to look; 0 goes on until stopped.",
)
@click.option("--pages", is_flag=True, help="Fetch the full page of each entry, where robots.txt allows.")
@click.option("--private", is_flag=True, help="Also go to hosts inside this network.")
def watch(
    feed: tuple[str, ...],
    output: Path,
    state: Path | None,
    every: int,
    rounds: int,
    pages: bool,
    private: bool,
) -> None:
    """Poll each FEED (an address, or a file with one a line) and write what is new.

    A feed is asked with conditions, a failing one less and less often, and each host at most once a second.
    """  # fmt: skip
    if pages:
        html.library()
    memory = state or output.with_suffix(".watch.json")
    with _client() as client:
        visitor = Visitor(client, time.sleep, time.monotonic, private)
        watching = Watch(visitor, load_states(memory), timedelta(minutes=every), pages)
        done, refused = 0, 0
        while True:
            refused += _round(watching, _addresses(feed), output)
            save_states(memory, watching.states)
            done += 1
            if done == rounds:
                break
            time.sleep(every * 60)
    raise SystemExit(1 if refused else 0)


def _round(watching: Watch, urls: list[str], output: Path) -> int:
    """Poll all feeds once; return how many inputs were refused."""
    new, refused = 0, 0
    with output.open("a", encoding="utf-8") as file:
        for url in urls:
            if why := watching.resting(url, today()):
                click.echo(f"not asked {url}: {why}", err=True)
            for item in watching.poll(url, today()):
                if isinstance(item, Skipped):
                    refused += 1
                    click.echo(f"skipped {item.where}: {item.reason}; {item.remedy}", err=True)
                else:
                    new += 1
                    file.write(json.dumps(record(item), ensure_ascii=False) + "\n")
    click.echo(f"{new + refused} new = {new} written to {output} + {refused} skipped", err=True)
    return refused


def _addresses(feeds: tuple[str, ...]) -> list[str]:
    """Addresses as given, and those in files: one a line, ``#`` for remarks. Read anew each round."""
    urls: list[str] = []
    for feed in feeds:
        if "://" in feed:
            urls.append(feed)
            continue
        try:
            lines = Path(feed).read_text("utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise click.BadParameter(f"{feed}: neither an address nor a readable list ({error})") from error
        urls += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return list(dict.fromkeys(urls))


@contextmanager
def _client() -> Iterator[Any]:
    try:
        import httpx
    except ImportError as error:
        raise MissingExtraError("watching feeds", "feeds") from error
    with httpx.Client(timeout=30, follow_redirects=False) as client:
        yield client
