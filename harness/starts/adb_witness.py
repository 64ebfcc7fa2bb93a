"""The phone's own log of adb commands beside ours: which were ours, which somebody else's, and what that proves.

The phone does not know who typed a command. So a line is ours where this computer sent the same words within seconds,
each sending explaining one line; what is left over was sent by somebody else. A start is proved ours by such a line of
ours, and proved not ours by a log that was alive around it and has none.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from harness.events import AdbCommandLogged, CommandSent, ForeignCommand, Instant, LogGap, Source, StreamLost
from harness.events.timeline import Timeline
from harness.starts.tester_causes import CLOCK_SLACK, EXPLAINS_SECONDS

MATCH_SECONDS = 5.0
"""How far apart our sending and the phone's line may be [PROJECT]: a call over a busy Wi-Fi takes seconds."""
INTERACTIVE = "adb shell"
_KEPT = 200  # signs by which two commands are compared: logd cuts a long one
_ESCAPE = re.compile(r"\\x[0-9A-Fa-f]{2}|\\.")  # logcat -v printable (liblog/logprint.cpp, convertPrintable)
_SIGN = re.compile(r"[^A-Za-z0-9]")
_SPLIT = re.compile(r"&&|\|\||[;|&\n]")
_READS = re.compile(
    r"\s*(?:(?:toybox )?(?:logcat|getprop|cat|ls|ps|id|date|echo|df|du|top|pidof|grep"
    r"|stat|wc|head|tail|true|uptime|whoami|which|md5sum|sha256sum)\b"
    r"|dumpsys(?! battery (?:set|unplug|reset)| deviceidle [^w])\b"
    r"|(?:pm|cmd package) (?:list|path|dump|query|resolve)|settings (?:get|list)\b|content query\b"
    r"|am get-|code=\$\?|wm (?:size|density)\s*$|(?:cmd )?appops get\b|screencap(?: -p)?\s*$)"
)
_NOWHERE = re.compile(r"\d?>\s*(?:/dev/null|&\d)")
_STARTS = re.compile(r"\b(?:am (?:start|broadcast|instrument)|monkey |cmd activity start)")


class CommandOrigin(StrEnum):
    """The origin of a start by the phone's log of adb commands."""

    OURS = "ours"
    NOT_OURS = "not_ours"
    FOREIGN = "foreign"  # somebody else's command came before it
    UNTOLD = "untold"  # the phone logs none, or its log does not cover the moment


class Compared(NamedTuple):
    """Lines of the phone that are ours, those that are somebody else's, and sendings of ours that it did not log."""

    ours: tuple[AdbCommandLogged, ...]
    foreign: tuple[AdbCommandLogged, ...]
    missing: tuple[CommandSent, ...]


def compared(sent: Sequence[CommandSent], logged: Iterable[AdbCommandLogged]) -> Compared:
    """Match the phone's lines with what we sent, both in time order."""
    waiting: dict[str, deque[CommandSent]] = defaultdict(deque)
    for command in sent:
        for line in command.command.splitlines():
            waiting[_key(line)].append(command)
    ours: list[AdbCommandLogged] = []
    foreign: list[AdbCommandLogged] = []
    seen: set[int] = set()
    for logged_line in logged:
        if not sent or (logged_line.at < sent[0].at and sent[0].at.seconds_since(logged_line.at) > MATCH_SECONDS):
            continue  # before this run listened
        found = None if logged_line.interactive else _sent(waiting, logged_line)
        if found is not None:
            seen.add(id(found))
            ours.append(logged_line)
        elif logged_line.interactive or _key(logged_line.command):
            foreign.append(logged_line)
    missing = [one for one in sent if id(one) not in seen]
    for one in list(missing):
        other = next((each for each in foreign if _beside_a_reboot(one, each)), None)
        if other is not None:
            missing.remove(one)
            foreign.remove(other)
            ours.append(other)
    return Compared(tuple(sorted(ours, key=lambda each: each.at)), tuple(foreign), tuple(missing))


