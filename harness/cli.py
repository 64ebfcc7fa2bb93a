"""The ``apprights`` command: this module joins the commands and turns errors into one line and an exit code."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

import harness
from harness import console
from harness.commands import check, devices, files, profile, restore, runs, walk, watch
from harness.errors import CatalogueError, FormatError, HarnessError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

UNREADABLE = 3
FAILED = 2


class Commands(TyperGroup):
    """Our own commands, and those of other packages: the farm's are a third of the start's time, so each is loaded when it is asked for."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name; all are loaded for a name that is none, so that the likeliest can be told."""
        if cmd_name not in self.commands:
            others = {entry.name: entry for entry in entry_points(group="apprights.commands")}
            for name in sorted({cmd_name} & set(others) or set(others) - set(self.commands)):
                self.add_command(_command(others[name]), name)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, for the help."""
        self.get_command(ctx, "")
        return super().list_commands(ctx)


def _command(entry: EntryPoint) -> Any:
    """As a command of click, which is a package of its own or a part of typer, by the version of typer."""
    loaded = entry.load()
    if isinstance(loaded, typer.Typer):
        return typer.main.get_command(loaded)
    alone = typer.Typer(add_completion=False)
    alone.command(name=entry.name)(loaded)
    return typer.main.get_command(alone)


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


for module in (check, walk, watch, profile, devices, restore, runs, files):
    module.register(app)


def main() -> None:
    """Run the command line; a HarnessError is one line on standard error, never a traceback."""
    try:
        app()
    except HarnessError as error:
        console.err.print(f"[bold red]apprights:[/] {escape(console.printable(str(error)))}")
        sys.exit(UNREADABLE if isinstance(error, FormatError | CatalogueError) else FAILED)
    except BrokenPipeError:
        sys.exit(0)


def _leave_the_folder() -> None:
    """Take the present folder off the path, where ``python -m`` puts it: ``scenarios`` of the user's are not ours.

    What is imported before this can still be theirs. ``apprights`` and ``python -P -m harness.cli`` never look there.
    """
    if not sys.flags.safe_path and Path(sys.path[0] or ".").resolve() != Path(harness.__file__).resolve().parents[1]:
        del sys.path[0]


if __name__ == "__main__":
    _leave_the_folder()
    main()
