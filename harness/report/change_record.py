"""What was changed on the phone by command, and how each came back: who undid it wrote that into the journal too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.events import AppStopped, ClockShifted, CommandRun, DeliveryRemoved
from harness.events.action_kinds import ERASES
from harness.recording.journal import JOURNAL
from harness.report.action_log import spans
from harness.report.wording.action_wording import STOPS
from harness.report.wording.terms import quoted, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.events.timeline import Timeline
    from harness.report.run_clock import RunClock
    from harness.report.wording.terms import Words

_SUBJECTS: tuple[tuple[str, Words, str], ...] = (
    (r"settings (?:put|delete) (\S+ \S+)", ("系统设置", "setting"), r"settings (?:put|delete) "),
    (r"dumpsys (battery) ", ("充电状态（模拟）", "charging (simulated)"), r"dumpsys battery reset"),
    (r"svc (wifi) ", ("无线网络", "Wi-Fi"), r"svc wifi enable"),
    (r"svc (data) ", ("移动网络", "mobile network"), r"svc data enable"),
    (r"cmd alarm (set-timezone) ", ("时区", "time zone"), r"cmd alarm set-timezone "),
    (r"cmd alarm (set-time) ", ("系统时间", "wall clock"), r"cmd alarm set-time "),
    (r"dumpsys (deviceidle) ", ("深度休眠", "deep idle"), r"dumpsys deviceidle unforce"),
    (r"(?:screencap -p|rm -f(?: --)?) (\S+)", ("测试文件", "test file"), r"rm -f"),
    (r"am (?:un)?(track-associations)", ("启动关联的记录", "tracking of who starts whom"), r"am untrack-associations"),
    (r"cmd connectivity (airplane-mode) ", ("飞行模式", "airplane mode"), r"cmd connectivity airplane-mode disable"),
)
"""What a command is about (the group tells which one), and the command that puts it back."""
_PASSING = re.compile(
    r"(?:input |wm dismiss-keyguard|am (?:broadcast|start|kill|force-stop)|content call|cmd statusbar|service call|monkey )"
)
"""Commands that leave nothing to put back."""
_TAKES_AWAY = re.compile(r"(?:content delete|pm (?:uninstall|install-abandon))")


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that was changed: its first command, and the one that put it back. ``state`` says how it stands."""

    name: Words
    command: str
    wall: str
    back: str
    back_wall: str
    count: int
    lines: str
    state: Words
    restored: bool


def changes(timeline: Timeline, clock: RunClock) -> Iterator[Changed]:
    """Every command that changes something, those about one thing together, in order of the first."""
    about: dict[tuple[str, str], list[CommandRun]] = {}
    for event in timeline.of(CommandRun):
        about.setdefault(_subject(event.command), []).append(event)
    for (pattern, which), commands in about.items():
        known = next((entry for entry in _SUBJECTS if entry[0] == pattern), None)
        yield _changed(known, which, commands, clock)


def _subject(command: str) -> tuple[str, str]:
    for pattern, _, _ in _SUBJECTS:
        if found := re.match(pattern, command):
            return pattern, found[1]
    return "", re.sub(r"\d+", "0", command)


def _changed(known: tuple[str, Words, str] | None, which: str, commands: Sequence[CommandRun], clock: RunClock) -> Changed:
    first, last = commands[0], commands[-1]
    name = known[1] if known is not None else ("命令", "command")
    if known is not None and "\\S" in known[0]:
        name = f"{name[0]} {which}", f"{name[1]} {which}"
    back = last if known is not None and len(commands) > 1 and re.match(known[2], last.command) else None
    if back is not None and back.code not in (0, None):
        state, restored = (f"还原命令失败（退出码 {back.code}）", f"the command that puts it back failed (exit status {back.code})"), False
    elif back is not None:
        state, restored = ("已还原", "put back"), True
    elif known is not None and re.match(known[2], first.command):
        state, restored = ("只有还原命令有记录", "only the command that puts it back is on record"), True
    elif known is None and _PASSING.match(first.command):
        state, restored = ("不留下状态，无需还原", "it leaves nothing to put back"), True
    elif known is None and _TAKES_AWAY.match(first.command):
        state, restored = ("清理检测带来的内容", "it takes away what the check had brought"), True
    else:
        state, restored = ("未见还原命令", "no command that puts it back is on record"), False
    lines = spans(event.ref.line for event in commands if event.ref is not None and event.ref.path == JOURNAL)
    when = clock.wall(back.at) if back is not None else ""
    return Changed(name, first.command, clock.wall(first.at), back.command if back else "", when, len(commands), lines, state, restored)


def not_put_back(timeline: Timeline, changed: Sequence[Changed]) -> Iterator[Words]:
    """What could not be put back, or cannot be by its nature."""
    for each in changed:
        if not each.restored:
            (zh, en), (state_zh, state_en) = each.name, each.state
            command_zh, command_en = quoted(each.command)
            yield f"{zh}：{command_zh}，{state_zh}（日志行 {each.lines}）", f"{en}: {command_en}, {state_en} (lines {each.lines})"
    shifts = timeline.of(ClockShifted)
    if shifts and shifts[-1].seconds:
        yield "系统时间移动后未见移回", "the wall clock was moved and no move back is on record"
    erased = [stop for stop in timeline.of(AppStopped) if stop.how in ERASES]
    if erased:
        ways = "、".join(dict.fromkeys(term(STOPS, stop.how)[0] for stop in erased))
        ways_en = ", ".join(dict.fromkeys(term(STOPS, stop.how)[1] for stop in erased))
        yield (
            f"应用的数据被检测清除 {len(erased)} 次（{ways}），无法恢复",
            f"the app's data was erased {len(erased)} times ({ways_en}): it cannot be brought back",
        )
    for removed in timeline.of(DeliveryRemoved):
        if removed.problem:
            (zh, en), (why_zh, why_en) = quoted(removed.name or removed.key), quoted(removed.problem)
            yield f"未能清理{zh}：{removed.problem_zh or why_zh}", f"{en} could not be taken away: {why_en}"
