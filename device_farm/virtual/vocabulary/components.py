"""The classes an app file is made of: App and its components, as docs/virtual-app.md describes them.

An app file subclasses them; the framework makes the objects and calls their ``on_...`` methods, on the main thread of
the app's process. The callbacks here do what Android's do when an app does not override them.
"""

import sys
from pathlib import Path
from typing import Any, ClassVar

from device_farm.virtual.framework.records.broadcast_record import BroadcastRecord
from device_farm.virtual.framework.records.system_records import BY_APP, ActivityRecord, Intent, ServiceRecord
from device_farm.virtual.vocabulary.containers import BottomSheet
from device_farm.virtual.vocabulary.context import Context
from device_farm.virtual.vocabulary.store_listing import StoreListing
from device_farm.virtual.vocabulary.widgets import Button, Widget

START_NOT_STICKY = 2  # android.app.Service
START_STICKY = 1
START_REDELIVER_INTENT = 3


def _caller() -> str:
    """File and line of the app code that called an action of this module."""
    frame = sys._getframe(2)
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"


class App(Context):
    """An app: its manifest as class attributes, its components as nested classes; the object is its Application."""

    package: ClassVar[str] = ""
    label: ClassVar[str] = ""
    version_name: ClassVar[str] = "1.0"
    version_code: ClassVar[int] = 1
    target_sdk: ClassVar[int] = 33
    permissions: ClassVar[list[str]] = []
    taps: ClassVar[list[str]] = []
    expected: ClassVar[dict[str, str]] = {}
    options: ClassVar[list[str]] = []
    only_android: ClassVar[list[str]] = []
    only_rom: ClassVar[list[str]] = []
    signer: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    installed: ClassVar[bool] = True
    store_listings: ClassVar[list[StoreListing]] = []
    queries: ClassVar[list[str]] = []
    system: ClassVar[bool] = False
    persistent: ClassVar[bool] = False
    default_input_method: ClassVar[str] = ""
    accessibility_service: ClassVar[str] = ""
    notification_listener: ClassVar[str] = ""
    always_on_vpn: ClassVar[str] = ""
    widgets: ClassVar[list[str]] = []

    @property
    def prefs(self) -> dict[str, Any]:
        """SharedPreferences: survive the process, and an update, until the data is cleared."""
        prefs: dict[str, Any] = self._process.package.data.setdefault("prefs", {})
        return prefs

    def on_create(self) -> None:
        """Application.onCreate: once a process, before any component."""

    def on_click(self, id: str) -> None:
        """A view of a window that this object added by ``add_view`` was clicked."""

    def on_alarm(self, id: str) -> None:
        """An alarm that ``set_alarm`` set is due."""

    def on_download(self, id: int) -> None:
        """A download has ended, well or not."""

    def on_download_progress(self, id: int) -> None:
        """Bytes of a download of this app's own came, or its state changed."""

    def on_install(self, id: int, status: str, message: str) -> None:
        """An install session of this app has ended.

        ``status`` is success, failure_aborted (not wanted), failure_invalid, failure_conflict or failure_storage.
        """


