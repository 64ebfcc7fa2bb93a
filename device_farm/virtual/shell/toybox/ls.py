"""ls and stat (toybox)."""

import posixpath
import re
import stat

from device_farm.virtual.kernel.file_nodes import Stat
from device_farm.virtual.shell.call import Call, Command, local
from device_farm.virtual.shell.input_files import path_of
from device_farm.virtual.shell.toybox.toybox_options import UsageProblem, parse_options

# system/core/libcutils/include/private/android_filesystem_config.h
NAMES = {
    0: "root", 1000: "system", 1001: "radio", 1002: "bluetooth", 1003: "graphics", 1013: "media", 1015: "sdcard_rw",
    1023: "media_rw", 1027: "nfc", 1036: "logd", 1068: "secure_element", 1069: "lmkd", 1073: "network_stack", 2000: "shell",
    1077: "external_storage", 1078: "ext_data_rw", 1079: "ext_obb_rw", 9997: "everybody",
}  # fmt: skip
_BLOCK = 512


def owner(uid: int) -> str:
    """Name of a user id: u0_a123 for apps of the first user."""
    return NAMES.get(uid) or (f"u{uid // 100000}_a{uid % 100000 - 10000}" if uid % 100000 >= 10000 else str(uid))


async def _ls(call: Call) -> int:
    options = parse_options(call.args, "1aAldhtSrRFnisZpgo", "", ("color=", "color"))
    names = options.rest or ["."]
    status = 0
    plain: list[tuple[str, Stat]] = []
    folders: list[str] = []
    for name in names:
        try:
            follow = "l" not in options.flags
            facts = call.device.files.stat(path_of(call, name), follow=follow or name.endswith("/"))
            if facts.is_link and not follow and call.device.files.is_dir(path_of(call, name)) and name.endswith("/"):
                facts = call.device.files.stat(path_of(call, name))
        except OSError as error:
            await call.error(f"ls: {name}: {error.strerror}")
            status = 1
            continue
        if facts.is_dir and "d" not in options.flags:
            folders.append(name)
        else:
            plain.append((name, facts))
    await _print(call, plain, options.flags, "")
    for name in folders:
        titled = len(folders) + len(plain) > 1 or "R" in options.flags
        status |= await _folder(call, name, options.flags, titled=titled, first=not plain and name == folders[0])
    return status


async def _folder(call: Call, name: str, flags: set[str], *, titled: bool, first: bool) -> int:
    path = path_of(call, name)
    try:
        children = call.device.files.listdir(path, uid=call.uid)
    except OSError as error:
        await call.error(f"ls: {name}: {error.strerror}")
        return 1
    if "a" in flags:
        children = [".", "..", *children]
    elif "A" not in flags:
        children = [child for child in children if not child.startswith(".")]
    entries = [(child, call.device.files.stat(f"{path}/{child}", follow=False)) for child in children]
    if titled:
        await call.print(f"{'' if first else chr(10)}{name}:")
    if "l" in flags or "s" in flags:
        await call.print(f"total {sum(_blocks(facts) for _, facts in entries) // 2}")
    await _print(call, entries, flags, path)
    status = 0
    if "R" in flags:
        for child, facts in entries:
            if facts.is_dir and child not in {".", ".."}:
                status |= await _folder(call, f"{name.rstrip('/')}/{child}", flags, titled=True, first=False)
    return status


