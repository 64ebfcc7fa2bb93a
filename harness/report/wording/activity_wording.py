"""Pages coming and going, in words: activities and their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.report.wording.terms import NOTHING, because, quoted, span, term

if TYPE_CHECKING:
    from harness.events import Event
    from harness.report.wording.terms import Words

ENDS = {
    "app-request": ("应用自身的请求", "at the app's own request"),
    "force-stop": ("强行停止", "by a force-stop"),
    "remove-task": ("任务被移除", "its task was removed"),
    "force-crash": ("崩溃", "by a crash"),
    "proc-died": ("进程消失", "its process was gone"),
    "proc died without state saved": ("进程消失", "its process was gone"),
    "finish-imm:idle": ("正常结束", "as usual"),
    "finish-activity": ("系统请求结束", "at the system's request"),
    "request-affinity": ("同组页面一起结束", "together with the pages of its kind"),
}


def activity_words(event: Event) -> Words | None:
    """(zh, en) of a fact about a page; None for any other fact."""
    match event:
        case ev.ActivityStarted():
            zh, en = (event.component, event.component) if event.component else quoted(event.action or "")
            by = event.caller or f"UID {event.from_uid}"
            return f"请求启动页面 {zh}（由 {by} 发起）", f"start of {en} asked for by {by}"
        case ev.ActivityCreated():
            return f"页面创建 {event.component}", f"activity created: {event.component}"
        case ev.ActivityDisplayed():
            zh, en = span(event.milliseconds / 1000)
            return f"页面首次绘出 {event.component}，耗时 {zh}", f"first picture of {event.component} after {en}"
        case ev.ActivityResumed():
            return f"页面来到前台 {event.component}", f"activity in front: {event.component}"
        case ev.ActivityPaused():
            zh, en = because(event.reason)
            return f"页面离开前台 {event.component}{zh}", f"activity no longer in front: {event.component}{en}"
        case ev.ActivityStopped():
            return f"页面不再可见 {event.component}", f"activity no longer visible: {event.component}"
        case ev.ActivityFinished():
            zh, en = term(ENDS, event.reason)
            return f"页面结束 {event.component}（{zh}）", f"activity finished: {event.component} ({en})"
        case ev.ActivityDestroyed():
            zh, en = term(ENDS, event.reason)
            return f"页面销毁 {event.component}（{zh}）", f"activity destroyed: {event.component} ({en})"
        case ev.TaskToFront():
            return f"任务 {event.task} 来到前台", f"task {event.task} came to the front"
        case ev.TaskMovedToBack():
            root = (f"，页面 {event.component}", f", with {event.component}") if event.component else NOTHING
            return f"任务 {event.task} 退到后台{root[0]}", f"task {event.task} moved to the back{root[1]}"
        case _:
            return None
