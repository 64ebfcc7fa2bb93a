"""Actions of the tester, in words."""

from harness import events as ev
from harness.events import Event
from harness.events.action_kinds import ClosedBy
from harness.events.permission_groups import group_name, group_names
from harness.language import Text, _, pgettext
from harness.report.wording.terms import DIALOGS, NOTHING, quoted, span, term
from harness.starts.trigger_names import TRIGGERS

PURPOSES = {
    "deny": _("to refuse a permission"),
    "allow": _("to allow a permission"),
    "close": _("to close a dialog"),
    "explanation": _("to go on from the app's own explanation"),
    "consent-accept": _("to agree to the privacy policy"),
    "consent-refuse": _("to refuse the privacy policy"),
    "consent-tick": _("to tick the consent"),
    "function": _("to use a function"),
    "touch": _("to see whether the page answers"),
    "fill": _("to fill in a field"),
    "advert": _("to try an advert"),
    "interruption": _("to get past an advert or a guide"),
    "foreign-window": _("to close a window of the system or of another app"),
    "policy": _("to read the privacy policy"),
    "clear-all": _("to clear the recent tasks"),
    "walk": _("to walk through the app"),
    "find-function": _("to find the page with the function"),
    "keyboard": _("to put the keyboard away"),
    "after-keyboard": _("to go back once the keyboard was away"),
    "leave": _("to leave the app"),
    "take-away": _("to take away what was loaded"),
    "take-back": _("to take back what the press before had turned on"),
    "left-open": _("to leave what the app had opened of others"),
    "store": _("to read the app's page in the store"),
    "review": _("to switch off what Android lets an old app access"),
    "person": _("by the person at the phone"),
    "unknown": _("for a reason not on record"),
}
STOPS = {
    "force-stop": _("by a force-stop"),
    "clear": _("by clearing its data"),
    "reinstall": _("by installing it anew"),
    "home": _("by going to the home screen"),
    "kill": _("as Android ends a process in the background"),
    "swipe": _("by a swipe in the recent tasks"),
    "clear-all": _("by clearing the recent tasks"),
    "unknown": _("in a way not on record"),
}
KEYS = {
    "home": _("the home key"),
    "back": _("the back key"),
    "recent": _("the key of the recent tasks"),
    "menu": _("the menu key"),
    "power": _("the power key"),
    "volume_down": _("the key for less volume"),
    "volume_up": _("the key for more volume"),
    "enter": _("the enter key"),
}
NEIGHBOUR = {
    "beside": _("is checked at the same time"),
    "opened": _("was opened by the tester"),
    "left": _("was left by the tester"),
    "ended": _("was ended by the tester"),
}
INTERRUPTIONS = {
    "advert": _("an advert"),
    "guide": _("a guide"),
    "teenager": _("an offer of a mode for teenagers"),
    "rating": _("a request for a rating"),
    "coupon": _("a coupon"),
    "paywall": _("an offer to pay"),
    "notification": _("a guide to notifications"),
    "update": _("an offer to update"),
    "forced-update": _("an update that cannot be refused"),
    "notice": _("a notice"),
    "other": _("another offer"),
}
_PROOFS = {"flags": _("its flags changed"), "gone": _("the dialog is gone")}


def act_words(event: Event) -> Text | None:
    """The words for an act of the tester; None for any other fact."""
    return _answers(event) or _touches(event) or _runs(event)


def _answers(event: Event) -> Text | None:
    match event:
        case ev.PermissionDenied():
            what = group_name(event.permission_group)
            proof = _PROOFS.get(event.proof, _("unproved"))
            again = _(" for good") if event.again else NOTHING
            button = quoted(event.button)
            return _(
                "tester pressed {button}: {what} permission refused{again} ({proof})", button=button, what=what, again=again, proof=proof
            )
        case ev.PermissionGranted():
            return _(
                "tester pressed {button}: {what} permission allowed", button=quoted(event.button), what=group_name(event.permission_group)
            )
        case ev.DialogClosed():
            return _closed(DIALOGS[event.dialog], event)
        case ev.InterruptionClosed():
            what, button, text = (term(INTERRUPTIONS, event.interruption), quoted(event.button), quoted(event.text))
            return _("tester closed {what} by {button}: {text}", what=what, button=button, text=text)
        case ev.ModalStuck():
            return _("prompt cannot be closed: {what}", what=quoted(event.text))
        case ev.ConsentGiven():
            return _("tester agreed to the policy by {what}", what=quoted(event.button))
        case ev.ConsentRefused():
            return _("tester refused the policy by {what}", what=quoted(event.button))
        case _:
            return None