def _blocks(facts: Stat) -> int:
    return -(-facts.size // 4096) * 8 if not facts.is_link else 0


async def _print(call: Call, entries: list[tuple[str, Stat]], flags: set[str], folder: str) -> None:
    if "t" in flags:
        entries = sorted(entries, key=lambda entry: -entry[1].mtime)
    elif "S" in flags:
        entries = sorted(entries, key=lambda entry: -entry[1].size)
    if "r" in flags:
        entries = entries[::-1]
    if not entries:
        return
    if flags & {"l", "n", "g", "o"}:
        text = "\n".join(_long(call, entries, flags, folder))
    else:
        numbered = "i" in flags
        text = "\n".join(f"{f.ino} {name}" if numbered else _marked(name, f, flags) for name, f in entries)
    await call.print(text)


def _marked(name: str, facts: Stat, flags: set[str]) -> str:
    if not flags & {"F", "p"}:
        return name
    if facts.is_dir:
        return name + "/"
    return name + ("@" if facts.is_link else "*" if facts.mode & 0o111 else "") if "F" in flags else name


def _long(call: Call, entries: list[tuple[str, Stat]], flags: set[str], folder: str) -> list[str]:
    """Lines of ``ls -l``: columns as wide as their longest entry (toybox ls.c)."""
    rows = []
    for name, facts in entries:
        user, group = (str(facts.uid), str(facts.gid)) if "n" in flags else (owner(facts.uid), owner(facts.gid))
        size = human(facts.size) if "h" in flags else str(facts.size)
        when = f"{local(call.device, facts.mtime):%Y-%m-%d %H:%M}"
        target = ""
        if facts.is_link:
            path = f"{folder}/{name}" if folder else path_of(call, name)
            target = f" -> {call.device.files.readlink(path)}"
        shown = _marked(name, facts, flags) + target
        rows.append((stat.filemode(facts.mode), str(facts.nlink), user, group, size, when, shown))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return [
        f"{mode} {links:>{widths[1]}} {user:<{widths[2]}} {group:<{widths[3]}} {size:>{widths[4]}} {when} {name}"
        for mode, links, user, group, size, when, name in rows
    ]


def human(size: int) -> str:
    """Size in the short form of toybox -h, such as ``1.5M``."""
    if size < 1000:
        return str(size)
    value, unit = float(size), 0
    while value >= 999.5 and unit < 6:
        value /= 1024
        unit += 1
    text = f"{value:.1f}" if value < 9.95 else f"{value:.0f}"
    return text + " KMGTPE"[unit]


async def _stat(call: Call) -> int:
    options = parse_options(call.args, "ftL", "c")
    if not options.rest:
        raise UsageProblem("Needs 1 argument")
    status = 0
    for name in options.rest:
        path = path_of(call, name)
        try:
            facts = call.device.files.stat(path, follow="L" in options.flags)
        except OSError as error:
            await call.error(f"stat: '{name}': {error.strerror}")
            status = 1
            continue
        values = _stat_values(call, name, path, facts)
        shape = options.value("c") or _STAT_TEXT
        await call.print(_fill(shape, values))
    return status


def _fill(shape: str, values: dict[str, str]) -> str:
    return re.sub(r"%(.)", lambda match: values.get(match[1], match[0]), shape)


_STAT_TEXT = (
    "  File: %N\n  Size: %s\t Blocks: %b\t IO Blocks: 512\t%F\nDevice: fd02h/64770d\t Inode: %i\t Links: %h\n"
    "Access: (%a/%A)\tUid: (%u/%U)\tGid: (%g/%G)\nAccess: %x\nModify: %y\nChange: %z"
)


def _stat_values(call: Call, name: str, path: str, facts: Stat) -> dict[str, str]:
    when = f"{local(call.device, facts.mtime):%Y-%m-%d %H:%M:%S.%f}000 {local(call.device, facts.mtime):%z}"
    kinds = {stat.S_IFDIR: "directory", stat.S_IFLNK: "symbolic link", stat.S_IFCHR: "character special file"}
    kind = kinds.get(stat.S_IFMT(facts.mode), "regular file" if facts.size else "regular empty file")
    shown = f"`{name}' -> `{call.device.files.readlink(path)}'" if facts.is_link else f"`{name}'"
    seconds = str(int(facts.mtime))
    return {
        "n": name, "N": shown, "s": str(facts.size), "a": f"{facts.mode & 0o7777:o}", "A": stat.filemode(facts.mode),
        "u": str(facts.uid), "U": owner(facts.uid), "g": str(facts.gid), "G": owner(facts.gid), "F": kind,
        "h": str(facts.nlink), "i": str(facts.ino), "b": str(_blocks(facts)), "B": str(_BLOCK), "f": f"{facts.mode:x}",
        "X": seconds, "Y": seconds, "Z": seconds, "x": when, "y": when, "z": when, "%": "%",
        "d": "64770", "D": "fd02", "m": posixpath.sep,
    }  # fmt: skip


COMMANDS: dict[str, Command] = {"ls": _ls, "stat": _stat}
