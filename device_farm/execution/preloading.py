"""Preload the imports of every job in the fork server: its children share that memory, and give back what they can.

A picture of a phone is some megabytes, and a check takes hundreds of them. glibc keeps what was freed for later, in one
heap a thread; told to map what is large by itself, it gives it back at once.
"""

import ctypes
import gc
import sys
from contextlib import suppress
from importlib import import_module

import numpy as np

from harness.engine.scenario import installed_scenarios
from harness.errors import FormatError
from harness.sdks import load_sdks
from harness.vision.ocr import read_text

MMAP_THRESHOLD, ARENA_MAX, TRIM_THRESHOLD = -3, -8, -1  # mallopt(3), malloc.h
LARGE_BYTES = 128 * 1024
PICTURE = 64

for _name in (
    "harness.engine.check",
    "harness.device.adb",
    "harness.custody.integrity",
    "harness.verdicts.finding_evidence",
    "harness.dialogs.dialog_words",
    "device_farm.samples.in_process_device",
    "device_farm.virtual.app_file",
    "device_farm.virtual.device",
    "scenarios.test_permission_denial",
    "scenarios.test_self_start",
    "scenarios.test_misleading_download",
    "scenarios.test_before_consent",
    "scenarios.test_association_start",
    "scenarios.test_clock_shift",
):
    import_module(_name)

if sys.platform == "linux" and hasattr(_libc := ctypes.CDLL(None), "mallopt"):
    for _what, _value in ((MMAP_THRESHOLD, LARGE_BYTES), (TRIM_THRESHOLD, LARGE_BYTES), (ARENA_MAX, 2)):
        _libc.mallopt(_what, _value)

installed_scenarios()
load_sdks()
with suppress(FormatError):  # where the models are missing, a check says so itself
    read_text(np.zeros((PICTURE, PICTURE, 3), np.uint8))  # it has one thread, and none of its own
gc.collect()
gc.freeze()  # what is shared is not looked through by each child, which would make it its own
