"""The scheduling of pytest-xdist that knows how many phones there are; imported only where pytest-xdist is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xdist.scheduler import LoadScopeScheduling

from harness.errors import HarnessError
from harness.language import _, pick, said
from harness.plugin.pytest_options import speak, values

if TYPE_CHECKING:
    import pytest


class PhoneScheduling(LoadScopeScheduling):  # type: ignore[misc] # pytest-xdist has no types
    """Files with tests of ours in as many bundles as there are phones; the other tests as ``--dist`` has them."""

    def __init__(self, config: pytest.Config, log: Any, ours: Callable[[], frozenset[str]]) -> None:
        """``ours`` tells, once all workers have collected, which tests need a phone."""
        super().__init__(config, log)
        self._ours = ours
        self._bundles: dict[str, str] = {}
        self._dist = config.getoption("dist")

    def schedule(self) -> None:
        """Make the bundles before the first test is given away."""
        if self.collection is None and (found := self._ours()):
            speak(self.config)
            files = list(dict.fromkeys(_file(nodeid) for one in self.registered_collections.values() for nodeid in one if nodeid in found))
            phones = self._phones()
            self._bundles = {file: f"apprights {number % len(phones)}" for number, file in enumerate(files)}
            self._say(phones)
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        if (bundle := self._bundles.get(_file(nodeid))) is not None:
            return bundle
        if self._dist == "loadfile":
            return _file(nodeid)
        return str(super()._split_scope(nodeid)) if self._dist == "loadscope" else nodeid

    def _phones(self) -> list[str]:
        """What the bundles go to: phones, or a virtual device a worker; who uses a phone tells what is wrong."""
        from harness.plugin.session_phones import ready

        try:
            chosen = values(self.config)
            if chosen["virtual"] or chosen["app_file"]:
                return [""] * len(self.nodes)
            return list(dict.fromkeys(chosen["serial"])) or ready(chosen) or [""]
        except HarnessError:
            return [""]

    def _say(self, phones: list[str]) -> None:
        reporter: Any = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is None or not phones[0] or len(self.nodes) < 2:
            return
        if len(phones) == 1:
            line = _("AppRights: there is one phone ({serial}), so its tests run in one worker, one after the other", serial=phones[0])
        else:
            serials = pick("、", ", ").join(phones)
            line = _("AppRights: {count} phones, a worker each: {serials}", count=len(phones), serials=serials)
        reporter.write_line(said(line))


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]
