"""Windows of the system and of other apps that come up over the app under test while somebody checks it.

An alarm rings, a call comes, the system wants an update: ``foreign_windows.toml`` has each with its source. The truth
tells when one came and went (``foreign_window``), and what was pressed in it (``foreign_pressed``).
"""

from __future__ import annotations

import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Intent, Window, WindowHandler, WindowKind
from device_farm.virtual.framework.windows.window_manager import DIALOG_DIM
from device_farm.virtual.screen.dialogs import app_dialog
from device_farm.virtual.vocabulary.components import Activity, App
from device_farm.virtual.vocabulary.widgets import WRAP, Button, Column, Style, Text, Widget

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

_CATALOGUE = Path(__file__).with_name("foreign_windows.toml")
_ANR = "Input dispatching timed out"
_OWN_TASK = 0x08800000
"""FLAG_ACTIVITY_MULTIPLE_TASK and EXCLUDE_FROM_RECENTS: no page of the same package comes to the front with it."""
_KIND = "foreign-window"
"""What the intent of such a page carries: the name of its entry."""


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """All windows by name, in the order of the file."""
    with _CATALOGUE.open("rb") as file:
        return tomllib.load(file)


def packages() -> set[str]:
    """Whose windows they are."""
    return {entry["package"] for entry in catalogue().values() if "package" in entry}


def prepare(system: System) -> None:
    """Put the packages on the phone that have such windows; what is there already only gets its page."""
    for each in catalogue().values():
        if "activity" not in each:
            continue
        package = system.packages.get(each["package"])
        if package is None:
            mine = bool(each.get("installed_by_user"))
            asked = [one["asks"] for one in catalogue().values() if one.get("package") == each["package"] and "asks" in one]
            allowed = ["android.permission.SYSTEM_ALERT_WINDOW", *asked] if mine else []
            manifest = {"package": each["package"], "label": each["label"], "system": not mine, "permissions": allowed}
            package = system.package_manager.install_app(type("Foreign", (App,), manifest), None if mine else 10300 + len(system.packages))
            package.op_modes["SYSTEM_ALERT_WINDOW"] = "allow"  # it may come to the front by itself, as a full-screen intent does
            package.stopped = package.not_launched = False
        if all(component.class_name != each["activity"] for component in package.components):
            package.components.append(
                Component(ComponentKind.ACTIVITY, package.name, each["activity"], package.name, exported=True, python_class=_page(each))
            )


def _page(entry: dict[str, Any]) -> type[Activity]:
    return ForeignCard if entry["what"] == "card" else ForeignPage


def show(system: System, name: str, seconds: float | None = None) -> None:
    """Bring a window of the catalogue up over whatever is in front, for as long as given, else as its entry says."""
    entry = catalogue()[name]
    system.truth("foreign_window", name=name, shown=True)
    if "log" in entry:
        system.narrator.rom_line(*entry["log"])
    if "unresponsive" in entry:
        _stops_answering(system, entry["unresponsive"])
    if entry["what"] == "dialog":
        system.window_manager.add_system_dialog(_dialog(system, name))
    elif entry["what"] == "toast":
        system.toasts.show(system.packages[entry["package"]], 0, entry["text"][_language(system)])
    elif "activity" in entry:
        prepare(system)
        front = system.resumed.component.package if system.resumed is not None else entry["package"]
        starter = system.packages[front if entry.get("from") == "front" else entry.get("from", entry["package"])]
        component = (entry["package"], entry["activity"])
        intent = Intent(action=entry.get("action"), component=component, flags=_OWN_TASK, extras={_KIND: name})
        system.start_activity(intent, uid=starter.uid, package=starter.name)
    elif name == "shade":
        system.shade.expand()
    else:
        system.keyguard.enabled = True
        system.device.screen.key("sleep")
        system.device.screen.key("wakeup")
    stays = seconds if seconds is not None else entry.get("stays")
    if stays is not None:
        system.later(stays, partial(close, system, name))


