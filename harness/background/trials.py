"""Background: an app that nobody looks at; leave it, end it, set something off, and see whether it comes to life.

What starts is read from the log by ``replay``. The dumps that name the caller forget soon, so they are read at once
when the log tells of a start (docs/signals.md 4).
"""

from __future__ import annotations

import re
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.background.recents import clear_all, swipe_away
from harness.background.start_manager import read_start_policy
from harness.background.stimuli import STIMULI, dozing, ledger, lost_by_reboot, run_command
from harness.errors import CommandFailed, FormatError, ScenarioError
from harness.events import Trigger
from harness.events.purposes import Ending
from harness.language import _, known
from harness.parsers.getprop import properties
from harness.parsers.rom import rom_of
from harness.parsers.windows import front_page, window_dump
from harness.recording import steps
from harness.replay.start_log import autostart_allowed
from harness.restore.ledger import Change
from harness.session.reboot import reboot
from harness.starts.callers import same_component
from harness.starts.names import TRIGGERS
from harness.starts.segments import segment_words
from harness.starts.tester_acts import CLOCK_SLACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events import Instant
    from harness.parsers.windows import Window
    from harness.session.session import Session

STEP_SECONDS = 5.0
"""How often a quiet phone is asked whether something started [PROJECT]: a service record outlives its start by
minutes."""
CLOSE_SECONDS, CLOSE_STEP_SECONDS = 15.0, 1.0
"""Right after what was set off it is asked more often [PROJECT]: a page that nobody is to see may live for seconds."""
LAST_TRACKING_SDK = 35  # Android 15: ActivityManagerShellCommand knows track-associations; later ones do not
START_INFO_SDK = 35  # Android 15: ActivityManagerService keeps ApplicationStartInfo
AUTOSTART_OP = "10008"  # MIUI and HyperOS: OP_AUTO_START of miui's AppOpsManagerInjector (docs/signals.md 5.3)
DOZE_SECONDS = 600.0
BOOT_SECONDS = 600.0  # [PROJECT]: docs/rules.md 8.3
TRIAL_SECONDS = 60.0  # after each stimulus: docs/rules.md 7.6
REST_SECONDS = 1800.0  # the window of c6-self-start: docs/rules.md 7.6
SETTLE_SECONDS = 5.0
_PACKAGE = re.compile(r"[A-Za-z][\w.]*")  # PackageParser.validateName
_STARTED, _CREATED = "am_proc_start", "m_create_activity"  # am_ until Android 10, wm_ since
_COMPONENT = re.compile(r",([\w.]+/[\w.$]+),")  # wm_create_activity: [0,228802016,7,com.a/.Main,android.intent.action.MAIN,...]
_TAGS = ("am_proc_start", "am_create_activity", "wm_create_activity")


