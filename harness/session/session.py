"""Session: device + recorder + evidence + app under test; what a scenario holds.

Every step is a line of the journal (raw/session.jsonl) before anything is made of it. The session itself only looks at
the present screen to decide what to press; the facts are made afterwards, by ``replay``, from what is on disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.dialogs.consent import find_consent
from harness.dialogs.danger import is_dangerous
from harness.errors import DeviceTimeout, FormatError, ScenarioError
from harness.events import Instant
from harness.events.permission_groups import group_of
from harness.pages.look import Look
from harness.parsers.hierarchy import parse_hierarchy
from harness.parsers.rom import advice
from harness.session.handset import Handset

if TYPE_CHECKING:
    from harness.dialogs.buttons import Button
    from harness.dialogs.matcher import Dialog

STEP_SECONDS = 0.5
"""How often the screen is looked at while watching [PROJECT]: a person needs longer to see and answer a dialog."""
SETTLE_SECONDS = 3.0
"""How long a dialog may take to go after its button was pressed: the animation is 0.3 s, a slow phone takes 2 s."""
CANARY_SECONDS = 10.0
UP_SECONDS = 240.0
"""How long the system may take from the reboot to sys.boot_completed [PROJECT]: an old phone takes two minutes."""
UNLOCK_SECONDS = 60.0
MOST_LEFT_OPEN = 3
"""Pages of the system that are closed after the app is stopped at most [PROJECT]: the app's page in the settings, and one of it."""
LOCKED = ("BOOTING", "RUNNING_LOCKED", "RUNNING_UNLOCKING")  # services/core/java/com/android/server/am/UserState.java


@dataclass(slots=True)
class Session(Handset):
    """One app on one device: the scenario drives, the journal remembers."""

    _canaries: int = 0
    _flags: dict[str, frozenset[str]] = field(default_factory=dict)
    _unanswered: set[str] = field(default_factory=set)  # consent dialogs without an answer that we know

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
        self.denied(dialog, button, self.tap(button.centre, "deny", button.text))
        return True

    def denied(self, dialog: Dialog, button: Button, tapped: float) -> None:
        """The deny button was pressed at a host time, by us or by a person: prove what it did."""
        gone, group, changed = self._effect(dialog)
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

    def allow(self, dialog: Dialog) -> bool:
        """Press the allow button of the system dialog, or the positive control of the app's own: in a control run only."""
        button = dialog.button("foreground", "allow", "one_time", "positive")
        if button is None:
            self.note(f"the permission dialog has no allow button: {dialog.text[:80]}")
            return False
        tapped = self.tap(button.centre, "allow", button.text)
        _, group, _ = self._effect(dialog)
        self.journal.write("granted", host=tapped, group=group, button=button.text)
        return True

    def _effect(self, dialog: Dialog) -> tuple[bool, str | None, bool]:
        """What the answer to a dialog did: whether it went, which group it was about, whether the permission's flags changed."""
        before = self._flags
        gone = self.wait_gone(dialog)
        self._flags = self.read_flags()
        changed = [p for p, flags in self._flags.items() if flags - before.get(p, frozenset())]
        groups = {group_of(permission) for permission in changed}
        return gone, dialog.group if dialog.group in groups or not changed else group_of(changed[0]), bool(changed)

    def go_on(self, dialog: Dialog) -> bool:
        """Press the positive control of the app's own explanation, to be asked by the system; False when it has none."""
        button = dialog.button("positive")
        if button is not None:
            self.tap(button.centre, "explanation", button.text)
            self.wait_gone(dialog)
        return button is not None

    def close_own(self, dialog: Dialog) -> None:
        """Press the negative control of the app's own modal, its only button, or Back, until it goes."""
        choices = [b for b in (dialog.button("negative"), dialog.button("close"), dialog.button("positive")) if b]
        for button in choices:
            explains = button.role == "positive"
            tapped = self.tap(button.centre, "explanation" if explains else "close", button.text)
            gone = self.wait_gone(dialog)
            if gone and not explains:
                self.closed(tapped, dialog, button.text)
            if gone:
                return
        tapped = self.press("back", "close")
        if self.wait_gone(dialog):
            self.closed(tapped, dialog, "Back")
        else:
            self.journal.write("stuck", group=dialog.group, text=dialog.text[:500], screenshot=self.picture("stuck"))

    def closed(self, tapped: float, dialog: Dialog, button: str) -> None:
        """The app's own dialog was closed at a host time, by us or by a person."""
        self.journal.write("closed", host=tapped, dialog=dialog.kind.value, group=dialog.group, button=button)

    def answer_consent(self, dialog: Dialog) -> None:
        """Accept or refuse the privacy policy, as the tester chose."""
        refuse = self.options.consent == "refuse"
        button = dialog.button("refuse") if refuse else dialog.button("accept") or self._only_other(dialog)
        if button is None:
            if dialog.text not in self._unanswered:
                self._unanswered.add(dialog.text)
                self.note(f"the consent dialog has no {'refuse' if refuse else 'accept'} button: {dialog.text[:80]}")
            return
        for box in [] if refuse else [tick for tick in dialog.buttons if tick.role == "tick"]:
            self.tap(box.centre, "consent-tick", box.text)
        tapped = self.tap(button.centre, "consent-refuse" if refuse else "consent-accept", button.text)
        self.journal.write("consent", host=tapped, what="refused" if refuse else "given", button=button.text)
        self.wait_gone(dialog)

    def _only_other(self, dialog: Dialog) -> Button | None:
        """The one button of a consent dialog whose words say neither yes nor no, where it has one: 进入."""
        shown = find_consent(self._roots, self.app.package, dialog)
        others = [button for button in shown.buttons if button.role == "other"] if shown else []
        return others[0] if len(others) == 1 and not is_dangerous(others[0].text) else None

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
        """End the app with a force-stop of ours, and what it left open of the system's.

        A permission dialog or a page of the settings outlives the app that opened it, on top of the task that the next start
        brings to the front (RootWindowContainer.finishDisabledPackageActivities). Nobody asks any more, so Back refuses nothing.
        """
        self.journal.write("stop", how="force-stop")
        self.device.shell(["am", "force-stop", self.app.package])
        for _ in range(MOST_LEFT_OPEN):
            if not self._left_open():
                break
            self.press("back", "left-open")
        self._tree, self._seen = "", Look()

    def _left_open(self) -> bool:
        """Whether a page of the system's is in front; what was read is no look at the app, which is gone."""
        try:
            xml = self.device.tree()
            self.journal.write("left-open", xml=xml)
            look = Look(parse_hierarchy(xml))
        except (DeviceTimeout, FormatError):
            return False
        return look.shows((*self.app.grant_packages, *self.app.settings_packages))

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

    def use_function(self, text: str, *, needed: bool = True) -> bool:
        """Tap what carries ``text``, going Back at most three times to a page that has it; False if none does.

        That is a problem of the run where the function is ``needed``.
        """
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
        self.note(f"no control with the text '{text}' was found", problem=needed and self.options.consent == "accept")
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
