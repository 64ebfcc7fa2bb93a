"""Pages coming and going, in words: activities and their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import events as ev
from harness.language import Text, _, known
from harness.report.wording.terms import NOTHING, because, quoted, span, term

if TYPE_CHECKING:
    from harness.events import Event

ENDS = {
    "app-request": _("at the app's own request"),
    "force-stop": _("by a force-stop"),
    "remove-task": _("its task was removed"),
    "force-crash": _("by a crash"),
    "proc-died": _("its process was gone"),
    "proc died without state saved": _("its process was gone"),
    "finish-imm:idle": _("as usual"),
    "finish-activity": _("at the system's request"),
    "request-affinity": _("together with the pages of its kind"),
}


def activity_words(event: Event) -> Text | None:
    """The words for a fact about a page; None for any other fact."""
    match event:
        case ev.ActivityStarted():
            what = known(event.component, event.component) if event.component else quoted(event.action or "")
            by = event.caller or f"UID {event.from_uid}"
            return _("start of {what} asked for by {by}", what=what, by=by)
        case ev.ActivityCreated():
            return _("activity created: {component}", component=event.component)
        case ev.ActivityDisplayed():
            return _("first picture of {component} after {what}", component=event.component, what=span(event.milliseconds / 1000))
        case ev.ActivityResumed():
            return _("activity in front: {component}", component=event.component)
        case ev.ActivityPaused():
            return _("activity no longer in front: {component}{what}", component=event.component, what=because(event.reason))
        case ev.ActivityStopped():
            return _("activity no longer visible: {component}", component=event.component)
        case ev.ActivityFinished():
            return _("activity finished: {component} ({what})", component=event.component, what=term(ENDS, event.reason))
        case ev.ActivityDestroyed():
            return _("activity destroyed: {component} ({what})", component=event.component, what=term(ENDS, event.reason))
        case ev.TaskToFront():
            return _("task {task} came to the front", task=event.task)
        case ev.TaskMovedToBack():
            root = _(", with {component}", component=event.component) if event.component else NOTHING
            return _("task {task} moved to the back{root}", task=event.task, root=root)
        case _:
            return None
