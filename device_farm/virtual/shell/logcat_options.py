"""The command line of ``logcat`` (system/logging logcat/logcat.cpp Logcat::Run of Android 13)."""

import getopt
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.kernel.device_clock import zone
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.logcat_layout import BUFFERS, Filter, Layout

_DEFAULT = {"main", "system", "crash", "kernel"}
_SEPARATORS = re.compile(r"[,:; \t\n\r\f]+")
_TIME = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2}) +(\d{1,2}):(\d{1,2}):(\d{1,2})\.(\d{1,9})")
_SECONDS = re.compile(r"(\d+)\.(\d{1,9})")
_SIZE = re.compile(r"(\d+)([KMG]?)B?", re.IGNORECASE)

# long options as getopt takes them, and the short ones that some are
_LONG = {
    "binary": "-B", "buffer=": "-b", "buffer-size": "-g", "clear": "-c", "debug": "", "dividers": "-D", "file=": "-f",
    "format=": "-v", "grep=": "-e", "head=": "-m", "help": "", "id=": "", "last": "", "max-count=": "-m", "pid=": "",
    "print": "", "prune": "", "regex=": "-e", "rotate-count=": "", "rotate-kbytes=": "", "statistics": "-S",
    "tail=": "-t", "uid=": "", "wrap": "",
}  # fmt: skip
_SHORT_OF_LONG = {f"--{long.removesuffix('=')}": short for long, short in _LONG.items() if short}


class Refused(Exception):
    """The message of logcat on standard error before it exits with 1."""


@dataclass(slots=True)
class Options:
    """The options of the command line; ``action`` is clear, sizes, resize, statistics or none."""

    layout: Layout
    filter: Filter = field(default_factory=Filter)
    buffers: set[str] = field(default_factory=set)
    action: str = ""
    size: int = 0
    dump: bool = False
    binary: bool = False
    file: str = ""  # -f: where the lines go instead of standard output
    dividers: bool = False
    print_all: bool = False
    tail_count: int = 0
    tail_time: float | None = None
    pid: int | None = None
    uids: set[int] = field(default_factory=set)
    pattern: re.Pattern[str] | None = None
    limit: int = 0
    warnings: list[str] = field(default_factory=list)
    unsupported: bool = False


def parse(call: Call) -> Options:
    """The options of a command line; raises Refused with what logcat says of a wrong one."""
    device = call.device
    fields = {tag.name: tag.fields for tag in device.rom.event_tags()}
    options = Options(Layout(zone(device), event_fields=fields))
    try:
        given, specs = getopt.gnu_getopt(_joined_options(call.args), "cdDhLt:T:G:gsQf:r:n:v:b:BSpP:m:e:", list(_LONG))
    except getopt.GetoptError as error:
        option = f"-{error.opt}" if len(error.opt) == 1 else f"--{error.opt}"
        if "requires argument" in error.msg:
            raise Refused(f"Option '{option}' needs an argument.") from None
        raise Refused(f"Unknown option '{option}'.") from None
    tail = ""
    for name, value in given:
        option = _SHORT_OF_LONG.get(name, name)
        tail = option if option in ("-t", "-T") else tail
        _take_option(device, options, option, value)
    if options.limit and tail == "-t":
        _refuse("Cannot use -m (--max-count) and -t together.")
    if options.print_all and (options.pattern is None or not options.limit):
        options.warnings.append("WARNING: --print ignored, to be used in combination with")
        options.warnings.append("         --regex <expr> and --max-count <N>")
        options.print_all = False
    options.buffers = options.buffers or set(_DEFAULT)
    for spec in specs or [call.env.get("ANDROID_LOG_TAGS", "")]:
        if not options.filter.take(spec):
            where = f"'{spec}'" if specs else "in ANDROID_LOG_TAGS"
            _refuse(f"Invalid filter expression {where}.")
    return options


