"""The ``apprights`` command: each command is loaded when it is called, and an error is one line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

import harness
from harness.commands.lazy import Commands
from harness.errors import CatalogueError, FormatError, HarnessError
from harness.language import asked_for, choose, pick, said

UNREADABLE = 3
FAILED = 2
BROKEN = 70
"""Exit code after an error of ours that is no HarnessError (EX_SOFTWARE of sysexits)."""


app = typer.Typer(
    name="apprights",
    cls=Commands,
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
    _show_version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Deny an Android app its permissions, watch what it does, and prove it (工信部信管函〔2020〕164号)."""


def main() -> None:
    """Run the command line; a HarnessError is one line on standard error, never a traceback."""
    choose(asked_for(os.environ))
    try:
        app()
    except HarnessError as error:
        from rich.markup import escape

        from harness import console

        console.err.print(f"[bold red]apprights:[/] {escape(console.printable(said(error)))}")
        sys.exit(UNREADABLE if isinstance(error, FormatError | CatalogueError) else FAILED)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # top of the program: Python's own exit code would mean a violation
        traceback.print_exc()
        zh, en = "这是 AppRights 自身的错误，不是对应用的结论", "a mistake of AppRights itself, no verdict on the app"
        sys.stderr.write(f"apprights: {pick(zh, en)}: {type(error).__name__}\n")
        sys.exit(BROKEN)


def _leave_the_folder() -> None:
    """Take the present folder off the path, where ``python -m`` puts it: ``scenarios`` of the user's are not ours.

    What is imported before this can still be theirs. ``apprights`` and ``python -P -m harness.cli`` never look there.
    """
    if not sys.flags.safe_path and Path(sys.path[0] or ".").resolve() != Path(harness.__file__).resolve().parents[1]:
        del sys.path[0]


if __name__ == "__main__":
    _leave_the_folder()
    main()
