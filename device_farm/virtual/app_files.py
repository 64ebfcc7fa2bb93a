"""App files: Python files with ``App`` classes, given with ``--app``."""

from __future__ import annotations

import importlib.util
import itertools
import sys
import traceback
from typing import TYPE_CHECKING

from device_farm.virtual.app import App

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

_numbers = itertools.count(1)


class AppFileError(Exception):
    """An app file cannot be used; the text is one line that names the file and, where known, the line."""


def load_apps(path: Path) -> list[type[App]]:
    """Run an app file and return its App classes in the order in which to install them.

    The first class of the file is the app under test, so it comes last; the others are further apps on the phone.
    Raises AppFileError. The file's code runs in this process: an app file is as trusted as any Python file.
    """
    module = _run(path)
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, App) and value.__module__ == module.__name__
    ]
    if not found:
        raise AppFileError(f"{path}: no class of the file is an App (from device_farm.virtual import App)")
    first, *others = found
    return [*others, first]


def _run(path: Path) -> ModuleType:
    name = f"_apprights_app_{next(_numbers)}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AppFileError(f"{path}: not a Python file (the name has to end in .py)")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # pickling, dataclasses and inspect look a class's module up here
    try:
        spec.loader.exec_module(module)
    except OSError as error:
        raise AppFileError(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise AppFileError(f"{path}:{error.lineno or 1}: {error.msg}") from error
    except Exception as error:  # whatever the file's own code raises
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        place = f"{path}:{lines[-1]}" if lines else str(path)
        text = " ".join(str(error).split()) or type(error).__name__
        raise AppFileError(f"{place}: {text}" if str(path) not in text else text) from error
    return module
