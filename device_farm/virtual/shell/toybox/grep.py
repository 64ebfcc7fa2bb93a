"""grep and sed (toybox): the options and commands that scripts around adb use."""

import re
from collections.abc import Callable

from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.input_files import line_batches, open_inputs, path_of
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, Options, UsageProblem, parse_options

Change = Callable[[bytes, int], bytes | None]
Edit = tuple[Change, bool]

_MAX_EXPRESSION = 2000
_POSIX = (
    ("[:space:]", r"\s"), ("[:digit:]", "0-9"), ("[:alpha:]", "A-Za-z"), ("[:alnum:]", "A-Za-z0-9"),
    ("[:upper:]", "A-Z"), ("[:lower:]", "a-z"),
)  # fmt: skip


def expression(text: str, *, extended: bool) -> str:
    r"""Turn a POSIX expression into Python's: classes, and for a basic one swapped meaning of ``\(`` and ``(``."""
    if len(text) > _MAX_EXPRESSION:
        raise UsageProblem("bad REGEX: too long")
    for name, members in _POSIX:
        text = text.replace(name, members)
    if extended:
        return text
    return re.sub(r"(\[\^?\]?[^\]]*\])|\\([(){}|+?])|([(){}|+?])|^(\*)", lambda m: m[1] or m[2] or ("\\" + (m[3] or m[4])), text)


def _compile(text: str, flags: int = 0) -> re.Pattern[bytes]:
    try:
        return re.compile(text.encode("utf-8", "surrogateescape"), flags)
    except re.error as error:
        raise UsageProblem(f"bad REGEX '{text}': {error.msg}") from None


def _grep_pattern(call: Call, options: Options) -> re.Pattern[bytes]:
    given = options.values.get("e", [])
    if not given:
        if not options.rest:
            raise UsageProblem("no REGEX")
        given = [options.rest.pop(0)]
    alternatives = [line for text in given for line in text.split("\n")]
    extended = "E" in options.flags or call.name == "egrep"
    fixed = "F" in options.flags or call.name == "fgrep"
    parts = [re.escape(text) if fixed else expression(text, extended=extended) for text in alternatives]
    whole = "|".join(f"(?:{part})" for part in parts)
    if "w" in options.flags:
        whole = rf"(?<!\w)(?:{whole})(?!\w)"
    if "x" in options.flags:
        whole = rf"^(?:{whole})$"
    return _compile(whole, re.IGNORECASE if "i" in options.flags else 0)


async def _grep(call: Call) -> int:
    options = parse_options(call.args, "EFivcqnlLohHwxras", "emABC", ("line-buffered", "color=", "colour="))
    pattern = _grep_pattern(call, options)
    names = _tree(call, options.rest) if "r" in options.flags else options.rest
    inputs, failed = await open_inputs(call, names)
    named = ("H" in options.flags or len(inputs) > 1 or "r" in options.flags) and "h" not in options.flags
    found = False
    for name, source in inputs:
        label = f"{'(standard input)' if name == '-' else name}:".encode() if named else b""
        search = _Search(call, options, pattern, label)
        async for lines in line_batches(source):
            if await search.feed(lines):
                break
        await search.finish(name)
        found = found or search.count > 0
    return 2 if failed and not found else int(not found)


def _tree(call: Call, names: list[str]) -> list[str]:
    """Files below directories, for ``grep -r``."""
    found: list[str] = []
    todo = (names or ["."])[::-1]
    while todo:
        name = todo.pop()
        if call.device.files.is_dir(path_of(call, name)):
            children = call.device.files.listdir(path_of(call, name), uid=call.uid)
            todo.extend(f"{name.rstrip('/')}/{child}" for child in reversed(children))
        else:
            found.append(name)
    return found


