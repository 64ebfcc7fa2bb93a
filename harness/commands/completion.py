"""``apprights completion``: the script by which a shell asks us for completions, and what we answer for values.

The scripts and the protocol are typer's. An answer must come while somebody waits with a finger on the tab key: nothing
is started for it, and what does not answer at once is left out.
"""

import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer

from harness.commands.lazy import COMPLETE
from harness.errors import HarnessError
from harness.language import _

SHELLS = ("bash", "zsh", "fish")
PATIENCE = 0.3
"""Seconds that an adb server has to list its devices: one that runs answers in a few milliseconds."""
ADB_PORT = 5037
_LIST = b"host:devices-l"
_WORD_BREAKS = "# a serial such as 127.0.0.1:5555 is one word\nCOMP_WORDBREAKS=${COMP_WORDBREAKS//:/}"


def _shell(value: str) -> str:
    if value not in SHELLS:
        raise typer.BadParameter(_("'{value}' is none of {choices}", value=value[:40], choices=", ".join(SHELLS)))
    return value


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="SHELL", callback=_shell, autocompletion=lambda: list(SHELLS), help=_("bash, zsh or fish"))
    ],
) -> None:
    """Print the script with which a shell completes commands, options and serials."""
    script = import_module("typer.completion").get_completion_script(prog_name="apprights", complete_var=COMPLETE, shell=shell)
    typer.echo(f"{script}\n{_WORD_BREAKS}" if shell == "bash" else script)


def prepare() -> None:
    """Make typer answer a shell that asks."""
    import_module("typer.completion").completion_init()


def one_of(choices: Sequence[object]) -> Callable[[], list[str]]:
    """What completes a value that is one of a few."""
    return lambda: [str(choice) for choice in choices]


def serials(ctx: typer.Context) -> list[tuple[str, str]]:
    """The devices that are ready, each with its model, of the adb server that the words before name."""
    with suppress(OSError, ValueError):
        return _ready(ctx.params.get("adb_port") or int(os.environ.get("ANDROID_ADB_SERVER_PORT") or ADB_PORT))
    return []


def rule_ids() -> list[tuple[str, str]]:
    from harness.rules import load_rules

    with suppress(HarnessError):
        return [(rule.id, rule.label_zh) for rule in load_rules()]
    return []


def profiles() -> list[str]:
    """The thresholds that come with the package."""
    from harness.rules import PROFILES

    return list(PROFILES)


def formats() -> list[str]:
    from harness.commands.parse_file import FORMATS

    return list(FORMATS)


COMPLETED: dict[str, Callable[..., Any]] = {"serial": serials, "profile": profiles}
"""What completes the values of declared options that are no fixed choice, by their names."""


def _ready(port: int) -> list[tuple[str, str]]:
    """Ask the server itself: the phone libraries would take longer to load than it to answer."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(b"%04x%s" % (len(_LIST), _LIST))
        with connection.makefile("rb") as answer:
            if answer.read(4) != b"OKAY":
                return []
            lines = answer.read(int(answer.read(4), 16)).decode("utf-8", "replace").splitlines()
    words = [line.split() for line in lines]
    return [(serial, _model(about)) for serial, state, *about in words if state == "device"]


def _model(about: Sequence[str]) -> str:
    return next((word.removeprefix("model:") for word in about if word.startswith("model:")), "")
