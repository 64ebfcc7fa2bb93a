"""Lays out a line as logcat does, in liblog's formats, to the blank (system/logging liblog/logprint.cpp).

``Layout`` is the parsed ``-v`` options; ``Layout.render`` is android_log_formatLogLine, ``Filter`` the filterspecs.
"""

import re
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from device_farm.virtual.framework.records.logs import LogEntry

FORMATS = ("brief", "process", "tag", "thread", "raw", "time", "threadtime", "long")
_TIMED = (None, "threadtime", "time", "long")  # the formats with a time; None is threadtime
_ADVERBS = ("usec", "nsec", "printable", "year", "epoch", "monotonic", "uid", "descriptive")
_PRIORITIES = "??VDIWEFS"  # by ANDROID_LOG_* number
_VERBOSE = _PRIORITIES.index("V")
_COLOURS = {"D": 34, "I": 32, "W": 33, "E": 31, "F": 31}
_PREFIX_LIMIT = 127  # prefixBuf[128]
_ENTRY = struct.Struct("<HHiIIIII")  # length, header size, pid, tid, seconds, nanoseconds, log id, uid
_FRAMES_KEPT = 4096  # writers (uid, pid, tid, priority, tag) whose frames are remembered

# Only names of up to five letters are printed instead of the number (getpwuid; android_filesystem_config.h).
_USERS = {
    0: "root", 1001: "radio", 1010: "wifi", 1013: "media", 1016: "vpn", 1021: "gps", 1027: "nfc", 1036: "logd",
    1069: "lmkd", 2000: "shell",
}  # fmt: skip

_ESCAPES = {"\a": "\\a", "\b": "\\b", "\v": "\\v", "\f": "\\f", "\r": "\\r", "\\": "\\\\"}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\\\ud800-\udfff]")
_FIELD = re.compile(r"\(([^|)]*)\|(\w)(?:\|(\w))?\)")

# Log ids in liblog's order; stats and security are there and always empty for the shell.
BUFFERS = ("main", "radio", "events", "system", "crash", "stats", "security", "kernel")


def binary(entry: LogEntry) -> bytes:
    """A line as ``-B`` writes it: struct logger_entry (system/logging liblog/include/log/log_read.h), its payload."""
    payload = bytes([_PRIORITIES.index(entry.priority)])
    payload += b"".join(text.encode("utf-8", "replace") + b"\0" for text in (entry.tag, entry.message))
    seconds, nanoseconds = divmod(round(entry.wall * 1_000_000) * 1000, 1_000_000_000)
    lid = BUFFERS.index(entry.buffer)
    return _ENTRY.pack(len(payload), _ENTRY.size, entry.pid, entry.tid, seconds, nanoseconds, lid, entry.uid) + payload


@dataclass(slots=True)
class Layout:
    """The format verb and the adverbs of ``-v``; ``zone`` is the device's unless the user named another."""

    zone: tzinfo
    verb: str | None = None
    adverbs: set[str] = field(default_factory=set)
    colour: bool = False
    show_zone: bool = False
    event_fields: dict[str, str] = field(default_factory=dict)  # tag name -> fields, for descriptive
    _frames: dict[tuple[int, int, int, str, str], tuple[str, str, str]] = field(default_factory=dict, repr=False)

    def take(self, word: str) -> bool:
        """Apply one word of ``-v``; False for one that liblog does not know."""
        if word in FORMATS:
            self.verb = word
        elif word in _ADVERBS:
            self.adverbs.add(word)
        elif word in ("color", "colour"):
            self.colour = True
        elif word == "zone":
            self.show_zone = not self.show_zone
        else:
            return self._take_zone(word)
        return True

    def _take_zone(self, name: str) -> bool:
        """A public name of a time zone: times are in it from now on (experimental in liblog)."""
        try:
            self.zone = UTC if name == "UTC" else ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return False
        self.show_zone = not self.show_zone
        return True

    def render(self, entry: LogEntry) -> str:
        """The text of an entry, with its line ends; a message of several lines gets the header on each."""
        before, after, suffix = self._frame(entry)
        prefix = f"{before}{self._time(entry)}{after}" if self.verb in _TIMED else before
        if self.colour:
            prefix = f"\x1b[{_COLOURS.get(entry.priority, 39)}m{prefix}"
            suffix = f"\x1b[0m{suffix}"
        prefix = prefix[:_PREFIX_LIMIT]
        message = self._message(entry)
        if self.verb == "long" or "\n" not in message:
            return f"{prefix}{self._printed(message)}{suffix}"
        lines = message.removesuffix("\n").split("\n")
        return "".join(f"{prefix}{self._printed(line)}{suffix}" for line in lines)

    def _frame(self, entry: LogEntry) -> tuple[str, str, str]:
        """Return the text before the time of a line, after it, and after the message; the same writers write again."""
        writer = (entry.uid, entry.pid, entry.tid, entry.priority, entry.tag)
        frame = self._frames.get(writer)
        if frame is None:
            if len(self._frames) >= _FRAMES_KEPT:
                self._frames.clear()
            frame = self._frames[writer] = self._new_frame(entry)
        return frame

    def _new_frame(self, entry: LogEntry) -> tuple[str, str, str]:
        uid = ""
        if "uid" in self.adverbs:
            uid = f"{_USERS.get(entry.uid, str(entry.uid)):>5}:"
        letter, tag, pid, tid = entry.priority, f"{entry.tag:<8}", f"{entry.pid:5d}", f"{entry.tid:5d}"
        match self.verb:
            case "tag":
                return f"{letter}/{tag}: ", "", "\n"
            case "process":
                return f"{letter}({uid}{pid}) ", "", f"  ({entry.tag})\n"
            case "thread":
                return f"{letter}({uid}{pid}:{tid}) ", "", "\n"
            case "raw":
                return "", "", "\n"
            case "time":
                return "", f" {letter}/{tag}({uid}{pid}): ", "\n"
            case "long":
                return "[ ", f" {uid}{pid}:{tid} {letter}/{tag} ]\n", "\n\n"
            case "brief":
                return f"{letter}/{tag}({uid}{pid}): ", "", "\n"
            case _:
                return "", f" {uid.replace(':', ' ')}{pid} {tid} {letter} {tag}: ", "\n"

    def _time(self, entry: LogEntry) -> str:
        monotonic = "monotonic" in self.adverbs
        micros = round((entry.uptime if monotonic else entry.wall) * 1_000_000)
        seconds, rest = divmod(micros, 1_000_000)
        if monotonic:
            text = f"{seconds:6d}"
        elif "epoch" in self.adverbs:
            text = f"{seconds:19d}"
        else:
            shape = "%Y-%m-%d %H:%M:%S" if "year" in self.adverbs else "%m-%d %H:%M:%S"
            text = datetime.fromtimestamp(seconds, self.zone).strftime(shape)
        if "nsec" in self.adverbs:
            text += f".{rest * 1000:09d}"
        elif "usec" in self.adverbs:
            text += f".{rest:06d}"
        else:
            text += f".{rest // 1000:03d}"
        if self.show_zone and not monotonic and "epoch" not in self.adverbs:
            text += datetime.fromtimestamp(seconds, self.zone).strftime(" %z")
        return text

    def _message(self, entry: LogEntry) -> str:
        if "descriptive" in self.adverbs and entry.buffer == "events":
            return _described(entry.message, self.event_fields.get(entry.tag, ""))
        return entry.message

    def _printed(self, text: str) -> str:
        return _UNPRINTABLE.sub(_escaped, text) if "printable" in self.adverbs else text


