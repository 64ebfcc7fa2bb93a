"""What the phone's own log says of adb commands, for the record of an examination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.events import AdbCommandLogged, CommandSent, ForeignCommand, ProcessStarted
from harness.report.phone_state_record import Row
from harness.report.wording.terms import quoted
from harness.starts.adb_witness import Told, compared, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events.timeline import Timeline
    from harness.report.run_clock import RunClock

MOST_FOREIGN = 50
MOST_STARTS = 20
_LOG = ("手机记录的 adb 命令", "adb commands in the phone's log")
_STATES = {
    "read": (
        "手机记录 adb 命令，已读取其安全日志并与本次操作比对",
        "the phone logs adb commands; they were read and compared with ours",
    ),
    "unreadable": (
        "手机记录 adb 命令，但 adb shell 无权读取安全日志：无法比对",
        "the phone logs adb commands, but adb shell may not read its security log: they cannot be compared",
    ),
    "none": (
        "这部手机没有可读的 adb 命令记录（未见安全日志开启）：没有手机自身的旁证",
        "no log of adb commands on this phone (security logging is not seen to be on): it is no witness of its own",
    ),
    "": ("这次运行没有查询", "this run did not ask"),
}
_INTRUSION_LOG = 36  # Android 16


def witness_rows(run: dict[str, Any], timeline: Timeline, package: str, clock: RunClock) -> Iterator[Row]:
    """Whether the phone logs them, how many are ours, and each that is not."""
    yield Row(_LOG, _STATES.get(str(run.get("adb_log", "")), _STATES[""]))
    sdk = str(run.get("device", {}).get("sdk", ""))
    if sdk.isdecimal() and int(sdk) >= _INTRUSION_LOG:
        yield Row(
            ("Android 16 的入侵日志", "the intrusion log of Android 16"),
            ("adb shell 无法读取（仅限系统签名的应用）", "adb shell cannot read it (only an app with the system's signature can)"),
        )
    logged, sent = timeline.of(AdbCommandLogged), timeline.of(CommandSent)
    if not logged and not sent:
        return
    ours, foreign, missing = (len(each) for each in compared(sent, logged))
    yield Row(
        ("比对结果", "compared"),
        (
            f"手机记录 {len(logged)} 行，其中本次检测发出的 {ours} 行，他人发出的 {foreign} 行；检测发出而手机未记录的 {missing} 条",
            f"the phone logged {len(logged)} lines: {ours} of ours, {foreign} of somebody else; {missing} commands of ours it did not log",
        ),
    )
    yield from _starts(timeline, package)
    found = timeline.of(ForeignCommand)
    for each in found[:MOST_FOREIGN]:
        zh, en = quoted(each.command)
        place = f"{each.ref.path}:{each.ref.line}" if each.ref else ""
        yield Row(
            ("他人的 adb 命令", "an adb command of somebody else"), (f"{clock.wall(each.at)} {zh}", f"{clock.wall(each.at)} {en}"), place
        )
    if len(found) > MOST_FOREIGN:
        more = len(found) - MOST_FOREIGN
        yield Row(("他人的 adb 命令", "adb commands of somebody else"), (f"另有 {more} 条", f"{more} more"))


_TOLD = {
    Told.OURS: ("手机的记录证明是本次检测的命令启动的", "proved ours by the phone's log"),
    Told.NOT_OURS: ("手机的记录证明不是 adb 命令启动的", "proved not caused by an adb command, by the phone's log"),
    Told.FOREIGN: ("他人的 adb 命令之后", "after an adb command of somebody else"),
    Told.UNTOLD: ("手机的记录不足以判断", "the phone's log does not tell"),
}


def _starts(timeline: Timeline, package: str) -> Iterator[Row]:
    """What the phone's log says of each start of the app."""
    found: dict[Told, list[ProcessStarted]] = {}
    once: set[tuple[int, int, str]] = set()
    for start in timeline.of(ProcessStarted):
        key = start.at.boot, start.pid, start.process  # two buffers tell of each
        if start.package == package and key not in once:
            once.add(key)
            found.setdefault(told(timeline, start.at, package), []).append(start)
    for answer, starts in sorted(found.items(), key=lambda item: list(Told).index(item[0])):
        zh, en = _TOLD[answer]
        places = " ".join(dict.fromkeys(f"{start.ref.path}:{start.ref.line}" for start in starts[:MOST_STARTS] if start.ref))
        yield Row(("应用的启动", "starts of the app"), (f"{len(starts)} 次：{zh}", f"{len(starts)}: {en}"), places)
