"""The SDK of a class or a native library: names as data, the longest match wins.

The table is ``sdks.toml``; each fact in it names the rule of LibChecker-Rules (Apache-2.0) that it is read from.
"""

import re
import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files

from harness.config import Kind, current, once_a_config, refuse
from harness.config.table_validation import Table
from harness.errors import CatalogueError, FormatError
from harness.language import _

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
        self.by_id = {sdk.id: sdk for sdk in sdks}
        self.version_files = tuple(sdk.version_file for sdk in sdks if sdk.version_file)
        self._packages: dict[str, Sdk] = {}
        self._libraries: list[tuple[re.Pattern[str], Sdk]] = []
        for sdk in sdks:
            for package in sdk.packages:
                if package in self._packages:
                    one = self._packages[package].id
                    raise CatalogueError(_("sdks: {package} belongs to {one} and to {other}", package=package, one=one, other=sdk.id))
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


@once_a_config
def load_sdks() -> SdkTable:
    """Return the table of the harness and the tester's own.

    Raises CatalogueError for a mistake in ours, FormatError for one in theirs.
    """
    text = (files("harness.sdks") / "sdks.toml").read_text(encoding="utf-8")
    try:
        ours = tuple(_sdk(entry) for entry in tomllib.loads(text)["sdk"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="sdks.toml", problem=error)) from None
    return SdkTable((*ours, *_own(ours)))


def _own(ours: tuple[Sdk, ...]) -> list[Sdk]:
    """The tester's own SDKs; none may have what one of ours has."""
    found: list[Sdk] = []
    for file in current().of(Kind.SDKS):
        Table(file.data, file.name).only(("sdk",))
        entries = file.data.get("sdk")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise FormatError(_("{file}: it is a list of SDKs: write [[sdk]] before each", file=file.name))
        for entry in entries:
            sdk = _read(Table(entry, file.name, f"sdk {str(entry.get('id', '?'))[:40]}"))
            for other in (*ours, *found):
                if shared := next((name for name in _claims(sdk) if name in _claims(other)), None):
                    refuse(FormatError(_("{file}: {name} belongs to the SDK {other} already", file=file.name, name=shared, other=other.id)))
                    break  # by now it is one of ours
            else:
                found.append(sdk)
    return found


def _claims(sdk: Sdk) -> tuple[str, ...]:
    return (sdk.id, *sdk.packages, *sdk.libraries)


def _read(table: Table) -> Sdk:
    """An SDK of the tester's own."""
    table.only([field.name for field in fields(Sdk)])
    return Sdk(
        id=table.text("id"),
        name=table.text("name"),
        vendor=table.text("vendor"),
        kind=table.text("kind"),
        words=table.texts("words"),
        source=table.texts("source"),
        packages=table.texts("packages"),
        libraries=table.texts("libraries"),
        version_file=table.text("version_file", "") or None,
    )


def _sdk(entry: dict[str, object]) -> Sdk:
    known = {field.name for field in fields(Sdk)}
    unknown = entry.keys() - known
    if unknown:
        keys = ", ".join(sorted(unknown))
        raise CatalogueError(_("{file}: {id}: no such key: {keys}", file="sdks.toml", id=entry.get("id"), keys=keys))
    lists = ("words", "source", "packages", "libraries")
    return Sdk(**{name: tuple(value) if name in lists else value for name, value in entry.items()})  # type: ignore[arg-type]
