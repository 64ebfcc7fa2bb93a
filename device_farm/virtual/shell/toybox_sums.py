"""md5sum, sha1sum, sha256sum, cksum, base64, dd, df, du (toybox)."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from typing import TYPE_CHECKING

from device_farm.virtual.shell.inputs import open_inputs, path_of, whole
from device_farm.virtual.shell.options import UsageProblem, parse_options
from device_farm.virtual.shell.toybox_ls import human

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.shell.call import Call, Command

_UNITS = {"": 1, "c": 1, "b": 512, "k": 1024, "K": 1024, "M": 1 << 20, "G": 1 << 30}
_MAX_BLOCK = 64 << 20


def _sum_command(algorithm: str) -> Command:
    async def run(call: Call) -> int:
        options = parse_options(call.args, "b")
        inputs, failed = await open_inputs(call, options.rest)
        for name, source in inputs:
            digest = hashlib.new(algorithm, usedforsecurity=False)
            while data := await source.read(1 << 20):
                digest.update(data)
            await call.print(digest.hexdigest() if "b" in options.flags else f"{digest.hexdigest()}  {name}")
        return int(failed)

    return run


async def _base64(call: Call) -> int:
    options = parse_options(call.args, "di", "w")
    inputs, failed = await open_inputs(call, options.rest)
    width = options.number("w", 76)
    for _, source in inputs:
        data = await whole(source)
        if "d" in options.flags:
            try:
                await call.stdout.write(base64.b64decode(re.sub(rb"\s", b"", data)))
            except ValueError:
                raise UsageProblem("bad input") from None
            continue
        text = base64.b64encode(data).decode()
        lines = [text[i : i + width] for i in range(0, len(text), width)] if width > 0 else [text]
        await call.print("\n".join(lines), end="\n" if width > 0 else "")
    return int(failed)


def _size(text: str) -> int:
    match = re.fullmatch(r"(\d{1,15})([cbkKMG]?)", text)
    if match is None:
        raise UsageProblem(f"not integer: {text}")
    return int(match[1]) * _UNITS[match[2]]


async def _dd(call: Call) -> int:
    settings = dict(argument.partition("=")[::2] for argument in call.args)
    block = _size(settings.get("bs", settings.get("ibs", "512")))
    if not 0 < block <= _MAX_BLOCK:
        raise UsageProblem("bad bs")
    count = _size(settings["count"]) if "count" in settings else None
    name = settings.get("if")
    zeros = name == "/dev/zero"
    if zeros:
        data = bytes(min(block * (count or 0), _MAX_BLOCK * 4))
    else:
        inputs, failed = await open_inputs(call, [name] if name else [])
        if failed:
            return 1
        data = await whole(inputs[0][1])
        start = block * _size(settings.get("skip", "0"))
        data = data[start : None if count is None else start + block * count]
    if "of" in settings:
        files, path = call.device.files, path_of(call, settings["of"])
        old = files.read(path, uid=call.uid) if "notrunc" in settings.get("conv", "") and files.exists(path) else b""
        offset = block * _size(settings.get("seek", "0"))
        files.write(path, old[:offset].ljust(offset, b"\0") + data + old[offset + len(data) :], uid=call.uid)
    else:
        await call.stdout.write(data)
    if settings.get("status") != "none":
        full, part = divmod(len(data), block)
        records = f"{full}+{int(part > 0)} records"
        size, speed = human(len(data)), human(len(data) * 1000)
        await call.error(f"{records} in\n{records} out\n{len(data)} bytes ({size}) copied, 0.001 s, {speed}/s")
    return 0


async def _df(call: Call) -> int:
    options = parse_options(call.args, "hkP", "")
    files = call.device.files
    used, total = files.used // 1024, files.limit // 1024
    show: Callable[[int], str] = (lambda k: human(k * 1024)) if "h" in options.flags else str
    percent = -(-100 * used // total)
    heading = "Size" if "h" in options.flags else "1K-blocks"
    await call.print(f"{'Filesystem':<16} {heading:>9} {'Used':>9} {'Available':>9} Use% Mounted on")
    mounts = ("/data", "/storage/emulated") if not options.rest else tuple(options.rest)
    for mount in mounts:
        device = "/dev/fuse" if mount.startswith(("/storage", "/sdcard")) else "/dev/block/dm-5"
        shown = "/storage/emulated" if device == "/dev/fuse" else "/data"
        await call.print(f"{device:<16} {show(total):>9} {show(used):>9} {show(total - used):>9} {percent:>3}% {shown}")
    return 0


async def _du(call: Call) -> int:
    options = parse_options(call.args, "shka", "d")
    for name in options.rest or ["."]:
        lines: list[tuple[int, str]] = []
        _usage(call, name, lines, everything="a" in options.flags)
        for size, path in lines[-1:] if "s" in options.flags else lines:
            await call.print(f"{human(size * 1024) if 'h' in options.flags else size}\t{path}")
    return 0


def _usage(call: Call, name: str, lines: list[tuple[int, str]], *, everything: bool) -> int:
    facts = call.device.files.stat(path_of(call, name), follow=False)
    size = -(-facts.size // 4096) * 4
    if facts.is_dir:
        for child in call.device.files.listdir(path_of(call, name), uid=call.uid):
            size += _usage(call, posixpath.join(name, child), lines, everything=everything)
    if facts.is_dir or everything:
        lines.append((size, name))
    return size


COMMANDS: dict[str, Command] = {
    "md5sum": _sum_command("md5"), "sha1sum": _sum_command("sha1"), "sha256sum": _sum_command("sha256"),
    "sha512sum": _sum_command("sha512"), "base64": _base64, "dd": _dd, "df": _df, "du": _du,
}  # fmt: skip
