"""Reading an app file: run it, find its App classes, and refuse names that are not in the vocabulary.

A misspelt name would otherwise be an attribute of the app's own that nothing ever reads, or an exception in a callback,
which is a crash of the app and would be judged as one. So names are looked up before anything runs on a device.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import re
import sys
import traceback
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from device_farm import virtual
from device_farm.virtual.framework.hardware.sensors import RATES, SENSORS
from device_farm.virtual.framework.records.download import KINDS
from device_farm.virtual.framework.runtime.watchdog import APP_MODULE, WATCHDOG
from device_farm.virtual.vocabulary.app_source import AppFileError, AppSource
from device_farm.virtual.vocabulary.components import App
from device_farm.virtual.vocabulary.containers import STATES
from device_farm.virtual.vocabulary.declarations import BASES, check_declarations, hint
from device_farm.virtual.vocabulary.twin import read_source
from device_farm.virtual.vocabulary.widgets import Button, Widget
from harness.language import _

__all__ = ["AppFileError", "load_app_file"]

_BASES: dict[str, type[Any]] = {cls.__name__: cls for cls in BASES}
_VOCABULARY = {cls: [name for name in dir(cls) if not name.startswith("_")] for cls in BASES}
_ACTIONS = {name: getattr(cls, name) for cls in BASES for name in _VOCABULARY[cls]}
_CHOICES = {  # words of which an argument takes one
    ("BottomSheet", "state"): STATES, ("DrawerLayout", "gravity"): ("start", "end"),
    **{(box, "gravity"): ("top", "center", "bottom") for box in ("Column", "Row", "Frame", "CoordinatorLayout")},
    ("download", "kind"): KINDS, ("enqueue_download", "kind"): KINDS,
    ("register_sensor", "sensor"): SENSORS, ("register_sensor", "rate"): tuple(RATES), ("unregister_sensor", "sensor"): SENSORS,
}  # fmt: skip
_CLOSE = 0.8  # difflib's measure: a name this near to one of the vocabulary is taken for a misspelling of it


def load_app_file(path: Path) -> tuple[type[App], ...]:
    """The App classes of a file in its order: the app under test, then further apps on the phone.

    Raises AppFileError, with the nearest name where one is unknown; a line is that of the sample or of the twin.
    """
    source = read_source(path)
    try:
        return _load(path, source)
    except AppFileError as error:
        raise source.moved(error) from None


def _load(path: Path, source: AppSource) -> tuple[type[App], ...]:
    try:
        tree = ast.parse(source.text, str(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # nested too deep
        problem = _("not Python ({problem})", problem=str(error))
        raise AppFileError(path, getattr(error, "lineno", 0) or 0, problem) from None
    nodes = list(ast.walk(tree))
    _check_imports(path, nodes)
    names = _OwnNames(nodes)
    for definition, base in _components(nodes):
        _check_class(path, definition, base, names)
    _check_calls(path, tree, nodes)
    apps = _run(path, source)
    check_declarations(path, nodes, apps)
    return apps


def _run(path: Path, source: AppSource) -> tuple[type[App], ...]:
    module = types.ModuleType(f"{APP_MODULE}{path.stem}")
    module.__file__ = str(source.file)
    sys.modules[module.__name__] = module
    try:
        place = WATCHDOG.run(lambda: exec(compile(source.text, str(path), "exec"), module.__dict__))
    except Exception as error:
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
        line = (lines or [0])[-1] or 0
        raise AppFileError(path, line, f"{type(error).__name__}: {error}") from None
    if place is not None:
        raise AppFileError(path, place[1], _("the file does not come to its end: it runs for ever here"))
    found = [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, App) and v is not App]
    apps = tuple(dict.fromkeys(v for v in found if v.__module__ == module.__name__))
    if not apps:
        raise AppFileError(path, 1, _("no class is derived from App"))
    return apps


def _check_imports(path: Path, nodes: list[ast.AST]) -> None:
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module == "device_farm.virtual":
            for alias in node.names:
                if alias.name != "*" and not hasattr(virtual, alias.name):
                    problem = _("{name} has no '{what}'", name="device_farm.virtual", what=alias.name)
                    raise AppFileError(path, node.lineno, problem, hint(alias.name, virtual.__all__, 0.5))


def _components(nodes: list[ast.AST]) -> Iterator[tuple[ast.ClassDef, type[Any]]]:
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            names = [base.id for base in node.bases if isinstance(base, ast.Name)]
            base = next((_BASES[name] for name in names if name in _BASES), None)
            if base is not None:
                yield node, base


def _check_class(path: Path, definition: ast.ClassDef, base: type[Any], names: _OwnNames) -> None:
    """Attributes that are nearly Android's, callbacks that nobody calls, and what methods ask of ``self``.

    A nested class is a component or the app's own, whatever it is called; only a value can be a misspelt attribute.
    """
    known = _VOCABULARY[base]
    attributes = [name for name in known if _is_attribute(base, name)]
    body = _body_names(definition)
    for name, (line, kind) in body.items():
        if name in known or name in names.used or name.startswith("_"):
            continue
        if kind is ast.FunctionDef and name.startswith("on_"):
            problem = _("{name} has no callback '{what}'", name=base.__name__, what=name)
            raise AppFileError(path, line, problem, hint(name, known, 0.4))
        if kind is ast.Name and difflib.get_close_matches(_snake(name), attributes, n=1, cutoff=_CLOSE):
            problem = _("{name} has no '{what}'", name=base.__name__, what=name)
            raise AppFileError(path, line, problem, hint(_snake(name), attributes, 0.4))
    own = names.of(definition)
    for method in (n for n in definition.body if isinstance(n, ast.FunctionDef)):
        for node in ast.walk(method):
            if not _is_self(node) or node.attr.startswith("_"):
                continue
            if node.attr not in known and node.attr not in own and node.attr not in names.stored:
                problem = _("{name} has no '{what}'", name=base.__name__, what=node.attr)
                raise AppFileError(path, node.lineno, problem, hint(node.attr, [*known, *own], 0.4))


def _is_attribute(base: type[Any], name: str) -> bool:
    """Whether an app file may give it a value in the class: no method, and nothing that is worked out.

    ``self.app``.
    """
    value = inspect.getattr_static(base, name)
    return not callable(value) and not isinstance(value, property)


class _OwnNames:
    """What a file defines for itself: the attributes that it sets and reads anywhere, and what each class has."""

    def __init__(self, nodes: list[ast.AST]) -> None:
        """Look through the whole file."""
        attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
        self.stored = {node.attr for node in attributes if isinstance(node.ctx, ast.Store)}
        self.used = {node.attr for node in attributes if isinstance(node.ctx, ast.Load)}
        self._classes = {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}

    def of(self, definition: ast.ClassDef) -> set[str]:
        """The names in the body of a class and in those of the file's classes that it is derived from."""
        found: set[str] = set()
        waiting, seen = [definition], {definition.name}
        while waiting:
            cls = waiting.pop()
            found.update(_body_names(cls))
            bases = {node.id for base in cls.bases for node in ast.walk(base) if isinstance(node, ast.Name)} - seen
            waiting += [self._classes[name] for name in bases if name in self._classes]
            seen |= bases
        return found


