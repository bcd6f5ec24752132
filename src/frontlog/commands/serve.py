"""``frontlog serve``: the map room, on this machine unless told otherwise."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import click

from frontlog.commands.named import settle
from frontlog.commands.options import ledger_option, today
from frontlog.errors import MissingExtraError
from frontlog.ledger import open_store
from frontlog.reading.actors import Actors


@click.command()
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535))
@click.option("--host-name", "names", multiple=True, help="A further name browsers may ask for.")
@click.option(
    "--token-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the token that logs in; or set FRONTLOG_TOKEN.",
)  # fmt: skip
@click.option("--embed-in", multiple=True, metavar="ORIGIN", help="A site that may frame /embed.")
@click.option("--author", default=None, help="The name offered to reviewers.  [default: your login]")
def serve(
    ledger: str, host: str, port: int, names: tuple[str, ...], token_file: Path | None,
    embed_in: tuple[str, ...], author: str | None,
) -> None:  # fmt: skip
    """Serve the map room: who holds what, as known on any day, with the sentences behind it.

    Binds this machine alone. Another address needs a token.
    """
    try:
        import uvicorn

        from frontlog.web.app import create_app
        from frontlog.web.pages import missing
        from frontlog.web.room import Room
        from frontlog.web.security import Policy, Sessions
    except ImportError as error:
        raise MissingExtraError("frontlog serve", "web") from error
    token = token_file.read_text(encoding="utf-8").strip() if token_file else os.environ.get("FRONTLOG_TOKEN")
    policy = Policy.serving(host, names, token or None, embed_in)
    sessions = Sessions(policy.token)
    actors = Actors.open()
    with open_store(ledger, must_exist=True) as store:
        # What was loaded in bulk is audited when somebody first looks.
        settle(store)
        room = Room(store, actors.name, today, title=Path(ledger).stem, author=author or _login())
        if gone := missing(room):
            click.echo(f"The map is not shown: {gone}", err=True)
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        if policy.token:
            click.echo(f"Log in once at {address}login?once={sessions.invite()}", err=True)
        else:
            click.echo(f"Open {address}", err=True)
        uvicorn.run(
            create_app(room, policy, sessions), host=host, port=port, log_level="warning", server_header=False
        )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
