"""``monkey``: opens an app, which is what clients use it for, and works on it at random.

Source: development cmds/monkey/src/com/android/commands/monkey/Monkey.java, MonkeyActivityEvent.java,
MonkeyMotionEvent.java, MonkeyFlipEvent.java, MonkeyRotationEvent.java and cmds/monkey/monkey (the script that prints
``bash arg``) of Android 13. Trackball and most keys move nothing here, as on a phone without either; a flip fails as on
64-bit phones.
"""

from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Intent, ProcessRecord, new_hash
from device_farm.virtual.shell.am import NEW_TASK
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.intents import LAUNCHER, MAIN, intent_text
from device_farm.virtual.shell.monkey_events import (
    ANYTHING,
    APPSWITCH,
    FLIP,
    MAJORNAV,
    MOTION,
    NAV,
    PERMISSION,
    PINCHZOOM,
    ROTATION,
    SYSOPS,
    TOUCH,
    TRACKBALL,
    Event,
    JavaRandom,
    Kind,
    Source,
    WeightsProblem,
    java_float,
    weights,
)
from device_farm.virtual.shell.service_command import SHELL_PACKAGE

_RESET_IF_NEEDED = 0x00200000  # Intent.FLAG_ACTIVITY_RESET_TASK_IF_NEEDED, as MonkeyActivityEvent sets it
_NO_ACTIVITIES, _BAD_WEIGHTS, _BAD_OPTIONS = 252, 251, 255  # -4, -5 and -1
_MONKEY = "android.intent.category.MONKEY"
_HOME = "android.intent.category.HOME"
_WEIGHTS = {
    "--pct-touch": TOUCH, "--pct-motion": MOTION, "--pct-trackball": TRACKBALL, "--pct-rotation": ROTATION,
    "--pct-permission": PERMISSION, "--pct-syskeys": SYSOPS, "--pct-nav": NAV, "--pct-majornav": MAJORNAV,
    "--pct-appswitch": APPSWITCH, "--pct-flip": FLIP, "--pct-anyevent": ANYTHING, "--pct-pinchzoom": PINCHZOOM,
}  # fmt: skip
_PLAIN = ("--ignore-timeouts", "--ignore-security-exceptions", "--monitor-native-crashes", "--ignore-native-crashes",
          "--kill-process-after-error")  # fmt: skip
_EVENT_SECONDS = 0.005  # that injecting one takes
_MOST_EVENTS = 1_000_000


@dataclass(slots=True)
class _Options:
    packages: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    weights: dict[int, int] = field(default_factory=dict)
    seed: int | None = None
    throttle_ms: int = 0
    verbose: int = 0
    ignore_crashes: bool = False
    count: int = 0


class _Refused(Exception):
    """Not modelled."""


class _Wrong(Exception):
    """The message before it exits with -1."""


class _Watcher:
    """The command's ActivityController: which packages may be entered, who crashed; its lines wait to be printed."""

    def __init__(self, call: Call, options: _Options) -> None:
        self._call, self._options = call, options
        self.lines: list[tuple[bool, str]] = []  # for standard error, line
        self.aborted = False

    def may_start(self, intent: Intent, package: str) -> bool:
        """Whether an activity of ``package`` may be started now."""
        allowed = not self._options.packages or package in self._options.packages or _HOME in intent.categories
        if self._options.verbose:
            shown = Intent(action=intent.action, categories=list(intent.categories), data=intent.data, component=intent.component)
            word = "Allowing" if allowed else "Rejecting"
            self.lines.append((False, f"    // {word} start of {intent_text(shown)} in package {package}"))
        return allowed

    def crashed(self, process: ProcessRecord, exception: str, message: str, frames: list[str]) -> None:
        """An app has crashed: tell of it and stop, unless told not to."""
        properties, long = self._call.device.properties, f"{exception}: {message}"
        trace = "".join(f"\n// \tat {frame}" for frame in frames)
        self.lines.append(
            (
                True,
                f"// CRASH: {process.name} (pid {process.pid})\n// Short Msg: {exception}\n// Long Msg: {long}\n"
                f"// Build Label: {properties.get('ro.build.fingerprint', '')}\n"
                f"// Build Changelist: {properties.get('ro.build.version.incremental', '')}\n"
                f"// Build Time: {properties.get('ro.build.date.utc', '0')}000\n// {long}{trace}\n// ",
            )
        )
        self.aborted = self.aborted or not self._options.ignore_crashes

    async def flush(self) -> None:
        """Print what waits."""
        lines, self.lines = self.lines, []
        for is_error, line in lines:
            await (self._call.error(line) if is_error else self._call.print(line))


