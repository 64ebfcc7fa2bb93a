"""Which SDK a class or a native library belongs to: names as data, the longest match wins.

The table is ``sdks.toml``; each fact in it names the rule of LibChecker-Rules (Apache-2.0) that it is read from.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from harness.errors import CatalogueError

HARDENING = "hardening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sdk:
    """One SDK. ``packages`` begin the names of its classes; ``words`` are how privacy policies call it.

    ``libraries`` are file names, in which ``{version}`` stands for any text. ``version_file`` is a file that its build
    leaves in the APK. ``kind`` is one of those that the head of the table lists; a hardening hides an app's own code.
    """

    id: str
    name: str
    vendor: str
    kind: str
    words: tuple[str, ...]
    source: tuple[str, ...]
    packages: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    version_file: str | None = None


class SdkTable:
    """All SDKs, found by a name."""

    def __init__(self, sdks: tuple[Sdk, ...]) -> None:
        """Index ``sdks``; raises CatalogueError when two of them claim one name."""
        self.sdks = sdks
        self._packages: dict[str, Sdk] = {}
        self._libraries: list[tuple[re.Pattern[str], Sdk]] = []
        for sdk in sdks:
            for package in sdk.packages:
                if package in self._packages:
                    raise CatalogueError(f"sdks: {package} belongs to {self._packages[package].id} and to {sdk.id}")
                self._packages[package] = sdk
            for name in sdk.libraries:
                pattern = re.escape(name).replace(re.escape("{version}"), "(.*)")
                self._libraries.append((re.compile(pattern), sdk))

    def of_class(self, name: str) -> Sdk | None:
        """The SDK whose package begins ``name``, a class or component name; of several the longest."""
        name = _class_name(name)
        while name:
            if sdk := self._packages.get(name):
                return sdk
            name = name.rpartition(".")[0]
        return None

    def of_library(self, file_name: str) -> tuple[Sdk, str | None] | None:
        """The SDK of a native library and the version that its file name tells; a name without version goes first."""
        found = [(match, sdk) for pattern, sdk in self._libraries if (match := pattern.fullmatch(file_name))]
        if not found:
            return None
        match, sdk = min(found, key=lambda pair: sum(map(len, pair[0].groups())))
        text = match[1].replace("_", ".").strip(".-") if match.groups() else ""
        return sdk, text if text[:1].isdigit() else None


def _class_name(component: str) -> str:
    """``com.a/.B`` and ``com.a/com.a.B`` as ``com.a.B``; a class name stays as it is."""
    package, _, name = component.partition("/")
    return package + name if name.startswith(".") else name or package


@cache
def load_sdks() -> SdkTable:
    """The table of the harness; raises CatalogueError for a mistake in it."""
    text = (files("harness.sdks") / "sdks.toml").read_text(encoding="utf-8")
    try:
        entries = tomllib.loads(text)["sdk"]
        return SdkTable(tuple(_sdk(entry) for entry in entries))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(f"sdks.toml: {error}") from None


def _sdk(entry: dict[str, object]) -> Sdk:
    known = {field.name for field in fields(Sdk)}
    unknown = entry.keys() - known
    if unknown:
        raise CatalogueError(f"sdks.toml: {entry.get('id')}: no such key: {', '.join(sorted(unknown))}")
    lists = ("words", "source", "packages", "libraries")
    return Sdk(**{name: tuple(value) if name in lists else value for name, value in entry.items()})  # type: ignore[arg-type]
