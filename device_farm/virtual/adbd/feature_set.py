"""The features that adbd of each Android version announces (packages/modules/adb/transport.cpp supported_features).

The order is that of the phones' banners. A compression is left out where this host has no codec for it, since a feature
that is announced is used.
"""

from __future__ import annotations

from device_farm.virtual.adbd.compression import CODECS

_OLD = ("cmd", "stat_v2", "shell_v2")
_TEN = (*_OLD, "apex", "fixed_push_mkdir", "fixed_push_symlink_timestamp", "abb")
_ELEVEN = (
    "sendrecv_v2_brotli", "remount_shell", "sendrecv_v2", "abb_exec", "fixed_push_mkdir", "fixed_push_symlink_timestamp", "abb",
    "shell_v2", "cmd", "ls_v2", "apex", "stat_v2",
)  # fmt: skip
_TWELVE = (
    "shell_v2", "cmd", "stat_v2", "ls_v2", "fixed_push_mkdir", "apex", "abb", "fixed_push_symlink_timestamp", "abb_exec", "remount_shell",
    "track_app", "sendrecv_v2", "sendrecv_v2_brotli", "sendrecv_v2_lz4", "sendrecv_v2_zstd", "sendrecv_v2_dry_run_send",
)  # fmt: skip
_BY_LEVEL = (
    (34, (*_TWELVE, "openscreen_mdns", "delayed_ack")),  # android-14.0.0_r50, and Debian's adbd 34.0.5
    (31, _TWELVE),  # assumed: those of 14 that are not of it alone
    (30, _ELEVEN),  # banners of a Mi 11 and a Meizu with Android 11
    (29, _TEN),  # assumed: no banner of Android 10 was at hand
    (0, _OLD),  # banners of a Meizu 16th Plus and of Samsungs with Android 8 and 9
)


def features(api_level: int) -> tuple[str, ...]:
    """Return the features of a device of ``api_level``."""
    known = next(names for first, names in _BY_LEVEL if api_level >= first)
    return tuple(name for name in known if name not in _COMPRESSIONS or name in _AVAILABLE)


_COMPRESSIONS = frozenset({"sendrecv_v2_brotli", "sendrecv_v2_lz4", "sendrecv_v2_zstd"})
_AVAILABLE = frozenset(codec.feature for codec in CODECS.values())
