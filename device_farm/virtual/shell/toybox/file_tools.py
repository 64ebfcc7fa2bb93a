"""rm, mkdir, rmdir, touch, mv, cp, ln, chmod, chown, pwd, readlink, realpath, basename, dirname, mktemp (toybox)."""

import itertools
import posixpath
import re
from collections.abc import Callable

from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.input_files import path_of
from device_farm.virtual.shell.toybox.toybox_options import UsageProblem, parse_options

Act = Callable[[str], None]

_temporary = itertools.count(1)


async def _each(call: Call, names: list[str], act: Act, message: str = "{name}: {error}") -> int:
    """Do ``act`` to each path; a failure is told by ``message`` and the others go on."""
    status = 0
    for name in names:
        try:
            act(path_of(call, name))
        except OSError as error:
            await call.error(f"{call.name}: {message.format(name=name, error=error.strerror)}")
            status = 1
    return status


def _needs(names: list[str], count: int = 1) -> None:
    if len(names) < count:
        raise UsageProblem(f"Needs {count} argument{'s' if count > 1 else ''}")


def _remove_tree(call: Call, path: str) -> None:
    files = call.device.files
    if files.stat(path, follow=False).is_dir:
        for name in files.listdir(path, uid=call.uid):
            _remove_tree(call, f"{path.rstrip('/')}/{name}")
        files.rmdir(path, uid=call.uid)
    else:
        files.remove(path, uid=call.uid)


async def _rm(call: Call) -> int:
    options = parse_options(call.args, "frRiv")
    force = "f" in options.flags
    if not force:
        _needs(options.rest)
    names = [n for n in options.rest if not force or _there(call, n)]
    if options.flags & {"r", "R"}:
        return await _each(call, names, lambda path: _remove_tree(call, path))
    return await _each(call, names, lambda path: call.device.files.remove(path, uid=call.uid))


def _there(call: Call, name: str) -> bool:
    try:
        call.device.files.stat(path_of(call, name), follow=False)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


async def _mkdir(call: Call) -> int:
    options = parse_options(call.args, "pv", "m")
    _needs(options.rest)
    mode = _mode(options.value("m", "777"), 0o777)  # adbd runs with umask 0
    parents = "p" in options.flags
    return await _each(
        call, options.rest, lambda path: call.device.files.mkdir(path, mode=mode, parents=parents, uid=call.uid), "'{name}': {error}"
    )


async def _rmdir(call: Call) -> int:
    options = parse_options(call.args, "p")
    _needs(options.rest)
    return await _each(call, options.rest, lambda path: call.device.files.rmdir(path, uid=call.uid), "'{name}': {error}")


async def _touch(call: Call) -> int:
    options = parse_options(call.args, "acm", "dtr")
    _needs(options.rest)
    files = call.device.files
    when = files.now()
    if "r" in options.values:
        when = files.stat(path_of(call, options.value("r"))).mtime
    if (text := options.value("d")).startswith("@"):
        when = float(text[1:])

    def touch(path: str) -> None:
        if not files.exists(path):
            if "c" in options.flags:
                return
            files.write(path, b"", mode=0o666, uid=call.uid)
        files.utime(path, when, uid=call.uid)

    return await _each(call, options.rest, touch, "'{name}': {error}")


def _targets(call: Call, names: list[str]) -> list[tuple[str, str]]:
    """Pairs of source and target of mv, cp and ln; into the last argument where that is a directory."""
    _needs(names, 2)
    *sources, target = names
    into = call.device.files.is_dir(path_of(call, target))
    if len(sources) > 1 and not into:
        raise UsageProblem(f"'{target}' not directory")
    return [(source, f"{target.rstrip('/')}/{posixpath.basename(source.rstrip('/'))}" if into else target) for source in sources]


async def _mv(call: Call) -> int:
    options = parse_options(call.args, "fniv")
    status = 0
    for source, target in _targets(call, options.rest):
        if "n" in options.flags and call.device.files.exists(path_of(call, target)):
            continue
        try:
            call.device.files.rename(path_of(call, source), path_of(call, target), uid=call.uid)
        except OSError as error:
            await call.error(f"mv: bad '{source}': {error.strerror}")
            status = 1
    return status


def _copy(call: Call, source: str, target: str, flags: set[str]) -> None:
    files = call.device.files
    facts = files.stat(source, follow=not flags & {"P", "d", "a"})
    if facts.is_dir:
        if not files.is_dir(target):
            files.mkdir(target, mode=facts.mode & 0o7777, uid=call.uid)
        for name in files.listdir(source, uid=call.uid):
            _copy(call, f"{source.rstrip('/')}/{name}", f"{target.rstrip('/')}/{name}", flags)
        return
    if facts.is_link:
        files.symlink(files.readlink(source), target, uid=call.uid)
        return
    mtime = facts.mtime if flags & {"p", "a"} else None
    files.write(target, files.read(source, uid=call.uid), mode=facts.mode & 0o7777, mtime=mtime, uid=call.uid)


async def _cp(call: Call) -> int:
    options = parse_options(call.args, "rRpfaPdLHivn")
    status = 0
    recursive = bool(options.flags & {"r", "R", "a"})
    for source, target in _targets(call, options.rest):
        path = path_of(call, source)
        if not recursive and call.device.files.is_dir(path):
            await call.error(f"cp: Skipped dir '{source}'")
            status = 1
            continue
        try:
            _copy(call, path, path_of(call, target), options.flags)
        except OSError as error:
            await call.error(f"cp: bad '{source}': {error.strerror}")
            status = 1
    return status


