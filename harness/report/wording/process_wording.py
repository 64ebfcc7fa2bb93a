"""Lives and deaths of processes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.report.wording.terms import EXIT_REASONS, HOSTS, NOTHING, because, quoted, term

if TYPE_CHECKING:
    from harness.events import Event
    from harness.report.wording.terms import Words


def process_words(event: Event) -> Words | None:
    """(zh, en) of a fact about a process; None for any other fact."""
    return _lives(event) or _ends(event) or _failures(event)


def _lives(event: Event) -> Words | None:
    match event:
        case ev.ProcessStarted():
            zh, en = term(HOSTS, event.hosting_type)
            part = f" {event.component}" if event.component else ""
            caller = (f"，由 {event.caller} 发起", f", asked for by {event.caller}") if event.caller else NOTHING
            return (
                f"进程启动 {event.process}（进程号 {event.pid}），用于{zh}{part}{caller[0]}",
                f"process {event.process} started (number {event.pid}) for {en}{part}{caller[1]}",
            )
        case ev.ProcessBound():
            return f"进程就绪 {event.process}（进程号 {event.pid}）", f"process {event.process} is ready (number {event.pid})"
        case ev.ProcessFrozen():
            zh, en = ("被冻结", "frozen") if event.frozen else ("解除冻结", "thawed")
            return f"进程{zh} {event.process}（进程号 {event.pid}）", f"process {event.process} {en} (number {event.pid})"
        case _:
            return None


def _ends(event: Event) -> Words | None:
    match event:
        case ev.ProcessDied():
            return f"进程消失 {event.process}（进程号 {event.pid}）", f"process {event.process} gone (number {event.pid})"
        case ev.ProcessKilled():
            zh, en = because(event.reason)
            return f"系统终止进程 {event.process}{zh}", f"system killed {event.process}{en}"
        case ev.ProcessExited():
            zh, en = (
                (f"被信号 {event.signal} 终止", f"by signal {event.signal}")
                if event.signal is not None
                else (f"退出码 {event.status}", f"with status {event.status}")
            )
            return f"进程 {event.pid} 退出（{zh}）", f"process {event.pid} exited {en}"
        case ev.RuntimeExited():
            return (
                f"应用调用 System.exit，退出码 {event.status}（进程号 {event.pid}）",
                f"the app called System.exit with status {event.status} (process {event.pid})",
            )
        case ev.LowMemoryKilled():
            zh, en = because(event.reason)
            return f"系统因内存不足终止 {event.process}{zh}", f"low memory: system killed {event.process}{en}"
        case ev.ForceStopped():
            zh, en = because(event.reason)
            return f"系统强行停止 {event.package}{zh}", f"system stopped {event.package} by force{en}"
        case ev.ExitRecorded():
            number = str(event.reason)
            zh, en = EXIT_REASONS.get(event.reason, (f"代码 {number}", f"reason number {number}"))
            text_zh, text_en = quoted(event.description)
            more = (f"，说明：{text_zh}", f": {text_en}") if event.description else NOTHING
            return f"系统的退出记录，进程 {event.pid}：{zh}{more[0]}", f"exit record of process {event.pid}: {en}{more[1]}"
        case _:
            return None


def _failures(event: Event) -> Words | None:
    match event:
        case ev.Crashed():
            zh, en = quoted(event.message)
            more = (f"，信息：{zh}", f": {en}") if event.message else NOTHING
            return f"应用崩溃，异常 {event.exception}{more[0]}", f"the app crashed, {event.exception}{more[1]}"
        case ev.Anr():
            zh, en = because(event.reason)
            return f"应用无响应{zh}", f"the app does not respond{en}"
        case _:
            return None
