"""What a component of an app asks of its process: every action of docs/virtual-app.md goes through here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from device_farm.virtual.app import App
    from device_farm.virtual.bound import Bound
    from device_farm.virtual.clock import Timer
    from device_farm.virtual.context import Context
    from device_farm.virtual.framework.protocols.framework import Framework
    from device_farm.virtual.framework.records.model import Intent, Package, ProcessRecord
    from device_farm.virtual.framework.records.notification import Posting


class Looper(Protocol):
    """The threads of one process."""

    def post(self, callback: Callable[[], None], delay: float = 0.0) -> Timer:
        """Run ``callback`` on the main thread in ``delay`` seconds, after all that was queued for an earlier time."""

    def start_thread(self, callback: Callable[[], None]) -> None:
        """Run ``callback`` on a thread of its own. Raises MemoryError for more threads than a process may have."""

    def sleep(self, seconds: float | None) -> None:
        """Block the calling thread for ``seconds``, None for ever."""


class AppProcess(Protocol):
    """The runtime of one process. ``bound`` once bindApplication came through."""

    system: Framework
    record: ProcessRecord
    package: Package
    app: App
    acting_sdk: str | None  # name of the Sdk whose component acts now

    @property
    def looper(self) -> Looper:
        """Its main thread."""

    def component(self, target: str, *, own: bool = False) -> tuple[str, str]:
        """(package, full class) of "Name", "package/.Name" or "package/full.Name"."""

    def toast(self, text: str) -> None:
        """A toast of this app."""

    def notify(self, posting: Posting, target: str | None = None) -> int:
        """A notification of this app; its id."""

    def tell(self, callback: str, *values: Any) -> None:
        """Call ``callback`` of the App and of each of its activities that live in this process, on the main thread."""

    def holds(self, permission: str) -> bool:
        """Whether this app is granted ``permission``."""

    def should_show_rationale(self, permission: str) -> bool:
        """Whether it was denied before, and not for good."""

    def start_activity(
        self, context: Context, target: str | None, *, action: str | None, data: str | None, extras: dict[str, Any], flags: int = 0
    ) -> None:
        """Start an activity for ``context``, in its task if it is an activity."""

    def open_settings(self, context: Context) -> None:
        """This app's page in Settings."""

    def move_task_to_back(self, context: Context) -> None:
        """The activity's task, or this app's front one, goes behind the others."""

    def exit(self, status: int) -> None:
        """System.exit; the caller unwinds."""

    def kill_process(self, pid: int | None) -> None:
        """Signal 9 to ``pid``, None for this process, if it is of this uid."""

    def allocate(self, megabytes: int) -> None:
        """Take native memory."""

    def start_service(self, target: str, extras: dict[str, Any], *, foreground: bool) -> None:
        """Start a service; raises what ContextImpl.startServiceCommon throws for a refusal."""

    def stop_service(self, target: str) -> None:
        """Stop a service."""

    def bind_service(self, target: str) -> None:
        """Bind a service for as long as this process lives."""

    def send_broadcast(
        self,
        action: str | None,
        target: str | None,
        *,
        include_stopped: bool,
        extras: dict[str, Any],
        ordered: bool = False,
        sticky: bool = False,
        on_result: Callable[[int, str | None], None] | None = None,
    ) -> None:
        """Send a broadcast; ``target`` is a component or a package. ``on_result`` gets the result of an ordered one."""

    def register_receiver(self, name: str, actions: Iterable[str]) -> None:
        """Listen with a Receiver class of this app."""

    def set_component_enabled(self, name: str, enabled: bool) -> None:
        """Enable or disable a component of this app."""

    def query_provider(self, uri: str) -> list[dict[str, Any]]:
        """Rows of a provider."""

    def set_alarm(self, id: str, after: float, every: float | None, *, exact: bool, alarm_clock: bool) -> None:
        """Set an alarm of this app."""

    def cancel_alarm(self, id: str) -> None:
        """Cancel an alarm of this app."""

    def schedule_job(self, name: str, after: float, **constraints: Any) -> None:
        """Schedule a Job of this app; the constraints are those of Jobs.schedule."""

    def sync(self, name: str, every: float | None) -> None:
        """Sync the account by a service of this app: now, or again and again."""

    def start_intent(self, context: Bound, intent: Intent, what: str | None) -> None:
        """Start an activity by an intent, ``what`` it is called where nobody takes it."""

    def install_apk(self, context: Bound, file_name: str, folder: str) -> None:
        """Open the installer on a file (ACTION_VIEW of its content, with the type of an APK)."""

    def read_clipboard(self) -> bool:
        """Read the clipboard; False when refused."""

    def note_op(self, op: str) -> bool:
        """Read what an app op guards; False when refused."""
