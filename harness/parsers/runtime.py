"""Lines of the runtime and of those who kill from outside ActivityManager -> events.

- ``Zygote``: frameworks/base/core/jni/com_android_internal_os_Zygote.cpp, SigChldHandler. Written by the parent, so it
  is true also for an app that cannot speak any more.
- ``System.exit called``: art/runtime/native/java_lang_Runtime.cc, Runtime_nativeExit; the tag is ``art`` or, on newer
  builds, the name of the process cut to 15 characters. ``VM exiting``: frameworks/base/core/jni/
  AndroidRuntime.cpp, onExit. Both are written by the process that ends itself.
- ``lowmemorykiller``: system/memory/lmkd/lmkd.cpp (system/core/lmkd before 11).
- ``libc``: bionic/linker/linker_debuggerd_android.cpp and system/core/debuggerd/handler/debuggerd_handler.cpp,
  log_signal_summary, written by the dying process.
"""

import re

from harness import events
from harness.parsers.log_fields import Stamp, Unreadable, matched, number, user_of, user_of_line
from harness.parsers.logcat import LogLine

SYSTEM_EXIT = "System.exit called, status: "

# Process 3238 exited cleanly (0)
# Process 2745 exited due to signal 9 (Killed)                        8: "due to signal (9)"
_EXITED = re.compile(r"Process (\d+) exited (?:cleanly \((-?\d+)\)|due to signal \(?(\d+)\b)")
# System.exit called, status: 0
_SYSTEM_EXIT = re.compile(SYSTEM_EXIT + r"(-?\d+)$")
# VM exiting with result code 0, cleanup skipped.
_VM_EXITING = re.compile(r"VM exiting with result code (-?\d+)[ ,.]")
# Kill 'com.tak.uastoollite' (18657), oom_adj 0, free 21672kB
# Kill 'com.x' (18657), uid 10123, oom_score_adj 900 to free 51200kB rss, 0kB swap; reason: low watermark is breached
_LMKD = re.compile(r"Kill(?:ing)? '([^']*)' \((\d+)\),? ?(?:uid (\d+), )?(.*)$")
# Fatal signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x77 in tid 12308 (RenderThread), pid 12283 (com.x)
_FATAL_SIGNAL = re.compile(r"Fatal signal (\d+) \((\w+)\), (.*?)(?: in tid \d+ \(.*\), pid (\d+) \((.*)\))?$")


def read_zygote(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A child of zygote ended."""
    if " exited " not in line.message:
        return None
    match = matched(_EXITED, line)
    status = number(match[2]) if match[2] else None
    signal = number(match[3]) if match[3] else None
    return events.ProcessExited(**stamp, pid=number(match[1]), status=status, signal=signal)


def read_system_exit(line: LogLine, stamp: Stamp) -> events.Event:
    """A process called System.exit; the caller has seen that the line begins with SYSTEM_EXIT."""
    match = matched(_SYSTEM_EXIT, line)
    return events.RuntimeExited(**stamp, user=user_of_line(line), pid=line.pid, status=number(match[1]))


def read_android_runtime(line: LogLine, stamp: Stamp) -> events.Event | None:
    """The virtual machine of the process ends on purpose; crashes are read by ``crashes``."""
    if not line.message.startswith("VM exiting"):
        return None
    match = matched(_VM_EXITING, line)
    return events.RuntimeExited(**stamp, user=user_of_line(line), pid=line.pid, status=number(match[1]))


def read_lmkd(line: LogLine, stamp: Stamp) -> events.Event | None:
    """The low-memory killer took a process; its reason is printed from Android 11 on, else what was to be freed."""
    if not line.message.startswith("Kill"):
        return None
    match = matched(_LMKD, line)
    detail, _, reason = match[4].partition("reason: ")
    user = user_of(number(match[3])) if match[3] else None
    return events.LowMemoryKilled(**stamp, user=user, pid=number(match[2]), process=match[1], reason=reason or detail)


def read_libc(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A native crash; the process name is that of its main thread, cut to 15 characters."""
    if not line.message.startswith("Fatal signal "):
        return None
    match = _FATAL_SIGNAL.match(line.message)
    if match is None or (match[4] and number(match[4]) != line.pid):
        raise Unreadable(line.message)
    return events.Crashed(**stamp, user=user_of_line(line), pid=line.pid, process=match[5] or "", exception=match[2], message=match[3])
