"""Asks and denials: what every rule of clause 5 counts.

An ask is a system dialog, the app's own permission modal, a jump to the system settings, or a request that the system
suppresses (docs/verdicts.md 1.2). A denial is our tap on the system's deny button, or our press of the negative control
of the app's own permission modal. What happens in a control run (``control_comparison.py``) is neither: there we say
yes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from harness.detectors.dialog_causes import ACT_SLACK, ACTS, DIRECTLY_SECONDS, told_on_request
from harness.detectors.function_pages import is_function_page
from harness.detectors.refusal_proof import proof_of_refusal
from harness.detectors.shifted_clock import VISITS
from harness.dialogs.dialog_words import plain, words
from harness.events import (
    ActivityCreated,
    ActivityFinished,
    ActivityResumed,
    ActivityStarted,
    AppStopped,
    DialogClosed,
    DialogKind,
    DialogShown,
    Event,
    FunctionUsed,
    Instant,
    PermissionDenied,
    PermissionResult,
    ScenarioStarted,
    Tapped,
)
from harness.events.action_kinds import ERASES, Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.permission_groups import group_of
from harness.events.timeline import Timeline
from harness.language import Text
from harness.roms import FACTS
from harness.starts.covering_windows import REQUEST_ACTION

DETAILS_ACTION = "android.settings.APPLICATION_DETAILS_SETTINGS"  # Settings.ACTION_APPLICATION_DETAILS_SETTINGS
ROM_PAGES: tuple[str, ...] = tuple(FACTS["permission_pages"]["actions"])
"""Actions of the permission pages that ROMs have beside Android's."""
REVIEW_ACTION = "android.intent.action.REVIEW_PERMISSIONS"
"""Intent.ACTION_REVIEW_PERMISSIONS: Android itself asks what an app for Android 5 or older may access."""
SUPPRESSED_WITHIN = 1.0
"""A permission activity that ends within this many seconds without a dialog in the tree showed nothing: the activity
of a fixed permission finishes in its onCreate (GrantPermissionsActivity.java), a person needs longer to answer."""

EXPLANATION_SECONDS = 30.0
"""How long an explanation may be read before the system dialog that belongs to it [PROJECT]."""
CONTROL_SEGMENTS = "control-"
"""Names of the segments in which a control run answers otherwise begin so."""
ALLOW_SEGMENTS = "allow-"
"""Names of the segments in which every permission is allowed begin so: what is asked and read there is for clause 2."""
SWITCH_SEGMENTS = "switch-"  # likewise, where a switch for personalisation is tried: for clause 4
ADVERT_SEGMENTS = "advert-"
"""Names of the segments in which adverts are tried on purpose begin so: what the app asks there, it was led to."""

OWN_MODALS = (DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)


class _HasInstant(Protocol):
    """Anything that happened at a moment of device time."""

    @property
    def at(self) -> Instant: ...


Dated = TypeVar("Dated", bound=_HasInstant)


class Form(StrEnum):
    """The form of an ask."""

    SYSTEM = "system"
    OWN = "own"
    GUIDE = "guide"
    SETTINGS = "settings"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask for one permission group (None where nothing tells which).

    ``results`` are what its whole request was answered.
    """

    at: Instant
    group: str | None
    form: Form
    facts: tuple[Event, ...]
    results: tuple[PermissionResult, ...] = ()

    @property
    def came(self) -> Instant:
        """When the app asked: a look at the dialog may be late, and an act of ours lie between."""
        return min(fact.at for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Denial:
    """One denial; ``doubt`` is why it is not proved: nothing showed that the tap took effect, or the phone says no.

    ``granted``: the phone reports the permission as granted after it.
    """

    at: Instant
    group: str | None
    fact: PermissionDenied | DialogClosed
    doubt: Text | None = None
    granted: bool = False


@dataclass(frozen=True, slots=True)
class _Request:
    """One start of the permission controller's activity for the app, from its creation to its finish."""

    created: Event
    end: Instant
    results: tuple[PermissionResult, ...]


def denials(timeline: Timeline, *, shifted: bool = False) -> list[Denial]:
    """All denials in time order; closing the privacy consent or another dialog is none, nor is one of a control run.

    Those under a moved clock only where ``shifted`` asks for them: to the app they lie two days later.
    """
    found: list[Denial] = []
    for event in timeline.of(PermissionDenied, DialogClosed):
        if isinstance(event, PermissionDenied):
            found.append(Denial(event.at, event.permission_group, event, *proof_of_refusal(timeline, event)))
        elif isinstance(event, DialogClosed) and event.dialog in OWN_MODALS and not _closes_a_telling(timeline, event):
            found.append(Denial(event.at, event.permission_group, event))
    return undisturbed(timeline, found, shifted=shifted)


