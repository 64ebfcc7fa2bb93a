"""What every job imports, loaded once by the fork server: its children share that memory."""

from __future__ import annotations

import os
from importlib import import_module

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a fork takes no threads along, and twenty phones need none
for _name in (
    "harness.engine.check",
    "harness.device.adb",
    "harness.custody.check",
    "harness.verdicts.evidenced",
    "device_farm.virtual.in_process",
    "device_farm.virtual.app_file",
    "scenarios.test_permission_denial",
    "scenarios.test_self_start",
    "scenarios.test_misleading_download",
):
    import_module(_name)