async def monkey(call: Call) -> int:
    """``monkey [-p PACKAGE] [-c CATEGORY] [-s SEED] [-v] [--throttle MS] [--pct-X PERCENT] COUNT``."""
    for word in call.args:
        await call.print(f"  bash arg: {word}")
    await call.error(f"args: [{', '.join(call.args)}]")
    for word in call.args:
        await call.error(f' arg: "{word}"')
    try:
        options = await _read(call)
        percentages = weights(options.weights)
    except _Refused:
        return await call.not_modelled()
    except _Wrong as problem:
        await call.error(str(problem))
        return _BAD_OPTIONS
    except WeightsProblem as problem:
        await call.error(str(problem))
        return _BAD_WEIGHTS
    seed = options.seed if options.seed is not None else int(call.device.clock.wall * 1000) + new_hash()
    if options.verbose:
        await call.print(f":Monkey: seed={seed} count={options.count}")
        for package in options.packages:
            await call.print(f":AllowPackage: {package}")
        for category in options.categories or [LAUNCHER, _MONKEY]:
            await call.print(f":IncludeCategory: {category}")
    apps = await _main_activities(call, options)
    if not apps:
        await call.print("** No activities found to run, monkey aborted.")
        return _NO_ACTIVITIES
    if options.verbose:
        await call.print("// Event percentages:")
        for number, value in enumerate(percentages):
            await call.print(f"//   {number}: {java_float(value)}%")
    return await _run(call, options, apps, seed, percentages)


async def _read(call: Call) -> _Options:
    options, rest = _Options(), list(call.args)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option in ("-p", "-c") and rest:
            await call.error(f'data="{rest[0]}"')
            (options.packages if option == "-p" else options.categories).append(rest.pop(0))
        elif option == "-s":
            options.seed = _number(rest, "Seed")
        elif option == "--throttle":
            options.throttle_ms = _number(rest, "delay (in milliseconds) to wait between events")
        elif option in _WEIGHTS:
            options.weights[_WEIGHTS[option]] = _number(rest, "events percentage")
        elif option == "-v":
            options.verbose += 1
        elif option == "--ignore-crashes":
            options.ignore_crashes = True
        elif option not in _PLAIN:
            raise _Refused
    if not rest or not rest[0].isdigit():
        raise _Wrong(f"** Error: Count {'is not a number' if rest else 'not specified'}")
    options.count = int(rest[0][:9])
    if options.verbose > 1 or options.count > _MOST_EVENTS or options.weights.get(PERMISSION):
        raise _Refused  # names of all keys, changes of permissions
    return options


def _number(rest: list[str], what: str) -> int:
    word = rest.pop(0) if rest else ""
    if not word.removeprefix("-").isdecimal():
        raise _Wrong(f"** Error: {what} is not a number")
    return int(word[:19])


async def _main_activities(call: Call, options: _Options) -> list[Component]:
    """The enabled main activities of each category in turn, of the allowed packages."""
    found = []
    for category in options.categories or [LAUNCHER, _MONKEY]:
        everywhere = [
            component
            for package in call.device.system.packages.values()
            for component in package.components
            if package.enabled and component.kind is ComponentKind.ACTIVITY and component.enabled
            and MAIN in component.actions and category in component.categories
        ]  # fmt: skip
        if not everywhere:
            await call.error(f"// Warning: no activities found for category {category}")
        found += [component for component in everywhere if not options.packages or component.package in options.packages]
    return found


