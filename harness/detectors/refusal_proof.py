"""What proves a refusal: the permission controller's line, the flags of the user who runs the app, its app op.

The line and the flags tell what the app is told, the mode of its app op (``AppOpsManager``) what it gets. Each proves a
refusal; a group that is granted since is none to the app.
"""

from harness.events import AppOpModeSeen, AppStopped, PermissionDenied, PermissionFlagsRead, PermissionGranted, PermissionResult
from harness.events.action_kinds import Proof
from harness.events.timeline import Timeline
from harness.language import Text, _

_Told = PermissionResult | PermissionFlagsRead | AppOpModeSeen

NO_EFFECT = _("nothing shows that the tap took effect")
TOLD_SECONDS = 10.0
"""How long after a refusal the phone may tell what became of it [PROJECT]: by then the dialog has gone."""


def proof_of_refusal(timeline: Timeline, denied: PermissionDenied) -> tuple[Text | None, bool]:
    """Why our press of a deny button proves no refusal, None where it does; whether the phone says it is granted."""
    told = [event for event in _told_after(timeline, denied) if denied.permission_group in (event.permission_group, None)]
    refused = [event for event in told if event.granted is False]
    if not any(event.granted for event in told):
        return None if refused or denied.proof is not Proof.NONE else NO_EFFECT, False
    doubt = _("the phone reports the permission as granted after the refusal")
    held = next((event for event in refused if isinstance(event, AppOpModeSeen)), None)
    if held is not None:
        doubt = _("{doubt}, and holds the data back (app op {op}: {mode})", doubt=doubt, op=held.op, mode=held.mode)
    return doubt, True


def _told_after(timeline: Timeline, denied: PermissionDenied) -> list[_Told]:
    """What the phone told of the app's permissions since a refusal and before the next answer; of flags what is new."""
    answers = [event.at for event in timeline.of(PermissionDenied, PermissionGranted, AppStopped) if event.at > denied.at]
    end = min([denied.at.later(TOLD_SECONDS), *answers])
    before = {event.permission for event in timeline.between(denied.at.boot_start, denied.at, PermissionFlagsRead) if not event.granted}
    told: list[_Told] = [*timeline.between(denied.at, end, PermissionResult)]
    told += timeline.between(denied.at, end, AppOpModeSeen)
    told += [event for event in timeline.between(denied.at, end, PermissionFlagsRead) if event.permission in before]
    return [event for event in told if event.package == denied.package]