async def _ln(call: Call) -> int:
    options = parse_options(call.args, "sfnv")
    names = options.rest if len(options.rest) > 1 else [*options.rest, "."]
    status = 0
    for source, target in _targets(call, names):
        path = path_of(call, target)
        try:
            if "f" in options.flags and _there(call, target):
                call.device.files.remove(path, uid=call.uid)
            if "s" in options.flags:
                call.device.files.symlink(source, path, uid=call.uid)
            else:  # shared storage has no hard links, and a copy is what a reader sees of one
                _copy(call, path_of(call, source), path, set())
        except OSError as error:
            kind = "symbolic link" if "s" in options.flags else "link"
            await call.error(f"ln: cannot create {kind} from '{source}' to '{target}': {error.strerror}")
            status = 1
    return status


def _mode(text: str, before: int) -> int:
    """Apply a mode such as ``755``, ``u+x`` or ``a=rX`` to ``before``."""
    if re.fullmatch(r"[0-7]{1,5}", text):
        return int(text, 8)
    mode = before
    for piece in text.split(","):
        match = re.fullmatch(r"([ugoa]*)([-+=])([rwxXst]*)", piece)
        if match is None:
            raise UsageProblem(f"bad mode '{text}'")
        who = match[1].replace("a", "ugo") or "ugo"
        bits = sum({"r": 4, "w": 2, "x": 1, "X": 1}.get(letter, 0) for letter in set(match[3]))
        mask = sum(bits << shift for letter, shift in (("u", 6), ("g", 3), ("o", 0)) if letter in who)
        clear = sum(7 << shift for letter, shift in (("u", 6), ("g", 3), ("o", 0)) if letter in who)
        mode = {"+": mode | mask, "-": mode & ~mask, "=": mode & ~clear | mask}[match[2]]
    return mode


async def _chmod(call: Call) -> int:
    args = call.args
    recursive = bool(args) and args[0] in {"-R", "-f"}
    args = args[1:] if recursive else args
    _needs(args, 2)
    files = call.device.files

    def change(path: str) -> None:
        files.chmod(path, _mode(args[0], files.stat(path).mode & 0o7777), uid=call.uid)
        if recursive and files.is_dir(path):
            for name in files.listdir(path, uid=call.uid):
                change(f"{path}/{name}")

    return await _each(call, args[1:], change, f"chmod '{{name}}' to {args[0]}: {{error}}")


async def _chown(call: Call) -> int:
    options = parse_options(call.args, "Rhf")
    _needs(options.rest, 2)
    for name in options.rest[1:]:
        await call.error(f"{call.name}: '{name}' to '{options.rest[0]}': Operation not permitted")
    return 1


async def _pwd(call: Call) -> int:
    await call.print(call.device.files.realpath(call.cwd) if "-P" in call.args else call.cwd)
    return 0


async def _readlink(call: Call) -> int:
    options = parse_options(call.args, "fenmq")
    _needs(options.rest)
    status = 0
    for name in options.rest:
        path = path_of(call, name)
        try:
            follow = options.flags & {"f", "e", "m"}
            await call.print(call.device.files.realpath(path) if follow else call.device.files.readlink(path))
        except OSError:
            status = 1
    return status


async def _realpath(call: Call) -> int:
    options = parse_options(call.args, "q")
    _needs(options.rest)
    status = 0
    for name in options.rest:
        path = path_of(call, name)
        if call.device.files.exists(path):
            await call.print(call.device.files.realpath(path))
        else:
            await call.error(f"realpath: {name}: No such file or directory")
            status = 1
    return status


async def _basename(call: Call) -> int:
    _needs(call.args)
    name = posixpath.basename(call.args[0].rstrip("/")) or "/"
    suffix = call.args[1] if len(call.args) > 1 else ""
    await call.print(name.removesuffix(suffix) if name != suffix else name)
    return 0


async def _dirname(call: Call) -> int:
    _needs(call.args)
    for name in call.args:
        await call.print(posixpath.dirname(name.rstrip("/")) or ("/" if name.startswith("/") else "."))
    return 0


async def _mktemp(call: Call) -> int:
    options = parse_options(call.args, "dqu", "p")
    template = options.rest[0] if options.rest else "tmp.XXXXXXXXXX"
    folder = options.value("p", call.env.get("TMPDIR", "/data/local/tmp"))
    name = re.sub(r"X{3,}$", lambda m: f"{next(_temporary):x}".rjust(len(m[0]), "a"), template)
    path = name if "/" in name else f"{folder}/{name}"
    if "d" in options.flags:
        call.device.files.mkdir(path_of(call, path), mode=0o700, uid=call.uid)
    else:
        call.device.files.write(path_of(call, path), b"", mode=0o600, uid=call.uid)
    await call.print(path)
    return 0


COMMANDS: dict[str, Command] = {
    "rm": _rm, "unlink": _rm, "mkdir": _mkdir, "rmdir": _rmdir, "touch": _touch, "mv": _mv, "cp": _cp, "ln": _ln,
    "chmod": _chmod, "chown": _chown, "chgrp": _chown, "pwd": _pwd, "readlink": _readlink, "realpath": _realpath,
    "basename": _basename, "dirname": _dirname, "mktemp": _mktemp,
}  # fmt: skip
