"""Which test files a change can reach: ``make test CHANGED=main``, by the import graph that import-linter builds.

In doubt it is all of them.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("harness", "scenarios", "device_farm")
BY_NAME = re.compile(r"\b(import_module|entry_points|sys\.executable)\b")
"""Who imports by a name that is made, or starts Python: it can reach everything, but for those of ``KNOWN``."""
KNOWN = {
    "harness.engine.scenario": ("scenarios",),
    "harness.device.virtual_devices": ("device_farm.virtual",),
    "harness.detectors.custom_detectors": (),  # a tester's own
    "device_farm.virtual.adbd.compression": (),  # codecs
    "device_farm.artifacts.storage_backends": (),  # a client of S3
    "tests.virtual.debian_adbd": (),  # another adbd, in a namespace
    "tools.peers.namespace": (),
}
ANYTHING = "anything"
"""Imports all of the product, in the graph."""
APPS = "device_farm.virtual.apps"


def changed(since: str) -> list[str]:
    """The files that are not as they were where this branch left ``since``; those that git does not know yet, too."""
    base = _git("merge-base", since, "HEAD")[0]
    return sorted({*_git("diff", "--name-only", "--no-renames", base), *_git("ls-files", "--others", "--exclude-standard")})


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()


class Reach:
    """Who imports whom, with what no import says."""

    def __init__(self) -> None:
        """Read every module of the product, its tests and its tools."""
        self._graph = grimp.build_graph(*PRODUCT, "tests", "tools", cache_dir=None)
        self._graph.add_module(ANYTHING)
        self._paths = {self._module(path): path for folder in (*PRODUCT, "tests", "tools") for path in (ROOT / folder).rglob("*.py")}
        self._tests = [path for path in self._paths.values() if path.name.startswith("test_") and path.is_relative_to(ROOT / "tests")]
        self._add(ANYTHING, [name for name in self._graph.modules if name.startswith(PRODUCT)])
        for name, path in self._paths.items():
            self._add(name, [f"{above}.conftest" for above in self._above(name)] if name.startswith("tests.") else ())
            if BY_NAME.search(path.read_text("utf-8")):
                self._add(name, self._inside(*KNOWN[name]) if name in KNOWN else [ANYTHING])

    def files(self, changes: Iterable[str]) -> set[str]:
        """The test files that the changed files reach."""
        return {path.relative_to(ROOT).as_posix() for change in changes for path in self._reached(change)}

    def _reached(self, change: str) -> Iterable[Path]:
        top = change.partition("/")[0]
        module = self._module(ROOT / change) if change.endswith(".py") else change.replace("/", ".")
        if top == "docs" or change.endswith(".md") or top in ("Makefile", ".ci"):
            words = (Path(change).name, "docs", ".md") if change.endswith(".md") else (top,)
            return [path for path in self._tests if any(word in path.read_text("utf-8") for word in words)]
        if module.endswith(".conftest") or (top == "tests" and not self._imported(module)):
            below = next(folder for folder in (ROOT / change).parents if folder == ROOT or list(folder.glob("test_*.py")))
            return [path for path in self._tests if path.is_relative_to(below)] if below != ROOT / "tests" else self._tests
        if top not in (*PRODUCT, "tests", "tools"):
            return self._tests
        if not self._imported(module):  # data of the nearest package that is there, or gone
            module = next((each for each in reversed(self._above(module)) if self._imported(each)), ANYTHING)
        starts = self._inside(module)
        importers = starts.union(*(self._graph.find_downstream_modules(start) for start in starts))
        return [path for path in self._tests if self._module(path) in importers]

    def _imported(self, module: str) -> bool:
        """Whether imports tell whom it reaches: it is no data, no app file, and not gone."""
        if module not in self._graph.modules or module.startswith(APPS):
            return False
        return self._paths[module] in self._tests or bool(self._graph.find_modules_that_directly_import(module))

    def _inside(self, *packages: str) -> set[str]:
        """All modules of packages."""
        return {*packages}.union(*(self._graph.find_descendants(package) for package in packages))

    def _add(self, name: str, others: Iterable[str]) -> None:
        for other in others:
            if name != other and other in self._graph.modules:
                self._graph.add_import(importer=name, imported=other)

    @staticmethod
    def _above(name: str) -> list[str]:
        parts = name.split(".")
        return [".".join(parts[:count]) for count in range(1, len(parts))]

    @staticmethod
    def _module(path: Path) -> str:
        return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