def _beside_a_reboot(sent: CommandSent, line: AdbCommandLogged) -> bool:
    """Whether the same words are dated by the one boot here and by the next there: what comes right with a reboot."""
    return abs(sent.at.boot - line.at.boot) == 1 and _key(line.command) in map(_key, sent.command.splitlines())


def _sent(waiting: dict[str, deque[CommandSent]], line: AdbCommandLogged) -> CommandSent | None:
    """The sending behind a line, which logcat printed with escapes or, where it has none, as it is."""
    return _taken(waiting[_key(_ESCAPE.sub("", line.command))], line.at) or _taken(waiting[_key(line.command)], line.at)


def _taken(waiting: deque[CommandSent], at: Instant) -> CommandSent | None:
    """The first sending that fits a line, which is used up; those that are too old for any later line go."""
    while waiting and at > waiting[0].at and at.seconds_since(waiting[0].at) > MATCH_SECONDS:
        waiting.popleft()
    if waiting and abs(at.seconds_since(waiting[0].at)) <= MATCH_SECONDS:
        return waiting.popleft()
    return None


def _key(command: str) -> str:
    """A command without what logcat escapes or cuts."""
    return _SIGN.sub("", command)[:_KEPT]


def foreign_commands(sent: Sequence[CommandSent], logged: Sequence[AdbCommandLogged]) -> list[ForeignCommand]:
    """The commands of somebody else, as facts of their own."""
    return [
        ForeignCommand(
            at=line.at,
            source=line.source,
            wall=line.wall,
            ref=line.ref,
            command=INTERACTIVE if line.interactive else line.command,
            acts=line.interactive or acts(line.command),
        )
        for line in compared(sent, logged).foreign
    ]


def acts(command: str) -> bool:
    """Whether a command may change what happens: one that is not known to read only does."""
    return any(not _READS.match(part) or ">" in part for part in _SPLIT.split(_NOWHERE.sub("", command)) if part.strip())


def disturbed(timeline: Timeline, at: Instant) -> ForeignCommand | None:
    """The last acting command of somebody else that may stand behind what happened at a moment.

    After an interactive shell was opened nobody knows what was typed, and when it ended: all that follows in that boot.
    """
    late = at.later(CLOCK_SLACK)
    found = [one for one in timeline.between(at.boot_start, late, ForeignCommand) if one.acts]
    near = [one for one in found if one.command == INTERACTIVE or at.seconds_since(one.at) <= EXPLAINS_SECONDS]
    return near[-1] if near else None


def told(timeline: Timeline, at: Instant, package: str) -> CommandOrigin:
    """Return what the phone's log says of a start of ``package`` at a moment."""
    if disturbed(timeline, at) is not None:
        return CommandOrigin.FOREIGN
    early, late = at.earlier(EXPLAINS_SECONDS), at.later(CLOCK_SLACK)
    lines = [line for line in timeline.between(early, late, AdbCommandLogged) if _STARTS.search(line.command)]
    if any(package in line.command for line in lines):
        return CommandOrigin.OURS
    return CommandOrigin.NOT_OURS if not lines and covers(timeline, early, at) else CommandOrigin.UNTOLD


def covers(timeline: Timeline, start: Instant, end: Instant) -> bool:
    """Whether the phone's log was alive from before a span to after it, and had every command of ours within."""
    if start.boot != end.boot:
        return False
    before = timeline.between(start.boot_start, start, AdbCommandLogged)
    after = timeline.between(end, end.boot_end, AdbCommandLogged)
    if not before or not after:
        return False
    since, until = before[-1].at, after[0].at
    if any(gap.source is Source.SECURITY for gap in timeline.between(since, until, LogGap)):
        return False
    if any(lost.stream is Source.SECURITY for lost in timeline.between(since, until, StreamLost)):
        return False
    sent = timeline.between(since, until, CommandSent)
    logged = timeline.between(since.earlier(MATCH_SECONDS), until.later(MATCH_SECONDS), AdbCommandLogged)
    return not compared(sent, logged).missing
