"""The page on which the user looks through the permissions of an app for Android 5 or older before it starts.

The app's start is replaced by one of the page; after Continue the app's own start follows, after Cancel or Back none.
Source: frameworks/base ActivityStarter.java (isPermissionsReviewRequired), 10 and later; of packages/modules/Permission
ReviewPermissionsActivity.java, handheld/ReviewPermissionsFragment.java (ids), handheld/BasePermissionReviewPreference
.java (DefaultDenyDialog). Not modelled: a service or receiver of such an app that is started before.
"""

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.phone_apps.rom_pages import data_text
from device_farm.virtual.framework.records.system_records import ActivityRecord, Component, Intent, Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import FILL, Button, Column, Image, Row, Scroll, Style, Switch, Text

ACTION = "android.intent.action.REVIEW_PERMISSIONS"
EXTRA_PACKAGE, EXTRA_INTENT = "android.intent.extra.PACKAGE_NAME", "android.intent.extra.INTENT"
NEW_TASK, MULTIPLE_TASK, EXCLUDE_FROM_RECENTS = 0x10000000, 0x08000000, 0x00800000  # Intent.FLAG_ACTIVITY_*
DENY_ANYWAY = "button1"  # the positive button of an AlertDialog
_ROW = Style(width=FILL, height=190, padding=(40, 0, 40, 0))
_WIDE = Style(weight=1, clickable=False)
_NAMED = Style(resource_package="android", clickable=False)


class PermissionReview(SystemService):
    """Decides which starts the page is shown before."""

    def groups(self, package: Package) -> dict[str, list[str]]:
        """What is to be looked through: groups by name. Notifications are asked for by themselves (13 and later)."""
        found: dict[str, list[str]] = {}
        for name, state in package.runtime_permissions.items():
            if "REVIEW_REQUIRED" in state.flags and name != permissions.NOTIFICATIONS:
                found.setdefault(self._system.permission_groups[name], []).append(name)
        return dict(sorted(found.items()))

    def question(self, intent: Intent, component: Component, uid: int, caller: str | None, source: ActivityRecord | None) -> Intent | None:
        """The intent of the page that is shown first; None where nothing is to be looked through."""
        package = self._system.packages[component.package]
        if package.system or not self._system.permission_policy.reviews_old_apps or not self.groups(package):
            return None
        flags = intent.flags | EXCLUDE_FROM_RECENTS | (MULTIPLE_TASK if intent.flags & NEW_TASK else 0)
        controller = self._system.device.rom.dialog.package
        extras = {EXTRA_PACKAGE: package.name, EXTRA_INTENT: (intent, uid, caller, source)}
        return Intent(action=ACTION, package=controller, flags=flags, extras=extras)


class ReviewPermissionsActivity(Activity):
    """A row with a switch a group, all on; the first that is turned off is warned of."""

    exclude_from_recents = True

    def on_create(self) -> None:
        """Show the groups; an intent of somebody else's making is not answered."""
        package = self._process.system.packages.get(str(self.intent.extras.get(EXTRA_PACKAGE, "")))
        self._groups = {} if package is None else self._process.system.permission_review.groups(package)
        if package is None or not self._groups or EXTRA_INTENT not in self.intent.extras:
            self.finish()
            return
        self._package = package
        self._allowed = dict.fromkeys(self._groups, True)
        self._warned_of, self._confirmed = "", False
        self._draw()
        self._process.system.truth("permission_review", package=package.name, groups=list(self._groups))

    def _say(self, key: str) -> str:
        return data_text(self._process.system, "permission_review", key, app=self._package.label)

    def _draw(self) -> None:
        self._switches = {
            group: Switch("", id="switch_widget", checked=allowed, style=Style(resource_package="android"))
            for group, allowed in self._allowed.items()
        }
        rows = [
            Row(Column(Text(self._say(group), id="title", style=_NAMED), style=_WIDE), switch, gravity="center", style=_ROW)
            for group, switch in self._switches.items()
        ]
        buttons = (Button(self._say("cancel"), id="cancel_button"), Button(self._say("continue"), id="continue_button"))
        self.show(
            Column(
                Image("", id="app_icon", width=110, height=110),
                Text(self._say("title"), id="permissions_message", style=Style(text_size=53, clickable=False)),
                Scroll(*rows, id="recycler_view", style=Style(width=FILL, weight=1)),
                Row(*buttons),
                id="preferences_frame",
            )
        )

    def on_switch(self, id: str, checked: bool) -> None:
        """Turn a group off or on again; off only after the warning."""
        group = next(name for name, switch in self._switches.items() if switch.checked is not self._allowed[name])
        if checked or self._confirmed:
            self._allowed[group] = checked
        else:
            self._warned_of = group
            deny = Button(self._say("deny_anyway"), id=DENY_ANYWAY)
            self.show_dialog("", self._say("old_sdk_deny_warning"), deny, Button(self._say("cancel"), id="button2"))
        self._draw()

    def on_click(self, id: str) -> None:
        """Confirm the warning; keep what was chosen and start the app; or leave."""
        if id == DENY_ANYWAY:
            self._allowed[self._warned_of], self._confirmed = False, True
            self._draw()
        elif id == "continue_button":
            self._keep()
            intent, uid, caller, source = self.intent.extras[EXTRA_INTENT]
            self._process.system.activities.start(intent, uid=uid, package=caller, source=source)
            self.finish()
        elif id == "cancel_button":
            self.finish()

    def _keep(self) -> None:
        system, package = self._process.system, self._package
        for group, names in self._groups.items():
            for name in names:
                permissions.reviewed(package.runtime_permissions[name], allowed=self._allowed[group])
                system.narrator.permission_reviewed(package.name, package.uid, name, allowed=self._allowed[group])
        system.truth("permission_review_answered", package=package.name, allowed=[group for group, on in self._allowed.items() if on])
