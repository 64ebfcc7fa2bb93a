"""Run folders whose run.json a test writes."""

from collections.abc import Mapping
from typing import Any

from harness.recording.canonical import canonical
from harness.recording.disk import write_atomic
from harness.recording.run_folder import RunFolder
from harness.recording.run_format import RUN


def write_run(run: RunFolder, data: Mapping[str, Any]) -> None:
    """Write run.json: app identity, device, options, versions."""
    write_atomic(run.path / RUN, canonical(data))
