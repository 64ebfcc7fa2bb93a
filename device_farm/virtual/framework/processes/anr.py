"""An app that does not answer: the log, and the dialog that asks what to do.

After AppErrors, ProcessErrorStateRecord and AppNotRespondingDialog of services/core/java/com/android/server/am.
"""

from device_farm.virtual.framework.records.system_records import (
    ActivityRecord,
    ExitReason,
    ProcessRecord,
    Window,
    WindowHandler,
    WindowKind,
)
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.framework.windows.window_manager import DIALOG_DIM
from device_farm.virtual.screen import dialogs
from device_farm.virtual.vocabulary.widgets import Widget

_TEXTS = {  # core/res/res/values*/strings.xml: anr_process or anr_application_process, aerr_close_app, wait
    "zh": ("{app}没有响应", "关闭应用", "等待"),
    "en": ("{app} isn't responding", "Close app", "Wait"),
}


class NotResponding(SystemService):
    """The ANRs of a device."""

    def rebooted(self) -> None:
        self._shown: dict[int, Window] = {}

    def input_timed_out(self, record: ActivityRecord) -> None:
        """The main thread of ``record`` did not take an input event in 5 seconds."""
        process = record.process
        if process is None or not process.alive or process.pid in self._shown or not process.runtime.looper.busy:
            return
        window = f"{record.component.package}/{record.component.class_name}"
        self._system.narrator.anr(process, f"Input dispatching timed out ({window} is not responding. Waited 5001ms for MotionEvent)")
        self._system.truth("anr", package=process.package, pid=process.pid)
        if self._system.window_manager.is_visible(record):
            self._ask(process)
        else:
            self._system.process_list.kill(process, "bg anr", ExitReason.ANR)

    def timed_out(self, process: ProcessRecord, reason: str) -> None:
        """A service, receiver or promise was not in time (AnrHelper); a process that nobody sees is killed at once."""
        if not process.alive or process.pid in self._shown:
            return
        self._system.narrator.anr(process, reason)
        self._system.truth("anr", package=process.package, pid=process.pid, reason=reason)
        front = self._system.resumed
        if front is not None and front.process is process:
            self._ask(process)
        else:
            self._system.process_list.kill(process, "bg anr", ExitReason.ANR)

    def _ask(self, process: ProcessRecord) -> None:
        system = self._system
        title, close, wait = _TEXTS["zh" if system.device.spec.language == "zh" else "en"]
        label = system.packages[process.package].label
        window = Window(
            title=f"Application Not Responding: {process.name}",
            package="android",
            uid=1000,
            kind=WindowKind.APPLICATION,
            root=dialogs.app_dialog(title.format(app=label), "", (close, wait)),
            handler=None,
            gravity="center",
            dim=DIALOG_DIM,
            modal=True,
        )
        window.handler = _AnrInput(self, process, close)
        self._shown[process.pid] = window
        system.window_manager.add_system_dialog(window)

    def close(self, process: ProcessRecord, *, kill: bool) -> None:
        """The user chose: wait, or close the app."""
        window = self._shown.pop(process.pid, None)
        if window is not None:
            self._system.window_manager.remove_system_dialog(window)
        if kill:
            self._system.process_list.kill(process, "user request after error", ExitReason.ANR)

    def process_died(self, process: ProcessRecord) -> None:
        self.close(process, kill=False)


class _AnrInput(WindowHandler):
    """The buttons of the dialog; Back and a tap beside it do nothing."""

    def __init__(self, owner: NotResponding, process: ProcessRecord, close_text: str) -> None:
        self._owner, self._process, self._close_text = owner, process, close_text

    def click(self, id: str, widget: Widget) -> None:
        self._owner.close(self._process, kill=getattr(widget, "text", id) == self._close_text)
