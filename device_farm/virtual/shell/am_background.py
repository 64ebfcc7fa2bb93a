"""``am``: what the system thinks of apps in the background: standby buckets, idle packages, who uses whom.

Source: frameworks/base services/core/java/com/android/server/am/ActivityManagerShellCommand.java (12; start-info of
15).

``am stack list`` and ``am crash``: what is open, and making an app crash.

Source: frameworks/base services/core/java/com/android/server/am/ActivityManagerShellCommand.java (runStackList,
runCrash), core/java/android/app/ActivityTaskManager.java RootTaskInfo.toString,
core/java/android/app/ActivityThread.java throwRemoteServiceException; all of 12L and 13.

``am instrument``: there is nothing to instrument here, which it says as a phone does.

Source: frameworks/base cmds/am/src/com/android/commands/am/{Am,Instrument}.java and core/java/com/android/internal/os/
BaseCommand.java of Android 13. App files declare no instrumentation, and the code of an installed APK does not run.
"""

from functools import partial

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.background.cleaners import ACTIVE, FREQUENT, NEVER, RARE, RESTRICTED, WORKING_SET
from device_farm.virtual.framework.records.system_records import Task
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.intents import component_name
from device_farm.virtual.shell.service_command import FAILED, Arguments, Handler, user_alone

_BUCKETS = {"ac": ACTIVE, "wo": WORKING_SET, "fr": FREQUENT, "ra": RARE, "re": RESTRICTED, "ne": NEVER}  # by two letters


def _bucket(text: str) -> int | None:
    """ActivityManagerShellCommand.bucketNameToBucketValue."""
    return _BUCKETS.get(text[:2].lower(), int(text) if text.isdigit() else None)


async def set_standby_bucket(call: Call, arguments: Arguments) -> int:
    """``set-standby-bucket PACKAGE BUCKET [PACKAGE BUCKET ...]``."""
    if not await user_alone(call, arguments):
        return FAILED
    words = [arguments.required(), arguments.required(), *arguments.rest()]
    for name, text in zip(words[::2], words[1::2], strict=False):
        bucket = _bucket(text)
        if bucket is None:
            await call.error(f"Error: Unknown bucket: {text}")
            return FAILED
        if name in call.device.system.packages:
            call.device.system.standby.set_bucket(name, bucket)
    return 0


async def get_standby_bucket(call: Call, arguments: Arguments) -> int:
    """``get-standby-bucket [PACKAGE]``: a number."""
    if not await user_alone(call, arguments):
        return FAILED
    name, system = arguments.next(), call.device.system
    if name is not None:
        await call.print(str(system.standby.bucket(name)))
        return 0
    for package in system.packages.values():
        await call.print(f"{package.name}: {system.standby.bucket(package.name)}")
    return 0


async def set_inactive(call: Call, arguments: Arguments) -> int:
    """``set-inactive PACKAGE true|false``: rare, or active again."""
    if not await user_alone(call, arguments):
        return FAILED
    name, value = arguments.required(), arguments.required()
    if name in call.device.system.packages:
        call.device.system.standby.set_bucket(name, RARE if value.lower() == "true" else ACTIVE)
    return 0


async def get_inactive(call: Call, arguments: Arguments) -> int:
    """``get-inactive PACKAGE``."""
    if not await user_alone(call, arguments):
        return FAILED
    idle = call.device.system.standby.bucket(arguments.required()) >= RARE
    await call.print(f"Idle={str(idle).lower()}")
    return 0


async def make_uid_idle(call: Call, arguments: Arguments) -> int:
    """``make-uid-idle PACKAGE``: idle now, if it is in the background."""
    if not await user_alone(call, arguments):
        return FAILED
    package = call.device.system.packages.get(arguments.required())
    if package is not None:
        call.device.system.uid_states.make_idle(package.uid)
    return 0


async def track_associations(call: Call, arguments: Arguments, *, on: bool) -> int:
    """``track-associations``, ``untrack-associations``."""
    changed = call.device.system.associations.track(on=on)
    now, before = ("started", "already enabled") if on else ("stopped", "not running")
    await call.print(f"Association tracking {now if changed else before}.")
    return 0


async def clear_start_info(call: Call, arguments: Arguments) -> int:
    """``clear-start-info [--user USER] [all | PACKAGE]`` (15 and later)."""
    if call.device.rom.data["dumps"]["start_info"] is False:
        await call.print("Unknown command: clear-start-info")
        return FAILED
    if not await user_alone(call, arguments):
        return FAILED
    name = arguments.next()
    call.device.system.start_info.clear(None if name == "all" else name)
    return 0