def known_denials(timeline: Timeline, found: list[Denial], at: Instant) -> list[Denial]:
    """Return the denials of ``found`` that the app can know of at a moment: made since its data was last cleared."""
    cleared = [stop.at for stop in timeline.of(AppStopped) if stop.how in ERASES and stop.at <= at]
    return [denial for denial in found if denial.at < at and (not cleared or denial.at > cleared[-1])]


def until_next_act(timeline: Timeline, start: Instant, seconds: float) -> Instant:
    """The end of a window of ``seconds`` after ``start``, cut short by an act of ours that explains what follows.

    What the log dates within ACT_SLACK before the act may be its effect: the two clocks agree no better.
    """
    end = start.later(seconds)
    acts = [event.at for event in timeline.between(start, end, *ACTS) if event.at > start]
    cut = min(acts, default=None)
    return end if cut is None else max(start, cut.earlier(ACT_SLACK))


def asks(timeline: Timeline, app: AppUnderTest, *, shifted: bool = False) -> list[Ask]:
    """All asks of the app in time order but those of control runs.

    Those under a moved clock only where ``shifted`` asks for them.
    """
    return undisturbed(timeline, every_ask(timeline, app), shifted=shifted)


def undisturbed(timeline: Timeline, found: list[Dated], *, shifted: bool = False, control: bool = False) -> list[Dated]:
    """Return the facts of ``found`` that lie in no control run or run that allows, no trial of a switch or advert.

    Under a moved clock only where ``shifted`` asks for them, in control runs where ``control`` does. What comes before
    the next part begins came of such a one.
    """
    excepted = {VISITS: shifted, CONTROL_SEGMENTS: control}
    apart = (ALLOW_SEGMENTS, SWITCH_SEGMENTS, ADVERT_SEGMENTS, *(prefix for prefix, kept in excepted.items() if not kept))
    spans = [(start, _until_next(timeline, end)) for prefix in apart for _, start, end in timeline.segments(prefix)]
    return [item for item in found if not any(start <= item.at <= end for start, end in spans)]


def _until_next(timeline: Timeline, end: Instant) -> Instant:
    after = min((event.at for event in timeline.of(ScenarioStarted) if event.at >= end), default=end.boot_end)
    return max(end, after.earlier(ACT_SLACK))


def every_ask(timeline: Timeline, app: AppUnderTest) -> list[Ask]:
    """All asks in time order, those of control runs too."""
    requests = _requests(timeline, app)
    found = [*_system_dialogs(timeline, requests), *_joined(timeline, _own(timeline, app), _suppressed(timeline, requests))]
    found += _settings_jumps(timeline, app)
    return sorted(found, key=lambda ask: ask.at)


def _requests(timeline: Timeline, app: AppUnderTest) -> list[_Request]:
    results = [event for event in timeline.of(PermissionResult) if event.package == app.package]
    finishes = timeline.of(ActivityFinished)
    found: list[_Request] = []
    for created in timeline.of(ActivityCreated):
        if created.component.split("/", 1)[0] not in app.grant_packages or not _asked_by(timeline, created, app):
            continue
        ends = [f.at for f in finishes if f.token == created.token and f.at >= created.at]
        end = ends[0] if ends else created.at.later(3600)
        margin = end.later(0.3)  # the results are logged while the activity goes away
        own = tuple(result for result in results if created.at <= result.at <= margin)
        found.append(_Request(created, end, own))
    return found


def _asked_by(timeline: Timeline, created: ActivityCreated, app: AppUnderTest) -> bool:
    """Whether the START line before the activity names the app's uid; without any such line it is taken to be."""
    since = created.at.earlier(5)
    starts = [s for s in timeline.between(since, created.at, ActivityStarted) if s.action == REQUEST_ACTION]
    return created.action != REVIEW_ACTION and (not starts or starts[-1].from_uid == app.uid)


