"""The ``frontlog`` command: a group whose verbs load on demand, so that ``--help`` is instant."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import MetaPathFinder
from typing import Any

import click

from frontlog import __version__
from frontlog.errors import FrontlogError

# verb: (module, attribute, one line for the overview)
VERBS: dict[str, tuple[str, str, str]] = {
    "read": ("frontlog.commands.read", "read", "Read dispatches into a ledger."),
    "extract": ("frontlog.commands.extract", "extract", "Write the claims of any source, without a ledger."),
    "load": ("frontlog.commands.load", "load", "Bring extracted folders of claims into a ledger."),
    "move": ("frontlog.commands.move", "move", "Copy a ledger between a file and PostgreSQL."),
    "claims": ("frontlog.commands.ledger", "claims", "List claims with the sentences behind them."),
    "place": ("frontlog.commands.ledger", "place", "Tell one place's life, with its evidence."),
    "incidents": ("frontlog.commands.ledger", "incidents", "List incidents with what was said of each."),
    "control": ("frontlog.commands.ledger", "control", "Who holds what on a day, as known on a day."),
    "audit": ("frontlog.commands.ledger", "audit", "Show what does not fit: counts, distances, dates."),
    "brief": ("frontlog.commands.ledger", "brief", "Write a day's report in Markdown."),
    "decide": ("frontlog.commands.decide", "decide", "Put claims right, and list the decisions."),
    "rebuild": ("frontlog.commands.decide", "rebuild", "Derive everything anew, as after an upgrade."),
    "serve": ("frontlog.commands.serve", "serve", "Open the map room in a browser."),
    "picture": ("frontlog.commands.picture", "picture", "Draw the map as a picture, a page or a film."),
    "export": ("frontlog.commands.export", "export", "Write the ledger in other tools' forms."),
    "places": ("frontlog.commands.places", "places", "Find and resolve the place names of any text."),
    "gazetteer": ("frontlog.commands.gazetteer", "gazetteer", "Look into, build or extend the gazetteer."),
    "eval": ("frontlog.commands.eval", "evaluate", "Score places, claims, events or control against gold."),
    "watch": ("frontlog.commands.watch", "watch", "Poll feeds politely and write what is new."),
}  # fmt: skip


class LazyGroup(click.Group):
    """A group that imports a verb's module when the verb is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, attribute, _ = VERBS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(verb, line) for verb, (_, _, line) in VERBS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FrontlogError as error:
            click.echo(f"frontlog: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            raise
        except OSError as error:
            if error.filename is None:
                raise
            click.echo(f"frontlog: {error.filename}: {error.strerror}; name another file", err=True)
            ctx.exit(2)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Turn dated dispatches about a war into a sourced ledger of who holds what, and since when.

    Exit codes: 0 good, 1 findings or partial, 2 usage.
    """


class _WithoutTorch(MetaPathFinder):
    """Says that torch is not installed: spaCy would load it wherever it is, two seconds for no use."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "torch":
            raise ModuleNotFoundError("the frontlog command does without torch", name=fullname)


def run() -> None:
    """Be the process of the command; ``main`` alone leaves the imports of its process as they are."""
    sys.meta_path.insert(0, _WithoutTorch())
    main()


if __name__ == "__main__":
    run()
