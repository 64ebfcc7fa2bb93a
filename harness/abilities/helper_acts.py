"""Installing an app anew and over itself, clearing its data, ending its process: tried with an app that we bring.

It is installed once for all of them: many phones ask somebody at each installation.
"""

from contextlib import ExitStack

from harness.abilities.uncertainty import CannotTell, wait_for
from harness.device.protocol import Device, perform
from harness.errors import CommandFailed
from harness.language import _
from harness.restore.helper_app import HELPER_INSTALLED, HELPER_PACKAGE, has_helper, helper_apk
from harness.restore.ledger import Ledger

INSTALL_SECONDS = 60.0
"""How long somebody may take to confirm it on the phone [PROJECT]."""
OPEN = ["am", "start", "-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER", "-p", HELPER_PACKAGE]
HOME = ["am", "start", "-a", "android.intent.action.MAIN", "-c", "android.intent.category.HOME"]


class HelperActs:
    """The app while it is tried with; where it was on the phone before, it is neither cleared nor taken away."""

    def __init__(self, device: Device, kept: ExitStack) -> None:
        """Nothing is done yet; what is installed is taken away with ``kept``."""
        self._device, self._kept = device, kept
        self._ours = False

    def install(self) -> None:
        if has_helper(self._device):
            raise CannotTell(_("the test app {package} is on the phone already", package=HELPER_PACKAGE))
        with ExitStack() as begun:
            begun.enter_context(Ledger(self._device).kept(HELPER_INSTALLED))
            self._send()
            self._kept.enter_context(begun.pop_all())
        self._ours = True

    def install_over(self) -> None:
        """Once more, over itself."""
        self._send()

    def clear(self) -> None:
        if not self._ours:
            raise CannotTell(_("the test app {package} is on the phone already", package=HELPER_PACKAGE))
        said = self._device.shell(["pm", "clear", HELPER_PACKAGE])
        if "Success" not in said.stdout:
            raise CommandFailed("pm clear", said.code, said.stdout + said.stderr)

    def kill(self) -> None:
        """End its process, behind Home: ColorOS 16 takes the command and ends nothing, as one tester saw."""
        perform(self._device, OPEN)
        wait_for(lambda: bool(self._process()))
        perform(self._device, HOME)
        process = self._process()
        if not process:
            raise CannotTell(_("the test app does not keep running"))
        if not wait_for(lambda: perform(self._device, ["am", "kill", HELPER_PACKAGE]).code == 0 and self._process() != process):
            raise CommandFailed("am kill", 0, _("it ended nothing"))

    def _send(self) -> None:
        with helper_apk() as apk:
            self._device.install(apk, timeout=INSTALL_SECONDS)

    def _process(self) -> str:
        return self._device.shell(["pidof", HELPER_PACKAGE]).stdout.strip()