class Activity(Context):
    """A screen."""

    launcher: ClassVar[bool] = False
    name: ClassVar[str] = ""
    translucent: ClassVar[bool] = False
    window: ClassVar[tuple[int, int] | None] = None
    exclude_from_recents: ClassVar[bool] = False
    secure: ClassVar[bool] = False
    launch_mode: ClassVar[str] = "standard"
    task_affinity: ClassVar[str] = ""
    screen_orientation: ClassVar[str] = "unspecified"
    config_changes: ClassVar[list[str]] = []
    exported: ClassVar[bool] = False
    enabled: ClassVar[bool] = True
    actions: ClassVar[list[str]] = []
    data_schemes: ClassVar[dict[str, str]] = {}
    _record: ActivityRecord
    _sensor_time = 0.0

    @property
    def intent(self) -> Intent:
        """The intent that started this activity."""
        return self._record.intent

    @property
    def sensor_timestamp(self) -> float:
        """SensorEvent.timestamp of the values that came last, as seconds since boot."""
        return self._sensor_time

    # callbacks
    def on_create(self) -> None:
        """The activity is made; show its view here."""

    def on_resume(self) -> None:
        """It is in front."""

    def on_pause(self) -> None:
        """Something is in front of it, a permission dialog too."""

    def on_stop(self) -> None:
        """Nothing of it is visible."""

    def on_destroy(self) -> None:
        """It is gone."""

    def on_new_intent(self, intent: Intent) -> None:
        """This instance was used again for another start; ``self.intent`` is that one's now."""

    def on_configuration_changed(self) -> None:
        """The screen was turned; without orientation and screen_size in ``config_changes`` it is made anew instead."""

    def on_permission_result(self, results: dict[str, bool]) -> None:
        """The user answered; {permission: granted}. Empty when Android cancelled the request."""

    def on_click(self, id: str) -> None:
        """A view was clicked; of a dialog, ``id`` is the text of the button."""

    def on_item_click(self, id: str, position: int) -> None:
        """A row of the ListView ``id`` was clicked; the first one is 0."""

    def on_long_click(self, id: str) -> bool:
        """A finger stayed on a view with ``long_clickable``; without True it is a click when it leaves."""
        return False

    def on_item_long_click(self, id: str, position: int) -> bool:
        """A finger stayed on a row of the ListView ``id``; without True it is a click on it."""
        return False

    def on_fling(self, id: str, x1: int, y1: int, x2: int, y2: int) -> None:
        """A finger moved over the window, from one pixel to another, and no view took that.

        ``id`` is the view under its start.
        """

    def on_drawer_opened(self, id: str) -> None:
        """The user pulled the drawer of the DrawerLayout ``id`` in."""

    def on_drawer_closed(self, id: str) -> None:
        """The user closed it."""

    def on_page_selected(self, id: str, position: int) -> None:
        """The user turned the ViewPager2 ``id`` to a page, by a swipe or by its tab."""

    def on_state_changed(self, id: str, state: str) -> None:
        """The user raised or lowered the BottomSheet ``id``; "hidden" is gone."""

    def on_switch(self, id: str, checked: bool) -> None:
        """A Switch or Checkbox changed."""

    def on_touch(self, id: str, x: int, y: int) -> None:
        """The window was touched, at this pixel of the screen."""

    def on_text(self, id: str, text: str) -> None:
        """An EditText changed."""

    def on_back_pressed(self) -> bool:
        """Back; True keeps it from doing what it does."""
        return False

    def on_download(self, id: int) -> None:
        """A download of this app has ended, well or not."""

    def on_download_progress(self, id: int) -> None:
        """Bytes of a download of this app's own came, or its state changed."""

    def on_download_start(self, url: str, file_name: str, mime: str, size: int) -> None:
        """DownloadListener.onDownloadStart: the page in a WebView leads to a file; ``size`` is -1 where nobody said."""

    def on_url_loading(self, url: str) -> bool:
        """WebViewClient.shouldOverrideUrlLoading: a link that is no file was followed; True takes it."""
        return False

    def on_sensor(self, values: tuple[float, float, float]) -> None:
        """Accelerometer, m/s² with gravity, while registered."""

    def on_gyroscope(self, values: tuple[float, float, float]) -> None:
        """Gyroscope, rad/s, while registered."""

    # actions
    def show(self, widget: Widget) -> None:
        """Activity.setContentView."""
        self._process.system.window_manager.set_content(self._record, widget)

    def invalidate(self) -> None:
        """Draw the content again."""
        self._process.system.window_manager.invalidate(self._record)

    def request_permissions(self, *permissions: str) -> None:
        """Activity.requestPermissions; ``on_permission_result`` follows."""
        self._process.system.grants.request(self._record, list(permissions))

    def show_dialog(self, title: str, message: str, *buttons: str | Button, cancelable: bool = True) -> None:
        """AlertDialog: a press closes it and comes as ``on_click`` with the id of a Button that has one, else its text.

        Of two or more buttons the last is the negative one, a single one is positive.
        """
        for part in (title, message):
            if not isinstance(part, str):
                raise TypeError(f"{_caller()}: show_dialog: title and message are texts, not {type(part).__name__}")
        for button in buttons:
            if not isinstance(button, (str, Button)):
                raise TypeError(f"{_caller()}: show_dialog: a button is a text or a Button, not {type(button).__name__}")
        windows = self._process.system.window_manager
        windows.show_dialog(self._record, title, message, buttons, cancelable=cancelable)

    def show_bottom_sheet(self, sheet: BottomSheet, *, cancelable: bool = True) -> None:
        """BottomSheetDialog: over everything, gone by Back, a touch beside it or a swipe down.

        What is pressed in it comes as ``on_click`` and leaves it there.
        """
        if not isinstance(sheet, BottomSheet):
            raise TypeError(f"{_caller()}: show_bottom_sheet: a sheet is a BottomSheet, not {type(sheet).__name__}")
        self._process.system.window_manager.show_sheet(self._record, sheet, cancelable=cancelable)

    def dismiss_bottom_sheet(self) -> None:
        """Dialog.dismiss of the sheet that was shown last."""
        self._process.system.window_manager.dismiss_sheet(self._record)

    def finish(self) -> None:
        """Activity.finish."""
        self._process.system.activities.finish(self._record, BY_APP)

    def finish_affinity(self) -> None:
        """Activity.finishAffinity: this activity and all below it in its task."""
        self._process.system.activities.finish_affinity(self._record)

    def finish_and_remove_task(self) -> None:
        """Activity.finishAndRemoveTask."""
        self._process.system.activities.remove_task(self._record.task, "finish-activity")

    def web_download(self, url: str, *, file_name: str, mime: str, size: int) -> None:
        """The page in a WebView of this activity begins a download by its own script: ``on_download_start`` follows."""
        process, package = self._process, self._record.component.package
        process.system.truth("web_download", package=package, url=str(url), file_name=str(file_name), by="page")
        process.looper.post(lambda: self.on_download_start(str(url), str(file_name), str(mime), int(size)))

    def register_sensor(self, sensor: str = "accelerometer", *, rate: str = "normal") -> None:
        """SensorManager.registerListener for the accelerometer or the gyroscope."""
        self._process.system.sensors.register(self._record, str(sensor), str(rate))

    def unregister_sensor(self, sensor: str | None = None) -> None:
        """SensorManager.unregisterListener, for one sensor or for both."""
        self._process.system.sensors.unregister(self._record, sensor)