def _is_self(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _body_names(definition: ast.ClassDef) -> dict[str, tuple[int, type[ast.AST]]]:
    """The names that a class body defines: line, and what they are (FunctionDef, ClassDef, Name for a value)."""
    names: dict[str, tuple[int, type[ast.AST]]] = {}
    for node in definition.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = (node.lineno, type(node))
        targets: list[ast.expr] = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for leaf in (leaf for target in targets for leaf in ast.walk(target)):
            if isinstance(leaf, ast.Name):
                names[leaf.id] = (leaf.lineno, ast.Name)
    return names


_signature = cache(inspect.signature)


def _check_calls(path: Path, tree: ast.Module, nodes: list[ast.AST]) -> None:
    """Arguments of widgets and of actions on ``self``."""
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    here = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}  # called by their name alone
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "time.sleep":
            instead = "block_main_thread(seconds)"
            raise AppFileError(
                path, node.lineno, _("{name} stops the whole device; {instead} blocks this app", name="time.sleep", instead=instead)
            )
        if isinstance(node.func, ast.Name) and node.func.id not in here:
            target = getattr(virtual, node.func.id, None)
            if isinstance(target, type) and issubclass(target, Widget):
                _check_arguments(path, node, node.func.id, _signature(target.__init__))
                _check_choices(path, node, node.func.id)
        elif _is_self(node.func):
            name = node.func.attr
            if name not in own and inspect.isfunction(_ACTIONS.get(name)):
                _check_arguments(path, node, name, _signature(_ACTIONS[name]))
                _check_choices(path, node, name)
                if name == "show_dialog":
                    _check_dialog(path, node, here)


