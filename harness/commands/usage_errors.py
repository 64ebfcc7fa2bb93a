"""Wrong usage in our own words: what typer found, as one line in the language of the run."""

import re
from collections.abc import Callable
from typing import Any

from harness.language import Text, _


def wrong_usage(error: Any) -> Text:
    """What is wrong, and where the help of the command is."""
    from harness.commands.help_page import command_name

    say = _SAID.get(type(error).__name__, _other)
    typed = command_name(error.ctx) if error.ctx is not None else "apprights"
    return _("{problem}: see {help}", problem=say(error), help=typed + " --help")


def _missing(error: Any) -> Text:
    return _("{name} is missing", name=_hint(error))


def _no_option(error: Any) -> Text:
    if error.possibilities:
        near = ", ".join(sorted(error.possibilities))
        return _("there is no option {name} (did you mean {near}?)", name=error.option_name[:80], near=near)
    return _("there is no option {name}", name=error.option_name[:80])


def _option_value(error: Any) -> Text:
    if "not take" in error.message:
        return _("{name} takes no value", name=error.option_name)
    return _("{name} needs a value", name=error.option_name)


def _value(error: Any) -> Text:
    """Ours has its own words; typer's own say of which kind the value is not."""
    if isinstance(error.message, Text) or not isinstance(error.message, str):
        return _("{name}: {problem}", name=_hint(error), problem=error.message)
    if "integer" in error.message:
        return _("{name} takes a whole number", name=_hint(error))
    if re.search(r"number|float", error.message):
        return _("{name} takes a number", name=_hint(error))
    return _("{name}: {problem}", name=_hint(error), problem=error.message)


def _other(error: Any) -> Text:
    if (extra := re.search(r"unexpected extra argument(?:\(s\)|s)? \((.*)\)", error.message, re.DOTALL)) is not None:
        return _("'{words}' is too much", words=extra[1][:80])
    if error.message.startswith("Missing command"):
        return _("which command is missing")
    return _("wrong usage ({problem})", problem=error.message)


def _hint(error: Any) -> str:
    """The option or argument as the user knows it."""
    if error.param_hint is not None:
        return error.param_hint if isinstance(error.param_hint, str) else " / ".join(error.param_hint)
    param = error.param
    if param is None:
        return "?"
    return str(max(param.opts, key=len)) if param.param_type_name == "option" else str(param.metavar or param.name.upper())


_SAID: dict[str, Callable[[Any], Text]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _option_value,
    "BadParameter": _value,
}