class Service(Context):
    """Work without a screen."""

    name: ClassVar[str] = ""
    process: ClassVar[str] = ""
    exported: ClassVar[bool] = False
    enabled: ClassVar[bool] = True
    actions: ClassVar[list[str]] = []
    permission: ClassVar[str | None] = None
    foreground_type: ClassVar[str] = ""
    _record: ServiceRecord

    def on_create(self) -> None:
        """The service is made."""

    def on_start_command(self, intent: Intent | None) -> int:
        """START_STICKY, START_NOT_STICKY or START_REDELIVER_INTENT; no ``intent`` at a restart of a sticky service."""
        return START_NOT_STICKY

    def on_bind(self, intent: Intent) -> None:
        """Another component bound it."""

    def on_click(self, id: str) -> None:
        """A view of a window that this service added by ``add_view`` was clicked."""

    def on_task_removed(self) -> None:
        """The user swiped the app's task away."""

    def on_destroy(self) -> None:
        """The service is gone."""

    def start_foreground(self, title: str, text: str) -> None:
        """Service.startForeground with this notification."""
        self._process.system.active_services.foreground.start(self._record, str(title), str(text))

    def stop_self(self) -> None:
        """Service.stopSelf."""
        self._process.system.active_services.stop(self._record)


class Receiver(Context):
    """Gets broadcasts."""

    name: ClassVar[str] = ""
    process: ClassVar[str] = ""
    exported: ClassVar[bool] = False
    enabled: ClassVar[bool] = True
    actions: ClassVar[list[str]] = []
    data_schemes: ClassVar[dict[str, str]] = {}
    dynamic: ClassVar[bool] = False
    priority: ClassVar[int] = 0
    _broadcast: BroadcastRecord

    def on_receive(self, intent: Intent) -> None:
        """A broadcast came."""

    # of an ordered broadcast
    @property
    def result_code(self) -> int:
        """BroadcastReceiver.getResultCode: what the receiver before set."""
        return self._broadcast.result_code

    @property
    def result_data(self) -> str | None:
        """BroadcastReceiver.getResultData."""
        return self._broadcast.result_data

    def set_result(self, code: int, data: str | None = None, **extras: Any) -> None:
        """BroadcastReceiver.setResult: for the receivers that come after, and for the sender."""
        record = self._broadcast
        record.result_code, record.result_data, record.result_extras = code, data, dict(extras)

    def abort_broadcast(self) -> None:
        """BroadcastReceiver.abortBroadcast: no further receiver gets an ordered broadcast."""
        if self._broadcast.ordered:
            self._broadcast.aborted = True


class Provider(Context):
    """Gives rows to whoever asks for its authority."""

    name: ClassVar[str] = ""
    process: ClassVar[str] = ""
    exported: ClassVar[bool] = False
    enabled: ClassVar[bool] = True
    authority: ClassVar[str] = ""

    def query(self, uri: str) -> list[dict[str, Any]]:
        """Return the rows of ``uri``."""
        return []


class Job(Context):
    """Work that JobScheduler starts."""

    name: ClassVar[str] = ""
    process: ClassVar[str] = ""
    exported: ClassVar[bool] = False
    enabled: ClassVar[bool] = True

    def on_start_job(self) -> None:
        """The job runs; returning ends it."""


class Sdk:
    """A third-party library inside an app; components nested in it are called ``package.Name``.

    Its classes are in the APK, and with a ``version`` the file ``META-INF/package_artifact.version`` that says it.
    """

    name: ClassVar[str] = ""
    package: ClassVar[str] = ""
    version: ClassVar[str] = ""
    artifact: ClassVar[str] = ""