async def _run(call: Call, options: _Options, apps: list[Component], seed: int, percentages: list[np.float32]) -> int:
    """Inject ``count`` events; the exit code is that of the one at which an app crashed."""
    device, watcher = call.device, _Watcher(call, options)
    source = Source(JavaRandom(seed), percentages, len(apps), device.screen.width, device.screen.height)
    began, injected, flips = device.clock.uptime, 0, 0
    device.system.activity_controller = watcher
    try:
        for event in islice(source.events(), options.count):
            if watcher.aborted:
                break
            if options.verbose and not event.between:
                await _tell(call, event, apps)
            _inject(call, event, apps)
            flips += event.kind is Kind.FLIP
            await watcher.flush()
            injected += 1
            if injected < options.count:
                await device.clock.elapse(_EVENT_SECONDS + (0 if event.between else options.throttle_ms / 1000))
                await watcher.flush()
    finally:
        device.system.activity_controller = None
        device.system.display_rotation.freeze(0)
        device.system.display_rotation.thaw()
    if watcher.aborted:
        await call.print("** Monkey aborted due to error.")
    await call.print(f"Events injected: {injected}")
    if options.verbose:
        await call.print(":Sending rotation degree=0, persist=false")
        await call.print(f":Dropped: keys=0 pointers=0 trackballs=0 flips={flips} rotations=0")
    took = max(1, round((device.clock.uptime - began) * 1000))
    await call.print(f"## Network stats: elapsed time={took}ms (0ms mobile, 0ms wifi, {took}ms not connected)")
    if injected < options.count - 1:
        await call.error(f"** System appears to have crashed at event {injected} of {options.count} using seed {seed}")
        return injected & 0xFF
    if options.verbose:
        await call.print("// Monkey finished")
    return 0


async def _tell(call: Call, event: Event, apps: list[Component]) -> None:
    """Print the line before an event; keys only by ``-v -v``."""
    if event.kind in (Kind.TOUCH, Kind.TRACKBALL):
        points = "".join(f" {n}:({java_float(x)},{java_float(y)})" for n, (x, y) in enumerate(event.points))
        await call.print(f":Sending {event.kind} ({event.action}):{points}")
    elif event.kind is Kind.SWITCH:
        app = apps[event.value]
        component = app.short
        await call.print(
            f":Switch: #Intent;action={MAIN};category={LAUNCHER};launchFlags=0x{NEW_TASK | _RESET_IF_NEEDED:x};component={component};end"
        )
    elif event.kind is Kind.FLIP:
        await call.print(
            f":Sending Flip keyboardOpen={str(bool(event.value)).lower()}\n"
            "Got IOException performing flipjava.io.IOException: write failed: EINVAL (Invalid argument)\n    // Injection Failed"
        )
    elif event.kind is Kind.ROTATION:
        await call.print(f":Sending rotation degree={event.value}, persist={str(event.stays).lower()}")


def _inject(call: Call, event: Event, apps: list[Component]) -> None:
    screen, system = call.device.screen, call.device.system
    if event.kind is Kind.TOUCH:
        x, y = (float(value) for value in event.points[0])
        if event.action == "ACTION_DOWN":
            screen.finger_down(x, y)
        elif event.action == "ACTION_UP":
            screen.finger_up(x, y)
        elif len(event.points) > 1:
            screen.finger = None  # two fingers are no tap and no swipe, and nothing here zooms
    elif event.kind is Kind.KEY and event.action == "ACTION_UP":
        screen.key(event.value)
    elif event.kind is Kind.SWITCH:
        app = apps[event.value]
        intent = Intent(action=MAIN, categories=[LAUNCHER], component=(app.package, app.class_name), flags=NEW_TASK | _RESET_IF_NEEDED)
        system.start_activity(intent, uid=call.uid, package=SHELL_PACKAGE)
    elif event.kind is Kind.ROTATION:
        system.display_rotation.freeze(event.value)
        if not event.stays:
            system.display_rotation.thaw()


COMMANDS: dict[str, Command] = {"monkey": monkey}
