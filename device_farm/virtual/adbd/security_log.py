"""Commands in the security log, as adbd writes them (packages/modules/adb/daemon/shell_service.cpp, ForkAndExec).

The two tags are in frameworks/base SecurityLogTags.logtags. liblog lets them through where the device owner switched
security logging on (system/logging/liblog/properties.cpp, __android_log_security), and keeps of a long command what
fits an entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.kernel.file_nodes import SHELL
from device_farm.virtual.kernel.procfs import ADBD_PID

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

OWNED_SINCE = 30  # Android 11: ro.organization_owned took the place of ro.device_owner
_LIMIT = 4000  # bytes of a command that an entry holds, about (LOGGER_ENTRY_MAX_PAYLOAD, 4068)


def properties(sdk: int) -> dict[str, str]:
    """The properties by which the buffer is written, of a build on which it can be read."""
    owner = "ro.organization_owned" if sdk >= OWNED_SINCE else "ro.device_owner"
    return {"persist.logd.security": "true", owner: "true", "ro.debuggable": "1"}


def write_command(device: VirtualDevice, script: str) -> None:
    """Log a command just before it runs; an empty one opens a shell to type in."""
    if device.properties.get("persist.logd.security") != "true":
        return
    kept = script.encode("utf-8", "replace")[:_LIMIT].decode("utf-8", "ignore")
    tag = "security_adb_shell_command" if script else "security_adb_shell_interactive"
    device.logs.write("security", "I", tag, kept, pid=ADBD_PID, uid=SHELL)
