"""find and xargs (toybox)."""

from collections.abc import Awaitable, Callable

from device_farm.virtual.kernel.file_nodes import Stat
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.input_files import path_of, whole
from device_farm.virtual.shell.language.execute import execute_words
from device_farm.virtual.shell.language.expansion import translate
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, number, parse_options

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
        elif word == "-delete":
            checks.append(_delete(call))
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


def _delete(call: Call) -> Check:
    async def check(path: str, facts: Stat) -> bool:
        remove = call.device.files.rmdir if facts.is_dir else call.device.files.remove
        remove(path_of(call, path), uid=call.uid)
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
    """Visit ``start`` and what is below it; a directory after its content only where it may be deleted."""
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
    deleting = "-delete" in call.args
    for path, facts, level in reversed(seen) if deleting else seen:
        if level < depth[0]:
            continue
        for check in checks:
            if not await check(path, facts):
                break


async def _xargs(call: Call) -> int:
    options = parse_options(_options_before_command(call.args), "0rt", "nI")
    words = call.args[len(_options_before_command(call.args)) :] or ["echo"]
    text = (await whole(call.stdin)).decode("utf-8", "surrogateescape")
    holder = options.value("I")
    items = text.split("\0") if "0" in options.flags else text.split("\n") if holder else text.split()
    items = [item for item in items if item]
    if holder:
        commands = [[word.replace(holder, item) for word in words] for item in items]
    else:
        size = max(1, options.number("n", len(items) or 1))
        commands = [[*words, *items[i : i + size]] for i in range(0, len(items), size)]
        if not items and "r" not in options.flags:
            commands = [words]
    status = 0
    for command in commands:
        code = await execute_words(call, command)
        status = 123 if code and code < 126 else code or status
    return status


def _options_before_command(args: list[str]) -> list[str]:
    taken = 0
    while taken < len(args) and args[taken].startswith("-"):
        taken += 2 if args[taken] in {"-n", "-I"} else 1
    return args[:taken]


COMMANDS: dict[str, Command] = {"find": _find, "xargs": _xargs}