def _stops_answering(system: System, name: str) -> None:
    """The log's lines about a process that the dialog is about."""
    prepare(system)
    living = system.process_list.of_package(name)
    process = living[0] if living else system.process_list.start(system.packages[name], name, "service", name, None)
    system.narrator.anr(process, _ANR)


def close(system: System, name: str) -> None:
    """Take it away, as its time is over."""
    entry = catalogue()[name]
    system.truth("foreign_window", name=name, shown=False)
    if entry["what"] == "dialog":
        for window in [each for each in system.windows if each.title == entry["window"]]:
            system.window_manager.remove_system_dialog(window)
    elif "activity" in entry:
        for task in list(system.tasks):
            if any(each.intent.extras.get(_KIND) == name for each in task.activities):  # with what it asks, which lies above it
                for record in reversed(task.activities):
                    system.activities.finish(record, "app-request")
    elif name == "shade":
        system.shade.collapse()
    elif name == "lock-screen":
        system.keyguard.dismiss()
        system.keyguard.enabled = False


class ForeignPage(Activity):
    """A page with a title, a sentence and its answers, each of which closes it."""

    exclude_from_recents = True

    def on_create(self) -> None:
        """Show what the entry says; ask for what it asks for."""
        entry = catalogue()[self.intent.extras[_KIND]]
        language = _language(self._process.system)
        answers = [Button(text, id=f"answer{number}") for number, text in enumerate(entry["buttons"][language])]
        self.show(Column(Text(entry["title"][language], id="title"), Text(entry["text"][language], id="text"), *answers))
        if "asks" in entry:
            self.request_permissions(entry["asks"])

    def on_click(self, id: str) -> None:
        _pressed(self._process.system, self.intent.extras[_KIND], id)
        self.finish()


class ForeignCard(Activity):
    """A dialog of an activity of its own: what is behind it stays in sight and out of reach."""

    translucent = True
    exclude_from_recents = True

    def on_create(self) -> None:
        entry = catalogue()[self.intent.extras[_KIND]]
        language, system = _language(self._process.system), self._process.system
        system.window_manager.place_dialog(self._record, "center", DIALOG_DIM)
        card = app_dialog(entry["title"][language], entry["text"][language], tuple(entry["buttons"][language]))
        self.show(Column(card, style=Style(width=WRAP)))

    def on_click(self, id: str) -> None:
        _pressed(self._process.system, self.intent.extras[_KIND], id)
        self.finish()


def _pressed(system: System, name: str, id: str) -> None:
    """The truth tells which answer it was, and whether it only closes the window."""
    entry = catalogue()[name]
    answers = len(entry["buttons"]["zh"])
    places = {f"answer{place}": place for place in range(answers)} | {"button1": 0, "button2": answers - 1, "button3": 1}
    system.truth("foreign_pressed", name=name, id=id, closes=places.get(id) in entry.get("closes", ()))


def _language(system: System) -> str:
    return "zh" if system.device.spec.language == "zh" else "en"


def _dialog(system: System, name: str) -> Window:
    """A dialog of the system itself, which no activity has."""
    entry, language = catalogue()[name], _language(system)
    package = system.packages[entry["package"]]
    answers = tuple(entry.get("buttons", {}).get(language, ()))
    return Window(
        title=entry["window"],
        package=package.name,
        uid=package.uid,
        kind=WindowKind(entry.get("kind", WindowKind.APPLICATION)),
        root=app_dialog(entry["title"][language], entry.get("text", {}).get(language, ""), answers),
        handler=_DialogInput(system, name),
        gravity=entry.get("gravity", "center"),
        dim=DIALOG_DIM,
        modal=True,
    )


class _DialogInput(WindowHandler):
    """Its answers close it, and so do Back and a touch beside it."""

    def __init__(self, system: System, name: str) -> None:
        self._system, self._name = system, name

    def click(self, id: str, widget: Widget) -> None:
        _pressed(self._system, self._name, id)
        close(self._system, self._name)

    def outside(self) -> None:
        self._cancel()

    def back(self) -> None:
        self._cancel()

    def _cancel(self) -> None:
        """What takes all touches and keys is no dialog that they close."""
        if "kind" not in catalogue()[self._name]:
            close(self._system, self._name)
