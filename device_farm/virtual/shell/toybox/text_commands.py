"""cat, head, tail, wc, cut, sort, uniq, tr, tee (toybox)."""

import re

from device_farm.virtual.shell.call import Call, Command, Input
from device_farm.virtual.shell.input_files import line_batches, open_inputs, path_of, whole
from device_farm.virtual.shell.toybox.basics import unescape
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, number, parse_options

_CLASSES = {
    "[:upper:]": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "[:lower:]": "abcdefghijklmnopqrstuvwxyz", "[:digit:]": "0123456789",
    "[:space:]": " \t\n\v\f\r", "[:blank:]": " \t",
}  # fmt: skip


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


async def _tail(call: Call) -> int:
    options = parse_options(_count_first(call.args), "q", "nc")
    inputs, failed = await open_inputs(call, options.rest)
    text = options.value("c") or options.value("n", "10")
    count = abs(number(text.lstrip("+")))
    for name, source in inputs:
        if len(inputs) > 1 and "q" not in options.flags:
            await call.print(f"==> {name} <==")
        data = await whole(source)
        pieces = data.splitlines(keepends=True)
        size = len(data) if "c" in options.values else len(pieces)
        start = max(0, count - 1 if text.startswith("+") else size - count)
        await call.stdout.write(data[start:] if "c" in options.values else b"".join(pieces[start:]))
    return int(failed)


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


async def _sort(call: Call) -> int:
    options = parse_options(call.args, "nrufb", "kt")
    inputs, failed = await open_inputs(call, options.rest)
    lines = [line for _, source in inputs for line in (await whole(source)).splitlines()]
    column = options.value("k").partition(",")[0]
    if column and not column.isdigit():
        raise NotModelled
    separator = options.value("t").encode() or None

    def key(line: bytes) -> tuple[float, bytes]:
        field = b" ".join(line.split(separator)[int(column) - 1 :]) if column else line
        field = field.lower() if "f" in options.flags else field
        match = re.match(rb"\s*(-?\d*\.?\d+)", field)
        return (float(match[1]) if match and "n" in options.flags else 0.0, b"" if "n" in options.flags else field)

    lines = sorted(sorted(lines), key=key, reverse="r" in options.flags)
    if "u" in options.flags:
        lines = [line for i, line in enumerate(lines) if i == 0 or key(line) != key(lines[i - 1])]
    await call.stdout.write(b"".join(line + b"\n" for line in lines))
    return int(failed)


async def _uniq(call: Call) -> int:
    options = parse_options(call.args, "cdui")
    inputs, failed = await open_inputs(call, options.rest[:1])
    for _, source in inputs:
        groups: list[tuple[bytes, int]] = []
        for line in (await whole(source)).splitlines():
            fold = bytes.lower if "i" in options.flags else bytes
            if groups and fold(line) == fold(groups[-1][0]):
                groups[-1] = (groups[-1][0], groups[-1][1] + 1)
            else:
                groups.append((line, 1))
        for line, count in groups:
            if ("d" in options.flags and count == 1) or ("u" in options.flags and count > 1):
                continue
            await call.stdout.write((b"%7d " % count if "c" in options.flags else b"") + line + b"\n")
    return int(failed)


def _characters(text: str) -> str:
    for name, members in _CLASSES.items():
        text = text.replace(name, members)
    text = unescape(text)[0]
    return re.sub(r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), text, flags=re.DOTALL)


async def _tr(call: Call) -> int:
    options = parse_options(call.args, "dscC")
    if not options.rest:
        raise UsageProblem("Needs 1 argument")
    old = _characters(options.rest[0])
    new = _characters(options.rest[1]) if len(options.rest) > 1 else ""
    complement = bool(options.flags & {"c", "C"})
    squeezed = new or old
    last = ""
    while data := await call.stdin.read():
        result = []
        for character in data.decode("utf-8", "surrogateescape"):
            hit = (character in old) != complement
            if hit and "d" in options.flags:
                continue
            if hit and new:
                character = new[-1] if complement else new[min(old.index(character), len(new) - 1)]
            if "s" in options.flags and character == last and character in squeezed:
                continue
            result.append(character)
            last = character
        await call.print("".join(result), end="")
    return 0


async def _tee(call: Call) -> int:
    options = parse_options(call.args, "ai")
    writers = [call.device.files.open(path_of(call, name), append="a" in options.flags, uid=call.uid) for name in options.rest]
    while data := await call.stdin.read():
        await call.stdout.write(data)
        for writer in writers:
            writer.write(data)
    return 0


COMMANDS: dict[str, Command] = {
    "cat": _cat, "head": _head, "tail": _tail, "wc": _wc, "cut": _cut, "sort": _sort, "uniq": _uniq, "tr": _tr,
    "tee": _tee,
}  # fmt: skip