class _Search:
    """A search through one input, with context lines."""

    def __init__(self, call: Call, options: Options, pattern: re.Pattern[bytes], label: bytes) -> None:
        self._call, self._options, self._pattern, self._label = call, options, pattern, label
        around = options.number("C", 0)
        self._after, self._before = options.number("A", around), options.number("B", around)
        self._limit = options.number("m", -1)
        self._silent = bool(options.flags & set("qclL"))
        self._recent: list[tuple[int, bytes]] = []
        self._trailing = self._number = self._printed = 0
        self.count = 0

    async def feed(self, lines: list[bytes]) -> bool:
        """Search lines; True if nothing more needs to be read."""
        output: list[bytes] = []
        done = False
        for line in lines:
            self._number += 1
            if bool(self._pattern.search(line)) != ("v" in self._options.flags):
                self.count += 1
                done = bool(self._options.flags & set("qlL")) or self.count == self._limit
                self._matched(line, output)
                if done:
                    break
            elif self._trailing > 0:
                self._trailing -= 1
                output.append(self._shown(line, self._number, b"-"))
            elif self._before:
                self._recent = [*self._recent, (self._number, line)][-self._before :]
        if output and not self._silent:
            await self._call.stdout.write(b"".join(output))
        return done

    async def finish(self, name: str) -> None:
        if "q" in self._options.flags:
            return
        if "c" in self._options.flags:
            await self._call.stdout.write(self._label + b"%d\n" % self.count)
        elif ("l" in self._options.flags and self.count) or ("L" in self._options.flags and not self.count):
            await self._call.print(name)

    def _matched(self, line: bytes, output: list[bytes]) -> None:
        first = self._recent[0][0] if self._recent else self._number
        if (self._before or self._after) and self._printed and first > self._printed + 1:
            output.append(b"--\n")
        output.extend(self._shown(text, number, b"-") for number, text in self._recent)
        self._recent = []
        self._trailing = self._after
        if "o" in self._options.flags:
            output.extend(self._shown(m[0], self._number, b":") for m in self._pattern.finditer(line) if m[0])
        else:
            output.append(self._shown(line, self._number, b":"))

    def _shown(self, line: bytes, number: int, separator: bytes) -> bytes:
        self._printed = number
        numbered = b"%d%s" % (number, separator) if "n" in self._options.flags else b""
        return self._label + numbered + line + b"\n"


_SUBSTITUTION = re.compile(r"s([^\\\n])((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gIip]*)", re.DOTALL)
_LINES = re.compile(r"(\d+)?(?:,(\d+|\$))?([pd])|\$([pd])|/((?:\\.|[^/])*)/([pd])")


async def _sed(call: Call) -> int:
    options = parse_options(call.args, "nErs", "e")
    scripts = options.values.get("e", []) or [options.rest.pop(0) if options.rest else ""]
    extended = bool(options.flags & {"E", "r"})
    commands = [command.strip() for script in scripts for command in _split(script) if command.strip()]
    edits = [_edit(command, extended=extended) for command in commands]
    inputs, failed = await open_inputs(call, options.rest)
    number = 0
    for _, source in inputs:
        async for lines in line_batches(source):
            output = []
            for line in lines:
                number += 1
                output.append(_apply(edits, line, number, quiet="n" in options.flags))
            await call.stdout.write(b"".join(output))
    return int(failed)


def _split(script: str) -> list[str]:
    """Split a script at newlines and semicolons that are outside of an ``s`` command."""
    parts, rest = [], script.strip()
    while rest:
        match = _SUBSTITUTION.match(rest)
        end = match.end() if match else next((i for i, c in enumerate(rest) if c in ";\n"), len(rest))
        parts.append(rest[:end])
        rest = rest[end:].lstrip("; \n\t")
    return parts


def _edit(command: str, *, extended: bool) -> Edit:
    """Make one command: from line and number to the new line (None: deleted), and whether it prints that too."""
    if match := _SUBSTITUTION.fullmatch(command):
        delimiter, old, new, flags = match.groups()
        pattern = _compile(
            expression(old.replace("\\" + delimiter, delimiter), extended=extended), re.IGNORECASE if "i" in flags.lower() else 0
        )
        template = new.replace("\\" + delimiter, delimiter).replace("\\n", "\n")
        template = re.sub(r"(?<!\\)&", r"\\g<0>", template).replace("\\&", "&").encode("utf-8", "surrogateescape")
        count = 0 if "g" in flags else 1
        return (lambda line, _: pattern.sub(template, line, count=count)), "p" in flags
    match = _LINES.fullmatch(command)
    if match is None or match[4]:
        raise NotModelled
    kind = match[3] or match[6]
    if match[5] is not None:
        wanted = _compile(expression(match[5], extended=extended))
        return _keep_or_delete(lambda line, _: bool(wanted.search(line)), kind)
    first = int(match[1] or 1)
    last = first if match[1] and not match[2] else (1 << 60 if match[2] in {None, "$"} else int(match[2]))
    return _keep_or_delete(lambda _, number: first <= number <= last, kind)


def _keep_or_delete(selected: Callable[[bytes, int], bool], kind: str) -> Edit:
    if kind == "d":
        return (lambda line, number: None if selected(line, number) else line), False
    return (lambda line, number: line + b"\n" + line if selected(line, number) else line), False


def _apply(edits: list[Edit], line: bytes, number: int, *, quiet: bool) -> bytes:
    """Text that one line becomes; with ``quiet`` (-n) only what a ``p`` prints."""
    printed = b""
    for edit, prints in edits:
        changed = edit(line, number)
        if changed is None:
            return printed
        if changed == line + b"\n" + line:  # the command p
            printed += line + b"\n"
            continue
        if prints and changed != line:
            printed += changed + b"\n"
        line = changed
    return printed + (b"" if quiet else line + b"\n")


COMMANDS: dict[str, Command] = {"grep": _grep, "egrep": _grep, "fgrep": _grep, "sed": _sed}
