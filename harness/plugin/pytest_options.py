"""The options of a check as pytest has them: ``--apprights-NAME``, the ini key ``apprights_NAME``, and a short name.

The short ones (``--app``) are ours only while nobody else has them. Whether somebody has is known once every plugin and
the first conftests are loaded; so they are declared then, and only those that were typed.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.config import current
from harness.engine.device_selection import DEVICE
from harness.engine.option_specs import CHOICES, CLEARS, Option, declared
from harness.errors import ScenarioError
from harness.language import LANGUAGES, _, asked_for, choose, in_language, said

GROUP = "apprights"
OURS = tuple(
    replace(option, repeatable=True) if option.name == "serial" else option
    for option in declared("app", *DEVICE, *CHOICES, "strict", *CLEARS, "config", "case", "runs", "lang")
)
_INI = {bool: "bool", int: "int", float: "float"}
_FILES = {"app": ".apk", "profile": ".toml"}
"""Options whose text is the name of a file where it ends so."""


def add_options(parser: pytest.Parser) -> None:
    """Declare every option by its long name, and its ini key."""
    title = _("AppRights: check an Android app (in short --app for --apprights-app, where nobody else has that)")
    group = parser.getgroup(GROUP, _help(title))
    for option in OURS:
        _add(group, f"--apprights-{option.name}", option)
        kind: Any = "linelist" if option.repeatable else _INI.get(option.kind, "string")
        parser.addini(_dest(option), _help(option.help), type=kind, default=None)


def _add(group: Any, flag: str, option: Option) -> None:
    """Values stay as they were typed: what is wrong with one is said in one line, not with pytest's whole usage."""
    words: dict[str, Any] = {"dest": _dest(option), "default": None, "help": _help(option.help).replace("%", "%%")}
    if option.kind is bool:
        group.addoption(flag, action="store_true", **words)
    else:
        metavar = option.metavar or "|".join(map(str, option.choices)) or option.name.upper()
        group.addoption(flag, action="append" if option.repeatable else "store", metavar=metavar, **words)


def _help(text: str) -> str:
    """A text of the help, which is wanted before there are options: in the language of the environment."""
    wanted = not {"-h", "--help"}.isdisjoint(sys.argv)  # else nobody reads it, and the catalogue need not be loaded
    return in_language(text, asked_for(os.environ)) if wanted else str(text)


def _dest(option: Option) -> str:
    return f"apprights_{option.key}"


def short_names(parser: pytest.Parser, words: Sequence[str]) -> dict[str, Option]:
    """The short options among the words of the command line that nobody else has by now."""
    flags = {option.flag: option for option in OURS}
    typed = [flag for flag in flags if any(word == flag or word.startswith(f"{flag}=") for word in words)]
    return {flag: flags[flag] for flag in typed if _free(parser, flag)}


def _free(parser: pytest.Parser, flag: str) -> bool:
    """Whether no plugin and no conftest has declared an option of this name."""
    word = f"{flag}=0"
    try:
        unknown = parser.parse_known_and_unknown_args([word])[1]
    except pytest.UsageError:  # theirs takes no value, or another
        return False
    return word in unknown


def without(words: Iterable[str], short: Mapping[str, Option]) -> list[str]:
    """The words of the command line without these options and their values."""
    left, value = [], False
    for word in words:
        if value:
            value = False
        elif word in short:
            value = short[word].kind is not bool
        elif word.partition("=")[0] not in short:
            left.append(word)
    return left


def add_short(parser: pytest.Parser, short: Mapping[str, Option]) -> None:
    """Declare the short options, but for those that a conftest has declared since."""
    group = parser.getgroup(GROUP)
    for flag, option in short.items():
        if _free(parser, flag):
            _add(group, flag, option)


def typed(config: pytest.Config) -> dict[str, Any]:
    """What was typed, by the options' keys; raises pytest.UsageError for a value that an option cannot have."""
    found = {}
    for option in OURS:
        value = config.getoption(_dest(option))
        if value is None:
            continue
        try:
            found[option.key] = [option.read(one) for one in value] if option.repeatable else option.read(value)
        except ScenarioError as error:
            speak(config)
            raise pytest.UsageError(f"--apprights-{option.name}: {said(error)}") from None
    return found


def values(config: pytest.Config) -> dict[str, Any]:
    """Every option's value by its key: as typed, else by the ini file, else by the tester's config, else by default.

    Raises ScenarioError for what stands in the ini file and cannot be.
    """
    known = typed(config)
    return {option.key: known.get(option.key, _written(config, option)) for option in OURS}


def _written(config: pytest.Config, option: Option) -> Any:
    """The value of the ini file, or of the config in force, or the default."""
    key = _dest(option)
    try:
        value = config.getini(key)
        if value is None or value == []:
            if option.name in (own := current().defaults):
                return own[option.name]
            return [] if option.repeatable else False if option.kind is bool else option.default
        if option.repeatable:
            return [_placed(config, option, option.read(one)) for one in value]
        return _placed(config, option, option.read(value))
    except (TypeError, ValueError, ScenarioError, pytest.UsageError) as error:
        raise ScenarioError(_("{file}: {key}: {reason}", file=config.inipath or "ini", key=key, reason=error)) from None


def named_config(config: pytest.Config) -> Path | None:
    """The file that ``config`` names, typed or in the ini file."""
    (option,) = (each for each in OURS if each.name == "config")
    found: Path | None = typed(config).get(option.key) or _written(config, option)
    return found


def _placed(config: pytest.Config, option: Option, value: Any) -> Any:
    """A file of the ini file lies beside it, as with pytest's own keys."""
    folder = config.inipath.parent if config.inipath is not None else Path()
    if isinstance(value, Path):
        return folder / value
    return str(folder / value) if value and str(value).lower().endswith(_FILES.get(option.name, "\n")) else value


def speak(config: pytest.Config) -> None:
    """The language of this run, by its option, the ini file or the environment."""
    asked = config.getoption("apprights_lang") or config.getini("apprights_lang")
    choose(asked if asked in LANGUAGES else asked_for(os.environ))
