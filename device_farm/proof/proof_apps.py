"""The proof apps, and the facts that a run of each must have, or must not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.background.stimuli import ledger
from harness.background.trials import Background
from harness.device.network_address import lost_by_reboot
from harness.events import ActivityFinished, DialogKind, DialogShown, KeyPressed, PermissionDenied, ProcessStarted, ScreenSeen, Trigger
from harness.events.action_kinds import Proof
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.recording import steps
from harness.restore.ledger import Change
from harness.session.reboot import reboot
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.starts import Cause, outgoing_starts, own_starts

Seen = Callable[[Timeline, AppUnderTest], bool]

FIRST, PRESSED, ALONE, BOOT, COLD = "first-launch", "pressed", "left-alone", "after-boot", "cold-start-1"
"""The segments of a run."""
WATCH_SECONDS = 30.0  # an app that leaves, or asks again, does it within ten seconds
BRIEF_SECONDS = 10.0  # what follows a press or a cold start of an app of three lines
ALONE_SECONDS = 45.0  # its alarm is due 20 s after it was open last; a ROM that delays one by half a minute is fast enough
BOOT_SECONDS = 90.0


def driving(app: ProofApp, *, boots: bool) -> Callable[[Session, str], None]:
    """The driving of one app, as a scenario has it; ``boots`` where the phone may be restarted."""
    return partial(_drive, app=app, boots=boots)


def _drive(session: Session, canary: str, *, app: ProofApp, boots: bool) -> None:
    for package in filter(None, (app.package, app.partner)):
        ledger(session).add(Change(f"package {package}", ("pm", "uninstall", package), ("pm", "path", package)))
    session.canary(canary)
    session.reset()
    with session.segment(FIRST):
        session.launch()
        Watch(session, WATCH_SECONDS).run()
        if app.covers:
            session.press("back")
            Watch(session, BRIEF_SECONDS).run()
    if app.button:
        with session.segment(PRESSED):
            session.use_function(app.button)
            Watch(session, BRIEF_SECONDS).run()
    if app.by_itself:
        _left_alone(session, boots=boots)
    session.stop()
    with session.segment(COLD):
        session.launch()
        Watch(session, BRIEF_SECONDS).run()
    session.canary(canary)


def _left_alone(session: Session, *, boots: bool) -> None:
    """Open the app, leave it and end its process as Android does for memory; then wait and touch nothing."""
    background = Background(session)
    background.read_phone()
    with background.tracking():
        background.open()
        background.kill()
        with session.segment(ALONE):
            background.watch(ALONE_SECONDS)
        if boots and not lost_by_reboot(session.device):
            reboot(session)
            background.track()
            with session.segment(BOOT):
                session.journal.write(steps.TriggerFired(trigger=Trigger.BOOT))
                background.watch(BOOT_SECONDS)


APKS = Path(__file__).parent / "apks"
PACKAGE = "org.apprights.proof."
PARTNER = f"{PACKAGE}partner"
CAMERA, CONTACTS, MICROPHONE = "CAMERA", "CONTACTS", "MICROPHONE"
GONE_SECONDS = 10.0
"""Within which an app that leaves at a refusal has left: docs/rules.md 4.1."""
COVER = "会员专区"
"""What the window says that cannot be closed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a run: ``expected`` says whether it must be there or must not.

    ``within`` is the segment that it belongs to, where a run may be without that.
    """

    id: str
    what: Text
    seen: Seen
    expected: bool = True
    within: str = ""


@dataclass(frozen=True, slots=True)
class ProofApp:
    """One app: its name, how it is driven beyond a first and a cold start, and the facts that tell it from another.

    ``button`` is pressed, ``by_itself`` leaves it alone for its alarm and a boot, ``covers`` tries Back on its window,
    ``partner`` is an app that is installed before it.
    """

    name: str
    what: Text
    facts: tuple[Fact, ...]
    button: str = ""
    by_itself: bool = False
    covers: bool = False
    partner: str = ""

    @property
    def package(self) -> str:
        return PACKAGE + self.name


def apk(package: str) -> Path:
    """The APK of a proof app, or of the one that is woken."""
    return APKS / f"{package.removeprefix(PACKAGE)}.apk"


def _dialogs(timeline: Timeline, segment: str) -> Iterator[DialogShown]:
    for _name, start, end in timeline.segments(segment):
        yield from timeline.between(start, end, DialogShown)


def _asked(timeline: Timeline, segment: str) -> list[str | None]:
    """The groups that the system asked for, in their order; a dialog that stays is told once."""
    return [fact.permission_group for fact in _dialogs(timeline, segment) if fact.dialog is DialogKind.PERMISSION]


def _opened(timeline: Timeline, app: AppUnderTest) -> bool:
    return any(seen.package == app.package for seen in timeline.of(ScreenSeen))


def _refused(timeline: Timeline, app: AppUnderTest) -> bool:
    """By the first refusal: where Android shows its dialog again, a second one changes no flag."""
    return any(denied.proof is Proof.FLAGS for denied in timeline.of(PermissionDenied)[:1])


def _gone(timeline: Timeline, app: AppUnderTest) -> bool:
    for denied in timeline.of(PermissionDenied):
        after = timeline.between(denied.at, denied.at.later(GONE_SECONDS), ActivityFinished)
        if any(str(fact.component).startswith(app.package) for fact in after):
            return True
    return False


def _again(timeline: Timeline, app: AppUnderTest) -> bool:
    return len(_asked(timeline, FIRST)) > 1


def _by_itself(segment: str) -> Seen:
    def seen(timeline: Timeline, app: AppUnderTest) -> bool:
        spans = [(start, end) for _name, start, end in timeline.segments(segment)]
        return any(one.cause is Cause.SELF and any(start <= one.at <= end for start, end in spans) for one in own_starts(timeline, app))

    return seen


def _named(timeline: Timeline, app: AppUnderTest) -> bool:
    return any(one.package == PARTNER and one.caller == app.package for one in outgoing_starts(timeline, app))


def _woke(timeline: Timeline, app: AppUnderTest) -> bool:
    return any(start.package == PARTNER for start in timeline.of(ProcessStarted))


def _stays(timeline: Timeline, app: AppUnderTest) -> bool:
    pressed = [key.at for key in timeline.of(KeyPressed) if key.key == "back"]
    return any(COVER in seen.text and pressed[0] < seen.at for seen in timeline.of(ScreenSeen)) if pressed else False


def _asks(segment: str, *groups: str) -> Seen:
    return lambda timeline, app: {*groups} <= {*_asked(timeline, segment)}


_SEEN = Fact("opened", _("its page was read"), _opened)
_REFUSAL = Fact("refused", _("the refusal shows in the flags of the permission"), _refused)
_AT_START = Fact("asked-at-start", _("the system asked for the camera at the first start"), _asks(FIRST, CAMERA))
_LEFT = Fact("left", _("the app left within ten seconds of the refusal"), _gone)
_STAYED = Fact("left", _("the app did not leave within ten seconds of the refusal"), _gone, expected=False)
_TWICE = Fact("asked-again", _("the system asked again in the same start"), _again)


PROOF_APPS = (
    ProofApp("exits", _("leaves when it is refused"), (_AT_START, _REFUSAL, _LEFT)),
    ProofApp("loops", _("asks again after each refusal"), (_SEEN, _AT_START, _REFUSAL, _TWICE, _STAYED)),
    ProofApp(
        "relaunch",
        _("asks at each start"),
        (
            _SEEN,
            _AT_START,
            _REFUSAL,
            Fact("asked-at-next-start", _("the system asked again at the next start"), _asks(COLD, CAMERA)),
            Fact("asked-again", _("the system did not ask again in the same start"), _again, expected=False),
            _STAYED,
        ),
    ),
    ProofApp(
        "bundles",
        _("asks for three permissions at once"),
        (
            _SEEN,
            Fact("asked-three", _("the system asked for camera, contacts and microphone at the first start"),
                 _asks(FIRST, CAMERA, CONTACTS, MICROPHONE)),
            _REFUSAL,
            _STAYED,
        ),
    ),
    ProofApp(
        "starts",
        _("comes by its alarm, and after a boot"),
        (
            _SEEN,
            Fact("started-by-alarm", _("its process was started while it was left alone"), _by_itself(ALONE)),
            Fact("started-after-boot", _("its process was started after the boot"), _by_itself(BOOT), within=BOOT),
        ),
        by_itself=True,
    ),
    ProofApp(
        "wakes",
        _("wakes another app"),
        (
            _SEEN,
            Fact("woke-another", _("the process of another app was started"), _woke),
            Fact("caller-named", _("log or dumps name this app as who woke it"), _named),
        ),
        by_itself=True,
        partner=PARTNER,
    ),
    ProofApp(
        "window",
        _("lays a window over its page that Back does not close"),
        (_SEEN, Fact("stays-after-back", _("its window was still there after Back"), _stays)),
        covers=True,
    ),
    ProofApp(
        "clean",
        _("asks when its button is pressed, and stays"),
        (
            _SEEN,
            Fact("asked-at-start", _("the system did not ask for the camera at the first start"), _asks(FIRST, CAMERA), expected=False),
            Fact("asked-at-use", _("the system asked for the camera when the button was pressed"), _asks(PRESSED, CAMERA)),
            _REFUSAL,
            _STAYED,
            Fact("started-by-itself", _("its process was not started by itself"), _by_itself(""), expected=False),
        ),
        button="扫一扫",
    ),
)  # fmt: skip