def _closed(what: Text, event: ev.DialogClosed) -> Text:
    match event.by:
        case ClosedBy.KEY:
            return _("tester closed {what} by the key Back", what=what)
        case ClosedBy.OUTSIDE:
            return _("tester closed {what} by a touch beside it", what=what)
        case ClosedBy.SYSTEM:
            return _("the system closed {what}", what=what)
        case ClosedBy.UNTOLD:
            return _("tester closed {what}, by what is not on record", what=what)
    return _("tester closed {what} by {button}", what=what, button=quoted(event.button))


def _touches(event: Event) -> Text | None:
    match event:
        case ev.Tapped():
            what = term(PURPOSES, event.purpose)
            text = quoted(event.text) if event.text else NOTHING
            values = {"text": text, "x": event.x, "y": event.y, "what": what}
            if text and event.held:
                return _("tester held a finger on {text} ({x} pixels across, {y} down) {what}", **values)
            if text:
                return _("tester touched {text} ({x} pixels across, {y} down) {what}", **values)
            return _("tester touched the screen ({x} pixels across, {y} down) {what}", **values)
        case ev.Swiped():
            what = term(PURPOSES, event.purpose)
            return _(
                "tester swiped from {x} pixels across and {y} down to {to_x} across and {to_y} down {what}",
                x=event.x,
                y=event.y,
                to_x=event.to_x,
                to_y=event.to_y,
                what=what,
            )
        case ev.FieldFilled():
            field, text = quoted(event.field), quoted(event.text)
            return _("tester filled the field {field} with test data: {text}", field=field, text=text)
        case ev.KeyPressed():
            return _("tester pressed {what}", what=term(KEYS, event.key))
        case ev.FunctionUsed():
            what = quoted(event.text)
            groups = group_names(event.promises)
            if groups:
                return _("tester used the function {what} (its words or its id promise a use of {groups})", what=what, groups=groups)
            return _("tester used the function {what}", what=what)
        case _:
            return None


def _runs(event: Event) -> Text | None:
    match event:
        case ev.AppLaunched():
            return _("tester started {component} {how}", component=event.component, how=_("from cold") if event.cold else _("again"))
        case ev.AppStopped():
            return _("tester ended the app {what}", what=term(STOPS, event.how))
        case ev.ClockShifted():
            if not event.seconds:
                return _("tester put the wall clock back")
            return _("tester moved the wall clock {what} ahead", what=span(event.seconds))
        case ev.TriggerFired():
            return _("tester set off: {what}", what=TRIGGERS[event.trigger])
        case ev.ControlStarted():
            what = _("allow") if event.answer == "allow" else pgettext("action", "no answer")
            group = group_name(event.permission_group)
            return _("control run begins: the dialog about {group} permission, now with {what}", group=group, what=what)
        case ev.PhoneRebooted():
            return _("tester rebooted the phone")
        case ev.NeighbourSeen():
            name, what = quoted(event.package), NEIGHBOUR[event.what]
            return _("the app {name}, checked on the same phone, {what}", name=name, what=what)
        case ev.CommandRun():
            failed = event.code not in (0, None)
            how = _(" (failed, exit status {code})", code=event.code) if failed else NOTHING
            return _("tester ran the command {what}{how}", what=quoted(event.command), how=how)
        case ev.NotTried():
            what = quoted(event.rule)
            return _("what the rule {what} needs was not tried: {reason}", what=what, reason=event.reason)
        case _:
            return None
