"""md5sum, sha1sum, sha256sum, cksum, base64, df, du (toybox)."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from typing import TYPE_CHECKING

from device_farm.virtual.shell.input_files import open_inputs, path_of, whole
from device_farm.virtual.shell.toybox.ls import human
from device_farm.virtual.shell.toybox.toybox_options import UsageProblem, parse_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.shell.call import Call, Command


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


async def _df(call: Call) -> int:
    options = parse_options(call.args, "hkP", "")
    files = call.device.files
    total, used = files.capacity // 1024, files.occupied // 1024
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
    "sha512sum": _sum_command("sha512"), "base64": _base64, "df": _df, "du": _du,
}  # fmt: skip
