"""Installing where nobody is at the phone: the pages that a ROM puts in the way are answered from its data.

Only with ``--unattended``, only while an installation of ours runs, and only a page that came up since, that the system
or the page's own app opened, and that names the app which we install: what an app asks to install is never confirmed.
A button is found by its words and touched; Enter is never sent, for the focus lies on the refusal. A page that is not
known is named, photographed and left. Which pages there are: ``[[install_pages]]`` of harness/roms/roms.toml.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.apk import read_apk
from harness.device.protocol import Device
from harness.device.screen_wakeup import DISMISS, WAKE, screen_state
from harness.dialogs.captions import label
from harness.errors import CommandFailed, DeviceTimeout, FormatError, HarnessError, ScenarioError, why
from harness.events.box import centre
from harness.language import Text, _, quoted
from harness.parsers.activities import ListedActivity, listed_activities, resumed_record
from harness.parsers.getprop import properties
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.roms import FACTS, rom_of
from harness.session.wakefulness import need_unlocked
from harness.vision.annotated_thumbnails import encode_png

PASSWORD = "APPRIGHTS_INSTALL_PASSWORD"  # the name of the variable
"""The environment variable with the password of the phone's account."""
STEP_SECONDS = 1.0
"""Between two looks [PROJECT]: MIUI's page refuses by itself after ten seconds."""
PATIENCE = 10
"""Looks at a page that does not show its button yet [PROJECT]: it scans the app first."""
MOST_PRESSES = 6
"""Touches for one installation [PROJECT]: a risk, a box to tick, and the page that installs, each tried again once."""
FIRST_APP_UID = 10_000  # android.os.Process.FIRST_APPLICATION_UID: what is below is the system's
_BARS = "com.android.systemui"


def install(
    device: Device, apk: Path, pictures: Path, tell: Callable[[str], None], hide: Callable[[str], None] = lambda text: None
) -> list[Text]:
    """Install an APK and answer the ROM's pages meanwhile: each answer, in words, which ``tell`` hears at once.

    A picture of a page that is left goes to the folder ``pictures``; ``hide`` is told the password before it is typed.
    Raises ScenarioError, before anything is sent, where the screen is locked, such a page is up already, or the ROM
    wants the password of the account and the environment has none; else as ``Device.install``.
    """
    rom = rom_of(properties(device.shell(["getprop"]).stdout))
    pages = [page for page in FACTS["install_pages"] if rom in page["roms"]]
    password = os.environ.get(PASSWORD, "")
    if not password and any(page.get("always_password") for page in pages):
        raise ScenarioError(
            _("{serial} asks for the password of its account before adb installs: set {name}", serial=device.serial, name=PASSWORD)
        )
    if not pages:
        tell(
            _(
                "{serial}: no page before an installation is known of this ROM ({rom}); one that comes is left",
                serial=device.serial,
                rom=rom,
            )
        )
    _light(device)
    found = read_apk(apk)
    names = tuple({found.package, found.label, apk.name, *(label for _language, label in found.labels)})
    watch = _Watch(device, pages, names, password, pictures, tell, hide)
    watch.begin()
    failed: list[Exception] = []
    done = threading.Event()

    def send() -> None:
        try:
            device.install(apk)
        except Exception as error:  # raised below, in the thread that asked for it
            failed.append(error)
        finally:
            done.set()

    threading.Thread(target=send, daemon=True, name="install").start()
    while not done.wait(0.0 if device.pass_time(STEP_SECONDS).uptime is not None else STEP_SECONDS):
        watch.look()
    if failed:
        raise _with_page(failed[0], watch.left)
    return watch.told


def _with_page(error: Exception, left: Text | None) -> Exception:
    """The error with the page that was left."""
    if left is None:
        return error
    if isinstance(error, CommandFailed):
        said = error.output if isinstance(error.output, Text) else quoted(error.output)
        return CommandFailed(error.command, error.code, _("{said}; {note}", said=said, note=left))
    return DeviceTimeout(_("{said}; {note}", said=error, note=left)) if isinstance(error, DeviceTimeout) else error


def _light(device: Device) -> None:
    """Light the screen and slide an open lock away; raises ScenarioError for a lock with a secret.

    MIUI shows its page over no lock screen: the installation is refused.
    """
    need_unlocked(device)
    state = screen_state(device)
    if state.awake is False:
        device.shell(list(WAKE))
    if state.locked or state.awake is False:
        device.shell(list(DISMISS))


