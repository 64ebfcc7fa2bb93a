"""An index of app files by name and version, for list entries that name no file."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from device_farm.store.database import Store
from device_farm.store.models import App
from device_farm.units.unit import AppFile
from harness.errors import ScenarioError
from harness.language import Text, _

MOST_LIKE = 200
"""Apps of one name that are looked at."""
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """The description of an app in a list."""

    package: str = ""
    label: str = ""
    version: str = ""
    store: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        return self.label or self.package or self.sha256[:12]


class AppIndex:
    """Apps whose files are known: those of some folders, and those that the store has seen."""

    def __init__(self, apps: Iterable[AppFile] = (), store: Store | None = None) -> None:
        self._named: dict[str, list[AppFile]] = defaultdict(list)
        self._store = store
        for app in apps:
            for name in {_plain(app.package), _plain(app.label), app.sha256} - {""}:
                self._named[name].append(app)

    def find(self, meant: Meant) -> tuple[AppFile, Text | None]:
        """The app that is meant, and what to say of the choice; raises ScenarioError where none is, or several."""
        name = meant.sha256 or meant.package or meant.label
        found = [*self._named.get(_plain(name), ()), *self._known(meant)]
        found = list({app.sha256: app for app in reversed(found)}.values())
        if not found:
            raise ScenarioError(_("no file of {app} is known: give the folder where it lies with --apks", app=meant.name))
        if not (same := [app for app in found if not meant.version or _is_version(app, meant.version)]):
            there = ", ".join(sorted({app.version_name for app in found})[:_LISTED])
            raise ScenarioError(
                _("no file of {app} {version} is known, only {there}", app=meant.name, version=meant.version[:40], there=there or "-")
            )
        if len(packages := sorted({app.package for app in same})) > 1:
            raise ScenarioError(_("{app} may be {packages}: name the package", app=meant.name, packages=", ".join(packages[:_LISTED])))
        best = [app for app in same if app.store == meant.store] if meant.store else []
        newest = max(best or same, key=lambda app: (app.version_code, app.sha256))
        note = None
        if len({app.version_code for app in same}) > 1 and not meant.version:
            note = _("{app}: no version is named: the newest, {version}", app=meant.name, version=newest.version_name)
        return replace(newest, store=meant.store or newest.store), note

    def _known(self, meant: Meant) -> Iterator[AppFile]:
        if self._store is None:
            return
        if meant.package and not meant.sha256:
            which = App.package == meant.package
        else:
            which = App.sha256 == meant.sha256 if meant.sha256 else App.label == meant.label
        with self._store.begin() as session:
            for app in session.scalars(select(App).where(which).order_by(App.version_code.desc()).limit(MOST_LIKE)):
                yield AppFile(
                    app.sha256, app.place, app.size, app.package, app.label, app.version_name, app.version_code, app.signer, app.store
                )


def _is_version(app: AppFile, version: str) -> bool:
    return version.lower().removeprefix("v") in (app.version_name.lower().removeprefix("v"), str(app.version_code))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