def _joined_options(args: list[str]) -> list[str]:
    """Long options with an optional argument in the short form that getopt knows."""
    joined = []
    for arg in args:
        name, equals, value = arg.partition("=")
        if equals and name == "--buffer-size":
            joined += ["-G", value]
        elif name != "--wrap":
            joined.append(arg)
    return joined


def _take_option(device: VirtualDevice, options: Options, option: str, value: str) -> None:
    match option:
        case "-b":
            options.buffers |= _buffers(value)
        case "-v":
            for word in filter(None, _SEPARATORS.split(value)):
                if not options.layout.take(word):
                    _refuse(f"Invalid parameter '{word}' to -v.")
        case "-d":
            options.dump = True
        case "-t" | "-T":
            options.dump = options.dump or option == "-t"
            _take_tail(device, options, option, value)
        case "-c" | "-g" | "-S":
            options.action = {"-c": "clear", "-g": "sizes", "-S": "statistics"}[option]
        case "-G":
            options.action, options.size = "resize", _size(value)
        case "-s":
            options.filter.take("*:s")
        case "-B":
            options.binary = True
        case "-f":
            options.file = value
        case "-D":
            options.dividers = True
        case "--print":
            options.print_all = True
        case "--pid":
            options.pid = int(value) if value.isdecimal() and int(value) > 0 else _refuse(f"pid {value} out of range.")
        case "--uid":
            options.uids |= {_uid(word) for word in filter(None, _SEPARATORS.split(value))}
        case "-e":
            options.pattern = _pattern(value)
        case "-m":
            if not value.isdecimal() or int(value) < 1:
                _refuse(f"-m '{value}' isn't an integer greater than zero.")
            options.limit = int(value)
        case _:
            options.unsupported = True


def _take_tail(device: VirtualDevice, options: Options, option: str, value: str) -> None:
    if value.isdecimal():
        if int(value) < 1:
            options.warnings.append(f"WARNING: {option} {value} invalid, setting to 1")
        options.tail_count = max(1, int(value))
        return
    parsed = _parse_time(device, value)
    if parsed is None:
        _refuse(f"{option} '{value}' not in time format.")
    options.tail_time, rest = parsed
    if rest:
        options.warnings.append(f"WARNING: {option} '{value[: -len(rest)]}' '{rest}' time truncated")


def _parse_time(device: VirtualDevice, text: str) -> tuple[float, str] | None:
    """Wall seconds and what follows the time; the year that is not given is the last in which it is not to come."""
    if found := _TIME.match(text):
        year, month, day, hour, minute, second, fraction = found.groups()
        local = zone(device)
        this_year = datetime.fromtimestamp(device.clock.wall, local).year
        try:
            date = (int(year or this_year), int(month), int(day))
            moment = datetime(*date, int(hour), int(minute), int(second), tzinfo=local)
            if not year and moment.timestamp() > device.clock.wall:
                moment = moment.replace(year=this_year - 1)
            return moment.timestamp() + float(f"0.{fraction}"), text[found.end() :]
        except ValueError:
            return None
    if found := _SECONDS.match(text):
        return float(found[0]), text[found.end() :]
    return None


def _buffers(names: str) -> set[str]:
    chosen: set[str] = set()
    for name in filter(None, _SEPARATORS.split(names)):
        if name == "all":
            chosen |= set(BUFFERS)
        elif name == "default":
            chosen |= {"main", "system", "crash"}
        elif name in BUFFERS:
            chosen.add(name)
        else:
            _refuse(f"Unknown buffer '{name}' listed for -b.")
    return chosen


def _size(text: str) -> int:
    found = _SIZE.fullmatch(text)
    if found is None or int(found[1]) < 1:
        _refuse("-G must be specified as <num><multiplier>.")
    return int(found[1]) * {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}[found[2].upper()]


def _uid(text: str) -> int:
    return int(text) if text.isdecimal() else _refuse(f"Unable to parse UID '{text}'")


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error:
        _refuse(f"'{text}' is not a regular expression.")


def _refuse(message: str) -> NoReturn:
    raise Refused(message)
