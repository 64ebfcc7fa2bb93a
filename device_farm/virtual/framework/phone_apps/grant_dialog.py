"""GrantPermissionsActivity: the dialog of a permission request, what its buttons are and what each of them does.

After GrantPermissionsActivity, GrantPermissionsViewModel and KotlinUtils of packages/modules/Permission
(PermissionController/src/com/android/permissioncontroller/permission), and of packages/apps/PackageInstaller up to 11.
"""

from typing import ClassVar

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.grants import (
    USER_DENIED,
    USER_DENIED_WITH_PREJUDICE,
    USER_GRANTED,
    USER_GRANTED_ONE_TIME,
    USER_IGNORED,
)
from device_farm.virtual.framework.permissions.permissions import BACKGROUND, COARSE, FINE, SELECTED_PHOTOS
from device_farm.virtual.framework.records.notification_record import Request
from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.screen.permission_dialog import permission_dialog, window_place
from device_farm.virtual.vocabulary.components import Activity

MANAGE = "android.intent.action.MANAGE_APP_PERMISSION"
EXTRA_PACKAGE, EXTRA_GROUP = "android.intent.extra.PACKAGE_NAME", "android.intent.extra.PERMISSION_GROUP_NAME"
PICK_PHOTOS = "android.provider.action.USER_SELECT_IMAGES_FOR_APP"  # MediaStore, 14 and later
_CHOICES = ("precise", "approximate", "dont_ask_checkbox")  # they answer nothing by themselves
_FINAL = ("deny_dont_ask", "no_upgrade_dont_ask")


