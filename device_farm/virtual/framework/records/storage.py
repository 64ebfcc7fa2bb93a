"""Thresholds of low storage: StorageManager (core/java/android/os/storage) and DeviceStorageMonitorService."""

from enum import IntEnum

_LOW_PERCENT, _MOST_LOW = 5, 500 << 20  # DEFAULT_THRESHOLD_PERCENTAGE, DEFAULT_THRESHOLD_MAX_BYTES
FULL_BYTES = 1 << 20  # DEFAULT_FULL_THRESHOLD_BYTES
INTERNAL = "41217664-9172-527a-b3d5-edabb50a7d69"  # StorageManager.UUID_DEFAULT


class StorageLevel(IntEnum):
    """DeviceStorageMonitorService.State.LEVEL_*."""

    NORMAL = 0
    LOW = 1
    FULL = 2


def low_bytes(capacity: int) -> int:
    """So little that the storage is low, and what an installation must leave (getStorageLowBytes)."""
    return min(capacity * _LOW_PERCENT // 100, _MOST_LOW)


def storage_level(free: int, capacity: int) -> StorageLevel:
    if free <= FULL_BYTES:
        return StorageLevel.FULL
    return StorageLevel.LOW if free <= low_bytes(capacity) else StorageLevel.NORMAL


# kB, by the names of /proc/meminfo.
MEMORY = {"MemTotal:": 7812345, "MemFree:": 812345, "MemAvailable:": 3512345, "SwapTotal:": 3145724}
