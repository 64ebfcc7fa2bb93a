"""The phone's own log of adb commands, where it keeps one: a second witness of our commands.

It does where a device owner switched security logging on (parsers/security_log.py). logd shows that buffer to the
system's uid alone: an ordinary shell reads nothing of it, and no error either; ``su`` of a debuggable build does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.device.protocol import Device
from harness.language import Text, _

READERS = (("logcat",), ("su", "system", "logcat"))
UNREADABLE = _("the phone logs adb commands, but adb shell may not read its security log: it is no witness")


@dataclass(frozen=True, slots=True)
class AdbLog:
    """``state`` is ``read``, ``unreadable`` or ``none``; ``command`` is the logcat that reads it, empty for none."""

    state: str
    command: tuple[str, ...] = ()

    @property
    def refused(self) -> Text | None:
        """Return the text for the tester, once, where the phone logs commands and does not show its log."""
        return UNREADABLE if self.state == "unreadable" else None


def adb_log(device: Device, properties: Mapping[str, str]) -> AdbLog:
    """Return the log that a phone with these properties offers; one that logs no commands is asked nothing.

    A reader is good if it shows a line: its own command is in the log by then.
    """
    if properties.get("persist.logd.security") != "true":
        return AdbLog("none")
    for reader in READERS:
        shown = device.shell([*reader, "-b", "security", "-d", "-t", "20"]).stdout
        if any("security_" in line for line in shown.splitlines()):
            return AdbLog("read", reader)
    return AdbLog("unreadable")
