"""The actions of the harness itself, so that they are never blamed on the app."""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.action_kinds import ClosedBy, ControlAnswer, Ending, InterruptionKind, NeighbourAct, Proof, Purpose
from harness.events.base import Event, Instant, JournalFact, Source
from harness.events.observations import DialogKind
from harness.language import Text, _, known, quoted

NOTHING_INSIDE = _("nothing but dialogs, adverts and the pages of a first start was seen")
"""The note of a walk that met a login which nothing skips, or the like."""
NOTHING_PRESSED = _("nothing was pressed: every control that was seen may act in the user's name")
NOTHING_LOADED = _("nothing was pressed: each page that was seen was loading to the end, or had no words")
NOTHING_USED = (NOTHING_INSIDE, NOTHING_PRESSED, NOTHING_LOADED, _("nothing but dialogs and the pages of a first start was seen"))
"""The notes of walks that used nothing of the app; the last one stands in older runs."""


class ConsentForm(StrEnum):
    """The forms in which consent is asked for."""

    DIALOG = "dialog"  # a dialog or page that has to be answered first
    TICK = "tick"  # a box to tick on a page that is for something else, such as a login
    IMPLIED = "implied"  # a sentence that takes going on for consent


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioStarted(Event):
    """A segment of the run begins: ``first-launch``, ``cold-start-1`` ..."""

    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEnded(Event):
    """The segment is over; ``note`` says why it ended early, in English and, where it is known so, in Chinese."""

    segment: str
    note: str = ""
    note_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkExtent(JournalFact):
    """How far a walk through an app had come when it ended: pages, their controls, how many of those were pressed.

    ``part`` is that of the run in which it went. ``spared`` are controls that may act in the user's name, ``asking``
    captions of some of those that may ask for something or read it (None: an old record does not tell), ``left`` others
    that it may press and did not. ``logins`` are titles of pages that want a login which it did not pass, ``forms``
    those of other pages with fields from which it came to no other page. ``wordless`` counts pages without a word in
    their view tree.
    """

    part: str
    pages: int
    controls: int
    pressed: int
    spared: int = 0
    asking: tuple[str, ...] | None = None
    left: int = 0
    logins: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    wordless: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneAgain(Event):
    """What was driven ``since`` a moment until now is done again from its start.

    A window of others lay over the app, or an outcome hung on the moment of a slow act of ours.
    What was seen in it stands; what was not is told by what comes now.
    """

    since: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOpened(Event):
    """Recording of ``stream`` began."""

    stream: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamLost(Event):
    """Recording of ``stream`` broke off."""

    stream: Source
    reason: str
    reason_zh: str = ""

    @property
    def why(self) -> Text:
        """The reason, empty where none is known; what is known in English only is quoted."""
        return known(self.reason_zh, self.reason) if self.reason_zh else quoted(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamClosed(Event):
    """Recording of ``stream`` ended as planned."""

    stream: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped(JournalFact):
    """A touch at (x, y) in screen pixels, of ours or of the person at the phone.

    ``text`` are the words of what was touched, empty where it has none. ``held``: a long press.
    """

    x: int
    y: int
    purpose: Purpose
    text: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionDenied(Event):
    """Our tap on the plain deny button of a system permission dialog.

    ``proof`` says what showed that the tap did it. ``again`` is True for the "don't ask again" button.
    """

    package: str
    permission_group: str | None
    button: str
    again: bool
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogClosed(Event):
    """We closed the app's own dialog, ``by`` a control of it, the key Back or a touch beside it."""

    dialog: DialogKind
    permission_group: str | None
    button: str
    by: ClosedBy = ClosedBy.CONTROL


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptionClosed(Event):
    """Our press of the control that closes an advert, a guide or an offer.

    As a closing it explains nothing that follows.

    ``interruption`` is its kind, ``text`` what it said, ``button`` the control that was pressed.
    """

    interruption: InterruptionKind
    text: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swiped(Event):
    """A finger of ours over the screen, from (x, y) to (to_x, to_y) in screen pixels."""

    x: int
    y: int
    to_x: int
    to_y: int
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFilled(JournalFact):
    """Marked test data that we put into a field; ``field`` is its resource id without the package, else its text."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalStuck(Event):
    """The app's own permission modal stayed, although each of its controls that says no was pressed."""

    permission_group: str | None
    text: str
    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentShown(Event):
    """The screen asked for consent to the privacy policy, or said that going on is consent.

    ``buttons`` maps a role (accept, refuse, close, other) to its text. ``ticks`` are boxes to tick: the sentence beside
    each, and whether it was ticked, None where that cannot be seen. ``links`` are the texts that are named in 《》.
    ``cut``: its yes moves with a page that goes on beyond what was in sight.
    """

    text: str
    box: tuple[int, int, int, int]
    form: ConsentForm = ConsentForm.DIALOG
    buttons: tuple[tuple[str, str], ...] = ()
    ticks: tuple[tuple[str, bool | None], ...] = ()
    links: tuple[str, ...] = ()
    screenshot: str | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """We pressed agree."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Event):
    """We pressed disagree."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionUsed(Event):
    """We pressed something in the app; what follows on its subject is explained by it (docs/verdicts.md 1.5).

    ``text`` is what it is called: its own text, else its description, else its resource id. ``promises`` are the
    permission groups that these words promise a use of (``harness.dialogs.promises``); empty for a control that only
    leads elsewhere. ``screen`` is the identity of the screen it was on, empty where the tester named it.
    """

    text: str
    promises: tuple[str, ...] = ()
    screen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionGranted(Event):
    """An allow button of the system permission dialog was pressed.

    We do so in a control run only; the person at the phone may at any time.
    """

    permission_group: str | None
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlStarted(Event):
    """A control run begins: what followed the denial at ``of`` is tried again on a fresh start, with another answer.

    It lasts to the end of its segment. ``function`` are the words of the control that it presses in the end; empty
    where it presses none, or was recorded without.
    """

    of: Instant
    permission_group: str | None
    answer: ControlAnswer
    function: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppLaunched(Event):
    """We started the app from its launcher activity."""

    package: str
    component: str
    cold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppStopped(Event):
    """We ended the app."""

    package: str
    how: Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPressed(Event):
    """A key of ours: home, back ..."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowAct(Event):
    """Our act ``since`` a moment is done by now; it took so long that nobody knows when it came to the app."""

    since: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRebooted(JournalFact):
    """We rebooted the phone: what ends with it, and what starts at the boot after it, was set off by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourSeen(JournalFact):
    """Another app, ``package``, is checked on the phone at the same time: what became of it, as far as it matters."""

    package: str
    what: NeighbourAct


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRun(Event):
    """A command of ours changed something on the phone; its exit code and the beginning of what it printed.

    ``code`` is None where it is not on record.
    """

    command: str
    code: int | None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChanged(Event):
    """The wall clock was moved by ``seconds``: seen between two probes, or said by the system's own log.

    In a log ``to`` is the new time in seconds since 1970 UTC, and ``seconds`` is None where its lines lack year or
    zone.
    """

    seconds: float | None
    to: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShifted(JournalFact):
    """We moved the wall clock so that it stands ``seconds`` ahead of where it stood before; 0 is back."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTried(Event):
    """What ``rule`` needs was not tried: the tester did not ask for it, or the device refuses it."""

    rule: str
    reason_zh: str
    reason_en: str

    @property
    def reason(self) -> Text:
        return known(self.reason_zh, self.reason_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(JournalFact):
    """Something a reader of the run should know: a dump that came empty, a step that could not be done."""

    text: str
    problem: bool = False
    text_zh: str = ""

    @property
    def words(self) -> Text:
        """What it says; what is known in English only is quoted."""
        return known(self.text_zh, self.text) if self.text_zh else quoted(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished(Event):
    """A scenario that was planned has no whole record, and ``rule`` needs it."""

    rule: str
    scenario: str
    reason_zh: str
    reason_en: str

    @property
    def reason(self) -> Text:
        return known(self.reason_zh, self.reason_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTakenOver(Event):
    """Somebody else uses the phone for a check of their own: what was seen from here on may be their doing."""

    reason_zh: str
    reason_en: str

    @property
    def reason(self) -> Text:
        return known(self.reason_zh, self.reason_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInterrupted(JournalFact):
    """The tester ended the run before its end, by Ctrl-C (SIGINT) or by ending the program (SIGTERM)."""

    signal: str
