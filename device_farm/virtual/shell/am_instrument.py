"""``am instrument``: there is nothing to instrument here, which it says as a phone does.

Source: frameworks/base cmds/am/src/com/android/commands/am/{Am,Instrument}.java and core/java/com/android/internal/os/
BaseCommand.java of Android 13. App files declare no instrumentation, and the code of an installed APK does not run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.intents import component_name

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call
    from device_farm.virtual.shell.service_command import Arguments

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
