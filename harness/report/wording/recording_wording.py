"""What a reader must know of the recording itself, in words: segments, streams, gaps, the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.events.streams import STREAMS
from harness.language import both
from harness.report.wording.terms import because, one_line, quoted, span
from harness.starts.segment_names import segment_words

if TYPE_CHECKING:
    from harness.events import Event
    from harness.report.wording.terms import Words


def recording_words(event: Event) -> Words | None:
    """(zh, en) of a fact about the recording; None for any other fact."""
    return _segments(event) or _streams(event)


def _segments(event: Event) -> Words | None:
    match event:
        case ev.ScenarioStarted():
            zh, en = both(segment_words(event.segment))
            return f"检测段开始：{zh}", f"part of the check begins: {en}"
        case ev.ScenarioEnded():
            (zh, en), (why_zh, why_en) = both(segment_words(event.segment)), because(event.note, event.note_zh)
            return f"检测段结束：{zh}{why_zh}", f"part of the check ends: {en}{why_en}"
        case ev.Note():
            zh, en = quoted(event.text)
            zh = one_line(event.text_zh) or zh
            if event.problem:
                return f"检测中的问题：{zh}", f"problem of the check: {en}"
            return f"检测备注：{zh}", f"note of the check: {en}"
        case ev.Unfinished():
            return event.reason_zh, event.reason_en
        case ev.CommandSent():
            zh, en = quoted(event.command)
            return f"检测方经 adb 发出命令{zh}", f"tester sent the command {en} over adb"
        case ev.AdbCommandLogged(interactive=True):
            return "手机记录：有人打开了 adb 交互式命令行", "log of the phone: somebody opened a shell over adb"
        case ev.AdbCommandLogged():
            zh, en = quoted(event.command)
            return f"手机记录的 adb 命令{zh}", f"log of the phone: the adb command {en}"
        case ev.ForeignCommand():
            zh, en = quoted(event.command)
            zh = f"他人经 adb 操作了手机：{zh}（手机有记录，本次检测未发出）"
            return zh, f"somebody else used adb: {en} (logged by the phone, not sent by this check)"
        case ev.RunInterrupted(signal="SIGTERM"):
            return "检测程序被要求结束，检测中断", "the check was told to end before its end"
        case ev.RunInterrupted():
            return "检测者中断了检测", "the tester interrupted the check"
        case _:
            return None


def _streams(event: Event) -> Words | None:
    match event:
        case ev.StreamOpened():
            zh, en = STREAMS[event.stream]
            return f"开始记录{zh}", f"recording begins: {en}"
        case ev.StreamLost():
            (zh, en), (why_zh, why_en) = STREAMS[event.stream], because(event.reason, event.reason_zh)
            return f"{zh}的记录中断{why_zh}", f"recording broke off: {en}{why_en}"
        case ev.StreamClosed():
            zh, en = STREAMS[event.stream]
            return f"{zh}的记录按计划结束", f"recording ended as planned: {en}"
        case ev.LogGap():
            (zh, en), (why_zh, why_en) = STREAMS[event.source], because(event.reason, event.reason_zh)
            return f"{zh}缺失部分内容{why_zh}", f"part of it is missing: {en}{why_en}"
        case ev.CanarySeen():
            (zh, en), (mark_zh, mark_en) = STREAMS[event.source], quoted(event.canary)
            return f"{zh}中出现检测标记{mark_zh}，记录正常", f"our mark {mark_en} came through, the recording works: {en}"
        case ev.ClockChanged():
            if event.seconds is None:
                return "系统时间被改动", "the wall clock was moved"
            (zh, en), ahead = span(abs(event.seconds)), event.seconds >= 0
            if ahead:
                return f"系统时间前移了 {zh}", f"the wall clock was moved {en} ahead"
            return f"系统时间后移了 {zh}", f"the wall clock was moved {en} back"
        case ev.TagLogged():
            (zh, en), values = quoted(event.tag), [quoted(value, 60) for value in event.values.values()]
            told_zh, told_en = "、".join(value for value, _ in values) or "无", ", ".join(value for _, value in values) or "none"
            return f"系统事件{zh}，内容：{told_zh}", f"event {en} of the system, its values: {told_en}"
        case _:
            return None
