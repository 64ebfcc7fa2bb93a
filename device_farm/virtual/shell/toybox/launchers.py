"""Commands that run others: sh, toybox, nohup, setsid, timeout, time, nice."""

import asyncio
import re

from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.input_files import path_of, whole
from device_farm.virtual.shell.language.execute import execute_words
from device_farm.virtual.shell.language.interpreter import Shell
from device_farm.virtual.shell.language.redirects import Streams
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, parse_options

TIMED_OUT = 124
_MAX_DEPTH = 30  # of shells started by shells


async def _sh(call: Call) -> int:
    """``sh -c SCRIPT [NAME ARGS]``, ``sh FILE ARGS``, or a script on standard input."""
    depth = int(call.env.get("SHLVL", "0") or 0) if call.env.get("SHLVL", "0").isdigit() else 0
    if depth > _MAX_DEPTH:
        await call.error("/system/bin/sh: can't fork - try again: Out of memory")
        return 1
    environment = {**call.env, "SHLVL": str(depth + 1)}
    streams = Streams(call.stdin, call.stdout, call.stderr)
    shell = Shell(call.device, streams, environment=environment, cwd=call.cwd, uid=call.uid, commands=call.commands, pid=call.pid)
    call.device.shell_processes.alive[call.pid].handler = shell.traps.signal
    args = list(call.args)
    if args and re.fullmatch(r"-[efilusx]+", args[0]):
        raise NotModelled
    if args[:1] == ["-c"]:
        if len(args) < 2:
            await call.error("/system/bin/sh: -c: requires an argument")
            return 1
        shell.name = args[2] if len(args) > 2 else shell.name
        shell.parameters = args[3:]
        return await shell.run(args[1])
    if not args:
        script = await whole(call.stdin)
    else:
        try:
            script = call.device.files.read(path_of(call, args[0]), uid=call.uid)
        except OSError as error:
            await call.error(f"/system/bin/sh: {args[0]}: {error.strerror}")
            return 127 if isinstance(error, FileNotFoundError) else 126
        shell.parameters, shell.name = args[1:], args[0]
    return await shell.run(script.decode("utf-8", "surrogateescape"))


async def _toybox(call: Call) -> int:
    """``toybox COMMAND ARGS``; alone it lists what there is."""
    if not call.args:
        await call.print(" ".join(sorted(call.commands)))
        return 0
    if call.args[0] not in call.commands:
        await call.error(f"toybox: Unknown command {call.args[0]}")
        return 127
    return await execute_words(call, call.args)


async def _nohup(call: Call) -> int:
    if not call.args:
        raise UsageProblem("Needs 1 argument")
    return await execute_words(call, call.args)


async def _setsid(call: Call) -> int:
    options = [argument for argument in call.args if argument in {"-c", "-d", "-w"}]
    return await execute_words(call, call.args[len(options) :]) if len(options) < len(call.args) else 1


async def _timeout(call: Call) -> int:
    """``timeout [-s SIGNAL] SECONDS COMMAND``: device time; 124 when it ran out."""
    args = list(call.args)
    while args and args[0].startswith("-"):
        args = args[2:] if args[0] in {"-s", "-k"} else args[1:]
    if len(args) < 2:
        raise UsageProblem("Needs 2 arguments")
    match = re.fullmatch(r"(\d*\.?\d+)([smhd]?)", args[0])
    if match is None:
        raise UsageProblem(f"not integer: {args[0]}")
    seconds = float(match[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400, "": 1}[match[2]]
    work = asyncio.create_task(execute_words(call, args[1:]))
    limit = asyncio.create_task(call.device.clock.elapse(seconds))
    try:
        await asyncio.wait({work, limit}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else TIMED_OUT
    finally:
        work.cancel()
        limit.cancel()
        await asyncio.gather(work, limit, return_exceptions=True)


async def _time(call: Call) -> int:
    started = call.device.clock.uptime
    status = await execute_words(call, call.args) if call.args else 0
    call.device.clock.catch_up()
    real = call.device.clock.uptime - started
    minutes, seconds = divmod(real, 60)
    await call.error(f"    {int(minutes)}m{seconds:05.2f}s real     0m00.00s user     0m00.00s system")
    return status


async def _nice(call: Call) -> int:
    options = parse_options(call.args[:2] if call.args[:1] == ["-n"] else [], "", "n")
    words = call.args[2:] if options.values else call.args
    return await execute_words(call, words) if words else 0


COMMANDS: dict[str, Command] = {
    "sh": _sh, "toybox": _toybox, "nohup": _nohup, "setsid": _setsid, "timeout": _timeout, "time": _time, "nice": _nice,
}  # fmt: skip
