"""The help of the command line, laid out for the width of the terminal and in the language of the run."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from harness import console
from harness.commands.command_manual import ABOUT, GROUPS, Page
from harness.engine.option_specs import DECLARED
from harness.language import Text, _, pick, said

NARROW = 60
"""Columns below which what a name means stands below it."""
LONGEST = 28
"""Columns of the longest name that has what it means beside it."""

PANELS: dict[Text, tuple[str, ...]] = {
    _("Which phone"): ("serial", "adb_port", "wait_turn"),
    _("Virtual device"): ("virtual", "app_file", "android", "rom"),
    _("What is done"): (
        "consent",
        "tap",
        "clause",
        "minutes",
        "steps",
        "seed",
        "pause",
        "clock",
        "replay",
        "duration",
        "yes",
        "system_app",
    ),
    _("How it is judged"): ("profile", "as_of", "config", "policy", "store", "store_app", "earlier", "city", "strict"),
    _("What is written"): ("output", "film", "case", "runs", "json", "quiet", "verbose"),
}
"""What the options of a command that has many are about; options by their names in Python."""
OPTIONS = _("Options")
FEW = 6
"""So many options stand in one list."""
FIRST = ("check", "watch", "walk", "report", "verify", "compare", "doctor", "devices", "farm", "demo")
"""The commands that the help of the root describes; the others it names."""
_ENDS = (".", "!", "?", "。", "！", "？", "：", ":")


def root_help(ctx: Any, commands: Mapping[str, Page]) -> str:
    """Every command in its group, and the options of the root."""
    parts = _head(ctx, said(_("COMMAND ...")), (ABOUT,))
    parts += _section(_("Commands"), [(name, said(commands[name].summary)) for name in FIRST if name in commands])
    rest = [name for name in commands if name not in FIRST]
    for group in GROUPS:
        if names := [name for name in rest if commands[name].group == group]:
            parts += [Line(""), Line(said(_("{group}: {names}", group=group, names=", ".join(names))))]
    parts += _section(OPTIONS, [_option(param) for param in ctx.command.get_params(ctx)])
    parts += [Line(""), Line(said(_("More about a command: {example}", example="apprights check --help")))]
    return _drawn(parts)


def command_help(ctx: Any, manual: Mapping[str, Page]) -> str:
    """One command: what it does, its arguments and options, and what people type."""
    command, name = ctx.command, _name(ctx)
    page = manual.get(name)
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    names = command.list_commands(ctx) if hasattr(command, "list_commands") else ()  # of a group; none is loaded
    subcommands = {each: manual.get(f"{name} {each}") for each in names}
    told = (page.summary, *page.about) if page is not None else (Text(command.help or ""),)
    parts = _head(ctx, " ".join(map(_argument, arguments)), told)
    parts += _section(_("Commands"), [(each, said(beside.summary) if beside else "") for each, beside in subcommands.items()])
    parts += _section(_("Arguments"), [(_argument(param), _sentence(param)) for param in arguments])
    for title, members in _panels([param for param in params if param.param_type_name == "option"]).items():
        parts += _section(title, [_option(param) for param in members])
    if page is not None and page.examples:
        parts += [Line(""), Line(said(_("Examples")), style="bold")]
        for typed, word in page.examples:
            parts += [Padding(Line(typed), (0, 0, 0, 2)), Padding(Line(said(word), style="dim"), (0, 0, 0, 6))]
    return _drawn(parts)


def command_name(ctx: Any) -> str:
    return f"{ctx.find_root().info_name} {_name(ctx)}".strip()


def _name(ctx: Any) -> str:
    """The words of the command behind the program's name."""
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, ctx.info_name)
        ctx = ctx.parent
    return " ".join(names)


def _head(ctx: Any, arguments: str, told: Sequence[Text]) -> list[RenderableType]:
    usage = " ".join(filter(None, (command_name(ctx), arguments, said(_("[OPTIONS]")))))
    parts: list[RenderableType] = [Line(said(_("Usage: {usage}", usage=usage)), style="bold")]
    for text in told:
        parts += [Line(""), _folded(said(text), console.out.width)]
    return parts


def _panels(options: Sequence[Any]) -> dict[Text, list[Any]]:
    """The options under what they are about, each in the order in which it was declared."""
    if len(options) <= FEW:
        return {OPTIONS: list(options)}
    titles = {name: title for title, names in PANELS.items() for name in names}
    found: dict[Text, list[Any]] = {title: [] for title in (*PANELS, OPTIONS)}
    for param in options:
        found[titles.get(param.name, OPTIONS)].append(param)
    return found


def _argument(param: Any) -> str:
    name = (param.metavar or param.name.upper()).strip("[].")
    name += " ..." if param.nargs == -1 else ""
    return name if param.required else f"[{name}]"


def _option(param: Any) -> tuple[str, str]:
    names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
    if not getattr(param, "is_flag", False):
        names += " " + (param.metavar or said(_("VALUE")))
    return names, _sentence(param)


def _sentence(param: Any) -> str:
    """What a parameter is for, with its default."""
    if param.name == "help":
        return said(_("Show this help."))
    known = {str(option.help): option.help for option in DECLARED}  # typer keeps no more than the English of a text
    text = getattr(param, "help", None) or ""
    text = said(known.get(text) or Text(text))
    text = pick(text, text[:1].upper() + text[1:])
    if text and not text.endswith(_ENDS):
        text += pick("。", ".")
    default = param.default
    if not isinstance(default, bool) and isinstance(default, str | int | float | Path) and default != "":
        value = f"{default:g}" if isinstance(default, float) else str(default)
        text += pick("", " ") + said(_("(default: {value})", value=value))
    return text


def _section(title: Text, rows: Sequence[tuple[str, str]]) -> list[RenderableType]:
    if not rows:
        return []
    head: list[RenderableType] = [Line(""), Line(said(title), style="bold")]
    if console.out.width < NARROW:
        for name, meaning in rows:
            head += [Padding(Line(name), (0, 0, 0, 2)), Padding(Line(meaning), (0, 0, 0, 6))]
        return head
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(overflow="fold", max_width=LONGEST)
    grid.add_column(overflow="fold")
    room = console.out.width - 4 - min(LONGEST, max(cell_len(name) for name, _meaning in rows))
    for name, meaning in rows:
        grid.add_row(Line(name), _folded(meaning, room))
    return [*head, Padding(grid, (0, 0, 0, 2))]


def _folded(text: str, width: int) -> Line:
    """A text broken where Chinese may be broken: no line begins with closing punctuation."""
    parts = Line(text).divide(console.breaks(text, width))
    return Line("\n").join(Line(part.plain.strip()) for part in parts)


def _drawn(parts: Sequence[RenderableType]) -> str:
    """Return text for this terminal: ends of lines are bare, or a narrow one would show each twice."""
    with console.out.capture() as capture:
        for part in parts:
            console.out.print(part, soft_wrap=False)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
