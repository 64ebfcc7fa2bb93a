"""``settings``: reads and changes the three tables of the settings provider.

Source: frameworks/base packages/SettingsProvider/src/com/android/providers/settings/SettingsService.java of Android 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.service_command import FAILED, Arguments, require, run_service, skip_user

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command
    from device_farm.virtual.shell.service_command import Handler

_TABLES = ("system", "secure", "global")

# No one observes this row: a phone reads it at its next boot (ActivityTaskManagerService.retrieveSettings), and the
# language changes at once, with LOCALE_CHANGED, only through the settings app (LocalePicker). The language here is that
# of the device.
_LANGUAGES = ("system", "system_locales")


async def _operands(call: Call, arguments: Arguments, count: tuple[int, int]) -> list[str] | None:
    """Namespace and the words after it, ``count`` of them at least and at most; None after the error was printed."""
    words = []
    while (word := arguments.next()) is not None:
        if not skip_user(arguments, word):
            words.append(word)
    if words and words[0].lower() not in _TABLES:
        await call.error(f"Invalid namespace '{words[0]}'")
        return None
    if len(words) - 1 < count[0]:
        await call.error("Bad arguments")
        return None
    if len(words) - 1 > count[1]:
        await call.error("Too many arguments")
        return None
    return [words[0].lower(), *words[1:]]


async def get(call: Call, arguments: Arguments) -> int:
    """``get NAMESPACE KEY``: ``null`` for a key that is not there."""
    words = await _operands(call, arguments, (1, 1))
    if words is None:
        return FAILED
    await call.print(call.device.settings.get(words[0], {}).get(words[1], "null"))
    return 0


async def put(call: Call, arguments: Arguments) -> int:
    """``put NAMESPACE KEY VALUE [TAG] [default]``: silent."""
    words = await _operands(call, arguments, (2, 4))
    if words is None:
        return FAILED
    if words[0] != "system":  # SettingsProvider.enforceWritePermission
        permission = "WRITE_SECURE_SETTINGS"
        require(call, permission, f"Permission denial: writing to settings requires:android.permission.{permission}")
    table = call.device.settings.setdefault(words[0], {})
    if (words[0], words[1]) == _LANGUAGES and words[2] != table.get(words[1]):
        return await call.not_modelled()
    table[words[1]] = words[2]
    call.device.system.settings_changed(words[0], words[1])
    return 0


async def delete(call: Call, arguments: Arguments) -> int:
    """``delete NAMESPACE KEY``."""
    words = await _operands(call, arguments, (1, 1))
    if words is None:
        return FAILED
    gone = call.device.settings.get(words[0], {}).pop(words[1], None)
    call.device.system.settings_changed(words[0], words[1])
    await call.print(f"Deleted {0 if gone is None else 1} rows")
    return 0


async def list_table(call: Call, arguments: Arguments) -> int:
    """``list NAMESPACE``: sorted ``key=value`` lines."""
    words = await _operands(call, arguments, (0, 0))
    if words is None:
        return FAILED
    for line in sorted(f"{key}={value}" for key, value in call.device.settings.get(words[0], {}).items()):
        await call.print(line)
    return 0


HANDLERS: dict[str, Handler] = {"get": get, "put": put, "delete": delete, "list": list_table}


async def run(call: Call, words: list[str]) -> int:
    """Run a command of the settings service; ``--user N`` may come first."""
    if words[:1] == ["--user"]:
        words = words[2:]
    if words and words[0].lower() not in (*HANDLERS, "reset", "help", "-h"):
        await call.error(f"Invalid command: {words[0]}")
        return FAILED
    return await run_service(call, [word.lower() if index == 0 else word for index, word in enumerate(words)], HANDLERS,
                             frozenset({"reset"}))  # fmt: skip


async def settings(call: Call) -> int:
    """``settings ...`` is ``cmd settings ...``."""
    return await run(call, call.args)


COMMANDS: dict[str, Command] = {"settings": settings}
