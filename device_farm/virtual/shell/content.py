"""``content query`` of the settings provider.

Source: frameworks/base cmds/content/src/com/android/commands/content/Content.java of Android 13. Other providers are
not modelled here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command

# name='key' or name="key", the way --where is written
_WHERE = re.compile(r"""name\s*=\s*(['"])(?P<name>[^'"]*)\1""")
_SETTINGS = re.compile(r"content://settings/(?P<table>system|secure|global)(?:/(?P<name>[^/]+))?")


async def content(call: Call) -> int:
    """``content query --uri content://settings/TABLE[/NAME] [--where "name='x'"]``."""
    options = dict(zip(call.args[1::2], call.args[2::2], strict=False))
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


COMMANDS: dict[str, Command] = {"content": content}
