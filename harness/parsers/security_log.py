"""The security buffer: the shell commands that adbd was given, as it logs them itself.

AOSP packages/modules/adb/daemon/shell_service.cpp (``Subprocess::ForkAndExec``) writes SEC_TAG_ADB_SHELL_CMD with the
command of every ``shell:`` and ``exec:`` service, or SEC_TAG_ADB_SHELL_INTERACTIVE where there is none, before it
forks; the tags are frameworks/base/core/java/android/app/admin/SecurityLogTags.logtags (210001, 210002). liblog
(logger_write.cpp, ``write_to_log``; properties.cpp, ``__android_log_security``) drops them unless
``persist.logd.security`` is true and ``ro.organization_owned`` (``ro.device_owner`` before Android 11) is set. logd's
LogReader.cpp (``CanReadSecurityLogs``) shows the buffer to uid or gid system alone. A string event is printed without
brackets, and a command of several lines as several lines of the log (liblog/logprint.cpp).
"""

from collections.abc import Callable, Mapping

from harness.events import AdbCommandLogged, Event
from harness.parsers.log_fields import Stamp
from harness.parsers.logcat import LogLine

WRITERS: frozenset[int | str] = frozenset({0, "root", 2000, "shell"})
"""adbd runs as shell, after ``adb root`` as root."""


def _command(line: LogLine, stamp: Stamp) -> Event:
    return AdbCommandLogged(**stamp, command=line.message)


def _interactive(line: LogLine, stamp: Stamp) -> Event:
    return AdbCommandLogged(**stamp, command="", interactive=True)


READERS: Mapping[str, Callable[[LogLine, Stamp], Event]] = {
    "security_adb_shell_command": _command,
    "security_adb_shell_cmd": _command,  # SecurityLogTags.logtags of Android 7
    "security_adb_shell_interactive": _interactive,
}
