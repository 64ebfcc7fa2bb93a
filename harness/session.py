"""Session: device + recorder + evidence + app under test; what a scenario holds.

Every step is a line of the journal (raw/session.jsonl) before anything is made of it. The session itself only looks at
the present screen to decide what to press; the facts are made afterwards, by ``replay``, from what is on disk.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

from harness.clock import ClockMap, Probe, idle, probe
from harness.dialogs.matcher import Dialog, find_dialog
from harness.errors import DeviceTimeout, FormatError, HarnessError, ScenarioError
from harness.events import Instant, Source
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.package import parse_package
from harness.permission_groups import group_of
from harness.rom import advice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.app import AppUnderTest
    from harness.device import Device
    from harness.evidence import RunFolder
    from harness.journal import Journal
    from harness.recorder import Recorder

STEP_SECONDS = 0.5
"""How often the screen is looked at while watching [PROJECT]: a person needs longer to see and answer a dialog."""
SETTLE_SECONDS = 3.0
"""How long a dialog may take to go after its button was pressed: the animation is 0.3 s, a slow phone takes 2 s."""
CANARY_SECONDS = 10.0
UP_SECONDS = 240.0
UNLOCK_SECONDS = 60.0
LOCKED = ("BOOTING", "RUNNING_LOCKED", "RUNNING_UNLOCKING")  # services/core/java/com/android/server/am/UserState.java
"""How long the system may take from the reboot to sys.boot_completed [PROJECT]: an old phone takes two minutes."""
CLAUSES = (5, 6)
"""The clauses of notice 164 that there are scenarios for."""
USER_FLAGS = {"USER_SET", "USER_FIXED"}


@dataclass(frozen=True, slots=True)
class Options:
    """What the tester chose; stored in run.json. ``policy`` is the text of the privacy policy, where they gave its file."""

    consent: Literal["accept", "refuse"] = "accept"
    taps: tuple[str, ...] = ()
    profile: str = "miit-164"
    strict: bool = False
    clauses: tuple[int, ...] = CLAUSES
    policy: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What the screen showed at one moment; ``roots`` is empty when the view tree could not be read."""

    roots: tuple[Node, ...] = ()
    dialog: Dialog | None = None

    def shows(self, packages: tuple[str, ...]) -> bool:
        """Whether a window of one of the packages is in the tree."""
        return any(root.package in packages for root in self.roots)


