"""The base of every component of an app: it lives in a process, and is unwound once that has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.runtime.app_process import AppProcess
    from device_farm.virtual.vocabulary.components import App


class ProcessExit(BaseException):
    """Unwinds app code whose process has ended; app files do not catch it."""


class Bound:
    """A part of a process."""

    _bound: AppProcess | None = None
    _sdk: str | None = None  # name of the Sdk that this component belongs to

    @property
    def _process(self) -> AppProcess:
        if self._bound is None or not self._bound.record.alive:
            raise ProcessExit
        self._bound.acting_sdk = self._sdk
        return self._bound

    @property
    def app(self) -> App:
        """The App object of this process."""
        return self._process.app
