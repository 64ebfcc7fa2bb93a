"""find and xargs (toybox)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.input_files import path_of
from device_farm.virtual.shell.language.execute import execute_words
from device_farm.virtual.shell.language.patterns import translate
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, number

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from device_farm.virtual.kernel.file_nodes import Stat
    from device_farm.virtual.shell.call import Call, Command

    Check = Callable[[str, Stat], Awaitable[bool]]


async def _find(call: Call) -> int:
    starts = []
    args = list(call.args)
    while args and not args[0].startswith(("-", "!", "(")):
        starts.append(args.pop(0))
    depth, checks = _checks(call, args[::-1])
    status = 0
    for start in starts or ["."]:
        try:
            await _walk(call, start, depth, checks)
        except OSError as error:
            await call.error(f"find: '{start}': {error.strerror}")
            status = 1
    return status


def _checks(call: Call, todo: list[str]) -> tuple[tuple[int, int], list[Check]]:
    """Parse tests and actions; every one of them must hold, in order. Returns the depth bounds and the tests."""
    least, most = 0, 1 << 20
    checks: list[Check] = []
    acts = False
    while todo:
        word = todo.pop()
        wanted = True
        if word in {"!", "-not"}:
            wanted, word = False, todo.pop() if todo else ""
        if word in {"-print", "-print0"}:
            checks.append(_print(call, "\n" if word == "-print" else "\0"))
            acts = True
        elif word == "-exec":
            checks.append(_run(call, todo))
            acts = True
        elif not todo:
            raise NotModelled if word else UsageProblem("missing argument")
        elif word == "-maxdepth":
            most = number(todo.pop())
        elif word == "-mindepth":
            least = number(todo.pop())
        else:
            checks.append(_test(word, todo.pop(), wanted=wanted))
    return (least, most), checks if acts else [*checks, _print(call, "\n")]


def _test(word: str, value: str, *, wanted: bool) -> Check:
    fold = word in {"-iname", "-ipath"}
    if word in {"-name", "-iname", "-path", "-ipath"}:
        pattern = translate([(value.lower() if fold else value, False)])
        whole_path = word.endswith("path")

        def holds(path: str, facts: Stat) -> bool:
            text = path if whole_path else path.rstrip("/").rpartition("/")[2]
            return bool(pattern.fullmatch(text.lower() if fold else text))

    elif word == "-type" and value in {"f", "d", "l"}:

        def holds(path: str, facts: Stat) -> bool:
            return {"d": facts.is_dir, "l": facts.is_link, "f": not facts.is_dir and not facts.is_link}[value]

    elif word == "-size":
        unit = {"c": 1, "k": 1024, "M": 1 << 20}.get(value[-1], 512)
        size = number(value.lstrip("+-").rstrip("ckM"))

        def holds(path: str, facts: Stat) -> bool:
            blocks = -(-facts.size // unit)
            return {"+": blocks > size, "-": blocks < size}.get(value[:1], blocks == size)

    else:
        raise NotModelled

    async def check(path: str, facts: Stat) -> bool:
        return holds(path, facts) == wanted

    return check


def _print(call: Call, end: str) -> Check:
    async def check(path: str, facts: Stat) -> bool:
        await call.print(path, end=end)
        return True

    return check


def _run(call: Call, todo: list[str]) -> Check:
    words = []
    while todo and todo[-1] not in {";", "+"}:
        words.append(todo.pop())
    if not todo or not words:
        raise UsageProblem("-exec needs ;")
    todo.pop()

    async def check(path: str, facts: Stat) -> bool:
        return await execute_words(call, [word.replace("{}", path) for word in words]) == 0

    return check


async def _walk(call: Call, start: str, depth: tuple[int, int], checks: list[Check]) -> None:
    """Visit ``start`` and what is below it."""
    facts = call.device.files.stat(path_of(call, start), follow=False)
    todo = [(start, facts, 0)]
    seen: list[tuple[str, Stat, int]] = []
    while todo:
        path, facts, level = todo.pop()
        seen.append((path, facts, level))
        if facts.is_dir and level < depth[1]:
            for name in reversed(call.device.files.listdir(path_of(call, path), uid=call.uid)):
                child = f"{path.rstrip('/')}/{name}"
                todo.append((child, call.device.files.stat(path_of(call, child), follow=False), level + 1))
    for path, facts, level in seen:
        if level < depth[0]:
            continue
        for check in checks:
            if not await check(path, facts):
                break


COMMANDS: dict[str, Command] = {
    "find": _find,
}
