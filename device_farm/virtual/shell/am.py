"""``am``: starting and stopping things, in the words of ActivityManagerShellCommand.

Source: frameworks/base services/core/java/com/android/server/am/ActivityManagerShellCommand.java of Android 13. There,
warnings and errors of ``start`` go to standard error without ``-W`` and to standard output with it, and the exit code
is 0 whatever came of it.
"""

import asyncio
import copy
from dataclasses import dataclass

from device_farm.virtual.framework.broadcasts.skip_policy import is_protected_from, protected_broadcast_denied
from device_farm.virtual.framework.records.broadcast_record import BroadcastRecord
from device_farm.virtual.framework.records.start_cause import StartResult
from device_farm.virtual.framework.records.system_records import ActivityState, Component, ComponentKind, Intent
from device_farm.virtual.shell.am_background import HANDLERS
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.intents import intent_text, parse_intent
from device_farm.virtual.shell.service_command import FAILED, SHELL_PACKAGE, Arguments, Service, caller_pid, script, security, user_alone

NEW_TASK, FROM_SHELL = 0x10000000, 0x00400000  # Intent.FLAG_ACTIVITY_NEW_TASK, FLAG_RECEIVER_FROM_SHELL
SUCCESS, TASK_TO_FRONT, DELIVERED_TO_TOP, SWITCHES_CANCELED = 0, 2, 3, 100  # ActivityManager.START_*
NOT_RESOLVED, CLASS_NOT_FOUND, PERMISSION_DENIED = -91, -92, -94
LAUNCHED = (SUCCESS, TASK_TO_FRONT, DELIVERED_TO_TOP, SWITCHES_CANCELED)
_WAIT_LIMIT, _WAIT_STEP = 10.0, 0.02  # seconds of device time and between two looks


@dataclass(slots=True)
class _Options:
    """The options of ``am start`` beside the intent."""

    wait: bool = False
    stop: bool = False
    asynchronous: bool = False  # a broadcast's: do not wait for its end
    unmodelled: str | None = None


_IGNORED_WITH_ARGUMENT = ("--user", "--receiver-permission", "--display")
_IGNORED = ("--dismiss-keyguard", "--splashscreen-show-icon", "--allow-background-activity-starts")
_UNMODELLED_OPTIONS = (
    "-D", "-N", "-P", "-R", "--start-profiler", "--sampling", "--streaming", "--attach-agent", "--attach-agent-bind",
    "--track-allocation", "--windowingMode", "--activityType", "--task", "--task-overlay", "--lock-task",
)  # fmt: skip


def _read(arguments: Arguments) -> tuple[Intent, _Options]:
    options = _Options()

    def other(option: str) -> bool:
        if option == "-W":
            options.wait = True
        elif option == "-S":
            options.stop = True
        elif option == "--async":
            options.asynchronous = True
        elif option in _IGNORED_WITH_ARGUMENT:
            arguments.required()
        elif option in _UNMODELLED_OPTIONS:
            options.unmodelled = option
        elif option not in _IGNORED:
            return False
        return True

    return parse_intent(arguments, other), options


async def start(call: Call, arguments: Arguments) -> int:
    """``start [-W] [-S] INTENT``."""
    intent, options = _read(arguments)
    if options.unmodelled is not None:
        return await call.not_modelled()
    system = call.device.system
    if options.stop:
        component = system.package_manager.resolve(intent)
        package = intent.component[0] if intent.component else component.package if component else None
        if package is None:
            await call.error(f"Error: Intent does not match any activities: {intent_text(intent)}")
            return 1
        await call.print(f"Stopping: {package}")
        system.force_stop(package, f"from pid {caller_pid(call)}")
    await call.print(f"Starting: {intent_text(intent)}")
    intent.flags |= NEW_TASK
    asked = copy.deepcopy(intent)  # the framework completes the one it gets
    target = system.package_manager.resolve(copy.deepcopy(intent))
    launch_state = _launch_state(call, target)
    began = call.device.clock.uptime
    result = system.start_activity(intent, uid=call.uid, package=SHELL_PACKAGE)
    if result == PERMISSION_DENIED and target is not None:
        raise security(
            f"Permission Denial: starting {intent_text(_completed(asked, target))} from null (pid={caller_pid(call)}, "
            f"uid={call.uid}) not exported from uid {system.packages[target.package].uid}"
        )
    message = _start_message(result, asked)
    if message is not None:
        await (call.print(message) if options.wait else call.error(message))
    if options.wait and result in LAUNCHED:
        await _report_wait(call, target, launch_state, began)
    return 0