@dataclass(slots=True)
class _Watch:
    """Looks at the screen while one installation runs."""

    device: Device
    pages: Sequence[Mapping[str, Any]]
    names: tuple[str, ...]
    password: str
    pictures: Path
    tell: Callable[[str], None]
    hide: Callable[[str], None]
    told: list[Text] = field(default_factory=list)
    left: Text | None = None
    """The last page that was left, and why."""
    _named: set[tuple[Text, Text]] = field(default_factory=set)
    _before: set[str] = field(default_factory=set)  # whose windows were there before
    _unsure: int = 0
    _presses: int = 0
    _typed: bool = False

    def begin(self) -> None:
        """See what is up already; raises ScenarioError for a page that would be taken for ours, DeviceTimeout."""
        self._before = {_BARS, *(root.package for root in parse_hierarchy(self.device.tree()))}
        if up := self._before.intersection(*[{name for page in self.pages for name in page["packages"]}]):
            raise ScenarioError(
                _("{serial}: a page of {package} is up before the installation: close it", serial=self.device.serial, package=min(up))
            )

    def look(self) -> None:
        """Answer what is up now, once; what cannot be read now is looked at again."""
        try:
            self._look()
        except (CommandFailed, DeviceTimeout, FormatError):
            self._unsure += 1

    def _roots(self) -> Sequence[Node]:
        try:
            return parse_hierarchy(self.device.tree())
        except (DeviceTimeout, FormatError):
            return ()

    def _look(self) -> None:
        roots = [root for root in self._roots() if root.package not in self._before]
        if not roots:
            return
        for page in self.pages:
            nodes = [node for root in roots if root.package in page["packages"] for node in root.walk() if node.visible]
            button = next((node for node in nodes if node.pressable and node.enabled and _says(node, page["button"])), None)
            wanted = next((node for node in nodes if node.short_id == page.get("field")), None)
            if button is not None and (wanted is not None) is ("field" in page):
                return self._answer(page, nodes, button, wanted)
        self._unsure += 1
        if self._unsure >= PATIENCE:
            self._unsure = 0
            self._leave(_("it is not known"))
            self._before |= {root.package for root in roots if not any(root.package in page["packages"] for page in self.pages)}

    def _answer(self, page: Mapping[str, Any], nodes: list[Node], button: Node, wanted: Node | None) -> None:
        """Press the button of a page that is ours, after what must be done before."""
        if (problem := self._not_ours(page, nodes)) is not None:
            return self._leave(problem)
        box = next((node for node in nodes if node.checkable and not node.checked and node.short_id in page.get("tick", ())), None)
        if self._presses >= MOST_PRESSES:
            return self._leave(_("it stays"))
        typing = wanted is not None and not self._typed
        target = wanted if wanted is not None and typing else box or button
        if target not in [node for root in self._roots() for node in root.walk()]:
            return None  # it moves: the next look will tell
        self._presses += 1
        self._unsure = 0
        self.device.tap(*centre(target.box))
        if typing:
            focused = [node.package for root in self._roots() for node in root.walk() if node.focused]
            if any(package in page["packages"] for package in focused):
                self.hide(self.password)
                self.device.type_text(self.password)
                self._typed = True  # the keyboard may have moved the button: the next look presses it
        elif box is None:
            self._say(_("before the installation the phone asked, and --unattended pressed: {button}", button=quoted(button.text)))
        return None

    def _say(self, text: Text) -> None:
        self.told.append(text)
        self.tell(text)

    def _not_ours(self, page: Mapping[str, Any], nodes: list[Node]) -> Text | None:
        """Why a page is not to be answered; None for one that our own installation brought."""
        state, asker = screen_state(self.device), self._asker()
        ours = {name for each in self.pages for name in each["packages"]}
        if state.awake is False or state.locked:
            return _("the screen is dark or locked")
        if asker is None or ("activity" in page and _class(asker.component) != page["activity"]):
            return _("it is not known")
        if asker.launched_from_uid is None or (asker.launched_from_uid >= FIRST_APP_UID and asker.launched_from_package not in ours):
            return _("an app opened it, and what an app installs is not confirmed")
        if page.get("field") and not self.password:
            return _("it asks for the password of the account, and {name} is not set", name=PASSWORD)
        said = "\n".join(f"{node.text}\n{node.description}" for node in nodes)
        if not page.get("field") and not any(name in said for name in self.names):
            return _("it does not name the app that is installed")
        return None

    def _asker(self) -> ListedActivity | None:
        """The activity in front, with who opened it."""
        text = self.device.shell(["dumpsys", "activity", "activities"]).stdout
        front = resumed_record(text)
        found = [one for one in listed_activities(text.splitlines()) if isinstance(one, ListedActivity)]
        return next((one for one in found if front is not None and (one.component, one.task) == (front.component, front.task)), None)

    def _leave(self, why_left: Text) -> None:
        """Name and photograph a page, each once."""
        front = resumed_record(self.device.shell(["dumpsys", "activity", "activities"]).stdout)
        page = quoted(front.component if front is not None else "?")
        if (page, why_left) in self._named:
            return
        self._named.add((page, why_left))
        self.left = _("a page was left to you: {page} ({why}; picture: {picture})", page=page, why=why_left, picture=self._picture())
        self._say(self.left)

    def _picture(self) -> Text:
        path = self.pictures / f"install-{re.sub(r'[^A-Za-z0-9.-]', '_', self.device.serial)}-{time.strftime('%Y%m%d-%H%M%S')}.png"
        try:
            picture = encode_png(self.device.screenshot())
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture)
        except HarnessError as error:
            return _("none, {reason}", reason=error)
        except OSError as error:
            return _("none, {reason}", reason=why(error))
        return quoted(str(path))


def _class(component: str) -> str:
    package, _slash, name = component.partition("/")
    return package + name if name.startswith(".") else name


def _says(node: Node, words: Sequence[str]) -> bool:
    """Whether a button says just one of these, a countdown beside it left out."""
    return label(node.text or node.description) in map(label, words)
