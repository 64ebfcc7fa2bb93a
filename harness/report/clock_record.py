"""The clocks of phone and computer at the head of a record: how far apart, how sure, and every move of the phone's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from harness.events import ClockChanged, ClockShifted
from harness.report.phone_state_record import Row
from harness.report.wording import words
from harness.report.wording.terms import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events.timeline import Timeline
    from harness.recording.clock_map import Probe
    from harness.report.run_clock import RunClock

MOST_MOVES = 20


def clock_rows(run: dict[str, Any], timeline: Timeline, clock: RunClock) -> Iterator[Row]:
    """The rows of the record; a run without a reading of the clocks says so."""
    device = run.get("device", {})
    yield Row(("手机时区", "the phone's zone"), _both(device.get("utc_offset")))
    yield Row(("检测开始（电脑时钟，UTC）", "begun, by the computer (UTC)"), _both(run.get("started")))
    if not clock.probes:
        yield Row(("时钟比对", "clocks compared"), ("没有读数：无法比对", "no reading: they cannot be compared"))
        return
    first, last = clock.probes[0], clock.probes[-1]
    yield Row(("手机时钟首次读数", "the phone's clock, first reading"), _both(clock.wall(clock.map.at_host(first.host))))
    yield Row(("手机时钟末次读数", "the phone's clock, last reading"), _both(clock.wall(clock.map.at_host(last.host))))
    yield Row(("手机与电脑时钟之差", "the phone's clock against the computer's"), _offset(run, first))
    worst = max(one.error + one.wall_error for one in clock.probes)
    count = len(clock.probes)
    yield Row(
        ("比对次数与误差", "readings, and how sure"),
        (f"{count} 次，每次误差不超过 {worst:.3f} 秒", f"{count}, each good to {worst:.3f} s"),
    )
    if skipped := sum(one.skipped for one in clock.probes):
        zh, en = span(skipped)
        yield Row(("虚拟设备跳过的时间", "time that the virtual device skipped"), (zh, en))
    moves = timeline.of(ClockChanged, ClockShifted)
    if not moves:
        yield Row(("手机时钟的变动", "moves of the phone's clock"), ("检测期间未见变动", "none was seen during the check"))
    for move in moves[:MOST_MOVES]:
        zh, en = words(move)
        place = f"{move.ref.path}:{move.ref.line}" if move.ref else ""
        yield Row(("手机时钟的变动", "a move of the phone's clock"), (f"{clock.wall(move.at)} {zh}", f"{clock.wall(move.at)} {en}"), place)
    if len(moves) > MOST_MOVES:
        more = len(moves) - MOST_MOVES
        yield Row(("手机时钟的变动", "moves of the phone's clock"), (f"另有 {more} 次，见日志", f"{more} more are in the journal"))
    yield Row(
        ("电脑时钟的依据", "what the computer's clock rests on"),
        (
            "未与标准时间源比对；如有可信时间戳，以时间戳为准",
            "no source of standard time; a time stamp goes before it",
        ),
    )


def _offset(run: dict[str, Any], first: Probe) -> tuple[str, str]:
    """By the two clocks of the computer that run.json names together; older runs have the second of their beginning."""
    try:
        together = run["computer"]
        true, sure = float(together["wall"]) + first.host - float(together["monotonic"]), first.error + first.wall_error
    except (KeyError, TypeError, ValueError):
        try:
            started = datetime.fromisoformat(str(run.get("started", ""))).astimezone(UTC).timestamp()
        except ValueError:
            return "无法计算：没有电脑时钟", "cannot be told: the computer's clock is not on record"
        ahead = first.wall - started
        return (
            f"首次读数比检测开始的记录晚 {ahead:+.0f} 秒（此旧记录未保存同一时刻的两个时钟，误差为数秒）",
            f"its first reading is {ahead:+.0f} s from the begin on record (an older run: good to some seconds)",
        )
    ahead = first.wall - true
    way_zh, way_en = ("快", "ahead") if ahead >= 0 else ("慢", "behind")
    return (
        f"检测开始时手机比电脑{way_zh} {abs(ahead):.3f} 秒（误差不超过 {sure:.3f} 秒）",
        f"at the beginning the phone was {abs(ahead):.3f} s {way_en} (good to {sure:.3f} s)",
    )


def _both(value: object) -> tuple[str, str]:
    text = str(value or "")
    return (text, text) if text else ("未记录", "not on record")