def _system_dialogs(timeline: Timeline, requests: list[_Request]) -> list[Ask]:
    """One ask for each group a request showed a dialog for: a dialog seen twice in one request is the same one."""
    found: list[Ask] = []
    seen: set[tuple[int, str | None]] = set()
    for shown in timeline.of(DialogShown):
        over = timeline.overlaid(shown.at, shown.at)
        if shown.dialog is not DialogKind.PERMISSION or any(window.package == shown.owner for window in over):
            continue  # another app asked
        number = max((i for i, request in enumerate(requests) if request.created.at <= shown.at), default=-1)
        key = (number, shown.permission_group)
        if number >= 0 and key in seen:
            continue
        seen.add(key)
        facts: tuple[Event, ...] = (requests[number].created, shown) if number >= 0 else (shown,)
        results = requests[number].results if number >= 0 else ()
        found.append(Ask(shown.at, shown.permission_group, Form.SYSTEM, facts, results))
    return found


def _suppressed(timeline: Timeline, requests: list[_Request]) -> list[Ask]:
    """Requests without a dialog. One that lasted long enough to be read counts as a system dialog we did not see."""
    found: list[Ask] = []
    for request in requests:
        start = request.created.at
        shown = [d for d in timeline.between(start, request.end, DialogShown) if d.dialog is DialogKind.PERMISSION]
        if shown:
            continue
        form = Form.SUPPRESSED if request.end.seconds_since(start) < SUPPRESSED_WITHIN else Form.SYSTEM
        groups: list[str | None] = list(dict.fromkeys(group_of(result.permission) for result in request.results))
        for group in groups or [None]:
            facts = tuple(result for result in request.results if group_of(result.permission) == group)
            found.append(Ask(start, group, form, (request.created, *facts), request.results))
    return found


def _own(timeline: Timeline, app: AppUnderTest) -> list[Ask]:
    """The app's own prompts and guides; which of both, where its yes led says before its words do."""
    shown = [each for each in timeline.of(DialogShown) if each.dialog in OWN_MODALS]
    by_words = {DialogKind.RATIONALE: Form.OWN, DialogKind.SETTINGS_GUIDE: Form.GUIDE}
    led = [(each.text, _led_to(timeline, each, app)) for each in shown]
    forms = {text: form for wanted in (Form.GUIDE, Form.OWN) for text, form in led if form is wanted}  # 去开启 may ask until it is too late
    return [
        Ask(each.at, each.permission_group, forms.get(each.text, by_words[each.dialog]), (each,))
        for each in shown
        if not _explains(timeline, each) and not _answers_us(timeline, app, each) and not _only_tells(timeline, each)
        if not is_function_page(timeline, app, each)
    ]


def _only_tells(timeline: Timeline, shown: DialogShown) -> bool:
    """Whether a modal tells what the user asked to be told, and its yes never led to a question of the system."""
    if not told_on_request(timeline, shown.at):
        return False
    return not any(_requests_after(timeline, each) for each in timeline.of(DialogShown) if each.text == shown.text)


def _requests_after(timeline: Timeline, shown: DialogShown) -> bool:
    """Whether our press of a modal's positive control led to a request, shown or suppressed."""
    pressed = _agreed(timeline, shown.at)
    if pressed is None:
        return False
    soon = pressed.at.later(DIRECTLY_SECONDS)
    asked = any(start.action == REQUEST_ACTION for start in timeline.between(pressed.at, soon, ActivityStarted))
    return asked or any(each.dialog is DialogKind.PERMISSION for each in timeline.between(pressed.at, soon, DialogShown))


def _closes_a_telling(timeline: Timeline, closed: DialogClosed) -> bool:
    """Whether what we closed only told what the user asked to be told."""
    before = timeline.between(closed.at.earlier(EXPLANATION_SECONDS), closed.at, DialogShown)
    own = [shown for shown in before if shown.dialog in OWN_MODALS]
    return bool(own) and _only_tells(timeline, own[-1])


def _answers_us(timeline: Timeline, app: AppUnderTest, shown: DialogShown) -> bool:
    """Whether a modal only says something, right after our no or our press, with nothing but 知道了.

    It asks for nothing: it leads nowhere, and comes as often as the user tries.
    """
    captions = [plain(text) for _, text in shown.buttons]
    if len(captions) != 1 or captions[0] not in words()["own"]["noted"]:
        return False
    since = shown.at.earlier(DIRECTLY_SECONDS)
    ours = timeline.between(since, shown.at, PermissionDenied, FunctionUsed)
    return bool(ours) and _led_to(timeline, shown, app) is None


