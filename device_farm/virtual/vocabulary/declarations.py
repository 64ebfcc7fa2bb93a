"""Checks the declarations of an app file as Android would: types, names, orientations, targets, callbacks.

A nonsense that would only show on the device, as a crash of the app or as nothing at all, is said here, with file and
line.
"""

import ast
import difflib
import inspect
import re
from pathlib import Path
from typing import Any

from device_farm.virtual.framework.hardware.rotation import ORIENTATIONS
from device_farm.virtual.framework.packages.app_manifest import component_classes
from device_farm.virtual.vocabulary.app_source import NOTHING, AppFileError
from device_farm.virtual.vocabulary.components import Activity, App, Job, Provider, Receiver, Sdk, Service
from device_farm.virtual.vocabulary.pen import folder_of, icon_png
from device_farm.virtual.vocabulary.store_listing import StoreListing
from harness.language import Text, _

BASES: tuple[type[Any], ...] = (App, Activity, Service, Receiver, Provider, Job, Sdk)
_PACKAGE = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+")
_CLASS_NAME = re.compile(r"\.?[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")
_PROCESS = re.compile(r"(:[A-Za-z]\w*|[A-Za-z]\w*(\.[A-Za-z]\w*)+)?")
_ATTRIBUTES: dict[type[Any], list[tuple[str, Any]]] = {
    base: [
        (name, default)
        for name in dir(base)
        for default in [inspect.getattr_static(base, name)]
        if not name.startswith("_") and not callable(default) and not isinstance(default, property)
    ]
    for base in BASES
}
"""The attributes to which a class of an app file may give a value, with their defaults."""
LAUNCH_MODES = ("standard", "single_top", "single_task", "single_instance")
_TAKES_A_COMPONENT: dict[str, type[Any]] = {  # actions whose first argument is a component of this app, unless it has a slash or a dot
    "start_activity": Activity, "start_service": Service, "start_foreground_service": Service, "stop_service": Service,
    "bind_service": Service, "register_receiver": Receiver, "schedule_job": Job, "set_component_enabled": object,
}  # fmt: skip


def hint(name: str, known: list[str], cutoff: float) -> Text:
    """The nearest of ``known`` as a question, or nothing."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return _("; did you mean '{name}'?", name=near[0]) if near else NOTHING


def check_declarations(path: Path, nodes: list[ast.AST], apps: tuple[type[App], ...]) -> None:
    """Raise AppFileError for the first thing that is wrong with the apps of a file that ran."""
    for app in apps:
        _check_app(path, nodes, app)
    first = apps[0]
    if not first.installed:
        raise AppFileError(path, _line(nodes, first, "installed"), _("the first app is the one under test: it is installed"))
    launchers = [cls for _name, cls in component_classes(first) if getattr(cls, "launcher", False)]
    if not launchers and not first.system:
        problem = _("{name} cannot be opened: none of its activities has launcher = True", name=first.__name__)
        raise AppFileError(path, _line(nodes, first), problem)
    _check_targets(path, nodes, apps)


def _check_app(path: Path, nodes: list[ast.AST], app: type[App]) -> None:
    _check_types(path, nodes, app)
    if not _PACKAGE.fullmatch(app.package):
        problem = _("'{name}' is no package name like com.example.shop", name=app.package)
        raise AppFileError(path, _line(nodes, app, "package"), problem)
    for permission in app.permissions:
        if "." not in permission:
            problem = _(
                "'{name}' is no permission: its name is like {like}", name=permission, like="android.permission." + permission.upper()
            )
            raise AppFileError(path, _line(nodes, app, "permissions"), problem)
    try:
        icon_png(app.icon, folder_of(app))
    except ValueError as error:
        raise AppFileError(path, _line(nodes, app, "icon"), str(error)) from None
    names = [name for name, _cls in component_classes(app)]
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise AppFileError(path, _line(nodes, app), _("two components are called {name}", name=double))
    for _name, cls in component_classes(app):
        _check_component(path, nodes, cls)


def _check_component(path: Path, nodes: list[ast.AST], cls: type[Any]) -> None:
    _check_types(path, nodes, cls)
    if cls.name and not _CLASS_NAME.fullmatch(cls.name):
        raise AppFileError(path, _line(nodes, cls, "name"), _("'{name}' is not the name of a class", name=cls.name))
    process = getattr(cls, "process", "")
    if not _PROCESS.fullmatch(process):
        problem = _("process '{name}' is neither ':name' nor a name with a dot", name=process)
        raise AppFileError(path, _line(nodes, cls, "process"), problem)
    orientation = getattr(cls, "screen_orientation", "unspecified")
    if orientation not in ORIENTATIONS:
        problem = _("screen_orientation '{name}' is none of Android's", name=orientation)
        raise AppFileError(path, _line(nodes, cls, "screen_orientation"), problem, hint(orientation, list(ORIENTATIONS), 0.4))
    mode = getattr(cls, "launch_mode", "standard")
    if mode not in LAUNCH_MODES:
        problem = _("launch_mode '{name}' is none of {choices}", name=mode, choices=", ".join(LAUNCH_MODES))
        raise AppFileError(path, _line(nodes, cls, "launch_mode"), problem)
    if issubclass(cls, Provider) and not cls.authority:
        raise AppFileError(path, _line(nodes, cls), _("{name} has no authority", name=cls.__name__))
    base = next(base for base in BASES if issubclass(cls, base))
    for name, method in vars(cls).items():
        if inspect.isfunction(method) and name.startswith("on_") and hasattr(base, name):
            _check_callback(path, base, name, method)


def _check_callback(path: Path, base: type[Any], name: str, method: Any) -> None:
    """Whether the framework can call it as it will: a plain function with the arguments of Android's."""
    line = method.__code__.co_firstlineno
    if inspect.iscoroutinefunction(method) or inspect.isgeneratorfunction(method):
        raise AppFileError(path, line, _("{name} is a plain function: Android neither awaits nor iterates it", name=name))
    wanted = list(inspect.signature(getattr(base, name)).parameters)
    try:
        inspect.signature(method).bind(*wanted)
    except TypeError:
        raise AppFileError(path, line, _("{name} is called as {call}", name=name, call=name + "(" + ", ".join(wanted) + ")")) from None


