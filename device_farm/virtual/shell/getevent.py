"""``getevent``: the input devices and their events, in numbers.

Source: AOSP system/core, toolbox/getevent.c. Like it, this one never flushes: into a pipe its lines come in blocks.
"""

from device_farm.virtual.kernel.evdev import KEY_CODES, KEYS, NAMES, UNITS, InputEvent
from device_farm.virtual.shell.call import Call, Command, is_terminal
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, parse_options

_BLOCK = 1024  # bytes: BUFSIZ of bionic (libc/include/stdio.h)


async def getevent(call: Call) -> int:
    """``getevent [-t] [-q] [-p] [-c N] [DEVICE]``."""
    try:
        options = parse_options(call.args, flags="tqp", values="c")
        most = options.number("c", 0)
        if len(options.rest) > 1 or any(name not in NAMES for name in options.rest):
            raise NotModelled(" ".join(options.rest))
    except NotModelled as refused:
        return await call.not_modelled(f"getevent {refused}".strip())
    devices = options.rest or list(NAMES)
    if "q" not in options.flags and (not options.rest or "p" in options.flags):
        for number, name in enumerate(devices, 1):
            await call.print(f'add device {number}: {name}\n  name:     "{NAMES[name]}"')
            if "p" in options.flags:
                await call.print(_possible(name))
    if "p" in options.flags:
        return 0
    await _follow(call, devices, most, stamped="t" in options.flags, named=not options.rest)
    return 0


def _possible(device: str) -> str:
    """Print the events that a device can report."""
    if device == KEYS:
        codes = " ".join(f"{code:04x} " for code in sorted(KEY_CODES.values()))
        return f"  events:\n    KEY (0001): {codes}\n  input props:\n    <none>"
    axes = ((0x2F, 9), (0x35, UNITS), (0x36, UNITS), (0x39, 0xFFFF))
    lines = [f"{code:04x}  : value 0, min 0, max {most}, fuzz 0, flat 0, resolution 0" for code, most in axes]
    joined = "\n                ".join(lines)
    return f"  events:\n    KEY (0001): 014a \n    ABS (0003): {joined}\n  input props:\n    INPUT_PROP_DIRECT"


async def _follow(call: Call, devices: list[str], most: int, *, stamped: bool, named: bool) -> None:
    """Print events as they come, until ``most`` of them (0: for ever)."""
    kernel = call.device.kernel_input
    queue = kernel.open()
    waiting, count = "", 0
    try:
        while not most or count < most:
            event = await queue.get()
            if event.device not in devices:
                continue
            count += 1
            waiting += _line(event, stamped=stamped, named=named)
            if is_terminal(call.stdout) or len(waiting) >= _BLOCK:
                await call.print(waiting, end="")
                waiting = ""
        await call.print(waiting, end="")
    finally:
        kernel.close(queue)


def _line(event: InputEvent, *, stamped: bool, named: bool) -> str:
    seconds, micros = divmod(round(event.at * 1e6), 1_000_000)
    stamp = f"[{seconds:8d}.{micros:06d}] " if stamped else ""
    name = f"{event.device}: " if named else ""
    return f"{stamp}{name}{event.kind:04x} {event.code:04x} {event.value & 0xFFFFFFFF:08x}\n"


COMMANDS: dict[str, Command] = {"getevent": getevent}