@dataclass(slots=True)
class Background:
    """The background life of the app of one session."""

    session: Session
    _looked: Instant | None = None  # when the log was last asked for starts
    _dark: bool = False  # the display is off by an act of ours
    _sdk: int = 0
    _rom: str = ""
    _tracking: bool = False
    _unread: set[str] = field(default_factory=set)  # pages of the app that were created, and no dump had their window

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
        self.autostart()

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
        read_start_policy(self.session, self._rom)

    def open(self) -> None:
        """Open the app and leave it by Home: it has set up what it sets up, and nobody looks at it."""
        self.session.launch(cold=False)
        self.read_callers()  # at once: an app that wakes others does so as it is opened
        self.watch(SETTLE_SECONDS)
        self.session.press("home")
        self.watch(SETTLE_SECONDS)

    def kill(self) -> None:
        """End its processes as Android does for memory: the app is not stopped and may start again."""
        self.session.journal.write(steps.Stop(how=Ending.KILL))
        self.session.device.shell(["am", "kill", self.session.app.package])

    def end_others(self) -> None:
        """End the processes of the other installed apps, as Android does for memory.

        What runs already cannot be seen to start. An app that a user sees or hears stays, as ``am kill`` has it; none
        is stopped, so that each may start again as before.
        """
        session = self.session
        listed = session.read("third-party", ["pm", "list", "packages", "-3"])
        processes = session.read("processes", ["ps", "-A", "-o", "PID,NAME"])
        running = {words[-1].partition(":")[0] for words in map(str.split, processes.splitlines()) if words}
        for name in (line.removeprefix("package:").strip() for line in listed.splitlines()):
            if name in running and name != session.app.package and _PACKAGE.fullmatch(name):
                with suppress(CommandFailed):  # its line stands in the journal
                    run_command(session, ["am", "kill", name])

    def watch(self, seconds: float) -> None:
        """Let ``seconds`` of device time pass; read who called whenever something started.

        Windows are read again at each close look while a page of the app has none yet: it is added with the page's
        first frame, which may come after the look.
        """
        session = self.session
        began = session.uptime()
        session.course.awaits(seconds)
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
            self.session.note(_("{name}: not tried, {error}", name=known(*TRIGGERS[trigger]), error=error))
            return False
        self.session.journal.write(steps.Fired(trigger=trigger), host=began)
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
        if lost_by_reboot(session):
            session.note(_("boot: not tried, adb over the network does not come back after a reboot: attach the phone by USB"))
            return
        reboot(session)
        self.track()
        with session.segment(name):
            session.journal.write(steps.Fired(trigger=Trigger.BOOT))
            self.read_callers()
            self.watch(BOOT_SECONDS)

    def before_consent(self) -> None:
        """The app opened and left with its privacy policy unanswered, then killed."""
        session = self.session
        with session.segment("before-consent"):
            session.launch()
            self.read_callers()
            self.watch(SETTLE_SECONDS)
            session.look()
            session.press("home")
        with session.segment("before-consent-left"):  # of its own: the first run that clause 1 judges is over
            self.watch(TRIAL_SECONDS)
            self.kill()
            self.watch(REST_SECONDS)  # long enough for an alarm of a quarter of an hour

    def autostart(self) -> bool | None:
        """The ROM's switch for starts without the user, as it is now; None where shell cannot read it."""
        said = self.session.read("autostart", ["cmd", "appops", "get", self.session.app.package, AUTOSTART_OP])
        return autostart_allowed(said)

    @contextmanager
    def autostart_on(self) -> Iterator[None]:
        """A block with the ROM's switch, which is off, turned on: the tester's act."""
        package = self.session.app.package
        switch = ("cmd", "appops", "set", package, AUTOSTART_OP)
        with ledger(self.session).kept(Change(f"autostart of {package}", (*switch, "ignore"))):
            run_command(self.session, [*switch, "allow"])
            self.autostart()
            yield
        self.autostart()

    def swipe_trial(self, name: str, number: int) -> None:
        """One swipe-away of the app, or one clear-all, in Recents; nothing else is done to it."""
        session = self.session
        self.open()
        with session.segment(f"trigger-{name}-{number}"):  # a sticky service is back before the Recents screen is left
            try:
                (swipe_away if name == "swipe" else clear_all)(session)
            except ScenarioError as error:
                session.note(_("{name}: not tried, {error}", name=segment_words(f"trigger-{name}-{number}"), error=error))
                return
            self.watch(REST_SECONDS)

    def read_callers(self) -> None:
        """What names the caller of a start, and what set it off."""
        package, read = self.session.app.package, self.session.read
        front = self._read_windows()  # first: a hidden page may be gone in a second
        read("activities", ["dumpsys", "activity", "activities"])
        read("services", ["dumpsys", "activity", "services"])
        read("broadcasts", ["dumpsys", "activity", "broadcasts", "history"])
        read("providers", ["dumpsys", "activity", "providers"])
        read("associations", ["dumpsys", "activity", "associations"])
        read("jobs", ["dumpsys", "jobscheduler", package])
        read("alarms", ["dumpsys", "alarm"])
        read("syncs", ["dumpsys", "content"])
        if self._sdk >= START_INFO_SDK:
            read("start-info", ["dumpsys", "activity", "start-info", package])
        if not self._dark:  # no window is visible then: an empty tree is no loss of the stream
            if front is not None and front.translucent:
                self.session.screen.forget()  # whether there is anything on it, its own tree says, also when it is like the last
            self.session.look()

    def _read_windows(self) -> Window | None:
        """What windows there are; a page that has one now is no longer waited for. The app's page that is on top."""
        said = self.session.read("windows", ["dumpsys", "window", "windows"])
        try:
            windows = window_dump(said).windows
        except FormatError:  # its events say so
            return None
        shown = [window.component for window in windows if window.size is not None]
        self._unread = {page for page in self._unread if not any(same_component(page, other) for other in shown)}
        return front_page(windows, self.session.app.package)

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
        self._unread |= {match[1] for line in started if _CREATED in line and (match := _COMPONENT.search(line))}
        return bool(started)

    def _is_start(self, line: str) -> bool:
        """A process of anyone, or a page of the app: its process may have lived already."""
        return _STARTED in line or (_CREATED in line and f"{self.session.app.package}/" in line)
