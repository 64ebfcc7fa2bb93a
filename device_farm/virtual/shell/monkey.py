"""``monkey`` with one event, the first of each run, which opens an app: what clients use it for.

Source: development cmds/monkey/src/com/android/commands/monkey/Monkey.java, MonkeyActivityEvent.java and
cmds/monkey/monkey (the script that prints ``bash arg``) of Android 13.
"""

from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Intent
from device_farm.virtual.shell.am import NEW_TASK
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.intents import LAUNCHER, MAIN
from device_farm.virtual.shell.service_command import SHELL_PACKAGE

_RESET_IF_NEEDED = 0x00200000  # Intent.FLAG_ACTIVITY_RESET_TASK_IF_NEEDED, as MonkeyActivityEvent sets it
_NO_ACTIVITIES, _BAD_OPTIONS = 252, 255  # -4 and -1
_MONKEY = "android.intent.category.MONKEY"


async def _monkey(call: Call) -> int:
    """``monkey [-p PACKAGE] [-c CATEGORY] [--pct-syskeys PERCENT] 1``."""
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
        elif option == "--pct-syskeys" and rest:
            rest.pop(0)
        else:
            return await call.not_modelled()
    if not rest or not rest[0].isdigit():
        await call.error(f"** Error: Count {'is not a number' if rest else 'not specified'}")
        return _BAD_OPTIONS
    if int(rest[0][:9]) != 1:
        return await call.not_modelled()
    apps = [app for category in categories or [LAUNCHER, _MONKEY] for app in await _main_activities(call, category, packages)]
    if not apps:
        await call.print("** No activities found to run, monkey aborted.")
        return _NO_ACTIVITIES
    intent = Intent(action=MAIN, categories=[LAUNCHER], component=(apps[0].package, apps[0].class_name), flags=NEW_TASK | _RESET_IF_NEEDED)
    call.device.system.start_activity(intent, uid=call.uid, package=SHELL_PACKAGE)
    rotation = call.device.system.display_rotation
    rotation.freeze(0)
    rotation.thaw()
    await call.print("Events injected: 1\n## Network stats: elapsed time=1ms (0ms mobile, 0ms wifi, 1ms not connected)")
    return 0


async def _main_activities(call: Call, category: str, packages: list[str]) -> list[Component]:
    """The enabled main activities of a category, of the allowed packages."""
    everywhere = [
        component
        for package in call.device.system.packages.values()
        for component in package.components
        if package.enabled and component.kind is ComponentKind.ACTIVITY and component.enabled
        and MAIN in component.actions and category in component.categories
    ]  # fmt: skip
    if not everywhere:
        await call.error(f"// Warning: no activities found for category {category}")
    return [component for component in everywhere if not packages or component.package in packages]


COMMANDS: dict[str, Command] = {"monkey": _monkey}