def _escaped(found: re.Match[str]) -> str:
    """convertPrintable: a control character or an undecodable byte in hex; tabs stay."""
    character = found[0]
    return _ESCAPES.get(character) or f"\\x{ord(character) & 0xFF:02X}"


def _described(message: str, fields: str) -> str:
    """``[User=0,Token=12,...]``: the names and units of event-log-tags, where the values can be told apart."""
    described = _FIELD.findall(fields)
    inner = message[1:-1] if message.startswith("[") and message.endswith("]") else message
    values = inner.split(",") if len(described) > 1 else [inner]
    if len(values) != len(described):
        return message
    parts = []
    for (name, _, unit), value in zip(described, values, strict=True):
        label = name.strip()
        parts.append(f"{label}={_with_unit(value, unit)}" if label and value else value)
    text = ",".join(parts)
    return f"[{text}]" if inner is not message else text


def _with_unit(value: str, unit: str) -> str:
    if not value.lstrip("-").isdecimal():
        return value
    number = int(value)
    if unit == "2":
        for letter in "KMGT":
            if number == 0 or number % 1024:
                break
            number //= 1024
            value = f"{number}{letter}"
        return f"{value}B"
    if unit == "3":
        return f"{number / 1000:g}s" if abs(number) >= 1000 else f"{value}ms"
    return f"{value}%" if unit == "6" else value


class Filter:
    """Filterspecs ``TAG[:P]`` (android_log_addFilterRule): later ones win, ``*`` is for all other tags."""

    def __init__(self) -> None:
        """Let everything pass."""
        self._default = _VERBOSE
        self._tags: dict[str, int] = {}

    def take(self, specs: str) -> bool:
        """Add the specs of one argument, split by commas and blanks; False if one of them is malformed."""
        for spec in re.split(r"[ \t,]", specs):
            tag, colon, letter = spec.partition(":")
            if not spec:
                continue
            priority = _priority(letter[:1]) if colon else 0
            if not tag or priority is None:
                return False
            if tag == "*":
                self._default = priority or _PRIORITIES.index("D")
            else:
                self._tags[tag] = priority or _PRIORITIES.index("V")
        return True

    def passes(self, entry: LogEntry) -> bool:
        if not self._tags and self._default <= _VERBOSE:
            return True
        priority = _PRIORITIES.find(entry.priority)
        return priority >= self._tags.get(entry.tag, self._default)


def _priority(letter: str) -> int | None:
    """The number of a priority letter (filterCharToPri); 0 is the default of the tag, None unknown."""
    if letter == "*":
        return 0
    if letter.isdecimal():
        return min(int(letter), 7) if int(letter) < 8 else _PRIORITIES.index("V")
    found = _PRIORITIES.find(letter.upper(), 2) if letter else -1
    return None if found < 0 else found
