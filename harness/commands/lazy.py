"""The root group of the command line: it knows every command by name and loads one when it is called.

Most commands bring OpenCV, numpy and the phone libraries along, a second of processor time; ``--version``, ``--help``
and the commands about text files need none of that. What the help says of a command is its page in a ``manual``.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from harness.commands.command_manual import Page
from harness.errors import ScenarioError
from harness.language import LANGUAGES, Text, _, choose, said

OWN = {
    "check": "harness.commands.check",
    "walk": "harness.commands.walk",
    "watch": "harness.commands.watch",
    "profile": "harness.commands.profile",
    "analyse": "harness.commands.run_commands",
    "seal": "harness.commands.sign",
    "verify": "harness.commands.verify",
    "report": "harness.commands.run_commands",
    "review": "harness.commands.review",
    "sign": "harness.commands.sign",
    "pack": "harness.commands.pack",
    "compare": "harness.commands.compare",
    "examination": "harness.commands.examination",
    "schema": "harness.commands.schema",
    "rules": "harness.commands.rules",
    "devices": "harness.commands.devices",
    "doctor": "harness.commands.doctor",
    "restore": "harness.commands.restore",
    "apk": "harness.commands.file_commands",
    "parse": "harness.commands.file_commands",
    "popup": "harness.commands.file_commands",
    "completion": "harness.commands.completion",
}
"""Our own commands in the order of the help, and the module of each; its function has the name of the command."""
OTHERS = "apprights.commands"
"""The group of entry points by which other packages bring commands: a function, or a Typer."""


COMPLETE = "_APPRIGHTS_COMPLETE"
"""The variable by which a shell asks for completions; typer derives it from the name of the program."""
USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for wrong usage; where the class is defined differs between its versions."""


class ReaderGone(Exception):
    """The reader of our output closed it; typer would end with the code of a violation."""


class Paged(TyperCommand):
    """A command whose help is its page of the manual."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from harness.commands.help_page import command_help

        formatter.write(command_help(ctx, manual()))

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the words; an error knows which command it is about."""
        try:
            return super().parse_args(ctx, args)
        except USAGE_ERROR as error:
            error.ctx = ctx  # type: ignore[attr-defined] # typer leaves it to the group, which names itself
            raise

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            item.help = said(Text(item.help or ""))
        return found


class PagedGroup(TyperGroup):
    """A group of such commands, which is one of them."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from harness.commands.help_page import command_help

        formatter.write(command_help(ctx, manual()))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command by its name; for a name that is none the likeliest is named."""
        name = args[0]
        if not ctx.resilient_parsing and not name.startswith("-") and self.get_command(ctx, name) is None:
            near = get_close_matches(name, self.list_commands(ctx), 1)
            if near:
                raise ScenarioError(_("there is no command '{name}': did you mean '{near}'?", name=name[:80], near=near[0]))
            raise ScenarioError(_("there is no command '{name}': {help} lists them", name=name[:80], help="apprights --help"))
        return super().resolve_command(ctx, args)


class Commands(PagedGroup):
    """Our own commands, and those of other packages."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*OWN, *sorted(others().keys() - OWN.keys())]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name, loaded; while a name is being completed the names are enough."""
        if cmd_name not in self.commands:
            if cmd_name in OWN:
                self.commands[cmd_name] = _loaded(cmd_name)
            elif (entry := others().get(cmd_name)) is not None:
                self.commands[cmd_name] = _command(entry)
        return self.commands.get(cmd_name)

    def make_context(self, *words: Any, **values: Any) -> Any:
        """Read the words, or show a help."""
        try:
            return super().make_context(*words, **values)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Ctrl-C where no run is recorded ends it with the code that shells have for that."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error
        except KeyboardInterrupt as error:
            raise typer.Abort from error

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Take the language from wherever it was typed, so that a help or an error is in it, too."""
        args = _language_first(args)
        if (language := _language(args)) is not None:
            choose(language)
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(2)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, of which none is loaded."""
        from harness.commands.help_page import root_help

        formatter.write(root_help(ctx, pages(self.list_commands(ctx))))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Names with what they do; nothing is loaded for them."""
        found = pages([name for name in self.list_commands(ctx) if name.startswith(incomplete)])
        for name, page in found.items():
            self.commands.setdefault(name, TyperCommand(name, short_help=said(page.summary)))
        return super().shell_complete(ctx, incomplete)


def others() -> dict[str, EntryPoint]:
    """The commands of other packages."""
    return {entry.name: entry for entry in entry_points(group=OTHERS)}


def _loaded(name: str) -> Any:
    alone = typer.Typer(add_completion=False)
    alone.command(name=name, cls=Paged)(getattr(import_module(OWN[name]), name))
    return typer.main.get_command(alone)


def _command(entry: EntryPoint) -> Any:
    """Return a command of click, which is a package of its own or a part of typer, by the version of typer."""
    loaded = entry.load()
    if isinstance(loaded, typer.Typer):
        return typer.main.get_command(loaded)
    alone = typer.Typer(add_completion=False)
    alone.command(name=entry.name, cls=Paged)(loaded)
    return typer.main.get_command(alone)


def manual() -> dict[str, Page]:
    """All pages there are: our own, and those of the packages that bring commands."""
    from harness.commands.command_manual import OWN as HERE
    from harness.commands.command_manual import pages_of

    found = pages_of(HERE)
    for package in {entry.module.partition(".")[0] for entry in others().values()}:
        spec = find_spec(package)
        found |= pages_of(Path(spec.origin).parent) if spec is not None and spec.origin is not None else {}
    return found


def pages(names: Sequence[str]) -> dict[str, Page]:
    """What is said of commands; one that is in no manual is loaded to be told."""
    from harness.commands.command_manual import GROUPS, Page

    known = manual()
    unknown = {name: entry for name, entry in others().items() if name not in known}
    told = {name: Page(GROUPS[-1], Text(_command(entry).get_short_help_str(200))) for name, entry in unknown.items() if name in names}
    return {name: page for name in names if (page := known.get(name) or told.get(name)) is not None}


def _language_first(words: Sequence[str]) -> list[str]:
    """The words with ``--lang`` before the command, which may be typed behind it as well; what follows ``--`` stays."""
    options, rest, waiting = list[str](), list[str](), iter(words)
    for word in waiting:
        if word == "--":
            return [*options, *rest, word, *waiting]
        if word == "--lang":
            value = [*islice(waiting, 1)]
            if not value:
                return [*options, word]  # it is refused
            options += [word, *value]
        elif word.startswith("--lang="):
            options.append(word)
        else:
            rest.append(word)
    return [*options, *rest]


def _language(words: Sequence[str]) -> str | None:
    """The language that the words before the command ask for; what is none is left to the option."""
    for word, value in pairwise([*words, ""]):
        if word == "--lang" or word.startswith("--lang="):
            asked = value if word == "--lang" else word.removeprefix("--lang=")
            return asked if asked in LANGUAGES else None
        if not word.startswith("-"):
            break
    return None
