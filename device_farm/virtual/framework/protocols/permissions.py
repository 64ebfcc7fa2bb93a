"""What other rooms ask of permissions, app ops and the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import ActivityRecord, Package, ProcessRecord
    from device_farm.virtual.framework.records.permission_request import Request


class Grants(Protocol):
    """The permission requests under way."""

    def request(self, caller: ActivityRecord, names: list[str]) -> None:
        """Activity.requestPermissions."""

    def prompt_for_notifications(self, caller: ActivityRecord) -> None:
        """The system's own question for an app that targets less than 33, once.

        Source: PermissionPolicyService, 13 and later.
        """

    def of_dialog(self, record: ActivityRecord) -> Request | None:
        """The request that a GrantPermissionsActivity was started for."""

    def take_result(self, record: ActivityRecord) -> dict[str, bool] | None:
        """The result that waits for an activity, once."""

    def activity_finished(self, record: ActivityRecord) -> None:
        """A dialog that ends without an answer cancels its request; a caller that ends needs no answer."""

    def done(self, request: Request) -> None:
        """Answer with what is granted now."""

    def sort_out(self, request: Request) -> None:
        """Answer what needs no dialog; the rest waits, group by group."""

    def report(self, package: Package, name: str, result: int) -> None:
        """Tell the log how a request ended for one permission."""


class OneTimeGrants(Protocol):
    """The packages that hold one."""

    def watch(self, package: Package) -> None:
        """``package`` was granted something for this time only."""


class AppOps(Protocol):
    """What was noted, and the modes that were set."""

    def note(self, process: ProcessRecord, package: Package, op: str) -> bool:
        """Note an access; False when it was refused."""


class Clipboard(Protocol):
    """One clip of plain text; ``text`` is None while there is none."""

    def put(self, text: str, uid: int) -> None:
        """ClipboardManager.setPrimaryClip."""

    def read(self, process: ProcessRecord, package: Package) -> bool:
        """ClipboardManager.getPrimaryClip; False when refused. The user is told once for each clip and app."""
