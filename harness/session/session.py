"""Session: device + recorder + evidence + app under test; what a scenario holds.

Every step is a line of the journal (raw/session.jsonl) before anything is made of it. The session itself only looks at
the present screen to decide what to press; the facts are made afterwards, by ``replay``, from what is on disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from harness.device.protocol import Device, run_together
from harness.errors import CommandFailed, Disturbed, HarnessError, ScenarioError
from harness.events import Instant, Source
from harness.events.action_kinds import Ending, Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.box import centre
from harness.language import Text, _, chinese, quoted
from harness.pages.look import Look
from harness.parsers.hierarchy import Node
from harness.parsers.package import parse_package
from harness.recording import steps
from harness.recording.clock_map import ClockMap, Probe, probe, quiet_idle
from harness.recording.recorder import Recorder
from harness.recording.run_folder import RunFolder
from harness.recording.shared_journal import Writer
from harness.roms import with_advice
from harness.session.answers import Answers
from harness.session.app_ops_polling import AppOpsPolling
from harness.session.canary import cause
from harness.session.check_options import Options
from harness.session.dated_act import dated_act
from harness.session.foreground_activity import ForegroundActivity
from harness.session.left_open import close_left_open, leave_opened
from harness.session.permission_review import past_review
from harness.session.policy_reading import write_given
from harness.session.polling_interval import STEP_SECONDS, PollingInterval
from harness.session.run_progress import RunProgress
from harness.session.screen import Screen
from harness.session.seen_acts import SeenActs
from harness.session.wakefulness import light_again
from harness.session.way_clearing import WayClearing
from harness.starts.segment_names import segment_words

if TYPE_CHECKING:
    from harness.session.delivery_monitor import DeliveryMonitor

PROBE_SECONDS = 2.0
"""The most between two readings of a phone's clocks while its screen is waited for: they see a clock that is moved."""
GLOBAL_KEYS = ("home", "recent")
"""What no window takes (PhoneWindowManager.interceptKeyBeforeDispatching)."""
USER_FLAGS = {"USER_SET", "USER_FIXED"}
"""The flags by which the user's own answer about a permission is known (PackageManager.FLAG_PERMISSION_*)."""


@dataclass(slots=True)
class Segment:
    """A part of the run while it goes on; ``cut_short`` says why it did not get to its end, empty where it did."""

    cut_short: str = ""


