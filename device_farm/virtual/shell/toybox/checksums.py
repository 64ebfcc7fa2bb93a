"""md5sum, sha1sum, sha256sum, cksum, base64, df, du (toybox)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from device_farm.virtual.shell.input_files import open_inputs
from device_farm.virtual.shell.toybox.ls import human
from device_farm.virtual.shell.toybox.toybox_options import parse_options

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


COMMANDS: dict[str, Command] = {
    "md5sum": _sum_command("md5"), "sha1sum": _sum_command("sha1"), "sha256sum": _sum_command("sha256"),
    "sha512sum": _sum_command("sha512"), "df": _df,
}  # fmt: skip
