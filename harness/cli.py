"""The ``apprights`` command: this module joins the commands and turns errors into one line and an exit code."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import Annotated

import typer
from rich.markup import escape

import harness
from harness import console
from harness.commands import check, devices, files, profile, restore, runs, walk, watch
from harness.errors import CatalogueError, FormatError, HarnessError

UNREADABLE = 3
FAILED = 2

app = typer.Typer(
    name="apprights",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Deny an Android app its permissions, watch what it does, and prove it (工信部信管函〔2020〕164号).",
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"apprights {harness.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Deny an Android app its permissions, watch what it does, and prove it (工信部信管函〔2020〕164号)."""


for module in (check, walk, watch, profile, devices, restore, runs, files):
    module.register(app)
for entry in sorted(entry_points(group="apprights.commands"), key=lambda point: point.name):
    loaded = entry.load()
    if isinstance(loaded, typer.Typer):
        app.add_typer(loaded, name=entry.name)
    else:
        app.command(name=entry.name)(loaded)


def main() -> None:
    """Run the command line; a HarnessError is one line on standard error, never a traceback."""
    try:
        app()
    except HarnessError as error:
        console.err.print(f"[bold red]apprights:[/] {escape(console.printable(str(error)))}")
        sys.exit(UNREADABLE if isinstance(error, FormatError | CatalogueError) else FAILED)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
