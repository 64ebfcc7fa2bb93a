"""cat, head, tail, wc, cut, sort, uniq, tr, tee (toybox)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from device_farm.virtual.shell.input_files import line_batches, open_inputs, whole
from device_farm.virtual.shell.toybox.toybox_options import UsageProblem, number, parse_options

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command, Input


async def _cat(call: Call) -> int:
    options = parse_options(call.args, "un")
    inputs, failed = await open_inputs(call, options.rest)
    line_number = 0
    for _, source in inputs:
        if "n" in options.flags:
            async for lines in line_batches(source):
                for line in lines:
                    line_number += 1
                    await call.stdout.write(b"%6d\t%s\n" % (line_number, line))
            continue
        while data := await source.read(1 << 20):
            await call.stdout.write(data)
    return int(failed)


def _count_first(args: list[str]) -> list[str]:
    """Turn ``-5`` into ``-n 5``."""
    return [f"-n{a[1:]}" if re.fullmatch(r"-\d+", a) else a for a in args]


async def _head(call: Call) -> int:
    options = parse_options(_count_first(call.args), "qv", "nc")
    count = options.number("n", 10)
    size = options.number("c", -1)
    inputs, failed = await open_inputs(call, options.rest)
    for number_, (name, source) in enumerate(inputs):
        if (len(inputs) > 1 and "q" not in options.flags) or "v" in options.flags:
            await call.print(f"{chr(10) if number_ else ''}==> {name} <==")
        if size >= 0:
            await _copy_bytes(call, source, size)
            continue
        left = count
        async for lines in line_batches(source):
            await call.stdout.write(b"".join(line + b"\n" for line in lines[: max(0, left)]))
            left -= len(lines)
            if left <= 0:
                break
    return int(failed)


async def _copy_bytes(call: Call, source: Input, size: int) -> None:
    """Pass on ``size`` bytes and read no more than them."""
    while size > 0 and (data := await source.read(min(size, 1 << 20))):
        await call.stdout.write(data)
        size -= len(data)


async def _wc(call: Call) -> int:
    options = parse_options(call.args, "lwcm")
    inputs, failed = await open_inputs(call, options.rest)
    wanted = [letter for letter in "lwcm" if letter in options.flags] or ["l", "w", "c"]
    totals = dict.fromkeys("lwcm", 0)
    for name, source in inputs:
        data = await whole(source)
        counts = {
            "l": data.count(b"\n"), "w": len(data.split()), "c": len(data), "m": len(data.decode("utf-8", "replace")),
        }  # fmt: skip
        await call.print(" ".join([*(str(counts[letter]) for letter in wanted), *([name] if name != "-" else [])]))
        totals = {letter: totals[letter] + counts[letter] for letter in totals}
    if len(inputs) > 1:
        await call.print(" ".join([*(str(totals[letter]) for letter in wanted), "total"]))
    return int(failed)


def _ranges(text: str) -> list[range]:
    """Parse a list such as ``1,3-5,7-``."""
    found = []
    for piece in text.split(","):
        first, dash, last = piece.partition("-")
        start = number(first) if first else 1
        end = (number(last) if last else 1 << 30) if dash else start
        if start < 1 or end < start:
            raise UsageProblem(f"bad range '{piece}'")
        found.append(range(start - 1, end))
    return found


async def _cut(call: Call) -> int:
    options = parse_options(call.args, "s", "dfcb")
    kind = next((letter for letter in "fcb" if letter in options.values), None)
    if kind is None:
        raise UsageProblem("needs -cFfd")
    ranges = _ranges(options.value(kind))
    delimiter = options.value("d", "\t").encode()
    inputs, failed = await open_inputs(call, options.rest)
    for _, source in inputs:
        async for lines in line_batches(source):
            kept = []
            for line in lines:
                if kind != "f":
                    kept.append(b"".join(line[r.start : r.stop] for r in ranges))
                elif delimiter in line:
                    fields = line.split(delimiter)
                    kept.append(delimiter.join(f for i, f in enumerate(fields) if any(i in r for r in ranges)))
                elif "s" not in options.flags:
                    kept.append(line)
            await call.stdout.write(b"".join(line + b"\n" for line in kept))
    return int(failed)


COMMANDS: dict[str, Command] = {
    "cat": _cat, "head": _head, "wc": _wc, "cut": _cut,
}  # fmt: skip
