"""Lives and deaths of processes, and pages that come and go, in words."""

from harness import events as ev
from harness.events import Event
from harness.language import Text, _, known
from harness.report.wording.terms import EXIT_REASONS, HOSTS, NOTHING, because, quoted, span, term


def process_words(event: Event) -> Text | None:
    """The words for a fact about a process; None for any other fact."""
    return _lives(event) or _ends(event) or _failures(event)


def _lives(event: Event) -> Text | None:
    match event:
        case ev.ProcessStarted():
            what = term(HOSTS, event.hosting_type)
            part = f" {event.component}" if event.component else ""
            caller = _(", asked for by {caller}", caller=event.caller) if event.caller else NOTHING
            return _(
                "process {process} started (number {pid}) for {what}{part}{caller}",
                process=event.process,
                pid=event.pid,
                what=what,
                part=part,
                caller=caller,
            )
        case ev.ProcessBound():
            return _("process {process} is ready (number {pid})", process=event.process, pid=event.pid)
        case ev.ProcessFrozen():
            what = _("frozen") if event.frozen else _("thawed")
            return _("process {process} {what} (number {pid})", process=event.process, what=what, pid=event.pid)
        case ev.AppFrozen():
            what, app = _("frozen") if event.frozen else _("thawed"), event.package or event.uid
            return _("app {app} {what} by the phone's own freezer{why}", app=app, what=what, why=because(event.reason))
        case _:
            return None


def _ends(event: Event) -> Text | None:
    match event:
        case ev.ProcessDied():
            return _("process {process} gone (number {pid})", process=event.process, pid=event.pid)
        case ev.ProcessKilled():
            return _("system killed {process}{what}", process=event.process, what=because(event.reason))
        case ev.ProcessExited():
            what = (
                _("by signal {signal}", signal=event.signal) if event.signal is not None else _("with status {status}", status=event.status)
            )
            return _("process {pid} exited {what}", pid=event.pid, what=what)
        case ev.RuntimeExited():
            return _("the app called System.exit with status {status} (process {pid})", status=event.status, pid=event.pid)
        case ev.LowMemoryKilled():
            return _("low memory: system killed {process}{what}", process=event.process, what=because(event.reason))
        case ev.ForceStopped():
            return _("system stopped {package} by force{what}", package=event.package, what=because(event.reason))
        case ev.ExitRecorded():
            number = str(event.reason)
            what = EXIT_REASONS.get(event.reason, _("reason number {number}", number=number))
            text = quoted(event.description)
            more = _(": {text}", text=text) if event.description else NOTHING
            return _("exit record of process {pid}: {what}{more}", pid=event.pid, what=what, more=more)
        case _:
            return None


def _failures(event: Event) -> Text | None:
    match event:
        case ev.Crashed():
            what = quoted(event.message)
            more = _(": {what}", what=what) if event.message else NOTHING
            return _("the app crashed, {exception}{more}", exception=event.exception, more=more)
        case ev.Anr():
            return _("the app does not respond{what}", what=because(event.reason))
        case _:
            return None


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
            if event.by_stack:
                return _("start of {what} asked for; {by} is named in the stack", what=what, by=by)
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
