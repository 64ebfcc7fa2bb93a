"""The streams of a run in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events.base import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from harness.events.observations import AppCovered

STREAMS = {
    Source.EVENTS: ("系统事件日志", "the events log"),
    Source.MAIN: ("主日志", "the main log"),
    Source.SYSTEM: ("系统日志", "the system log"),
    Source.CRASH: ("崩溃日志", "the crash log"),
    Source.SECURITY: ("安全日志", "the security log"),
    Source.TREE: ("视图树", "the view tree"),
    Source.PIXELS: ("画面", "the pictures of the screen"),
    Source.DUMP: ("系统状态信息", "the dumps of the system"),
    Source.SESSION: ("检测过程", "the steps of the check"),
}


def covered_words(windows: Sequence[AppCovered]) -> tuple[str, str]:
    """What is said of windows of others that lay over the app, in Chinese and English."""
    names = list(dict.fromkeys(window.package for window in windows))
    return (
        f"其他应用或系统的窗口（{'、'.join(names)}）曾遮挡应用，期间发生的事没有看到",
        f"a window of the system or of another app ({', '.join(names)}) lay over the app, and what happened then was not seen",
    )


def incomplete(sources: Iterable[str]) -> tuple[str, str]:
    """Say in Chinese and English which streams have a hole."""
    names = [STREAMS[Source(source)] for source in sources]
    zh, en = "、".join(name for name, _ in names), ", ".join(name for _, name in names)
    return f"{zh}的记录不完整", f"the record of {en} is incomplete"