def _check_types(path: Path, nodes: list[ast.AST], cls: type[Any]) -> None:
    """Each attribute of the vocabulary has a value like its default."""
    base = next(base for base in BASES if issubclass(cls, base))
    for name, default in _ATTRIBUTES[base]:
        value = inspect.getattr_static(cls, name)
        wanted = _mismatch(name, default, value)
        if wanted:
            raise AppFileError(
                path, _line(nodes, cls, name), _("{name} is {wanted}, not {value}", name=name, wanted=wanted, value=repr(value)[:200])
            )


def _mismatch(name: str, default: Any, value: Any) -> Text:
    """Name the type that ``value`` should have; empty where it has it."""
    if name == "window":
        pair = isinstance(value, tuple) and len(value) == 2 and all(type(side) is int and side > 0 for side in value)
        return NOTHING if value is None or pair else _("a width and a height in pixels")
    if name == "store_listings":
        listed = isinstance(value, (list, tuple)) and all(isinstance(item, StoreListing) for item in value)
        return NOTHING if listed else _("a list of {name}", name="StoreListing")
    if name == "permission":
        return NOTHING if value is None or isinstance(value, str) else _("a string")
    if name == "version_name":
        return NOTHING if value is None or isinstance(value, str) else _("a string")
    if isinstance(default, bool):
        return NOTHING if isinstance(value, bool) else _("True or False")
    if isinstance(default, int):
        return NOTHING if type(value) is int and value >= 0 else _("a number")
    if isinstance(default, str):
        return NOTHING if isinstance(value, str) else _("a string")
    if isinstance(default, list):
        strings = isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
        return NOTHING if strings else _("a list of strings")
    pairs = isinstance(value, dict) and all(isinstance(word, str) for item in value.items() for word in item)
    return NOTHING if pairs else _("a dict of strings")


def _check_targets(path: Path, nodes: list[ast.AST], apps: tuple[type[App], ...]) -> None:
    """Components named by a literal exist: ``self.start_activity("Detial")`` would be a crash on the device."""
    found = [pair for app in apps for pair in component_classes(app)]
    for node in nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        kind, target = _TAKES_A_COMPONENT.get(node.func.attr), node.args[0]
        if kind is None or not (isinstance(target, ast.Constant) and isinstance(target.value, str)):
            continue
        names = [word for name, cls in found if issubclass(cls, kind) for word in (cls.__name__, cls.name, name) if word]
        if not re.search(r"[./]", target.value) and target.value not in names:
            word = "component" if kind is object else kind.__name__
            raise AppFileError(
                path, node.lineno, _("there is no {word} '{name}'", word=word, name=target.value), hint(target.value, names, 0.4)
            )


def _line(nodes: list[ast.AST], cls: type[Any], attribute: str = "") -> int:
    """Where the class gives ``attribute`` its value, else where the class begins."""
    line = 1
    for node in nodes:
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
            line = node.lineno
            for statement in node.body:
                targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
                leaves = [leaf for target in targets if target is not None for leaf in ast.walk(target)]
                if any(isinstance(leaf, ast.Name) and leaf.id == attribute for leaf in leaves):
                    return statement.lineno
    return line
