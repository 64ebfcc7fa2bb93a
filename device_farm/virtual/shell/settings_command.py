"""``settings``: reads and changes the three tables of the settings provider.

Source: frameworks/base packages/SettingsProvider/src/com/android/providers/settings/SettingsService.java of Android 13.

``content query`` of the settings provider, and ``content call`` of the media provider for one file.

Source: frameworks/base cmds/content/src/com/android/commands/content/Content.java of Android 13; packages/providers/
MediaProvider, MediaProvider.callInternal: since Android 11 ``scan_file`` takes the path as the argument, before it
wants it as a Parcelable, which no command line can give. DownloadProvider's ``/my_downloads`` wants INTERNET, which
shell holds since Android 12 (packages/Shell/AndroidManifest.xml; the version is assumed), and shows each uid its own
rows alone, of which shell has none; ``/all_downloads`` wants ACCESS_ALL_DOWNLOADS, which shell has not. So nothing of
another app's downloads is seen or deleted from here. Other providers are not modelled.
"""

import re
import zlib

from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service, require, script, skip_user

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
    if words[0] == "system":  # Settings.checkAndNoteWriteSettingsOperation
        permission = "WRITE_SETTINGS"
        require(call, permission, f"com.android.shell was not granted  this permission: android.permission.{permission}.")
    else:  # SettingsProvider.enforceWritePermission
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


SERVICE = Service({"get": get, "put": put, "delete": delete, "list": list_table}, "reset")


async def run(call: Call, words: list[str]) -> int:
    """Run a command of the settings service; ``--user N`` may come first."""
    if words[:1] == ["--user"]:
        words = words[2:]
    if words and words[0].lower() not in (*SERVICE.handlers, "reset", "help", "-h"):
        await call.error(f"Invalid command: {words[0]}")
        return FAILED
    return await SERVICE(call, [word.lower() for word in words[:1]] + words[1:])


# name='key' or name="key", the way --where is written
_WHERE = re.compile(r"""name\s*=\s*(['"])(?P<name>[^'"]*)\1""")
_SETTINGS = re.compile(r"content://settings/(?P<table>system|secure|global)(?:/(?P<name>[^/]+))?")


_DOWNLOADS = re.compile(r"content://downloads/(?P<table>my_downloads|all_downloads|download)(/\d+)?")
_HAS_INTERNET = 31  # SDK since which shell has the permission
_PROVIDER = "com.android.providers.downloads.DownloadProvider"
MEDIA_AUTHORITY = re.compile(r"content://media(/.*)?")
SCANS_BY_PATH = 30  # Android 11


async def content(call: Call) -> int:
    """``content query --uri content://settings/TABLE[/NAME] [--where "name='x'"]``.

    ``content call`` serves for a new media file.
    """
    options = dict(zip(call.args[1::2], call.args[2::2], strict=False))
    if call.args[:1] == ["call"] and MEDIA_AUTHORITY.fullmatch(options.get("--uri", "")):
        return await _scan_file(call, options)
    if (asked := _DOWNLOADS.fullmatch(options.get("--uri", ""))) and call.args[:1] in (["query"], ["delete"]):
        return await _downloads(call, asked["table"], options["--uri"])
    return await _query(call, options)


async def _downloads(call: Call, table: str, uri: str) -> int:
    """Answer shell's query of DownloadManager's rows; the tool says what was thrown and ends with 0 all the same."""
    needed = "ACCESS_ALL_DOWNLOADS" if table == "all_downloads" else "INTERNET"
    if needed == "INTERNET" and call.device.system.sdk >= _HAS_INTERNET:
        if call.args[0] == "query":
            await call.print("No result found.")
        return 0
    doing = "reading" if call.args[0] == "query" else "writing"
    await call.error("Error while accessing provider:downloads")
    await call.error(
        f"java.lang.SecurityException: Permission Denial: {doing} {_PROVIDER} uri {uri} from pid={call.pid}, uid=2000 requires"
        f" android.permission.{needed}, or grantUriPermission()"
    )
    return 0


async def _scan_file(call: Call, options: dict[str, str]) -> int:
    """``content call --uri content://media --method scan_file --arg PATH``: its content URI, null if there is none."""
    path = options.get("--arg", "")
    if options.keys() != {"--uri", "--method", "--arg"} or options["--method"] != "scan_file" or call.device.system.sdk < SCANS_BY_PATH:
        return await call.not_modelled()
    found = "null"
    if call.device.files.exists(path):
        kind = call.device.system.media.scanned(f"file://{path}")
        found = f"{kind.replace('/external/', '/external_primary/')}/{zlib.crc32(path.encode())}"
    await call.print(f"Result: Bundle[{{android.intent.extra.STREAM={found}}}]")
    return 0


async def _query(call: Call, options: dict[str, str]) -> int:
    """Rows of a table of the settings."""
    match = _SETTINGS.fullmatch(options.get("--uri", ""))
    if call.args[:1] != ["query"] or match is None or options.keys() - {"--uri", "--where", "--user"}:
        return await call.not_modelled()
    where = _WHERE.fullmatch(options["--where"].strip()) if "--where" in options else None
    if "--where" in options and where is None:
        return await call.not_modelled()
    wanted = match["name"] or (where["name"] if where else None)
    table = call.device.settings.get(match["table"], {})
    rows = [(key, value) for key, value in sorted(table.items()) if wanted in (None, key)]
    for index, (key, value) in enumerate(rows):
        await call.print(f"Row: {index} _id={index + 1}, name={key}, value={value}, is_preserved_in_restore=0")
    if not rows:
        await call.print("No result found.")
    return 0


COMMANDS: dict[str, Command] = {"settings": script(run), "content": content}
