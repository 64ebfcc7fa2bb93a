"""Run folders whose run.json a test writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.recording.canonical import canonical
from harness.recording.disk import write_atomic
from harness.recording.run_format import RUN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.recording.run_folder import RunFolder


def write_run(run: RunFolder, data: Mapping[str, Any]) -> None:
    """Write run.json: app identity, device, options, versions."""
    write_atomic(run.path / RUN, canonical(data))
