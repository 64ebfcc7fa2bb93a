"""pytest-xdist: as many tests of ours at a time as there are phones, a phone a worker, and the other tests as ever.

All tests of a file go to one worker, which drives its scenario once. The workers write down which tests are ours: the
process that schedules does not collect.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.plugin.items import is_ours
from harness.plugin.outcomes import KEY
from harness.plugin.summary import take_in

if TYPE_CHECKING:
    from xdist.scheduler.protocol import Scheduling
    from xdist.workermanage import WorkerController

_FOLDER = "apprights_folder"
_NOT_OURS = ("each", "loadgroup")
"""Distributions that say themselves where each test goes."""


class Workers:
    """The hooks in the process that schedules."""

    def __init__(self, config: pytest.Config) -> None:
        """Make the folder in which the workers write; it goes with ``config``."""
        self._folder = tempfile.TemporaryDirectory(prefix="apprights-")
        config.add_cleanup(self._folder.cleanup)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: WorkerController) -> None:
        """Tell a worker where to write."""
        node.workerinput[_FOLDER] = self._folder.name

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Scheduling | None:
        """Return a scheduler that knows of the phones."""
        if config.getoption("dist") in _NOT_OURS:
            return None
        from harness.plugin.scheduler import PhoneScheduling

        return PhoneScheduling(config, log, lambda: _read(Path(self._folder.name)))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: WorkerController, error: object | None) -> None:
        """Take in what a worker says of its run."""
        if told := getattr(node, "workeroutput", {}).get(KEY):
            take_in(node.config, told)


def tell_ours(config: pytest.Config, items: Iterable[pytest.Item]) -> None:
    """Write down, in a worker, which tests are ours."""
    known: Any = getattr(config, "workerinput", {})
    if folder := known.get(_FOLDER):
        ours = [item.nodeid for item in items if is_ours(item)]
        Path(folder, f"{known['workerid']}.json").write_text(json.dumps(ours), encoding="utf-8")


def _read(folder: Path) -> frozenset[str]:
    return frozenset(nodeid for file in folder.glob("*.json") for nodeid in json.loads(file.read_text(encoding="utf-8")))
