"""Other apps: which of them the app under test started, which of those may be ended, and how each is ended.

What comes to the front while an app is driven may be anybody's: an alarm that rings, a call, an update of the system.
A force-stop takes an app's alarms and messages from its user until it is opened again. So it is for what the app under
test provably started alone, and never for what came with the phone, what the user chose for a role, or a messenger.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from harness.background.stimuli import ledger, run_command
from harness.device.protocol import run_together
from harness.errors import CommandFailed, FormatError
from harness.language import _
from harness.parsers.activities import ListedActivity, listed_activities
from harness.parsers.intent_answers import components
from harness.restore.ledger import Change
from harness.rules.rule_files import read
from harness.session.session import Session

_PACKAGE = re.compile(r"[A-Za-z][\w.]*")  # PackageParser.validateName
_SYSTEM = ("pm", "list", "packages", "-s")
_RESOLVE = ("cmd", "package", "resolve-activity", "--brief")
_CHOSEN = (
    ("-a", "android.intent.action.DIAL"),
    ("-a", "android.intent.action.SENDTO", "-d", "smsto:10086"),
    ("-a", "android.intent.action.SHOW_ALARMS"),
    ("-a", "android.intent.action.VIEW", "-d", "http://example.com"),
    ("-a", "android.intent.action.ASSIST"),
)
"""What the user has an app of their own choice for: dialler, messages, clock, browser, assistant."""


@dataclass(slots=True)
class OtherApps:
    """The apps of others on the phone of one session."""

    session: Session
    ended: list[str] = field(default_factory=list)
    """Those that were force-stopped and are in the stopped state since, in order."""
    _spared: frozenset[str] | None = None

    def started(self) -> tuple[str, ...]:
        """The packages of which the app under test started a page: since ``forget`` by the log, now by the records."""
        said = self.session.device.shell(["dumpsys", "activity", "activities"]).stdout
        try:
            listed = [one for one in listed_activities(said.splitlines()) if isinstance(one, ListedActivity)]
        except FormatError as error:
            self.session.note(_("what lies below the opened app was not read: {error}", error=error))
            listed = []
        app = self.session.app
        logged = [package for package, uid in self.session.foreground.started if uid == app.uid]
        recorded = [one.package for one in listed if app.package == one.launched_from_package or app.uid == one.launched_from_uid]
        return tuple(dict.fromkeys(package for package in (*logged, *recorded) if package != app.package))

    def forget(self) -> None:
        """What comes from here on is of another act."""
        self.session.foreground.started = []

    def end(self, packages: Sequence[str]) -> None:
        """Force-stop each of these packages that may be ended, and keep in mind that its state is ours."""
        for package in packages:
            if self.may_end(package):
                self._end(package)

    def may_end(self, package: str) -> bool:
        """Whether it is an app that the user installed and has for no role; False where the phone does not tell."""
        return _PACKAGE.fullmatch(package) is not None and package not in (spared := self._never()) and bool(spared)

    def tell(self) -> None:
        """Say which apps are left in the stopped state; nothing but opening them takes it away."""
        if self.ended:
            names = list(dict.fromkeys(self.ended))
            self.session.note(
                _(
                    "force-stopped, for the app under test had opened them: {names}; until opened again they get no alarms or messages",
                    names=", ".join(names),
                )
            )
            for name in names:
                ledger(self.session).forget(_stopped(name).name)
            self.ended.clear()

    def _end(self, package: str) -> None:
        ledger(self.session).add(_stopped(package))
        try:
            run_command(self.session, ["am", "force-stop", package])
            self.ended.append(package)
        except CommandFailed as error:
            self.session.note(_("{package} could not be ended: {error}", package=package, error=error))

    def _never(self) -> frozenset[str]:
        """What is never ended: asked once a session; empty where the phone does not say what came with it."""
        if self._spared is None:
            device, app = self.session.device, self.session.app
            asked = [[*_RESOLVE, *intent] for intent in _CHOSEN]
            system, methods, *chosen = run_together(device, [[*_SYSTEM], ["ime", "list", "-s", "-a"], *asked])
            preinstalled = {line.removeprefix("package:") for line in system.stdout.split() if line.startswith("package:")}
            roles = {one.partition("/")[0] for said in (methods, *chosen) for one in components(said.stdout)}
            own = {app.package, *app.home_packages, *app.grant_packages, *app.settings_packages}
            self._spared = frozenset(preinstalled | roles | own | messengers()) if preinstalled else frozenset()
        return self._spared


def _stopped(package: str) -> Change:
    return Change(f"the stopped state of {package}", stopped=package)


@cache
def messengers() -> frozenset[str]:
    """The packages by which people reach the phone's user, from ``messengers.toml``."""
    return frozenset(read(files("harness.background") / "messengers.toml")["packages"])