def _completed(intent: Intent, target: Component) -> Intent:
    intent.component = (target.package, target.class_name)
    return intent


def _start_message(result: int, intent: Intent) -> str | None:
    if result == DELIVERED_TO_TOP:
        return "Warning: Activity not started, intent has been delivered to currently running top-most instance."
    if result == TASK_TO_FRONT:
        return "Warning: Activity not started, its current task has been brought to the front"
    if result == SWITCHES_CANCELED:
        return "Warning: Activity not started because the  current activity is being kept for the user."
    if result in (NOT_RESOLVED, CLASS_NOT_FOUND) and intent.component is not None:
        return f"Error type 3\nError: Activity class {{{'/'.join(intent.component)}}} does not exist."
    if result == NOT_RESOLVED:
        return f"Error: Activity not started, unable to resolve {intent_text(intent)}"
    if result == PERMISSION_DENIED:
        return "Error: Activity not started, you do not have permission to access it."
    return None if result == SUCCESS else f"Error: Activity not started, unknown error code {result}"


def _launch_state(call: Call, target: Component | None) -> str:
    """WaitResult.launchStateToString: COLD without a process, WARM without the activity, HOT with both."""
    system = call.device.system
    if target is None or not any(process.name == target.process for process in system.processes.values()):
        return "COLD"
    known = any(
        activity.component is target and activity.state is not ActivityState.DESTROYED
        for task in system.tasks
        for activity in task.activities
    )
    return "HOT" if known else "WARM"


async def _report_wait(call: Call, target: Component | None, launch_state: str, began: float) -> None:
    """Wait until an activity is in front, at most ten seconds, and print WaitResult."""
    clock, system = call.device.clock, call.device.system

    def in_front() -> Component | None:
        """The target, or what it opened over itself at once: a permission dialog, the page behind a splash."""
        resumed = system.resumed
        if resumed is None or target is None:
            return resumed.component if resumed is not None else None
        known = any(record.component is target and record.python_object is not None for record in resumed.task.activities)
        return resumed.component if resumed.component is target or known else None

    while (shown := in_front()) is None and clock.uptime - began < _WAIT_LIMIT:
        await asyncio.sleep(_WAIT_STEP)  # host time: the device's own clock flows with it
        clock.catch_up()
    took = round((clock.uptime - began) * 1000)
    await call.print(f"Status: {'ok' if shown is not None else 'timeout'}")
    await call.print(f"LaunchState: {launch_state}")
    who = shown or target
    if who is not None:
        await call.print(f"Activity: {who.short}")
    await call.print(f"TotalTime: {took}\nWaitTime: {took + 3}\nComplete")


async def start_service(call: Call, arguments: Arguments) -> int:
    """``start-service INTENT``."""
    return await _start_service(call, arguments, foreground=False)


async def start_foreground_service(call: Call, arguments: Arguments) -> int:
    """``start-foreground-service INTENT``."""
    return await _start_service(call, arguments, foreground=True)


async def _start_service(call: Call, arguments: Arguments, *, foreground: bool) -> int:
    intent, _ = _read(arguments)
    await call.print(f"Starting service: {intent_text(intent)}")
    component = _service(call, intent)
    if component is None:
        await call.error("Error: Not found; no service started.")
        return FAILED
    if not component.exported and call.uid != 0:
        await call.error(f"Error: Requires permission not exported from uid {call.device.system.packages[component.package].uid}")
        return FAILED
    services = call.device.system.active_services
    result = services.start(intent, uid=call.uid, package=SHELL_PACKAGE, foreground=foreground)
    if result is StartResult.BACKGROUND:  # the shell is no app in front, so Android 8 and later refuse it too
        uid = call.device.system.packages[component.package].uid
        await call.error(f"Error: {call.device.system.uid_states.text(uid)}")
        return FAILED
    return 0


