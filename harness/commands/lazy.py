"""The root group of the command line: it knows every command by name and loads one when it is called.

Most commands bring OpenCV, numpy and the phone libraries along, a second of processor time; ``--version``, ``--help``
and the commands about text files need none of that. What the help says of a command is its docstring, read from the
source.
"""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

OWN = {
    "check": "harness.commands.check",
    "walk": "harness.commands.walk",
    "watch": "harness.commands.watch",
    "profile": "harness.commands.profile",
    "devices": "harness.commands.devices",
    "doctor": "harness.commands.devices",
    "restore": "harness.commands.restore",
    "analyse": "harness.commands.runs",
    "verify": "harness.commands.runs",
    "report": "harness.commands.runs",
    "rules": "harness.commands.files",
    "apk": "harness.commands.files",
    "parse": "harness.commands.files",
    "popup": "harness.commands.files",
}
"""Our own commands in the order of the help, and the module of each; its function has the name of the command."""
INTERRUPTED = 130
OTHERS = "apprights.commands"
"""The group of entry points by which other packages bring commands: a function, or a Typer."""


class _Told(TyperCommand):
    """A command that is not loaded: its name, and what the help says of it."""


class Commands(TyperGroup):
    """Our own commands, and those of other packages."""

    _telling = False

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, for the help."""
        return [*OWN, *sorted(_others().keys() - OWN.keys())]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name; for a name that is none all are told, so that the likeliest can be named."""
        known = self.commands.get(cmd_name)
        if self._telling:
            return known or _told(cmd_name)
        if known is not None and not isinstance(known, _Told):
            return known
        if cmd_name in OWN:
            return _loaded(cmd_name)
        if (entry := _others().get(cmd_name)) is not None:
            return _command(entry)
        for name in self.list_commands(ctx):
            self.commands.setdefault(name, _Told(name))
        return None

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Ctrl-C where no run is recorded ends it with the code that shells have for that."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("apprights: 已中断 / interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, for which no command is loaded."""
        self._telling = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._telling = False


def _others() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=OTHERS)}


def _loaded(name: str) -> Any:
    """One of our own commands."""
    alone = typer.Typer(add_completion=False)
    import_module(OWN[name]).register(alone)
    return typer.main.get_group(alone).commands[name]


def _command(entry: EntryPoint) -> Any:
    """As a command of click, which is a package of its own or a part of typer, by the version of typer."""
    loaded = entry.load()
    if isinstance(loaded, typer.Typer):
        return typer.main.get_command(loaded)
    alone = typer.Typer(add_completion=False)
    alone.command(name=entry.name)(loaded)
    return typer.main.get_command(alone)


def _told(name: str) -> Any:
    """A command with its help as the source tells it, or loaded where the source does not."""
    entry = _others().get(name) if name not in OWN else None
    module, attribute = (entry.module, entry.attr) if entry is not None else (OWN[name], name)
    text = _help(module, attribute)
    if text is not None:
        return _Told(name, help=text)
    return _command(entry) if entry is not None else _loaded(name)


def _help(module: str, name: str) -> str | None:
    """What a function or a Typer says of itself, without importing its module or any package above it.

    None where that cannot be seen.
    """
    top, *rest = module.split(".")
    package = find_spec(top)
    folder = next(iter(package.submodule_search_locations or ()), None) if package is not None else None
    source = Path(folder or "", *rest).with_suffix(".py")
    if folder is None or not rest or not source.is_file():
        return None
    for node in ast.parse(source.read_bytes()).body:
        match node:
            case ast.FunctionDef(name=found) if found == name:
                return ast.get_docstring(node)
            case ast.Assign(targets=[ast.Name(id=found)], value=ast.Call(keywords=words)) if found == name:
                texts = [word.value.value for word in words if word.arg == "help" and isinstance(word.value, ast.Constant)]
                return next((text for text in texts if isinstance(text, str)), None)
    return None
