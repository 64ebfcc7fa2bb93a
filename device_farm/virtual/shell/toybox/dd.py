"""dd (toybox): copies block by block, so that pipes and endless devices work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from device_farm.virtual.shell.input_files import open_inputs, path_of
from device_farm.virtual.shell.toybox.ls import human
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command, Input

_UNITS = {"": 1, "c": 1, "w": 2, "b": 512, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}  # toybox atolx
_MAX_BLOCK = 64 << 20
_WORDS = frozenset({"if", "of", "bs", "ibs", "obs", "count", "skip", "seek", "conv", "status"})


async def _dd(call: Call) -> int:
    settings = dict(argument.partition("=")[::2] for argument in call.args)
    if strange := settings.keys() - _WORDS:
        raise UsageProblem(f"bad arg {sorted(strange)[0]}")
    conversions = set(settings.get("conv", "").split(",")) - {""}
    if conversions - {"notrunc", "fsync", "noerror"}:
        raise NotModelled
    block = _size(settings.get("bs", settings.get("ibs", "512")))
    if not 0 < block <= _MAX_BLOCK:
        raise UsageProblem("bad bs")
    count = _size(settings["count"]) if "count" in settings else None
    inputs, failed = await open_inputs(call, [settings["if"]] if settings.get("if") else [])
    if failed:
        return 1
    source = inputs[0][1]
    await _skip(source, block * _size(settings.get("skip", "0")))
    kept = bytearray() if "of" in settings else None
    full = part = size = 0
    while (count is None or full + part < count) and (data := await source.read(block)):
        full, part, size = full + (len(data) == block), part + (len(data) < block), size + len(data)
        if kept is None:
            await call.stdout.write(data)
        else:
            call.device.files.check_room(len(kept) + len(data), settings["of"])
            kept += data
    if kept is not None:
        _store(call, settings["of"], kept, block * _size(settings.get("seek", "0")), keep="notrunc" in conversions)
    if settings.get("status") != "none":
        records = f"{full}+{part} records"
        speed = human(size * 1000)
        await call.error(f"{records} in\n{records} out\n{size} bytes ({human(size)}) copied, 0.001 s, {speed}/s")
    return 0


async def _skip(source: Input, size: int) -> None:
    while size > 0 and (data := await source.read(min(size, 1 << 16))):
        size -= len(data)


def _store(call: Call, name: str, data: bytearray, offset: int, *, keep: bool) -> None:
    """Write ``data`` at ``offset``; what was before it stays, what was behind it only with ``keep``."""
    files, path = call.device.files, path_of(call, name)
    files.check_room(offset + len(data), name)
    old = files.read(path, uid=call.uid) if (keep or offset) and files.exists(path) else b""
    behind = old[offset + len(data) :] if keep else b""
    files.write(path, old[:offset].ljust(offset, b"\0") + bytes(data) + behind, mode=0o666, uid=call.uid)


def _size(text: str) -> int:
    match = re.fullmatch(r"(\d{1,15})([cwbkmgCWBKMG]?)", text)
    if match is None:
        raise UsageProblem(f"not integer: {text}")
    return int(match[1]) * _UNITS[match[2].lower()]


COMMANDS: dict[str, Command] = {"dd": _dd}
