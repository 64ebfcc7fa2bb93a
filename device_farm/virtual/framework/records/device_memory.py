"""The memory of the device."""

from __future__ import annotations

# kB, by the names of /proc/meminfo.
MEMORY = {"MemTotal:": 7812345, "MemFree:": 812345, "MemAvailable:": 3512345, "SwapTotal:": 3145724}
