"""md5sum, sha1sum, sha256sum, cksum, base64, df, du (toybox)."""

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable

from device_farm.virtual.shell.call import Call, Command, Input
from device_farm.virtual.shell.input_files import open_inputs, path_of, whole
from device_farm.virtual.shell.toybox.ls import human
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, parse_options


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


COMMANDS: dict[str, Command] = {
    "md5sum": _sum_command("md5"),
    "sha1sum": _sum_command("sha1"),
    "sha256sum": _sum_command("sha256"),
    "sha512sum": _sum_command("sha512"),
    "base64": _base64,
    "df": _df,
    "du": _du,
    "dd": _dd,
}
