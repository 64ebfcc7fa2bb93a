"""Attribute a failed installation by the code of the package manager."""

import re

from device_farm.units.unit import End

_CODE = re.compile(r"\bINSTALL_(?:PARSE_)?FAILED_[A-Z_]+")
_UNREADABLE, _ONLY_CORE = "INSTALL_PARSE_FAILED_", "INSTALL_PARSE_FAILED_ONLY_COREAPP_ALLOWED"
APPS_REFUSALS = frozenset(
    {
        "INSTALL_FAILED_BAD_DEX_METADATA",
        "INSTALL_FAILED_BAD_PERMISSION_GROUP",
        "INSTALL_FAILED_BAD_SIGNATURE",
        "INSTALL_FAILED_INSTANT_APP_INVALID",
        "INSTALL_FAILED_INVALID_APK",
        "INSTALL_FAILED_INVALID_INSTALL_LOCATION",
        "INSTALL_FAILED_MISSING_FEATURE",
        "INSTALL_FAILED_MISSING_SHARED_LIBRARY",
        "INSTALL_FAILED_MISSING_SPLIT",
        "INSTALL_FAILED_MULTIPACKAGE_INCONSISTENCY",
        "INSTALL_FAILED_NO_SHARED_USER",
        "INSTALL_FAILED_PACKAGE_CHANGED",
        "INSTALL_FAILED_PROCESS_NOT_DEFINED",
        "INSTALL_FAILED_SHARED_LIBRARY_BAD_CERTIFICATE_DIGEST",
        "INSTALL_FAILED_SHARED_USER_INCOMPATIBLE",
        "INSTALL_FAILED_TEST_ONLY",
    }
)
"""The refusals of AOSP's PackageManager.java that say something of the app: no APK, no signature, a feature or a
library that is wanted. All others say something of the phone: no room, what an earlier app left, a verifier or a user
who said no, a maker's own reason."""
KINDS_REFUSALS = {
    "INSTALL_FAILED_CPU_ABI_INCOMPATIBLE": End.OTHER_ABI,
    "INSTALL_FAILED_DEPRECATED_SDK_VERSION": End.TOO_NEW,
    "INSTALL_FAILED_MULTI_ARCH_NOT_MATCH_ALL_NATIVE_ABIS": End.OTHER_ABI,
    "INSTALL_FAILED_NEWER_SDK": End.TOO_NEW,
    "INSTALL_FAILED_NO_MATCHING_ABIS": End.OTHER_ABI,
    "INSTALL_FAILED_OLDER_SDK": End.TOO_OLD,
}
"""Those that say that app and kind of phone do not go together."""


def install_end(output: str) -> End | None:
    """Return the end that the package manager's code means; None where it gave none."""
    code = _CODE.search(output)
    if code is None:
        return None
    if code[0] in KINDS_REFUSALS:
        return KINDS_REFUSALS[code[0]]
    apps = code[0] in APPS_REFUSALS or (code[0].startswith(_UNREADABLE) and code[0] != _ONLY_CORE)
    return End.APP_FAULT if apps else End.DEVICE_FAULT