@dataclass(slots=True)
class Session:
    """One app on one device: the scenario drives, the journal remembers."""

    device: Device
    app: AppUnderTest
    folder: RunFolder
    journal: Writer
    options: Options
    recorder: Recorder | None = None
    deliveries: DeliveryMonitor | None = None
    progress: Callable[[str], None] = lambda text: None
    check_interrupted: Callable[[], None] = lambda: None
    """Raises KeyboardInterrupt once the tester wants the driving to end; asked where time passes, not in clean-ups."""
    clock: ClockMap = field(default_factory=ClockMap)
    foreground: ForegroundActivity = field(default_factory=ForegroundActivity)
    policies_read: set[str] = field(default_factory=set)
    policy_told: bool = False  # whether a consent dialog led to the privacy policy, or the tester gave it
    shift: float = 0.0  # seconds by which we moved the wall clock ahead
    resets: int = 0  # how often the app's data was cleared, and how often it was brought to the front since
    launches: int = 0
    screen: Screen = field(init=False)
    answers: Answers = field(init=False)
    way: WayClearing = field(init=False)
    acts: SeenActs = field(default_factory=SeenActs)
    app_ops: AppOpsPolling = field(init=False)
    polling: PollingInterval = field(default_factory=PollingInterval)
    run_progress: RunProgress = field(init=False)
    _probed: float = 0.0  # host time of the last reading of the clocks
    _canaries: int = 0
    _cleared: bool = False
    _told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.screen = Screen(self)
        self.answers = Answers(self)
        self.way = WayClearing(self)
        self.app_ops = AppOpsPolling(self)
        self.run_progress = RunProgress(self.app.package)

    def start(self) -> None:
        """Read the clocks and open the sources that the session itself is."""
        self.probe()
        for source in (Source.SESSION, Source.TREE):
            self.journal.write(steps.Stream(source=source, what=steps.StreamState.OPENED))
        if self.options.policy:
            write_given(self, self.options.policy)
        for file, text in self.options.store:
            self.journal.write(steps.Listing(file=file, text=text))
        for run in self.options.earlier:
            self.journal.write(steps.EarlierRunSeen(**asdict(run)))

    # --- time and notes -------------------------------------------------------------------------------------------

    def probe(self) -> None:
        """Read the device's clocks."""
        self.remember(probe(self.device))

    def idle(self, seconds: float) -> None:
        """Let device time pass."""
        self.app_ops.idle(seconds)

    def idle_quietly(self, seconds: float, step: float) -> None:
        """Let device time pass while nothing starts, and at least ``step``; ``seconds`` at most."""
        self.check_interrupted()
        self.remember(quiet_idle(self.device, seconds, step))

    def wait_for_change(self, seconds: float, look: Look | None = None, *, step: float = STEP_SECONDS) -> bool:
        """Let device time pass until the screen may show something new, ``seconds`` at most.

        False if it certainly does not.

        New is what the last look did not see; where that was not ``look``, the caller does not know it yet, and nothing
        is waited for. What changes all the time, a window that the view tree is silent about, and a tree that does not
        come are looked at again after ``step``.
        """
        self.check_interrupted()
        seconds = max(0.0, seconds)
        if look is not None and not self.screen.untold and not self.screen.is_latest(look):
            return True
        restless = self.polling.restless(self.uptime(), step)
        if restless or self.screen.untold:
            seconds = min(seconds, step)
        changed = self.app_ops.wait_for_change(seconds, windows_only=restless)
        if changed:
            self.polling.spend(self.uptime(), step)
        return changed or self.screen.untold

    def remember(self, taken: Probe | None) -> None:
        """Keep a reading of the clocks; None: after a real wait they are read now and then."""
        if taken is None:
            return self.probe() if time.monotonic() - self._probed >= PROBE_SECONDS else None
        self.clock.add(taken)
        self.run_progress.add(taken)
        self._probed = taken.after
        self.journal.write(taken)

    def now(self) -> Instant:
        """Device time now."""
        return self.clock.at_host(time.monotonic())

    def uptime(self) -> float:
        """Device time now, in seconds since boot."""
        return self.now().uptime

    @contextmanager
    def segment(self, name: str) -> Iterator[Segment]:
        """A named part of the run; an error inside is noted before it goes on, as is why it was cut short."""
        self.check_interrupted()
        self.journal.write(steps.Segment(what=steps.Edge.START, name=name))
        self.progress(self.run_progress.go_on(name))
        part = Segment()
        try:
            yield part
        except HarnessError as error:
            self.note(_("{name}: {error}", name=segment_words(name), error=error), problem=not isinstance(error, Disturbed))
            self.journal.write(steps.Segment(what=steps.Edge.END, name=name, note=str(error), note_zh=chinese(error)))
            raise
        self.app_ops.read()
        self.probe()
        self.flush_logs()
        if part.cut_short:
            self.progress(_("{name}: not to its end: {reason}", name=segment_words(name), reason=part.cut_short))
        self.journal.write(steps.Segment(what=steps.Edge.END, name=name, note=part.cut_short, note_zh=chinese(part.cut_short)))

    def flush_logs(self) -> None:
        """Put the logs onto the disk before the journal says that a part of the run is over."""
        if self.recorder is not None:
            self.recorder.flush()

    def note(self, text: str, *, problem: bool = False) -> None:
        """Tell the reader of the run something; a problem makes what rests on it inconclusive."""
        self.journal.write(steps.Note(text=text, text_zh=chinese(text), problem=problem))

    def tell(self, text: Text) -> None:
        """Tell the tester now, and the reader of the run, what they should know; the same thing once."""
        if text not in self._told:
            self._told.add(text)
            self.progress(text)
            self.note(text)

    def begin_again(self, of_host: float) -> None:
        """What was driven since a host time is done again: what was learned and told once by then is learned anew."""
        self.journal.write(steps.Again(of_host=of_host))
        self.policies_read.clear()
        self.policy_told = bool(self.options.policy)
        self.acts, self.answers = SeenActs(), Answers(self)
        if self.deliveries is not None:
            self.deliveries.tell_anew()

    def not_tried(self, rule: str, reason: Text) -> None:
        """Say why what ``rule`` needs was not tried: the tester did not ask for it, or the device refuses it."""
        self.journal.write(steps.NotTried(rule=rule, zh=chinese(reason), en=str(reason)))

    # --- looking and reading ---------------------------------------------------------------------------------

    def look(self) -> Look:
        """Return what the screen shows now, once nobody else's window lies over it; see ``Screen.look``."""
        return self.way.clear(self.screen.look())

    def picture(self, why: str = "") -> str | None:
        """Take a screenshot into the evidence; its path in the run folder, None when the device gave none."""
        return self.screen.picture(why)

    def read(self, name: str, command: list[str]) -> str:
        """Run a reading command; its whole text goes to the journal under ``name``."""
        result = self.device.shell(command)
        self.journal.write(steps.Reading(name=name, command=" ".join(command), text=result.stdout, code=result.code))
        return result.stdout

    def read_all(self, *readings: tuple[str, list[str]]) -> None:
        """Run several reading commands in one go; the text of each goes to the journal under its name."""
        results = run_together(self.device, [command for _, command in readings])
        for (name, command), result in zip(readings, results, strict=True):
            self.journal.write(steps.Reading(name=name, command=" ".join(command), text=result.stdout, code=result.code))

    def read_state(self) -> None:
        """Read what is left of the app: its exits, its processes, the activity in front."""
        self.read_all(
            ("exit-info", ["dumpsys", "activity", "exit-info", self.app.package]),
            ("processes", ["ps", "-A", "-o", "PID,NAME"]),
            ("focus", ["dumpsys", "activity", "activities"]),
        )

    def read_flags(self) -> dict[str, frozenset[str]]:
        """Permission -> the flags by which the user's answer is known."""
        text = self.read("flags", ["dumpsys", "package", self.app.package])
        state = parse_package(text, self.app.package).user(self.app.user)
        return {p.permission: frozenset(p.flags) & USER_FLAGS for p in state.permissions} if state else {}

    # --- touches --------------------------------------------------------------------------------------------------

    def tap(
        self, point: tuple[int, int], purpose: Purpose, text: str = "", *, use: steps.Function | None = None, held: bool = False
    ) -> float:
        """Touch a point; the journal has it before the device, and the ``use`` that it is. Returns its host time.

        ``held``: the finger stays on it.

        Raises ScenarioError where a window of others would take it.
        """
        self.way.need_clear()
        tap = steps.Tapped(x=point[0], y=point[1], purpose=purpose, text=text, held=held)
        with dated_act(self, *([use] if use is not None else []), tap) as taken:
            self.device.tap(*point, held=held)
        return taken

    def touched(self, host: float, point: tuple[int, int], purpose: Purpose, text: str = "") -> None:
        """A person touched the screen at a host time; nothing is sent to the device."""
        self.journal.write(steps.Tapped(x=point[0], y=point[1], purpose=purpose, text=text), host=host)
        self.screen.forget()

    def swipe(self, start: tuple[int, int], end: tuple[int, int], purpose: Purpose) -> float:
        """Move a finger from one point to another; the journal has it before the device.

        Returns the host time of it. Raises ScenarioError where a window of others would take it.
        """
        self.way.need_clear()
        with dated_act(self, steps.Swipe(start=start, end=end, purpose=purpose)) as taken:
            self.device.swipe(start, end)
        return taken

    def fill(self, field: Node, text: str, *, secret: bool = False) -> bool:
        """Touch a text field and put ``text`` into it; a secret is not recorded. False when the field takes no text."""
        self.tap(centre(field.box), Purpose.FILL, field.text or field.short_id)
        if secret:
            self.journal.hide(text)
        try:
            with dated_act(self, steps.FieldFilled(field=field.short_id or field.text, text=text)):
                self.device.type_text(text)
        except CommandFailed as error:
            self.note(_("the field {field} takes no text: {error}", field=field.short_id or field.text, error=error))
            return False
        return True

    def press(self, key: str, purpose: Purpose = Purpose.LEAVE) -> float:
        """Press a key; the journal has it before the device.

        Raises ScenarioError where a window of others would take it; Home and Recents are no window's.
        """
        if key not in GLOBAL_KEYS:
            self.way.need_clear()
        with dated_act(self, steps.Key(key=key, purpose=purpose)) as taken:
            self.device.press(key)
        return taken

    # --- the app ----------------------------------------------------------------------------------------------

    def launch(self, *, cold: bool = True, anew: bool = False) -> Look:
        """Start the app as its icon does and wait until it, or a dialog of it, is on the screen.

        ``anew``: on the page that it starts with, in the process that it has (FLAG_ACTIVITY_CLEAR_TASK).
        """
        component = self.app.main_activity
        if component is None:
            raise ScenarioError(_("{package} has no launcher activity; start a screen of it by hand", package=self.app.package))
        leave_opened(self)
        self.launches += 1
        if cold:
            self.answers.turned = self.answers.went_through = False
            self.answers.led_on.clear()
        main = ["-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER"]
        with dated_act(self, steps.Launch(component=component, cold=cold)):
            result = self.device.shell(["am", "start", *main, "-n", component, *(["--activity-clear-task"] if anew else [])])
        self.app_ops.again()
        if "Error" in result.stdout + result.stderr:
            answer = " ".join((result.stdout + result.stderr).split())
            raise ScenarioError(_("{package} does not start: {answer}", package=self.app.package, answer=quoted(answer)))
        deadline = self.uptime() + 10.0
        while True:
            changed, late = self.wait_for_change(STEP_SECONDS / 2), self.uptime() >= deadline
            if not (changed or late):
                continue
            look = self.look()
            shown = look.shows((self.app.package, *self.app.grant_packages))
            if late and not shown and light_again(self):  # it is in front, and was behind a dark screen
                deadline = self.uptime() + 10.0
            elif late or shown:
                return past_review(self, look)

    def stop(self) -> None:
        """End the app with a force-stop of ours, and leave what it left open of others.

        A permission dialog, a page of the settings or of a store outlives the app that opened it, on top of the task
        that the next start brings to the front (RootWindowContainer.finishDisabledPackageActivities).
        """
        with dated_act(self, steps.Stop(how=Ending.FORCE_STOP)):
            self.device.shell(["am", "force-stop", self.app.package])
        close_left_open(self)
        leave_opened(self)
        self.screen.forget()

    def reset(self) -> None:
        """Back to the first run: clear the app's data; raises ScenarioError when the device refuses."""
        self.journal.write(steps.Stop(how=Ending.CLEAR))
        result = self.device.shell(["pm", "clear", self.app.package])
        if "Success" not in result.stdout:
            answer = " ".join((result.stdout + result.stderr).split())
            raise ScenarioError(
                _("cannot clear the data of {package}: {answer}", package=self.app.package, answer=with_advice(answer) or _("no answer"))
            )
        self.resets, self.launches = self.resets + 1, 0
        if not self._cleared:  # a check before this one may have broken off before a dialog
            self._cleared = True
            close_left_open(self)
        if any(self.answers.begin_anew().values()):
            self.note(_("permissions still carry an answer of the user after the reset"), problem=True)

    def use_function(self, text: str) -> bool:
        """Tap what carries ``text``, going Back at most three times to a page that has it; False if none does."""
        for _turn in range(4):
            nodes = [node for root in self.look().roots for node in root.walk() if node.visible]
            found = [n for n in nodes if text in (n.text, n.description)] or [n for n in nodes if text in n.text]
            if found:
                self.tap(centre(found[0].box), Purpose.FUNCTION, text, use=steps.Function(text=text))
                return True
            self.press("back", Purpose.FIND_FUNCTION)
            self.idle(STEP_SECONDS)
        return False

    def canary(self, component: str) -> None:
        """Cause one known start and one known finish, and wait until they had time to come through every stream."""
        self._canaries += 1
        cause(self, steps.Canary(name=f"canary-{self._canaries}", component=component))
