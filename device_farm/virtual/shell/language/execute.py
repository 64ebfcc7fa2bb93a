"""Runs one command by name: from the table, as a script on the device, or not at all."""

import posixpath
from dataclasses import replace

from device_farm.virtual.kernel.file_nodes import normalise
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem

NOT_FOUND, NOT_EXECUTABLE = 127, 126
_PROGRAM_FOLDERS = frozenset({"/system/bin", "/bin", "/system/xbin", "/vendor/bin", "/product/bin"})


def find(call: Call, name: str) -> Command | None:
    """Return the command that ``name`` (plain, or a path in a folder of programs) means."""
    folder, _, plain = name.rpartition("/")
    return call.commands.get(plain) if not folder or folder in _PROGRAM_FOLDERS else None


async def execute(call: Call) -> int:
    """Run ``call`` as a process and return its exit code: 128 and the signal's number where one ended it."""
    command = find(call, call.name)
    if command is None:
        return await _not_a_command(call)
    table = call.device.shell_processes
    process = table.new((call.name, *call.args), parent=call.parent_pid, uid=call.uid)
    call.pid = process.pid
    if "/" in call.name:
        call.name = posixpath.basename(call.name)
    return await table.run(process, _run(command, call))


async def _run(command: Command, call: Call) -> int:
    """Run ``command``; an OSError of it becomes its message and code 1."""
    try:
        return await command(call)
    except BrokenPipeError:
        raise
    except NotModelled as refusal:
        return await call.not_modelled(str(refusal) or None)
    except UsageProblem as problem:
        await call.error(f"{call.name}: {problem}")
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        await call.error(f"{call.name}: {where}{error.strerror}")
        return 1


async def execute_words(call: Call, words: list[str], **changes: object) -> int:
    """Run another command with the streams and surroundings of ``call``; ``changes`` are fields of Call."""
    return await execute(replace(call, name=words[0], args=words[1:], parent_pid=call.pid, **changes))  # type: ignore[arg-type]


async def _not_a_command(call: Call) -> int:
    path = normalise(call.name, call.cwd)
    files = call.device.files
    if "/" not in call.name or not files.exists(path):
        await call.error(f"/system/bin/sh: {call.name}: inaccessible or not found")
        return NOT_FOUND
    if files.is_dir(path) or not files.stat(path).mode & 0o111:
        await call.error(f"/system/bin/sh: {call.name}: can't execute: Permission denied")
        return NOT_EXECUTABLE
    return await execute_words(call, ["sh", path, *call.args])
