"""echo, printf, true, false, test, seq, sleep, yes (toybox; echo and test as mksh has them built in)."""

import asyncio
import re

from device_farm.virtual.shell.call import Call, Command, Input, Output, is_terminal
from device_farm.virtual.shell.input_files import path_of
from device_farm.virtual.shell.toybox.toybox_options import UsageProblem, parse_options

_ESCAPE = re.compile(r"\\(?:0([0-7]{1,3})|([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([abcefnrtv\\]))")
_ESCAPED = {
    "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\",
}  # fmt: skip
_DIRECTIVE = re.compile(r"%([-+ 0#]*)(\d*|\*)(?:\.(\d*))?([diouxXcsbqeEfgG%])")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "": 1}
_MAX_WIDTH = 4096


def unescape(text: str) -> tuple[str, bool]:
    r"""Apply backslash escapes; the flag says that ``\c`` (stop here) was met."""
    stop = re.search(r"(?<!\\)(?:\\\\)*\\c", text)
    if stop:
        text = text[: stop.end() - 2]

    def one(match: re.Match[str]) -> str:
        octal = match[1] or match[2]
        if octal:
            return _byte(int(octal, 8) & 0xFF)
        return _byte(int(match[3], 16)) if match[3] else _ESCAPED.get(match[4], "")

    return _ESCAPE.sub(one, text), bool(stop)


def _byte(value: int) -> str:
    return bytes([value]).decode("utf-8", "surrogateescape")


async def _echo(call: Call) -> int:
    """``-n`` no newline, ``-E`` no escapes; by default there are escapes (mksh funcs.c c_print)."""
    args, newline, escapes = call.args, True, True
    while args and re.fullmatch(r"-[neE]+", args[0]):
        newline = newline and "n" not in args[0]
        escapes = "E" not in args[0] and (escapes or "e" in args[0])
        args = args[1:]
    text = " ".join(args)
    if escapes:
        text, stopped = unescape(text)
        newline = newline and not stopped
    await call.print(text, end="\n" if newline else "")
    return 0


async def _printf(call: Call) -> int:
    if not call.args:
        raise UsageProblem("Needs 1 argument")
    format_, arguments = unescape(call.args[0].replace('\\"', '"'))[0], call.args[1:]
    output = ""
    while True:
        before = len(arguments)
        output += _DIRECTIVE.sub(lambda match: _directive(match, arguments), format_)
        if not arguments or len(arguments) == before:
            break
    await call.print(output, end="")
    return 0


def _directive(match: re.Match[str], arguments: list[str]) -> str:
    flags, width, precision, kind = match.groups()
    if kind == "%":
        return "%"
    if width == "*":
        width = str(_integer(arguments.pop(0))) if arguments else ""
    value = arguments.pop(0) if arguments else ""
    if int(width or 0) > _MAX_WIDTH or int(precision or 0) > _MAX_WIDTH:
        raise UsageProblem("bad width")
    shape = f"%{flags}{width}{'' if precision is None else '.' + precision}"
    if kind in "sbq":
        return (shape + "s") % (unescape(value)[0] if kind == "b" else value)
    if kind == "c":
        return (shape + "s") % value[:1]
    if kind in "eEfgG":
        try:
            return (shape + kind) % float(value or 0)
        except ValueError:
            raise UsageProblem(f"bad %f number '{value}'") from None
    return (shape + ("d" if kind in "diu" else kind)) % _integer(value)


def _integer(text: str) -> int:
    if text[:1] in {"'", '"'}:
        return ord(text[1:2] or "\0")
    try:
        return int(text[:40] or "0", 0) if not re.fullmatch(r"-?0\d+", text) else int(text[:40], 8)
    except ValueError:
        raise UsageProblem(f"bad number '{text}'") from None


async def _true(call: Call) -> int:
    return 0


async def _false(call: Call) -> int:
    return 1


