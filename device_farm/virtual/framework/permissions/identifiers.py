"""IMEI, IMSI, ICCID and serial number: who may read them.

Source: telephony/common/com/android/internal/telephony/TelephonyPermissions.java. Until 9 they need READ_PHONE_STATE
(checkReadPhoneState); since 10 no app is given them unless its app op was allowed by hand or by the owner of the
device (checkPrivilegedReadPermissionOrCarrierPrivilegePermission).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package, ProcessRecord
    from device_farm.virtual.framework.system import System

_KEPT_BACK = 29  # API level


def read_identifier(system: System, process: ProcessRecord, package: Package, method: str, tag: str | None) -> bool:
    """Ask for one of them by ``method`` of the service; False when refused."""
    if system.sdk < _KEPT_BACK:
        return system.app_ops.note(process, package, "READ_PHONE_STATE", tag)
    if system.app_ops.note(process, package, "READ_DEVICE_IDENTIFIERS", tag):
        return True
    system.narrator.identifiers_refused(package.name, method)
    return False
