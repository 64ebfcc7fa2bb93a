"""``monkey -p PACKAGE -c android.intent.category.LAUNCHER 1``: what clients use to open an app.

Source: development cmds/monkey/src/com/android/commands/monkey/Monkey.java and cmds/monkey/monkey (the script that
prints ``bash arg``) of Android 13. One event is one start of a main activity; random events are not modelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.model import ComponentKind, Intent
from device_farm.virtual.shell.am import NEW_TASK
from device_farm.virtual.shell.intents import LAUNCHER, MAIN
from device_farm.virtual.shell.service_command import SHELL_PACKAGE

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import Component
    from device_farm.virtual.shell.call import Call, Command

_RESET_IF_NEEDED = 0x00200000  # Intent.FLAG_ACTIVITY_RESET_TASK_IF_NEEDED, as MonkeyActivityEvent sets it
_NO_ACTIVITIES, _BAD_OPTIONS = 252, 255  # -4 and -1
_WITH_NUMBER = ("-s", "--throttle", "--pct-touch", "--pct-motion", "--pct-trackball", "--pct-rotation", "--pct-syskeys",
                "--pct-nav", "--pct-majornav", "--pct-appswitch", "--pct-flip", "--pct-anyevent",
                "--pct-pinchzoom")  # fmt: skip
_PLAIN = ("-v", "--ignore-crashes", "--ignore-timeouts", "--ignore-security-exceptions", "--monitor-native-crashes",
          "--ignore-native-crashes", "--kill-process-after-error", "--hprof", "--randomize-throttle")  # fmt: skip


async def monkey(call: Call) -> int:
    """Start a main activity of the packages given with ``-p``."""
    for word in call.args:
        await call.print(f"  bash arg: {word}")
    await call.error(f"args: [{', '.join(call.args)}]")
    for word in call.args:
        await call.error(f' arg: "{word}"')
    packages: list[str] = []
    categories: list[str] = []
    rest = list(call.args)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option in ("-p", "-c") and rest:
            await call.error(f'data="{rest[0]}"')
            (packages if option == "-p" else categories).append(rest.pop(0))
        elif option in _WITH_NUMBER and rest:
            rest.pop(0)
        elif option not in _PLAIN:
            return await call.not_modelled()
    if not rest or not rest[0].isdigit():
        await call.error(f"** Error: Count {'is not a number' if rest else 'not specified'}")
        return _BAD_OPTIONS
    if rest[0] != "1":
        return await call.not_modelled()
    component = _main_activity(call, packages, categories or [LAUNCHER])
    if component is None:
        await call.print("** No activities found to run, monkey aborted.")
        return _NO_ACTIVITIES
    intent = Intent(
        action=MAIN,
        categories=[LAUNCHER],
        component=(component.package, component.class_name),
        flags=NEW_TASK | _RESET_IF_NEEDED,
    )
    call.device.system.start_activity(intent, uid=call.uid, package=SHELL_PACKAGE)
    await call.print("Events injected: 1")
    await call.print("## Network stats: elapsed time=18ms (0ms mobile, 0ms wifi, 18ms not connected)")
    return 0


def _main_activity(call: Call, packages: list[str], categories: list[str]) -> Component | None:
    """The first enabled main activity of the allowed packages that has one of the categories."""
    for package in call.device.system.packages.values():
        if not package.enabled or (packages and package.name not in packages):
            continue
        for component in package.components:
            if (
                component.kind is ComponentKind.ACTIVITY
                and component.enabled
                and MAIN in component.actions
                and any(category in component.categories for category in categories)
            ):
                return component
    return None


COMMANDS: dict[str, Command] = {"monkey": monkey}