def _check_arguments(path: Path, node: ast.Call, name: str, signature: inspect.Signature) -> None:
    parameters = list(signature.parameters.values())[1:]
    if any(p.kind is p.VAR_KEYWORD for p in parameters) or any(k.arg is None for k in node.keywords):
        return
    known = [p.name for p in parameters if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD) and p.name != "style"]
    for keyword in node.keywords:
        if keyword.arg is not None and keyword.arg not in known:
            problem = _("{name} has no argument '{what}'", name=name, what=keyword.arg)
            raise AppFileError(path, node.lineno, problem, hint(keyword.arg, known, 0.4))
    if any(isinstance(argument, ast.Starred) for argument in node.args):
        return
    try:
        signature.bind(None, *node.args, **{k.arg: k for k in node.keywords if k.arg})
    except TypeError as error:
        raise AppFileError(path, node.lineno, f"{name}: {error}") from None


def _check_choices(path: Path, node: ast.Call, name: str) -> None:
    """A word that is one of a few, where the file says it in so many words."""
    sensor = [ast.keyword("sensor", node.args[0])] if name.endswith("register_sensor") and node.args else []
    for keyword in [*node.keywords, *sensor]:
        choices = _CHOICES.get((name, keyword.arg or ""))
        if choices and isinstance(keyword.value, ast.Constant) and keyword.value.value not in choices:
            problem = _("{name} of {widget} is one of {choices}", name=str(keyword.arg), widget=name, choices=", ".join(choices))
            raise AppFileError(path, keyword.value.lineno, problem, hint(str(keyword.value.value), list(choices), 0.4))


def _check_dialog(path: Path, node: ast.Call, here: set[str]) -> None:
    """Title and message of a dialog are texts, its buttons texts or Buttons.

    This is checked as far as the file says it in so many words.
    """
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    if any(isinstance(argument, ast.Starred) for argument in node.args[:2]):
        return
    texts = [*node.args[:2], *(named[name] for name in ("title", "message") if name in named)]
    for values, wanted in ((texts, _("title and message are texts")), (node.args[2:], _("a button is a text or a Button"))):
        for value in values:
            made = _made(value, here)
            if made and made != "str" and not (made == "Button" and values is not texts):
                problem = _("show_dialog: {wanted}, not {value}", wanted=wanted, value=ast.unparse(value)[:200])
                raise AppFileError(path, value.lineno, problem)


def _made(value: ast.expr, here: set[str]) -> str:
    """What kind of thing an expression makes, where that stands there; empty where only running it tells."""
    if isinstance(value, ast.Constant):
        return type(value.value).__name__
    if isinstance(value, (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.Lambda)):
        return type(value).__name__
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id not in here:
        cls = getattr(virtual, value.func.id, None)
        if isinstance(cls, type) and issubclass(cls, Widget):
            return "Button" if issubclass(cls, Button) else cls.__name__
    return ""


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