async def _seq(call: Call) -> int:
    options = parse_options([re.sub(r"^(-[\d.])", r" \1", a) for a in call.args], values="s")
    try:
        numbers = [float(text) for text in options.rest]
    except ValueError as error:
        raise UsageProblem(f"not float: {str(error).partition(': ')[2]}") from None
    if not 1 <= len(numbers) <= 3:
        raise UsageProblem("Needs 1 argument" if not numbers else "Max 3 arguments")
    first = numbers[0] if len(numbers) > 1 else 1.0
    step = numbers[1] if len(numbers) == 3 else 1.0
    count = max(0, int((numbers[-1] - first) / step + 1e-9) + 1) if step else 0
    separator = options.value("s", "\n")
    for start in range(0, count, 1000):
        texts = [f"{first + step * n:g}" for n in range(start, min(count, start + 1000))]
        await call.print(separator.join(texts), end=separator if start + 1000 < count else "\n")
    return 0


async def _sleep(call: Call) -> int:
    """Sleep in device time: ``cmd apprights idle`` passes it at once."""
    seconds = 0.0
    for argument in call.args:
        match = re.fullmatch(r"(\d*\.?\d+|\d+\.)([smhd]?)", argument)
        if match is None:
            raise UsageProblem(f"not integer: {argument}")
        seconds += float(match[1]) * _UNITS[match[2]]
    await call.device.clock.elapse(seconds)
    return 0


async def _yes(call: Call) -> int:
    line = " ".join(call.args or ["y"]) + "\n"
    while True:
        await call.print(line * 1000, end="")
        await asyncio.sleep(0)


async def _test(call: Call) -> int:
    args = call.args
    if call.name == "[":
        if args[-1:] != ["]"]:
            await call.error("/system/bin/sh: [: missing ]")
            return 2
        args = args[:-1]
    try:
        return 0 if _any_of(call, args) else 1
    except UsageProblem as problem:
        await call.error(f"/system/bin/sh: {call.name}: {problem}")
        return 2


def _any_of(call: Call, args: list[str]) -> bool:
    for operator, combine in (("-o", any), ("-a", all)):
        if operator in args[1:-1] and len(args) > 3:
            at = args.index(operator, 1)
            return combine([_any_of(call, args[:at]), _any_of(call, args[at + 1 :])])
    return _condition(call, args)


def _condition(call: Call, args: list[str]) -> bool:
    if len(args) == 3 and args[1] in _BINARY:
        return compare(*args)
    if len(args) > 1 and args[0] == "!":
        return not _condition(call, args[1:])
    if len(args) == 3:
        return compare(*args)
    if len(args) == 2:
        return unary(call, *args)
    if len(args) > 3:
        raise UsageProblem(f"{args[1]}: unexpected operator/operand")
    return bool(args and args[0])


_BINARY = frozenset({"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"})


def compare(left: str, operator: str, right: str) -> bool:
    """Compare as ``test`` does; raises UsageProblem for what is no operator or no number."""
    texts = {"=": left == right, "==": left == right, "!=": left != right, "<": left < right, ">": left > right}
    if operator in texts:
        return texts[operator]
    a, b = _integer(left), _integer(right)
    numbers = {"-eq": a == b, "-ne": a != b, "-lt": a < b, "-le": a <= b, "-gt": a > b, "-ge": a >= b}
    if operator not in numbers:
        raise UsageProblem(f"{operator}: unexpected operator/operand")
    return numbers[operator]


def unary(call: Call, operator: str, value: str) -> bool:
    """Answer ``test -f FILE`` and the like."""
    if operator in {"-n", "-z"}:
        return bool(value) == (operator == "-n")
    if operator == "-t":
        streams: dict[str, Input | Output] = {"0": call.stdin, "1": call.stdout, "2": call.stderr}
        stream = streams.get(value)
        return stream is not None and is_terminal(stream)
    try:
        facts = call.device.files.stat(path_of(call, value), follow=operator not in {"-h", "-L"})
    except OSError:
        return False
    return {
        "-e": True, "-r": True, "-w": True, "-x": bool(facts.mode & 0o111), "-d": facts.is_dir, "-h": facts.is_link,
        "-L": facts.is_link, "-f": not facts.is_dir and not facts.is_link, "-s": facts.size > 0,
    }.get(operator, False)  # fmt: skip


COMMANDS: dict[str, Command] = {
    "echo": _echo, "printf": _printf, "true": _true, "false": _false, "seq": _seq, "sleep": _sleep, "yes": _yes,
    "test": _test, "[": _test,
}  # fmt: skip
