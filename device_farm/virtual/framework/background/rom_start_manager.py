"""The ROM's manager of starts: which apps may start by themselves, and which may be started by other apps.

Chinese ROMs refuse both to an app that the user installed, until the user switches it on at a page of the ROM's manager
app. What is refused, what the ROM prints then and where the switch is are data (``[start_manager]`` of the ROM's file,
with sources).
"""

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.start_cause import Attempt, StartKind
from device_farm.virtual.framework.records.system_records import Intent, Package
from device_farm.virtual.framework.system_service import SystemService

SELF, ASSOCIATED = "self_start", "associated_start"  # the two switches of an app
SYSTEM_UID = 1000


class RomStartManager(SystemService):
    """Decides about starts, and remembers what the user switched."""

    def made(self) -> None:
        self._data = self._system.device.rom.data["start_manager"]
        self._switched: dict[tuple[str, str], bool] = {}  # (package, switch) -> allowed
        self._came_up = 0.0  # uptime
        self.rejected: dict[str, float] = {}  # package -> uptime of the last refusal

    def rebooted(self) -> None:
        """The user's switches stay."""
        self._came_up = self._system.clock.uptime

    @property
    def managed(self) -> bool:
        return bool(self._data["managed"])

    def switches(self) -> list[str]:
        """The switches that an app has on the manager's page."""
        return [SELF] if self._data["one_switch"] else [SELF, ASSOCIATED]

    def allowed(self, package: str, switch: str = SELF) -> bool:
        """Whether the user, or the ROM before the user chose, lets ``package`` start that way."""
        if not self.managed:
            return True
        switch = SELF if self._data["one_switch"] else switch
        return self._switched.get((package, switch), bool(self._data[switch]))

    def allow(self, package: str, switch: str, *, allowed: bool) -> None:
        self._switched[package, SELF if self._data["one_switch"] else switch] = allowed
        self._system.truth("start_switch", package=package, switch=switch, allowed=allowed)

    def installed(self, package: str) -> None:
        """A package was installed or replaced: on many ROMs its switches are as at the first time."""
        if self.managed and self._data["reset_by_install"]:
            for switch in (SELF, ASSOCIATED):
                self._switched.pop((package, switch), None)

    def refuses(self, attempt: Attempt) -> bool:
        """Whether the ROM prevents this start; if so, its line is in the log."""
        guards = self._guards_the_boot()
        if not (self.managed or guards) or not self._is_judged(attempt):
            return False
        package = self._system.packages[attempt.component.package]
        if not guards and self.allowed(package.name, ASSOCIATED if self._is_associated(attempt) else SELF):
            return False
        self.rejected[package.name] = self._system.clock.uptime
        self._tell(attempt, package)
        self._system.truth(
            "start_blocked", package=package.name, caller=attempt.caller, component=attempt.component.short, kind=attempt.kind.value
        )
        return True

    def _guards_the_boot(self) -> bool:
        """Whether the fault "boot-guard" is on, and the device came up a moment ago."""
        return self._system.clock.uptime < self._came_up + self._system.device.faults.boot_guard

    def _is_judged(self, attempt: Attempt) -> bool:
        """Apps of the ROM, apps that run already and what the system's apps or shell start are left alone."""
        system, name = self._system, attempt.component.package
        if system.packages[name].system or system.process_list.of_package(name):
            return False
        if attempt.caller is None or attempt.caller == name:
            return True
        caller = system.packages.get(attempt.caller)
        if caller is None or caller.system:
            return False
        return not (self._data.get("spares_callers_in_front", False) and self._is_in_front(caller))

    @staticmethod
    def _is_associated(attempt: Attempt) -> bool:
        return attempt.caller not in (None, attempt.component.package)

    def _is_in_front(self, package: Package) -> bool:
        activities = (activity for task in self._system.tasks for activity in task.activities)
        return any(a.component.package == package.name and self._system.in_front(a) for a in activities)

    # the log
    def _tell(self, attempt: Attempt, package: Package) -> None:
        key = "association" if self._is_associated(attempt) else attempt.kind.value
        kinds = self._data.get("kinds", {})
        own = f"own_{attempt.kind}" if self._is_associated(attempt) else ""
        caller = self._system.packages.get(attempt.caller or "")
        intent = attempt.intent or Intent(component=(package.name, attempt.component.class_name))
        self._say(
            key,
            kind=kinds.get(own, kinds.get(attempt.kind.value, attempt.kind.value)),
            package=package.name,
            tail=package.name.removeprefix("com"),
            uid=package.uid,
            process=attempt.component.process,
            component=attempt.component.short,
            class_name=attempt.component.class_name,
            caller="null" if caller is None else caller.name,
            caller_uid=SYSTEM_UID if caller is None else caller.uid,
            action="null" if intent.action is None else intent.action,
            intent=f"Intent {{ {text_formats.intent_text(intent)} }}",
        )
        if attempt.kind is StartKind.PROVIDER and caller is not None:
            self._system.narrator.provider_not_found(caller.name, attempt.component.authority or "")

    def background_activity_refused(self, intent: Intent, package: str | None, uid: int) -> bool:
        """An activity of an app in the background is refused: whether the ROM does so, in a line of its own."""
        says = self.managed and "background_activity" in self._data.get("lines", {})
        if says:
            text = f"Intent {{ {text_formats.intent_text(intent)} }}"
            self._say("background_activity", intent=text, caller=package or "null", caller_uid=uid)
        return says

    def _say(self, key: str, **values: object) -> None:
        """Write a line of the ROM; nothing where none is known."""
        line = self._data.get("lines", {}).get(key)
        if line is not None:
            self._system.narrator.rom_line(line["priority"], line["tag"], line["text"].format(**values))