@dataclass(slots=True)
class Session:
    """One app on one device: the scenario drives, the journal remembers."""

    device: Device
    app: AppUnderTest
    folder: RunFolder
    journal: Journal
    options: Options
    recorder: Recorder | None = None
    progress: Callable[[str], None] = lambda text: None
    clock: ClockMap = field(default_factory=ClockMap)
    _tree: str = ""  # the last one that was read, as XML
    _seen: Look = field(default_factory=Look)  # and what it says
    _tree_lost: bool = False
    _canaries: int = 0
    _flags: dict[str, frozenset[str]] = field(default_factory=dict)

    def start(self) -> None:
        """Read the clocks and open the sources that the session itself is."""
        self.probe()
        for source in (Source.SESSION, Source.TREE):
            self.journal.write("stream", source=source.value, what="opened")
        if self.options.policy:
            self.journal.write("policy", text=self.options.policy)

    # --- time and notes -------------------------------------------------------------------------------------------

    def probe(self) -> None:
        """Read the device's clocks."""
        self._remember(probe(self.device))

    def idle(self, seconds: float) -> None:
        """Let device time pass."""
        self._remember(idle(self.device, seconds))

    def _remember(self, taken: Probe) -> None:
        self.clock.add(taken)
        self.journal.write("probe", **asdict(taken))

    def uptime(self) -> float:
        """Device time now, in seconds since boot."""
        return self.clock.at_host(time.monotonic()).uptime

    @contextmanager
    def segment(self, name: str) -> Iterator[None]:
        """A named part of the run; an error inside is noted before it goes on."""
        self.journal.write("segment", what="start", name=name)
        self.progress(f"{self.app.package}: {name}")
        try:
            yield
        except HarnessError as error:
            self.note(f"{name}: {error}", problem=True)
            self.journal.write("segment", what="end", name=name, note=str(error))
            raise
        self.probe()
        self.journal.write("segment", what="end", name=name, note="")

    def note(self, text: str, *, problem: bool = False) -> None:
        """Tell the reader of the run something; a problem makes what rests on it inconclusive."""
        self.journal.write("note", text=text, problem=problem)

    # --- looking --------------------------------------------------------------------------------------------------

    def look(self) -> Look:
        """Read the view tree; what is new in it goes to the journal, a new dialog with its picture."""
        taken = time.monotonic()
        try:
            xml = self.device.tree()
            roots = self._seen.roots if xml == self._tree else parse_hierarchy(xml)
        except (DeviceTimeout, FormatError) as error:
            if not self._tree_lost:
                self.journal.write("stream", source=Source.TREE.value, what="lost", reason=str(error))
            self._tree_lost = True
            return Look()
        if self._tree_lost:
            self.journal.write("stream", source=Source.TREE.value, what="opened")
            self._tree_lost = False
        if xml != self._tree:
            dialog = find_dialog(roots, self.app.package, self.app.grant_packages)
            picture = self.picture() if dialog is not None and dialog != self._seen.dialog else None
            self.journal.write("tree", host=taken, xml=xml, screenshot=picture)
            self._tree, self._seen = xml, Look(roots, dialog)
        return self._seen

    def picture(self, why: str = "") -> str | None:
        """Take a screenshot into the evidence; its path in the run folder, None when the device gave none."""
        taken = time.monotonic()
        try:
            path = self.folder.save_screen(self.device.screenshot())
        except (DeviceTimeout, FormatError) as error:
            self.note(f"screenshot failed: {error}")
            return None
        self.journal.write("screenshot", host=taken, path=path, why=why)
        return path

    def read(self, name: str, command: list[str]) -> str:
        """Run a reading command; its whole text goes to the journal under ``name``."""
        result = self.device.shell(command)
        self.journal.write("reading", name=name, command=" ".join(command), text=result.stdout, code=result.code)
        return result.stdout

    def read_state(self) -> None:
        """What is left of the app: its exits, its processes, what is in front."""
        self.read("exit-info", ["dumpsys", "activity", "exit-info", self.app.package])
        self.read("processes", ["ps", "-A", "-o", "PID,NAME"])
        self.read("focus", ["dumpsys", "activity", "activities"])

    def read_flags(self) -> dict[str, frozenset[str]]:
        """Permission -> the flags by which the user's answer is known."""
        text = self.read("flags", ["dumpsys", "package", self.app.package])
        state = parse_package(text, self.app.package).user(self.app.user)
        return {p.permission: frozenset(p.flags) & USER_FLAGS for p in state.permissions} if state else {}

    # --- acts -----------------------------------------------------------------------------------------------------

    def tap(self, point: tuple[int, int], purpose: str, text: str = "") -> float:
        """Touch a point; the journal has it before the device. Returns the host time of the tap."""
        taken = time.monotonic()
        self.journal.write("tap", host=taken, x=point[0], y=point[1], purpose=purpose, text=text)
        self._tree, self._seen = "", Look()  # what comes after a touch is new, also when it looks the same
        self.device.tap(*point)
        return taken

    def wait_gone(self, dialog: Dialog) -> bool:
        """Wait until the screen no longer shows this dialog; False when it still does after SETTLE_SECONDS."""
        deadline = self.uptime() + SETTLE_SECONDS
        while True:
            self.idle(0.2)
            look = self.look()
            if look.roots and look.dialog != dialog:
                return True
            if self.uptime() >= deadline:
                return False

    def deny(self, dialog: Dialog) -> bool:
        """Press the plain deny button of the system dialog and prove what it did; False when it has none."""
        button = dialog.button("deny", "deny_again", "keep")
        if button is None:
            self.note(f"the permission dialog has no plain deny button: {dialog.text[:80]}", problem=True)
            return False
        before = self._flags
        tapped = self.tap(button.centre, "deny", button.text)
        gone = self.wait_gone(dialog)
        self._flags = self.read_flags()
        changed = [p for p, flags in self._flags.items() if flags - before.get(p, frozenset())]
        groups = {group_of(permission) for permission in changed}
        group = dialog.group if dialog.group in groups or not changed else group_of(changed[0])
        self.journal.write(
            "denied",
            host=tapped,
            group=group,
            button=button.text,
            again=button.role == "deny_again",
            proof="flags" if changed else "gone" if gone else "none",
        )
        self.progress(f"{self.app.package}: denied {group or 'a permission'} ({button.text})")
        self.picture("after-denial")
        return True

    def close_own(self, dialog: Dialog) -> None:
        """Press the negative control of the app's own modal, its only button, or Back, until it goes."""
        choices = [b for b in (dialog.button("negative"), dialog.button("close"), dialog.button("positive")) if b]
        for button in choices:
            explains = button.role == "positive"
            tapped = self.tap(button.centre, "explanation" if explains else "close", button.text)
            gone = self.wait_gone(dialog)
            if gone and not explains:
                self._closed(tapped, dialog, button.text)
            if gone:
                return
        tapped = self.press("back", "close")
        if self.wait_gone(dialog):
            self._closed(tapped, dialog, "Back")
        else:
            self.journal.write("stuck", group=dialog.group, text=dialog.text[:500], screenshot=self.picture("stuck"))

    def _closed(self, tapped: float, dialog: Dialog, button: str) -> None:
        self.journal.write("closed", host=tapped, dialog=dialog.kind.value, group=dialog.group, button=button)

    def answer_consent(self, dialog: Dialog) -> None:
        """Accept or refuse the privacy policy, as the tester chose."""
        refuse = self.options.consent == "refuse"
        button = dialog.button("refuse") if refuse else dialog.button("accept")
        if button is None:
            self.note(f"the consent dialog has no {'refuse' if refuse else 'accept'} button: {dialog.text[:80]}")
            return
        tapped = self.tap(button.centre, "consent-refuse" if refuse else "consent-accept", button.text)
        self.journal.write("consent", host=tapped, what="refused" if refuse else "given", button=button.text)
        self.wait_gone(dialog)

    def press(self, key: str, purpose: str = "") -> float:
        """Press a key; the journal has it before the device."""
        taken = time.monotonic()
        self.journal.write("key", host=taken, key=key, purpose=purpose)
        self._tree, self._seen = "", Look()
        self.device.press(key)
        return taken

    def leave_settings(self) -> None:
        """Back from the system settings to which the app jumped: a closing, as of its own modal."""
        tapped = self.press("back", "close")
        self.journal.write("closed", host=tapped, dialog="settings_guide", group=None, button="Back")
        self.idle(STEP_SECONDS)

    def launch(self, *, cold: bool = True) -> Look:
        """Start the app as its icon does and wait until it, or a dialog of it, is on the screen."""
        component = self.app.main_activity
        if component is None:
            raise ScenarioError(f"{self.app.package} has no launcher activity; start a screen of it by hand")
        self.journal.write("launch", component=component, cold=cold)
        main = ["-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER"]
        result = self.device.shell(["am", "start", *main, "-n", component])
        if "Error" in result.stdout + result.stderr:
            answer = " ".join((result.stdout + result.stderr).split())
            raise ScenarioError(f"{self.app.package} does not start: {answer}")
        deadline = self.uptime() + 10.0
        while True:
            self.idle(STEP_SECONDS / 2)
            look = self.look()
            if look.shows((self.app.package, *self.app.grant_packages)) or self.uptime() >= deadline:
                return look

    def stop(self) -> None:
        """End the app with a force-stop of ours."""
        self.journal.write("stop", how="force-stop")
        self.device.shell(["am", "force-stop", self.app.package])
        self._tree, self._seen = "", Look()

    def reset(self) -> None:
        """Back to the first run: clear the app's data; raises ScenarioError when the device refuses."""
        self.journal.write("stop", how="clear")
        result = self.device.shell(["pm", "clear", self.app.package])
        if "Success" not in result.stdout:
            answer = " ".join((result.stdout + result.stderr).split())
            raise ScenarioError(f"cannot clear the data of {self.app.package}: {advice(answer)}{answer or 'no answer'}")
        self._flags = self.read_flags()
        if any(self._flags.values()):
            self.note("permissions still carry an answer of the user after the reset", problem=True)

    def reboot(self) -> None:
        """Reboot the phone and wait until its system is up and unlocked; the logs are read again from the boot's start."""
        self.journal.write("reboot")
        self.device.reboot()
        self.probe()
        for _ in range(int(UP_SECONDS)):
            if self.device.shell(["getprop", "sys.boot_completed"]).stdout.strip() == "1":
                break
            self.idle(1.0)
        else:
            raise DeviceTimeout(f"{self.device.serial}: the system did not come up within {UP_SECONDS:g} s of the reboot")
        self.device.shell(["wm", "dismiss-keyguard"])
        self.wait_for_unlock()
        if self.recorder is not None:
            self.recorder.start(since=self.clock.wall_at(Instant(self.clock.boots - 1, 0.0)))
        self._tree, self._seen = "", Look()

    def wait_for_unlock(self) -> None:
        """Wait until the user's storage is open: only then Android tells the apps that it booted (UserController.java)."""
        state = ""
        for _ in range(int(UNLOCK_SECONDS)):
            state = self.device.shell(["am", "get-started-user-state", str(self.app.user)]).stdout.strip()
            if state not in LOCKED:
                return
            self.idle(1.0)
        raise ScenarioError(
            f"{self.device.serial} is locked after its reboot ({state}), so Android tells no app that it booted: "
            "take the screen lock off (settings, security) and check again"
        )

    def use_function(self, text: str) -> bool:
        """Tap what carries ``text``, going Back at most three times to a page that has it; False if none does."""
        for _ in range(4):
            nodes = [node for root in self.look().roots for node in root.walk() if node.visible]
            found = [n for n in nodes if text in (n.text, n.description)] or [n for n in nodes if text in n.text]
            if found:
                x, y, width, height = found[0].box
                self.journal.write("function", text=text)
                self.tap((x + width // 2, y + height // 2), "function", text)
                return True
            self.press("back", "find-function")
            self.idle(STEP_SECONDS)
        # an app whose policy was refused may rightly show nothing: then there was nothing to exercise
        self.note(f"no control with the text '{text}' was found", problem=self.options.consent == "accept")
        return False

    def canary(self, component: str) -> None:
        """Cause one known start and one known finish, and wait until they had time to come through every stream."""
        self._canaries += 1
        name = f"canary-{self._canaries}"
        mark = self.recorder.mark() if self.recorder is not None else 0
        self.journal.write("canary", name=name, component=component)
        self.device.shell(["am", "start", "-n", component])
        self.device.shell(["log", "-t", "apprights", name])
        self.idle(STEP_SECONDS)
        self.device.shell(["am", "force-stop", component.split("/", 1)[0]])
        if self.recorder is not None:
            self.recorder.wait_for(lambda line: name in line.text, CANARY_SECONDS, since=mark)
        self._tree, self._seen = "", Look()
