"""Starts of processes and the policies of the phone about them, in words."""

from harness import events as ev
from harness.events import Event
from harness.language import Text, _, known, listed, pgettext
from harness.report.wording.terms import EVIDENCE, NOTHING, PARTS, quoted, span, term
from harness.starts.trigger_names import TRIGGERS

ROLES = {
    "input_method": _("keyboard"),
    "accessibility": _("accessibility service"),
    "notification_listener": _("listener to notifications"),
    "vpn": _("VPN"),
}
POLICIES = {"standby_bucket": _("standby bucket"), "battery_allowlist": _("battery optimisation allowlist")}
VALUES = {
    "exempted": _("exempted"),
    "active": _("active"),
    "working_set": _("working set"),
    "frequent": _("frequent"),
    "rare": _("rare"),
    "restricted": _("restricted"),
    "never": _("never used"),
    "no": _("not on it"),
    "user": _("put there by the user"),
    "system": _("put there by the system"),
    "system-excidle": _("put there by the system"),
    "allow": _("allowed"),
    "ignore": _("ignored"),
    "deny": _("denied"),
    "default": _("default"),
    "foreground": _("in the foreground only"),
    "ask": _("ask"),
}
GUARDS = {"android": _("Android"), "rom": _("the maker's own guard")}
SWITCH = {True: _("allowed"), False: pgettext("switch", "denied"), None: _("cannot be read")}
_WAKING = (0, 2)  # AlarmManager.RTC_WAKEUP, ELAPSED_REALTIME_WAKEUP


def start_words(event: Event) -> Text | None:
    """The words for a fact about starts; None for any other fact."""
    return _records(event) or _log(event) or _allowed(event)


def _records(event: Event) -> Text | None:
    match event:
        case ev.TriggerSeen():
            return _("trigger on record: {what}{action}", what=TRIGGERS[event.trigger], action=f" {event.action}" if event.action else "")
        case ev.CallerSeen():
            how = EVIDENCE[event.evidence]
            started = event.component or event.package
            return _("caller on record: {caller} asked for {started} ({how})", caller=event.caller, started=started, how=how)
        case ev.ServiceSeen():
            if event.foreground:
                return _("running service with a notification: {component}", component=event.component)
            return _("running service: {component}", component=event.component)
        case _:
            return None


def _log(event: Event) -> Text | None:
    match event:
        case ev.ServiceCreated():
            return _("service created: {service} (process {pid})", service=event.service, pid=event.pid)
        case ev.ServiceStarted():
            what = _("foreground service") if event.foreground else _("service")
            by = _by(event.caller, event.caller_uid)
            if event.component:
                return _("{what} started: {component}{by}", what=what, component=event.component, by=by)
            return _("{what} started{by}", what=what, by=by)
        case ev.ServiceRestartScheduled():
            return _("Android will restart the service {component} in {what}", component=event.component, what=span(event.delay_ms / 1000))
        case ev.StartRefused():
            what, guard = term(PARTS, event.what), term(GUARDS, event.by)
            by = _by(event.caller, event.caller_uid)
            if name := event.component or event.package or event.action:
                return _("start of {what} refused by {guard}: {name}{by}", what=what, guard=guard, name=name, by=by)
            return _("start of {what} refused by {guard}: not named{by}", what=what, guard=guard, by=by)
        case ev.BroadcastSent():
            return _("broadcast sent: {action}{by}", action=event.action, by=_by(event.caller or event.process, event.uid))
        case ev.AlarmFired():
            tag = quoted(event.tag or "")
            tag = _(", its tag {tag}", tag=tag) if event.tag else NOTHING
            woken = _(" and woke the phone") if event.alarm_type in _WAKING else NOTHING
            return _("an alarm of {package} went off{woken}{tag}", package=event.package, woken=woken, tag=tag)
        case ev.PackageAdded():
            return _("package added: {package}", package=event.package)
        case _:
            return None


def _by(caller: str | None, uid: int | None) -> Text:
    """Name who asked, as far as the line tells."""
    name = caller or (f"UID {uid}" if uid is not None else "")
    return _(", asked for by {name}", name=name) if name else NOTHING


def policy_name(what: str) -> Text:
    """What a policy is about; an app op is known by its name in Android only."""
    return POLICIES.get(what, known(what, what))


def policy_value(value: str) -> Text:
    """What the phone answers about it: one word, or several with commas."""
    return listed(term(VALUES, word) for word in value.split(", "))


def _allowed(event: Event) -> Text | None:
    match event:
        case ev.AutostartSeen():
            what = SWITCH[event.allowed]
            silent = _("; it refuses without a line in the log") if event.silent else NOTHING
            return _("autostart switch of the ROM: {what}{silent}", what=what, silent=silent)
        case ev.StartPolicySeen():
            what, value = policy_name(event.what), policy_value(event.value)
            return _("background policy, {what}: {value}", what=what, value=value)
        case ev.StartPageSeen():
            return _("page of the start or battery settings {what}", what=quoted(event.page))
        case ev.RoleSeen():
            return _("role the user gave, {what}: {component}", what=term(ROLES, event.role), component=event.component or event.package)
        case _:
            return None
