"""Background: an app that nobody looks at; leave it, end it, set something off, and see whether it comes to life.

What starts is read from the log by ``replay``. The dumps that name the caller forget soon, so they are read at once
when the log tells of a start (docs/signals.md 4).
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from harness.background.autostart_policy import read_autostart, read_start_policy
from harness.background.recents_screen import clear_all, swipe_away
from harness.background.stimuli import STIMULI, dozing, ledger, run_command
from harness.device.network_address import lost_by_reboot
from harness.errors import CommandFailed, FormatError, ScenarioError
from harness.events import Instant, Trigger
from harness.events.action_kinds import Ending
from harness.language import _
from harness.parsers.getprop import properties
from harness.parsers.log_fields import CLASS
from harness.parsers.windows import Window, front_page, window_dump
from harness.recording import steps
from harness.restore.ledger import Change
from harness.roms import AUTOSTART_OP, rom_of
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.reboot import reboot
from harness.session.session import Session
from harness.starts.callers import same_component
from harness.starts.segment_names import segment_words
from harness.starts.tester_causes import CLOCK_SLACK
from harness.starts.trigger_names import TRIGGERS

STEP_SECONDS = 5.0
"""How often a quiet phone is asked whether something started [PROJECT]: a service record outlives its start by
minutes."""
CLOSE_SECONDS, CLOSE_STEP_SECONDS = 15.0, 1.0
"""Right after what was set off it is asked more often [PROJECT]: a page that nobody is to see may live for seconds."""
LAST_TRACKING_SDK = 35  # Android 15: ActivityManagerShellCommand knows track-associations; later ones do not
START_INFO_SDK = 35  # Android 15: ActivityManagerService keeps ApplicationStartInfo
DOZE_SECONDS = 600.0
BOOT_SECONDS = 600.0  # [PROJECT]: docs/rules.md 8.3
TRIAL_SECONDS = 60.0  # after each stimulus: docs/procedure.md
REST_SECONDS = 1800.0  # the window of c6-self-start: docs/procedure.md
SETTLE_SECONDS = 5.0
_PACKAGE = re.compile(r"[A-Za-z][\w.]*")  # PackageParser.validateName
_STARTED, _CREATED = "am_proc_start", "m_create_activity"  # am_ until Android 10, wm_ since
_COMPONENT = re.compile(rf",([\w.]+/{CLASS}),")  # wm_create_activity: [0,228802016,7,com.a/.Main,android.intent.action.MAIN,...]
_TAGS = ("am_proc_start", "am_create_activity", "wm_create_activity")


@dataclass(slots=True)
class Background:
    """The background life of the app of one session, or of the apps that share one phone.

    ``session`` does what is done to the phone, once for all of them; what is done to an app is done by its own. So they
    wait together, and each app is opened and ended by itself.
    """

    session: Session
    concurrent: ConcurrentSessions = field(init=False)
    _looked: Instant | None = None  # when the log was last asked for starts
    _dark: bool = False  # the display is off by an act of ours
    _sdk: int = 0
    _rom: str = ""
    _tracking: bool = False
    _unread: dict[str, float] = field(default_factory=dict)
    """Pages of the apps that were created and no dump had their window, and until when one is looked for."""

    def __post_init__(self) -> None:
        self.concurrent = ConcurrentSessions((self.session,))

    @classmethod
    def of(cls, concurrent: ConcurrentSessions) -> Background:
        """The background life of several apps, or of one."""
        background = cls(concurrent.phone)
        background.concurrent = concurrent
        return background

    def read_phone(self) -> None:
        """What does not change while we look: the packages, and the roles the user gave."""
        read = self.session.read
        sdk = read("sdk", ["getprop", "ro.build.version.sdk"]).strip()
        self._sdk = int(sdk) if sdk.isdecimal() else 0
        read("packages", ["pm", "list", "packages", "-U"])
        read("system-packages", ["pm", "list", "packages", "-s"])
        read("input-method", ["settings", "get", "secure", "default_input_method"])
        read("accessibility", ["settings", "get", "secure", "enabled_accessibility_services"])
        read("notification-listeners", ["settings", "get", "secure", "enabled_notification_listeners"])
        read("signers", ["sh", "-c", "dumpsys package packages | grep -E '^ *Package \\[|signatures='"])
        read("vpn", ["settings", "get", "secure", "always_on_vpn_app"])
        self._rom = rom_of(properties(read("properties", ["getprop"])))
        self.held_back()

    @contextmanager
    def tracking(self) -> Iterator[None]:
        """A block in which Android keeps account of who uses whose services and providers.

        It stops at the end, and at a reboot.
        """
        if self._sdk > LAST_TRACKING_SDK:
            yield
            return
        with ledger(self.session).kept(Change("association tracking", ("am", "untrack-associations"))):
            self._tracking = True
            self.track()
            yield
        self._tracking = False

    def track(self) -> None:
        """Let Android go on with that account after a reboot."""
        if self._tracking:
            self.session.device.shell(["am", "track-associations"])

    def read_start_policy(self) -> None:
        """What the phone allows the app in the background, as it is now."""
        self.concurrent.each(lambda session: read_start_policy(session, self._rom))

    def open(self) -> None:
        """Open the app and leave it by Home: it has set up what it sets up, and nobody looks at it."""
        self.concurrent.each(self._open)
        self.watch(SETTLE_SECONDS)

    def _open(self, session: Session) -> None:
        session.launch(cold=False)
        self.read_callers()  # at once: an app that wakes others does so as it is opened
        self.watch(SETTLE_SECONDS)
        session.press("home")

    def kill(self) -> None:
        """End its processes as Android does for memory: the app is not stopped and may start again."""
        self.concurrent.each(kill)

    def end_others(self) -> None:
        """End the processes of the other installed apps, as Android does for memory: what runs cannot be seen to start.

        None is stopped. Who called them is read first: what Android brings back by itself is no new call.
        """
        self.read_callers()
        session = self.session
        listed = session.read("third-party", ["pm", "list", "packages", "-3"])
        processes = session.read("processes", ["ps", "-A", "-o", "PID,NAME"])
        checked = [one.app.package for one in self.concurrent.sessions]
        running = {words[-1].partition(":")[0] for words in map(str.split, processes.splitlines()) if words}
        for name in (line.removeprefix("package:").strip() for line in listed.splitlines()):
            if name in running and name not in checked and _PACKAGE.fullmatch(name):
                with suppress(CommandFailed):  # its line stands in the journal
                    run_command(session, ["am", "kill", name])

    def watch(self, seconds: float) -> None:
        """Let ``seconds`` of device time pass; read who called whenever something started.

        Windows are read again at each close look while a page of the app has none yet: it is added with the page's
        first frame, which may come after the look.
        """
        session = self.session
        began = session.uptime()
        session.run_progress.awaits(seconds)
        while (left := began + seconds - session.uptime()) > 0:
            close = began + CLOSE_SECONDS - session.uptime()
            if close <= 0:
                self._unread.clear()
            step = STEP_SECONDS if close <= 0 else CLOSE_STEP_SECONDS
            session.idle_quietly(step if self._unread else min(left, close) if close > 0 else left, step)
            if self._something_started():
                self.read_callers()
            elif self._unread:
                self._read_windows()

    def trial(self, name: str, number: int, trigger: Trigger | None, seconds: float = TRIAL_SECONDS) -> None:
        """One try: the app is dead and not stopped, ``trigger`` is set off, and ``seconds`` pass."""
        session = self.session
        self.kill()
        session.idle(SETTLE_SECONDS)
        with session.segment(f"trigger-{name}-{number}"):
            if trigger is None or self._fire(trigger):
                self.watch(seconds)

    def _fire(self, trigger: Trigger) -> bool:
        """Set ``trigger`` off; False, with a note, where the device does not let us: then nothing was tried."""
        began = time.monotonic()
        try:
            STIMULI[trigger](self.session)
        except (CommandFailed, ScenarioError) as error:
            self.session.note(_("{name}: not tried, {error}", name=TRIGGERS[trigger], error=error))
            return False
        self.session.journal.write(steps.TriggerFired(trigger=trigger), host=began)
        return True

    def dark_trial(self, number: int) -> None:
        """The app is alive and was left by Home.

        The screen goes dark for a minute: does it show a page that nobody sees?
        """
        session = self.session
        self.open()
        with session.segment(f"trigger-dark-{number}"):
            run_command(session, ["input", "keyevent", "KEYCODE_SLEEP"])
            self._dark = True
            self.watch(TRIAL_SECONDS)
            run_command(session, ["input", "keyevent", "KEYCODE_WAKEUP"])
            run_command(session, ["wm", "dismiss-keyguard"])
            self._dark = False
            session.idle(CLOSE_STEP_SECONDS)  # what slept is resumed first: then its window and tree tell of it
            self.read_callers()
            self.watch(SETTLE_SECONDS)

    def doze_trial(self, number: int) -> None:
        """Deep idle by command, ten minutes of it."""
        session = self.session
        self.kill()
        session.idle(SETTLE_SECONDS)
        with ExitStack() as stack:
            try:
                stack.enter_context(dozing(session))
            except CommandFailed as error:
                session.note(_("doze: not tried, {error}", error=error))
                return
            with session.segment(f"trigger-doze-{number}"):
                self.watch(DOZE_SECONDS)

    def boot_trial(self, name: str) -> None:
        """One reboot with unlock, the app not opened; what starts is in the log from the boot's beginning."""
        session = self.session
        if lost_by_reboot(session.device):
            session.note(_("boot: not tried, adb over the network does not come back after a reboot: attach the phone by USB"))
            return
        reboot(session)
        self.track()
        with session.segment(name):
            session.journal.write(steps.TriggerFired(trigger=Trigger.BOOT))
            self.read_callers()
            self.watch(BOOT_SECONDS)

    def before_consent(self) -> None:
        """The app opened and left with its privacy policy unanswered, then killed.

        Of several each is killed when its minute is over, also where others are still to be opened.
        """
        waiting: deque[tuple[float, Session]] = deque()

        def open_and_leave(session: Session) -> None:
            self._kill_due(waiting)
            self.concurrent.enter(session, "before-consent")
            session.launch()
            self.read_callers()
            self.watch(SETTLE_SECONDS)
            session.look()
            session.press("home")
            self.concurrent.enter(session, "before-consent-left")  # of its own: the first run that clause 1 judges is over
            waiting.append((self.session.uptime() + TRIAL_SECONDS, session))

        with self.concurrent.parts():
            self.concurrent.each(open_and_leave)
            while waiting:
                self.watch(waiting[0][0] - self.session.uptime())
                self._kill_due(waiting)
            self.watch(REST_SECONDS)  # long enough for an alarm of a quarter of an hour

    def _kill_due(self, waiting: deque[tuple[float, Session]]) -> None:
        while waiting and waiting[0][0] <= self.session.uptime():
            _, session = waiting.popleft()
            if session in self.concurrent.taking_part:
                kill(session)

    def held_back(self) -> list[Session]:
        """The apps whose switch of the ROM, for starts without the user, is off as it is now."""
        return [session for session in self.concurrent.taking_part if read_autostart(session) is False]

    @contextmanager
    def autostart_on(self, held_back: Sequence[Session]) -> Iterator[None]:
        """A block with the ROM's switch, which is off for these, turned on: the tester's act."""
        with ExitStack() as stack:
            for session in held_back:
                package = session.app.package
                switch = ("cmd", "appops", "set", package, AUTOSTART_OP)
                stack.enter_context(ledger(session).kept(Change(f"autostart of {package}", (*switch, "ignore"))))
                run_command(session, [*switch, "allow"])
                read_autostart(session)
            yield
        for session in held_back:
            read_autostart(session)

    def swipe_trial(self, name: str, number: int) -> None:
        """One swipe-away of the app, or one clear-all, in Recents; nothing else is done to it.

        Of several each is swiped away as soon as it was left; one clear-all ends all of them.
        """
        segment = f"trigger-{name}-{number}"
        tried: list[Session] = []

        def try_out(session: Session) -> None:
            try:
                self.concurrent.enter(session, segment)  # a sticky service is back before the Recents screen is left
                if name == "swipe":
                    swipe_away(session)
                else:
                    clear_all(session, [one for one in self.concurrent.taking_part if one is not session])
                tried.append(session)
            except ScenarioError as error:
                session.note(_("{name}: not tried, {error}", name=segment_words(segment), error=error))

        def open_and_swipe(session: Session) -> None:
            self._open(session)
            self.watch(SETTLE_SECONDS)
            try_out(session)

        with self.concurrent.parts():
            if name == "swipe":
                self.concurrent.each(open_and_swipe)
            else:
                self.open()
                *others, last = self.concurrent.taking_part  # which is in front of the others there
                for session in others:
                    self.concurrent.enter(session, segment)
                try_out(last)
            if tried:
                self.watch(REST_SECONDS)

    def read_callers(self) -> None:
        """What names the caller of a start, and what set it off."""
        packages, read = [session.app.package for session in self.concurrent.sessions], self.session.read
        windows = self._read_windows()  # first: a hidden page may be gone in a second
        read("activities", ["dumpsys", "activity", "activities"])
        read("services", ["dumpsys", "activity", "services"])
        read("broadcasts", ["dumpsys", "activity", "broadcasts", "history"])
        read("providers", ["dumpsys", "activity", "providers"])
        read("associations", ["dumpsys", "activity", "associations"])
        for package in packages:
            read("jobs", ["dumpsys", "jobscheduler", package])
        read("alarms", ["dumpsys", "alarm"])
        read("syncs", ["dumpsys", "content"])
        if self._sdk >= START_INFO_SDK:
            for package in packages:
                read("start-info", ["dumpsys", "activity", "start-info", package])
        if not self._dark:  # no window is visible then: an empty tree is no loss of the stream
            for session in self.concurrent.taking_part:
                _look_at(session, front_page(windows, session.app.package), alone=self.concurrent.alone)

    def read_starts(self) -> None:
        """The same, where something started since the last look."""
        if self._something_started():
            self.read_callers()

    def _read_windows(self) -> Sequence[Window]:
        """What windows there are; a page that has one now is no longer waited for."""
        said = self.session.read("windows", ["dumpsys", "window", "windows"])
        try:
            windows = window_dump(said).windows
        except FormatError:  # its events say so
            return ()
        shown = [window.component for window in windows if window.size is not None]
        self._unread = {page: end for page, end in self._unread.items() if not any(same_component(page, other) for other in shown)}
        return windows

    def _something_started(self) -> bool:
        """Whether the device's log tells of a start since the last look.

        The log itself is asked, not our recording of it: that comes when it comes, and a virtual device lives through
        hours meanwhile. The wall clock may have been set in between, so the time to look from is reckoned back from its
        present.
        """
        session = self.session
        before, now = self._looked, session.now()
        self._looked = now
        passed = now.seconds_since(before) if before is not None and before.boot == now.boot else now.uptime
        since = session.clock.wall_at(now) - passed - CLOCK_SLACK
        command = ["logcat", "-b", "events", "-d", "-v", "brief", "-T", f"{since:.3f}", "-s", *_TAGS]
        started = [line for line in session.device.shell(command).stdout.splitlines() if self._is_start(line)]
        self._unread = {page: end for page, end in self._unread.items() if now.uptime <= end}
        pages = [match[1] for line in started if _CREATED in line and (match := _COMPONENT.search(line))]
        self._unread |= dict.fromkeys(pages, now.uptime + CLOSE_SECONDS)
        return bool(started)

    def _is_start(self, line: str) -> bool:
        """A process of anyone, or a page of the app: its process may have lived already."""
        return _STARTED in line or (_CREATED in line and any(f"{one.app.package}/" in line for one in self.concurrent.sessions))


def kill(session: Session) -> None:
    """End the processes of an app as Android does for memory: it is not stopped and may start again."""
    session.journal.write(steps.Stop(how=Ending.KILL))
    session.device.shell(["am", "kill", session.app.package])


def _look_at(session: Session, front: Window | None, *, alone: bool) -> None:
    """Read the tree for an app; of several for one that has a page in front, as each reading costs time."""
    if front is not None and front.translucent:
        session.screen.forget()  # whether there is anything on it, its own tree says, also when it is like the last
    if alone or front is not None:
        session.look()