async def get_started_user_state(call: Call, arguments: Arguments) -> int:
    """``get-started-user-state USER``: UserState.stateToString; only user 0 is ever started here."""
    user = arguments.number()
    unlocked = call.device.system.boot_phases.user_unlocked
    state = "RUNNING_UNLOCKED" if unlocked else "RUNNING_LOCKED"
    await call.print(state if user == 0 else f"User is not started: {user}")
    return 0


HANDLERS: dict[str, Handler] = {
    "set-standby-bucket": set_standby_bucket, "get-standby-bucket": get_standby_bucket, "set-inactive": set_inactive,
    "get-inactive": get_inactive, "make-uid-idle": make_uid_idle, "get-started-user-state": get_started_user_state,
    "track-associations": partial(track_associations, on=True), "clear-start-info": clear_start_info,
    "untrack-associations": partial(track_associations, on=False),
}  # fmt: skip


_ROOT_TASKS = 31  # API level since which a stack is a root task
_CRASH_FRAMES = [
    "android.app.ActivityThread.throwRemoteServiceException(ActivityThread.java:1980)",
    "android.app.ActivityThread$H.handleMessage(ActivityThread.java:2240)",
    "android.os.Handler.dispatchMessage(Handler.java:106)",
    "android.os.Looper.loopOnce(Looper.java:201)",
    "android.os.Looper.loop(Looper.java:288)",
    "android.app.ActivityThread.main(ActivityThread.java:7872)",
]


async def stack(call: Call, arguments: Arguments) -> int:
    """``stack list``, the front one first."""
    word = arguments.required()
    if word != "list" or call.device.rom.sdk < _ROOT_TASKS:
        return await call.not_modelled()
    for task in reversed(call.device.system.tasks):
        await call.print(_root_task(call, task))
    return 0


def _root_task(call: Call, task: Task) -> str:
    """A task that is its own and only child."""
    display = call.device.system.display
    bounds = f"[0,0][{display.width},{display.height}]"
    configuration = text_formats.configuration(call.device, task.kind)
    text = f"RootTask id={task.id} bounds={bounds} displayId=0 userId=0\n configuration={configuration}\n"
    if task.activities:
        bottom, top = task.activities[0].component, task.activities[-1].component
        visible = any(call.device.system.window_manager.is_visible(record) for record in task.activities)
        text += (
            f"  taskId={task.id}: {bottom.package}/{bottom.class_name} bounds={bounds} userId=0 visible={str(visible).lower()}"
            f" topActivity=ComponentInfo{{{top.package}/{top.class_name}}}\n"
        )
    return text


async def crash(call: Call, arguments: Arguments) -> int:
    """``crash [--user ID] PACKAGE|PID``: silent, also where there is nothing to crash."""
    if not await user_alone(call, arguments):
        return FAILED
    word = arguments.required()
    processes = call.device.system.process_list
    victims = [processes.by_pid[int(word)]] if word.isdecimal() and int(word) in processes.by_pid else processes.of_package(word)
    kind = "$CrashedByAdbException" if call.device.rom.sdk >= _ROOT_TASKS else ""
    for process in list(victims):
        processes.crash(process, f"android.app.RemoteServiceException{kind}", "shell-induced crash", _CRASH_FRAMES)
    return 0


_WITH_ARGUMENT = ("-p", "-f", "--user", "--abi")
_FRAMES = (
    "Instrument.run(Instrument.java:543)", "Am.runInstrument(Am.java:202)", "Am.onRun(Am.java:80)",
)  # fmt: skip


async def instrument(call: Call, arguments: Arguments) -> int:
    """``instrument [-r] [-w] [-e NAME VALUE] COMPONENT``."""
    raw = wait = False
    while (option := arguments.option()) is not None:
        if option == "-e":
            arguments.required()
            arguments.required()
        elif option in _WITH_ARGUMENT:
            arguments.required()
        elif option == "-m":
            return await call.not_modelled()
        raw, wait = raw or option == "-r", wait or option == "-w"
    word = arguments.required()
    if "/" not in word:
        await call.error(f"\nError: No instrumentation found for: {word}")
        return 0
    package, name = component_name(word)
    found = call.device.system.packages.get(package)
    if found is not None and found.app_class is None:
        return await call.not_modelled()  # an installed APK may well have one
    problem = f"INSTRUMENTATION_FAILED: {package}/{name}"
    if wait:
        await call.print(
            f"INSTRUMENTATION_STATUS: Error=Unable to find instrumentation info for: ComponentInfo{{{package}/{name}}}\n"
            "INSTRUMENTATION_STATUS: id=ActivityManagerService\n"
            "INSTRUMENTATION_STATUS_CODE: -1"
        )
    if wait and raw:
        await call.print(f"onError: commandError=true message={problem}")
    frames = "".join(f"\n\tat com.android.commands.am.{frame}" for frame in _FRAMES)
    await call.error(f"android.util.AndroidException: {problem}{frames}")
    return 1