async def stop_service(call: Call, arguments: Arguments) -> int:
    """``stop-service``: prints to standard error and fails even when it worked, as Android does."""
    intent, _ = _read(arguments)
    await call.print(f"Stopping service: {intent_text(intent)}")
    component = _service(call, intent)
    running = next((s for s in call.device.system.services if s.component is component), None)
    if running is None:
        await call.error("Service not stopped: was not running.")
        return FAILED
    call.device.system.active_services.stop(running)
    await call.error("Service stopped")
    return FAILED


def _service(call: Call, intent: Intent) -> Component | None:
    if intent.component is None:
        return None
    package = call.device.system.packages.get(intent.component[0])
    component = package.component(intent.component[1]) if package is not None else None
    return component if component is not None and component.kind is ComponentKind.SERVICE else None


async def broadcast(call: Call, arguments: Arguments) -> int:
    """``broadcast [--async] INTENT``: in order, and with what the last receiver leaves as result."""
    intent, options = _read(arguments)
    intent.flags |= FROM_SHELL
    await call.print(f"Broadcasting: {intent_text(intent)}")
    if is_protected_from(call.device.system, intent.action, call.uid):
        raise security(protected_broadcast_denied(intent.action, caller_pid(call), call.uid))
    finished = asyncio.Event()
    results: list[BroadcastRecord] = []

    def finish(record: BroadcastRecord) -> None:
        results.append(record)
        finished.set()

    call.device.system.send_broadcast(intent, uid=call.uid, package=SHELL_PACKAGE, on_finished=finish)
    if not options.asynchronous:
        await call.device.clock.reach(finished)
        await call.print(f"Broadcast completed: {_result(results[0])}")
    return 0


def _result(record: BroadcastRecord) -> str:
    text = f"result={record.result_code}"
    if record.result_data is not None:
        text += f', data="{record.result_data}"'
    if record.result_extras:
        text += f", extras: Bundle[{{{', '.join(f'{key}={value}' for key, value in record.result_extras.items())}}}]"
    return text


async def force_stop(call: Call, arguments: Arguments) -> int:
    """``force-stop PACKAGE``; of a package that is not there only the log tells."""
    name = await _package(call, arguments)
    if name is None:
        return FAILED
    system = call.device.system
    if name in system.packages:
        system.force_stop(name, f"from pid {caller_pid(call)}")
    else:
        system.narrator.invalid_package(name)
    return 0


async def kill(call: Call, arguments: Arguments) -> int:
    """``kill PACKAGE``: its background processes."""
    name = await _package(call, arguments)
    if name is None:
        return FAILED
    if name in call.device.system.packages:
        call.device.system.kill_background(name)
    return 0


async def _package(call: Call, arguments: Arguments) -> str | None:
    """The package operand; None after an unknown option was reported."""
    return arguments.required() if await user_alone(call, arguments) else None


async def get_current_user(call: Call, arguments: Arguments) -> int:
    """``get-current-user``."""
    await call.print("0")
    return 0


SERVICE = Service(
    {
        "start": start, "start-activity": start, "startservice": start_service, "start-service": start_service,
        "startforegroundservice": start_foreground_service, "start-foreground-service": start_foreground_service,
        "stopservice": stop_service, "stop-service": stop_service, "broadcast": broadcast, "force-stop": force_stop,
        "kill": kill, "get-current-user": get_current_user,
        **HANDLERS,
    },
    """attach-agent bug-report clear-debug-app clear-exit-info clear-recent-apps clear-start-info compat crash display dumpheap
    get-inactive kill-all wait-for-broadcast-idle make-uid-idle set-inactive stack get-config get-isolated-pids get-uid-state hang
    idle-maintenance is-user-stopped memory-factor monitor package-importance profile restart
    screen-compat send-trim-memory service-restart-backoff set-debug-app
    start-user stop-app stop-user supports-multiwindow switch-user task to-app-uri to-intent-uri to-uri trace-ipc
    unlock-user watch-uids write""",
)  # fmt: skip
COMMANDS: dict[str, Command] = {"am": script(SERVICE)}
