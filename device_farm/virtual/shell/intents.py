"""Intents on the command line: reading their options, and printing them as Intent.toString does.

After ``Intent.parseCommandArgs`` in frameworks/base core/java/android/content/Intent.java of Android 13.
"""

from collections.abc import Callable
from typing import Any

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.shell.service_command import Arguments, illegal_argument

MAIN, VIEW, LAUNCHER = "android.intent.action.MAIN", "android.intent.action.VIEW", "android.intent.category.LAUNCHER"

_FLAG_OPTIONS = {
    "--grant-read-uri-permission": 0x00000001, "--grant-write-uri-permission": 0x00000002,
    "--grant-persistable-uri-permission": 0x00000040, "--grant-prefix-uri-permission": 0x00000080,
    "--exclude-stopped-packages": 0x00000010, "--include-stopped-packages": 0x00000020,
    "--debug-log-resolution": 0x00000008, "--activity-brought-to-front": 0x00400000, "--activity-clear-top": 0x04000000,
    "--activity-clear-when-task-reset": 0x00080000, "--activity-exclude-from-recents": 0x00800000,
    "--activity-launched-from-history": 0x00100000, "--activity-multiple-task": 0x08000000,
    "--activity-no-animation": 0x00010000, "--activity-no-history": 0x40000000, "--activity-no-user-action": 0x00040000,
    "--activity-previous-is-top": 0x01000000, "--activity-reorder-to-front": 0x00020000,
    "--activity-reset-task-if-needed": 0x00200000, "--activity-single-top": 0x20000000,
    "--activity-clear-task": 0x00008000, "--activity-task-on-home": 0x00004000, "--activity-match-external": 0x00000800,
    "--receiver-registered-only": 0x40000000, "--receiver-replace-pending": 0x20000000,
    "--receiver-foreground": 0x10000000, "--receiver-no-abort": 0x08000000, "--receiver-include-background": 0x01000000,
}  # fmt: skip


def _list_of(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: [convert(part) for part in text.split(",")]


def _boolean(text: str) -> bool:
    if text in ("true", "t"):
        return True
    if text in ("false", "f"):
        return False
    try:
        return int(text, 0) != 0
    except ValueError:
        raise illegal_argument(f"Invalid boolean value: {text}") from None


_EXTRA_OPTIONS: dict[str, Callable[[str], Any]] = {
    "-e": str,
    "--es": str,
    "--ei": lambda text: int(text, 0),
    "--eu": str,
    "--ecn": str,
    "--el": int,
    "--ef": float,
    "--ed": float,
    "--ez": _boolean,
    "--eia": _list_of(lambda text: int(text, 0)),
    "--eial": _list_of(lambda text: int(text, 0)),
    "--ela": _list_of(int),
    "--elal": _list_of(int),
    "--efa": _list_of(float),
    "--efal": _list_of(float),
    "--esa": _list_of(str),
    "--esal": _list_of(str),
}


def parse_intent(arguments: Arguments, other: Callable[[str], bool]) -> Intent:
    """Read an intent; ``other`` gets every further option and says whether it knew it. Raises JavaError."""
    intent = Intent()
    given = False
    while (option := arguments.option()) is not None:
        if option in _EXTRA_OPTIONS:
            key, text = arguments.required(), arguments.required()
            try:
                intent.extras[key] = _EXTRA_OPTIONS[option](text)
            except ValueError:
                raise illegal_argument(f'For input string: "{text}"') from None
        elif option == "--esn":
            intent.extras[arguments.required()] = None
        elif option in _FLAG_OPTIONS:
            intent.flags |= _FLAG_OPTIONS[option]
        elif option == "-f":
            intent.flags = arguments.number()
        elif option in ("-a", "-d", "-t", "-c", "-n", "-p", "-i"):
            given = _set_part(intent, option, arguments.required()) or given
        elif option == "--selector" or not other(option):
            raise illegal_argument(f"Unknown option: {option}")
    return _with_operand(intent, arguments.next(), given)


def _set_part(intent: Intent, option: str, text: str) -> bool:
    """Set action, data, type, category, component or package; whether this alone makes an intent."""
    if option == "-a":
        intent.action = text
    elif option == "-d":
        intent.data = text
    elif option == "-t":
        intent.mime = text
    elif option == "-c":
        intent.categories.append(text)
    elif option == "-n":
        intent.component = component_name(text)
    elif option == "-p":
        intent.package = text
    return option != "-i"


def _with_operand(intent: Intent, operand: str | None, given: bool) -> Intent:
    """Fill in from the last word: a URI, a component or a package."""
    if operand is None:
        if not given:
            raise illegal_argument("No intent supplied")
        return intent
    if ":" in operand:
        intent.action = intent.action or VIEW
        intent.data = intent.data or operand
        return intent
    if "/" in operand:
        intent.component = intent.component or component_name(operand)
    else:
        intent.package = intent.package or operand
    intent.action = intent.action or MAIN
    intent.categories = intent.categories or [LAUNCHER]
    return intent


def component_name(text: str) -> tuple[str, str]:
    """Return package and full class name of ``pkg/.Class``; raises JavaError."""
    package, slash, name = text.partition("/")
    if not slash or not package or not name:
        raise illegal_argument(f"Bad component name: {text}")
    return package, package + name if name.startswith(".") else name


def intent_text(intent: Intent) -> str:
    """Intent.toString: ``Intent { act=... cat=[...] dat=... typ=... flg=0x... pkg=... cmp=... (has extras) }``."""
    return f"Intent {{ {text_formats.intent_text(intent)} }}"