def _led_to(timeline: Timeline, shown: DialogShown, app: AppUnderTest) -> Form | None:
    """What our press of a modal's positive control opened: the system's question, or its settings; None if neither."""
    pressed = _agreed(timeline, shown.at)
    if pressed is None:
        return None
    soon = pressed.at.later(DIRECTLY_SECONDS)
    for event in timeline.between(pressed.at, soon, ActivityStarted, DialogShown):
        if isinstance(event, DialogShown):
            if event.dialog is DialogKind.PERMISSION:
                return Form.OWN
        elif isinstance(event, ActivityStarted) and event.action == REQUEST_ACTION:
            return Form.OWN
        elif isinstance(event, ActivityStarted) and event.from_uid == app.uid and _is_settings(event, app):
            return Form.GUIDE
    return None


def _joined(timeline: Timeline, own: list[Ask], suppressed: list[Ask]) -> list[Ask]:
    """Return own prompts and requests as asks.

    An explanation and the suppressed request that its positive control led to are one ask, of the group requested.
    """
    found, left = [], list(suppressed)
    for ask in own:
        pressed = _agreed(timeline, ask.at)
        after = [each for each in left if pressed and -ACT_SLACK <= each.at.seconds_since(pressed.at) <= DIRECTLY_SECONDS]
        if not after:
            found.append(ask)
            continue
        same = next((each for each in after if each.group == ask.group), after[0])
        left.remove(same)
        found.append(Ask(ask.at, same.group or ask.group, ask.form, (*ask.facts, *same.facts), same.results))
    return [*found, *left]


def _explains(timeline: Timeline, shown: DialogShown) -> bool:
    """Whether the modal's positive control led straight to the system dialog: then the two are one ask."""
    pressed = _agreed(timeline, shown.at)
    if pressed is None:
        return False
    after = timeline.between(pressed.at, pressed.at.later(DIRECTLY_SECONDS), DialogShown)
    return any(dialog.dialog is DialogKind.PERMISSION for dialog in after)


def _agreed(timeline: Timeline, shown: Instant) -> Tapped | None:
    """Our press of the positive control of a modal shown at that moment.

    One that was closed first belongs to another modal.
    """
    later = shown.later(EXPLANATION_SECONDS)
    closed = [event.at for event in timeline.between(shown, later, DialogClosed)]
    until = min([later, *closed])
    return next((tap for tap in timeline.between(shown, until, Tapped) if tap.purpose is Purpose.EXPLANATION), None)


def _settings_jumps(timeline: Timeline, app: AppUnderTest) -> list[Ask]:
    """The app opened the system settings by itself: its own START with a settings action, or settings on top of it.

    Where our press of its own modal leads there, the modal was the ask.

    Its own details page shows the permissions without naming one; the jump is about the group that was denied where
    only one ever was.
    """
    found: list[Ask] = []
    for start in timeline.of(ActivityStarted):
        if start.from_uid != app.uid or _our_press(timeline, start.at) or not _is_settings(start, app):
            continue
        resumed = timeline.between(start.at, start.at.later(3), ActivityResumed)
        there = [event for event in resumed if event.component.split("/", 1)[0] in app.settings_packages]
        group = _only_denied(timeline, start.at) if start.action in (DETAILS_ACTION, *ROM_PAGES) else None
        found.append(Ask(start.at, group, Form.SETTINGS, (start, *there[:1])))
    return found


def _is_settings(start: ActivityStarted, app: AppUnderTest) -> bool:
    """Whether a start opens a page of the system's settings, by its package or its action."""
    to_settings = (start.component or "").split("/", 1)[0] in app.settings_packages
    return to_settings or (start.action or "").startswith("android.settings.") or start.action in ROM_PAGES


def _our_press(timeline: Timeline, at: Instant) -> bool:
    """Whether we have just pressed the positive control of the app's own modal."""
    since = at.earlier(DIRECTLY_SECONDS)
    return any(tap.purpose is Purpose.EXPLANATION for tap in timeline.between(since, at, Tapped))


def _only_denied(timeline: Timeline, until: Instant) -> str | None:
    """The one group that was denied before ``until``, as far as the app knows; None where none or several were.

    Settings left by Back name no group and were no denial of another one.
    """
    known = known_denials(timeline, denials(timeline), until)
    groups = {denial.group for denial in known if denial.group is not None or isinstance(denial.fact, PermissionDenied)}
    return groups.pop() if len(groups) == 1 else None
