"""The terms that sentences are made of, in Chinese and English: what a word in a log or a step means to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events import DialogKind, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Words = tuple[str, str]
"""(zh, en)."""
TEXT_LENGTH = 200
"""Characters of a text of the app that a sentence quotes; the raw line stands below it."""
MOST_NAMES = 5
NOTHING = ("", "")

EXIT_REASONS = {
    1: ("应用自行退出", "it exited by itself"),
    2: ("被信号终止", "ended by a signal"),
    3: ("内存不足", "low memory"),
    4: ("崩溃", "crash"),
    5: ("本地代码崩溃", "crash in native code"),
    6: ("无响应", "not responding"),
    7: ("初始化失败", "it could not be initialised"),
    8: ("权限变更", "a permission was changed"),
    9: ("占用资源过多", "it used too many resources"),
    10: ("用户请求", "the user asked for it"),
    11: ("用户被停止", "its Android user was stopped"),
    12: ("依赖的进程消失", "a process it depends on was gone"),
    13: ("其他原因", "another reason"),
    14: ("冻结后被终止", "ended while frozen"),
    15: ("应用状态变更", "its package was switched off or on"),
    16: ("应用更新", "it was updated"),
}
"""ApplicationExitInfo.REASON_*."""
EVIDENCE = {
    Evidence.ROM_LINE: ("进程启动日志", "log line of the start"),
    Evidence.START_LINE: ("页面启动日志", "log line of the activity"),
    Evidence.ACTIVITY_RECORD: ("页面记录", "activity record"),
    Evidence.SERVICE_RECORD: ("服务记录", "service record"),
    Evidence.BROADCAST_RECORD: ("广播记录", "broadcast record"),
    Evidence.ASSOCIATION: ("关联记录", "association"),
    Evidence.PROVIDER_CONNECTION: ("内容提供者连接", "provider connection"),
}
DIALOGS = {
    DialogKind.PERMISSION: ("系统权限弹窗", "system permission dialog"),
    DialogKind.RATIONALE: ("应用自制的权限弹窗", "the app's own permission prompt"),
    DialogKind.SETTINGS_GUIDE: ("应用引导前往设置的弹窗", "the app's own guide to the settings"),
    DialogKind.CONSENT: ("隐私政策弹窗", "privacy consent"),
    DialogKind.OTHER: ("其他弹窗", "another dialog"),
}
CHANGES = {
    "missing": ("缺失", "missing"),
    "changed": ("被改动", "changed"),
    "added": ("多出", "added"),
    "resealed": ("并非该根哈希", "not the one with this root"),
}
"""What became of a file since the run was sealed."""
PARTS = {
    "activity": ("页面", "an activity"),
    "service": ("服务", "a service"),
    "broadcast": ("广播", "a broadcast"),
    "provider": ("内容提供者", "a content provider"),
    "process": ("进程", "a process"),
}
"""What a start is of; also what Android says a process was started for, with the names below."""
HOSTS = PARTS | {
    "next-activity": PARTS["activity"],
    "top-activity": PARTS["activity"],
    "next-top-activity": PARTS["activity"],
    "pre-top-activity": PARTS["activity"],
    "content provider": PARTS["provider"],
    "backup": ("备份", "a backup"),
    "added application": ("应用本身", "the application itself"),
    "restart": ("重新启动", "a restart"),
    "on-hold": ("暂缓的启动", "a start that had been put off"),
    "system": ("系统", "the system"),
}


def term(table: Mapping[str, Words], word: str) -> Words:
    """What a word means; one that no table has is quoted as it is printed."""
    return table[word] if word in table else quoted(word)


def one_line(text: str, length: int = TEXT_LENGTH) -> str:
    """A text on one line and not endless."""
    return " / ".join(text[:length].splitlines())


def quoted(text: str, length: int = TEXT_LENGTH) -> Words:
    """A text of the app or of the device, on one line and not endless, in the quotation marks of each language."""
    line = one_line(text, length)
    return f"“{line}”", f"'{line}'"


def listed(names: Iterable[str]) -> Words:
    """A few names and how many more there are; 无 / none for an empty list."""
    all_names = list(names)
    shown, more = all_names[:MOST_NAMES], len(all_names) - MOST_NAMES
    if not shown:
        return "无", "none"
    zh, en = "、".join(shown), ", ".join(shown)
    return (f"{zh} 等 {len(all_names)} 个", f"{en} and {more} more") if more > 0 else (zh, en)


def because(reason: str, reason_zh: str = "") -> Words:
    """The reason that a line prints, or that we gave in both languages, to be put behind a sentence."""
    zh, en = quoted(reason)
    return (f"，原因：{one_line(reason_zh) or zh}", f"; the reason given is {en}") if reason else NOTHING


def span(seconds: float) -> Words:
    """A length of time, in the unit that suits it."""
    if abs(seconds) >= 3600:
        return f"{seconds / 3600:.1f} 小时", f"{seconds / 3600:.1f} hours"
    if abs(seconds) >= 120:
        return f"{seconds / 60:.1f} 分钟", f"{seconds / 60:.1f} minutes"
    return f"{seconds:.1f} 秒", f"{seconds:.1f} seconds"
