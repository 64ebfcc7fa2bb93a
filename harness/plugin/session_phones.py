"""The phones that a pytest session may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.errors import ScenarioError
from harness.language import _
from harness.plugin.terminal_progress import worker_of

if TYPE_CHECKING:
    import pytest


def phones(config: pytest.Config, chosen: Mapping[str, Any]) -> list[str | None]:
    """The phones to try, in order: that which was named, or in a worker each that is ready.

    None stands for the only one there is. A worker begins at another phone than its neighbours. Raises ScenarioError
    where several are named and nothing spreads the tests.
    """
    named = list(dict.fromkeys(chosen["serial"]))
    worker = worker_of(config)
    if not worker:
        if len(named) > 1:
            raise ScenarioError(_("{count} phones are named: pytest-xdist spreads the tests over them, add -n {count}", count=len(named)))
        return [named[0] if named else None]
    if not named and not (chosen["virtual"] or chosen["app_file"]):
        named = ready(chosen)
    if not named:
        return [None]
    first = int("".join(filter(str.isdigit, worker)) or 0) % len(named)
    return [*named[first:], *named[:first]]


def ready(chosen: Mapping[str, Any]) -> list[str]:
    """The serials of the phones that can be used."""
    from harness.device.adb import list_devices

    return [entry.serial for entry in list_devices(port=chosen["adb_port"]) if entry.state == "device"]
