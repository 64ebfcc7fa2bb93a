"""``am stack list`` and ``am crash``: what is open, and making an app crash.

Source: frameworks/base services/core/java/com/android/server/am/ActivityManagerShellCommand.java (runStackList,
runCrash), core/java/android/app/ActivityTaskManager.java RootTaskInfo.toString,
core/java/android/app/ActivityThread.java throwRemoteServiceException; all of 12L and 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.shell.service_command import FAILED, Arguments, skip_user

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Task
    from device_farm.virtual.shell.call import Call

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
    while (option := arguments.option()) is not None:
        if not skip_user(arguments, option):
            await call.error(f"Error: Unknown option: {option}")
            return FAILED
    word = arguments.required()
    processes = call.device.system.process_list
    victims = [processes.by_pid[int(word)]] if word.isdecimal() and int(word) in processes.by_pid else processes.of_package(word)
    kind = "$CrashedByAdbException" if call.device.rom.sdk >= _ROOT_TASKS else ""
    for process in list(victims):
        processes.crash(process, f"android.app.RemoteServiceException{kind}", "shell-induced crash", _CRASH_FRAMES)
    return 0
