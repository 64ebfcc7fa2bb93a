"""The declared options as a command of typer takes them, and the device and the app that they name."""

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from harness.commands.completion import COMPLETED, one_of
from harness.device.protocol import Device
from harness.engine.device_selection import chosen_device
from harness.engine.option_specs import DEFAULTS, Option, declared, need_app_file, untyped
from harness.language import _, said

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("Violations and the count only."))]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help=_("Every finding, with its place in the run folder."))]
Force = Annotated[bool, typer.Option("--force", help=_("Write over a file that is there, also outside of reports/."))]
Json = Annotated[bool, typer.Option("--json", help=_("JSON only on standard output."))]
JsonLines = Annotated[bool, typer.Option("--json", help=_("one JSON object a line"))]

CONTEXT = "context"
"""The parameter by which typer tells a command what was typed."""
_UNDER_TEST = "ro.apprights.app"
"""By this property a virtual device tells the package that its app file is about."""


def takes(*names: str, several: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command these declared options besides its own; it gets them as keyword arguments by their keys.

    With ``config`` the tester's own config is in force while it runs, and an option that was not typed is None. The
    option called ``several`` may be repeated.
    """
    options = [replace(option, repeatable=True) if option.name == several else option for option in declared(*names)]

    def add(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def called(*words: Any, **values: Any) -> None:
            if "config" not in values:
                command(*words, **values)
                return
            context = values.pop(CONTEXT)
            values |= {one.key: untyped(one) for one in options if one.name in DEFAULTS and not _typed(context, one)}
            named = values["config"] if several else values.pop("config")
            with _own_config(named, check="serial" in values):
                command(*words, **values)

        own = inspect.signature(command, eval_str=True)
        parameters = [one for one in own.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
        parameters += [_parameter(option) for option in options]
        if "config" in names:
            parameters.append(inspect.Parameter(CONTEXT, inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context))
        called.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # it is there for this
        called.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": None}
        return called

    return add


def _typed(context: typer.Context, option: Option) -> bool:
    """Whether an option stands on the command line."""
    source = context.get_parameter_source(option.key)
    return source is not None and source.name != "DEFAULT"


@contextmanager
def _own_config(named: Path | None, *, check: bool) -> Iterator[None]:
    """The tester's own config in force; a command that drives a phone says what it has, each what is out of date."""
    from harness import console
    from harness.config.suppressions import expired
    from harness.config.table_validation import today
    from harness.engine.own_config import own_config, told
    from harness.language import said

    with own_config(named, detectors=check) as config:
        if check and config.files:
            console.progress(said(told(config)))
        for one in expired(today()):
            console.progress(said(one.told_expired()))
        yield


def may_clear(device: Device, app: str, values: Mapping[str, Any]) -> None:
    """Ask once, on a terminal, before the data of an installed app is cleared; raises ScenarioError for a no."""
    from harness.console import printable
    from harness.engine.data_clearing import agree_to_clear

    def ask(question: str) -> bool:
        return typer.confirm(printable(said(question)), default=False, err=True)

    terminal = sys.stdin is not None and sys.stdin.isatty()
    agree_to_clear(device, app, yes=values["yes"], system_app=values["system_app"], ask=ask if terminal else None)


def is_app_file(app: str) -> bool:
    """Whether an app is named by what a virtual device runs: its app file, or the folder of a recording."""
    return app.lower().endswith(".py") or Path(app).is_dir()


@contextmanager
def device_and_app(values: Mapping[str, Any], app: str) -> Iterator[tuple[Device, str]]:
    """The device that was named and what on it is checked: ``app``, or the package of an app file.

    An app file has a virtual device of its own for the length of the block. Errors as of ``chosen_device``.
    """
    if not is_app_file(app):
        with chosen_device(values, app) as device:
            yield device, app
        return
    need_app_file(app, "APP")
    with chosen_device({**values, "app_file": [*values["app_file"], Path(app)]}, app) as device:
        yield device, device.shell(["getprop", _UNDER_TEST]).stdout.strip()


def _parameter(option: Option) -> inspect.Parameter:
    """An option as a parameter, in the words that typer reads."""
    kind: Any = option.kind
    if option.repeatable:
        kind = list[kind]
    elif option.default is None and kind is not bool:
        kind = kind | None

    def refuse(value: Any) -> Any:
        for each in value or () if option.repeatable else () if value is None else (value,):
            if problem := option.refuse(each):
                raise typer.BadParameter(problem)
        return value

    metavar = option.metavar or ("|".join(option.choices) if option.choices else None)
    completed = one_of(option.choices) if option.choices else COMPLETED.get(option.name)
    bound = typer.Option(option.flag, help=option.help, metavar=metavar, callback=refuse, autocompletion=completed)
    default = [] if option.repeatable else False if option.kind is bool else option.default
    return inspect.Parameter(option.key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, bound])