class GrantPermissionsActivity(Activity):
    """The dialog itself, in the permission controller's process and the app's task."""

    translucent = True
    exclude_from_recents = True
    config_changes: ClassVar[list[str]] = ["orientation", "screen_size"]  # Android makes it anew with its state: the same to see
    request: Request | None = None
    precise = True
    dont_ask = False
    _visits = 0

    def on_create(self) -> None:
        """Sort the request out and show the first dialog, or none."""
        system = self._process.system
        system.window_manager.place_dialog(self._record, *window_place(system.device.rom))
        grants = system.grants
        self.request = grants.of_dialog(self._record)
        if self.request is None:
            self.finish()
            return
        grants.sort_out(self.request)
        if self.request.background:
            extras = {EXTRA_PACKAGE: self.request.package.name, EXTRA_GROUP: "android.permission-group.LOCATION"}
            self._process.start_activity(self, None, action=MANAGE, data=None, extras=extras)
            return
        self._show_next()

    def on_resume(self) -> None:
        """In front: the second time it is back from the page in Settings that answered in the dialog's place."""
        self._visits += 1
        if self.request is not None and self.request.background and self._visits > 1:
            self._process.system.grants.done(self.request)
            self.finish()

    def _show_next(self) -> None:
        request, system = self.request, self._process.system
        if request is None:
            return
        if not request.waiting:
            system.grants.done(request)
            self.finish()
            return
        self.precise, self.dont_ask = True, False
        group, names = request.waiting[0]
        self._draw(group)
        system.truth("dialog", kind="permission", package=request.package.name, group=group, permissions=list(names))

    def _draw(self, group: str) -> None:
        request, system = self.request, self._process.system
        assert request is not None
        dialog, language = system.device.rom.dialog, system.device.spec.language
        message = dialog.title(language, group, request.package.label)
        buttons = [(role, dialog.button_ids[role], dialog.button(language, role)) for role in self._shown_roles()]
        switches = dialog.switches["zh" if language == "zh" else "en"].get(group, [])
        self.show(
            permission_dialog(system.device.rom, language, message=message, buttons=buttons, switches=switches, dont_ask=self.dont_ask)
        )

    # which buttons
    def _shown_roles(self) -> list[str]:
        if self.request is None or not self.request.waiting:
            return []
        group, names = self.request.waiting[0]
        dialog, policy = self._process.system.device.rom.dialog, self._process.system.permission_policy
        refusals = self._refusals(names)
        listed = dialog.roles.get(group if group in dialog.roles else "OTHER")
        if listed is None or names == [BACKGROUND]:
            answers = [*self._androids_answers(group, names), *refusals]
        else:
            answers = [role for item in listed for role in (refusals if item == "deny" else [item])]
        choices = ["precise", "approximate"] if policy.approximate_location and {FINE, COARSE} <= set(names) else []
        return [role for role in [*choices, *answers] if role in dialog.button_ids]

    def _androids_answers(self, group: str, names: list[str]) -> list[str]:
        """The ways to allow it, from the top."""
        policy = self._process.system.permission_policy
        if group == "READ_MEDIA_VISUAL" and policy.partial_photos:
            return ["allow_selected", "allow_all"]
        answers = ["always"] if BACKGROUND in names else []
        if names != [BACKGROUND]:
            answers.append("foreground" if group in policy.while_in_use_groups else "allow")
        return [*answers, "one_time"] if group in policy.one_time_groups else answers

    def _refusals(self, names: list[str]) -> list[str]:
        """The ways to refuse it: from the second time on for good, on some versions and ROMs beside the plain one."""
        assert self.request is not None
        policy, states = self._process.system.permission_policy, self.request.package.runtime_permissions
        asked = any("USER_SET" in states[name].flags for name in names)
        if names == [BACKGROUND]:
            return ["no_upgrade", *(["no_upgrade_dont_ask"] if asked else [])]
        if not asked:
            return ["deny"]
        if policy.dont_ask == "checkbox":
            return ["deny", "dont_ask_checkbox"]
        return ["deny", "deny_dont_ask"] if policy.plain_denial_stays else ["deny_dont_ask"]

    # what they do
    def on_click(self, id: str) -> None:
        role = self._role_of(id)
        if role in ("precise", "approximate"):
            self.precise = role == "precise"
        elif role == "allow_selected":
            self.start_activity(action=PICK_PHOTOS)
        elif role is not None and role not in _CHOICES:
            self._decide(role)

    def on_switch(self, id: str, checked: bool) -> None:
        """Don't ask again: allowing is disabled while it is ticked."""
        if self._role_of(id) == "dont_ask_checkbox":
            self.dont_ask = checked
            if self.request is not None and self.request.waiting:
                self._draw(self.request.waiting[0][0])

    def _role_of(self, id: str) -> str | None:
        ids = self._process.system.device.rom.dialog.button_ids
        return next((role for role in self._shown_roles() if ids[role] == id.rpartition("/")[2]), None)

    def _decide(self, role: str) -> None:
        request, system = self.request, self._process.system
        if request is None:
            return
        role = "deny_dont_ask" if role == "deny" and self.dont_ask else role
        group, names = request.waiting.pop(0)
        for name in names:
            result = self._apply(request.package, name, names, role)
            system.grants.report(request.package, name, result)
        if role == "one_time":
            system.one_time.watch(request.package)
        system.truth("answer", package=request.package.name, group=group, permissions=list(names), role=role)
        if role.startswith("deny"):
            system.after_denial(request.package.name)
        self._show_next()

    def _apply(self, package: Package, name: str, names: list[str], role: str) -> int:
        """Carry out the answer for one permission; the result that the log gives."""
        policy, state = self._process.system.permission_policy, package.runtime_permissions[name]
        package.blank_passes.discard(name)
        if role.startswith(("deny", "no_upgrade")):
            if policy.refusal == "hides":
                permissions.grant(state)
                package.op_modes[permissions.op_of(name)] = "ignore"
                return USER_GRANTED
            permissions.deny(state, fixed=role in _FINAL)
            return USER_DENIED_WITH_PREJUDICE if role in _FINAL else USER_DENIED
        coarse = role == "fuzzy" or (COARSE in names and not self.precise)
        if (name == FINE and coarse) or (name == BACKGROUND and role != "always"):
            permissions.deny(state, fixed=False)
            return USER_GRANTED
        permissions.grant(state, one_time=role == "one_time")
        package.op_modes.pop(permissions.op_of(name), None)
        if role == "blank_pass":
            package.blank_passes.add(name)
        return USER_GRANTED_ONE_TIME if role == "one_time" else USER_GRANTED

    def photos_picked(self) -> None:
        """Photos were chosen in the picker: the app has those; all while it runs, if it knows no other way."""
        request, system = self.request, self._process.system
        if request is None or not request.waiting:
            return
        group, names = request.waiting.pop(0)
        package = request.package
        explicit = SELECTED_PHOTOS not in package.implicit_permissions
        permissions.grant(package.runtime_permissions[SELECTED_PHOTOS])
        for name in names:
            state = package.runtime_permissions[name]
            if name != SELECTED_PHOTOS and explicit:
                permissions.deny(state, fixed=False)
            elif name != SELECTED_PHOTOS:
                permissions.grant(state, one_time=True)
            system.grants.report(package, name, USER_GRANTED)
        if not explicit:
            system.one_time.watch(package)
        system.truth("answer", package=package.name, group=group, permissions=list(names), role="allow_selected")
        self._show_next()

    def on_back_pressed(self) -> bool:
        """Back: a denial up to Android 10, nothing but the end of the request since (CANCELED)."""
        request, system = self.request, self._process.system
        if request is None or not request.waiting:
            return False
        if system.permission_policy.back_denies:
            self._decide("deny")
            return True
        for _group, names in request.waiting:
            for name in names:
                system.grants.report(request.package, name, USER_IGNORED)
        system.truth("answer", package=request.package.name, role="canceled")
        system.grants.done(request)
        self.finish()
        return True
