"""``am``: what the system thinks of apps in the background: standby buckets, idle packages, who uses whom.

Source: frameworks/base services/core/java/com/android/server/am/ActivityManagerShellCommand.java (12; start-info of
15).

``am instrument``: there is nothing to instrument here, which it says as a phone does.

Source: frameworks/base cmds/am/src/com/android/commands/am/{Am,Instrument}.java and core/java/com/android/internal/os/
BaseCommand.java of Android 13. App files declare no instrumentation, and the code of an installed APK does not run.
"""

from functools import partial

from device_farm.virtual.framework.background.cleaners import ACTIVE, FREQUENT, NEVER, RARE, RESTRICTED, WORKING_SET
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


async def track_associations(call: Call, arguments: Arguments, *, on: bool) -> int:
    """``track-associations``, ``untrack-associations``."""
    changed = call.device.system.associations.track(on=on)
    now, before = ("started", "already enabled") if on else ("stopped", "not running")
    await call.print(f"Association tracking {now if changed else before}.")
    return 0


async def get_started_user_state(call: Call, arguments: Arguments) -> int:
    """``get-started-user-state USER``: UserState.stateToString; only user 0 is ever started here."""
    user = arguments.number()
    unlocked = call.device.system.boot_phases.user_unlocked
    state = "RUNNING_UNLOCKED" if unlocked else "RUNNING_LOCKED"
    await call.print(state if user == 0 else f"User is not started: {user}")
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


HANDLERS: dict[str, Handler] = {
    "instrument": instrument, "set-standby-bucket": set_standby_bucket, "get-standby-bucket": get_standby_bucket,
    "get-started-user-state": get_started_user_state, "track-associations": partial(track_associations, on=True),
    "untrack-associations": partial(track_associations, on=False),
}  # fmt: skip
