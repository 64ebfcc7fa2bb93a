"""Decides which broadcasts reach which receivers.

The implicit ones that still start manifest receivers are listed in the developer documentation "Implicit broadcast
exceptions" and sent with FLAG_RECEIVER_INCLUDE_BACKGROUND by frameworks/base, or named by <allow-implicit-broadcast> in
its data/etc/framework-sysconfig.xml; the protected ones are the <protected-broadcast> entries of
core/res/AndroidManifest.xml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import Component, Intent, Package

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

ACTION = "android.intent.action."
LOCKED_BOOT, BOOT = ACTION + "LOCKED_BOOT_COMPLETED", ACTION + "BOOT_COMPLETED"
PUSH_ACTIONS = {"com.google.android.c2dm.intent.RECEIVE"}

EXEMPT = {
    ACTION + name
    for name in (
        "BOOT_COMPLETED", "LOCKED_BOOT_COMPLETED", "LOCALE_CHANGED", "TIMEZONE_CHANGED", "TIME_SET", "DATE_CHANGED",
        "USER_INITIALIZE", "MEDIA_MOUNTED", "MEDIA_UNMOUNTED", "MEDIA_CHECKING", "MEDIA_EJECT", "MEDIA_REMOVED",
        "MEDIA_BAD_REMOVAL", "PACKAGE_FULLY_REMOVED", "PACKAGE_DATA_CLEARED", "PHONE_STATE", "NEW_OUTGOING_CALL",
        "MY_PACKAGE_REPLACED", "MY_PACKAGE_SUSPENDED", "MY_PACKAGE_UNSUSPENDED", "USER_ADDED", "USER_REMOVED",
        "MEDIA_SCANNER_SCAN_FILE", "PACKAGE_CHANGED", "SIM_STATE_CHANGED",
    )
} | {
    "android.accounts.LOGIN_ACCOUNTS_CHANGED", "android.accounts.action.ACCOUNT_REMOVED",
    "android.app.action.DEVICE_OWNER_CHANGED", "android.app.action.NEXT_ALARM_CLOCK_CHANGED",
    "android.app.action.SCHEDULE_EXACT_ALARM_PERMISSION_STATE_CHANGED",
    "android.bluetooth.a2dp.profile.action.CONNECTION_STATE_CHANGED",
    "android.bluetooth.device.action.ACL_CONNECTED", "android.bluetooth.device.action.ACL_DISCONNECTED",
    "android.bluetooth.headset.profile.action.CONNECTION_STATE_CHANGED",
    "android.hardware.usb.action.USB_ACCESSORY_ATTACHED", "android.hardware.usb.action.USB_ACCESSORY_DETACHED",
    "android.hardware.usb.action.USB_DEVICE_ATTACHED", "android.hardware.usb.action.USB_DEVICE_DETACHED",
    "android.intent.action.CARRIER_SETUP", "android.intent.action.HEADSET_PLUG",
    "android.provider.Telephony.SECRET_CODE", "android.provider.Telephony.SMS_RECEIVED",
    "android.provider.Telephony.WAP_PUSH_RECEIVED", "android.telephony.action.CARRIER_CONFIG_CHANGED",
}  # fmt: skip

# FLAG_RECEIVER_REGISTERED_ONLY: not to manifest receivers of any target (core/java/android/content/Intent.java)
REGISTERED_ONLY = {
    ACTION + name
    for name in (
        "BATTERY_CHANGED", "CLOSE_SYSTEM_DIALOGS", "CONFIGURATION_CHANGED", "DREAMING_STARTED", "DREAMING_STOPPED", "HEADSET_PLUG",
        "SCREEN_OFF", "SCREEN_ON", "TIME_TICK", "USER_BACKGROUND", "USER_FOREGROUND", "USER_STARTED", "USER_STOPPED",
        "USER_SWITCHED",
    )
}  # fmt: skip

# Since their target, apps get these only in receivers that they registered (changes of Android 7).
NOT_MANIFEST_SINCE = {"android.net.conn.CONNECTIVITY_CHANGE": 24}

PROTECTED = frozenset(
    ACTION + name
    for name in (
        "ACTION_POWER_CONNECTED", "ACTION_POWER_DISCONNECTED", "ACTION_SHUTDOWN", "AIRPLANE_MODE", "BATTERY_CHANGED",
        "BATTERY_LOW", "BATTERY_OKAY", "BOOT_COMPLETED", "CONFIGURATION_CHANGED", "DATE_CHANGED", "DEVICE_STORAGE_LOW",
        "DEVICE_STORAGE_OK", "DREAMING_STARTED", "DREAMING_STOPPED", "LOCALE_CHANGED", "LOCKED_BOOT_COMPLETED",
        "MEDIA_MOUNTED", "MEDIA_UNMOUNTED", "MY_PACKAGE_REPLACED", "NEW_OUTGOING_CALL", "PACKAGE_ADDED", "PACKAGE_CHANGED",
        "PACKAGE_DATA_CLEARED", "PACKAGE_FIRST_LAUNCH", "PACKAGE_FULLY_REMOVED", "PACKAGE_REMOVED", "PACKAGE_REPLACED",
        "PACKAGE_RESTARTED", "PACKAGE_UNSTOPPED", "PHONE_STATE", "REBOOT", "SCREEN_OFF", "SCREEN_ON", "TIMEZONE_CHANGED",
        "TIME_SET", "TIME_TICK", "UID_REMOVED", "USER_INITIALIZE", "USER_PRESENT", "USER_STARTED", "USER_SWITCHED",
        "USER_UNLOCKED",
    )
) | {
    "android.accounts.LOGIN_ACCOUNTS_CHANGED", "android.app.action.NEXT_ALARM_CLOCK_CHANGED",
    "android.appwidget.action.APPWIDGET_ENABLED", "android.hardware.usb.action.USB_STATE",
    "android.net.conn.CONNECTIVITY_CHANGE", "android.net.wifi.STATE_CHANGE", "android.net.wifi.WIFI_STATE_CHANGED",
    "android.os.action.DEVICE_IDLE_MODE_CHANGED", "android.os.action.POWER_SAVE_MODE_CHANGED",
    "android.provider.Telephony.SMS_RECEIVED",
}  # fmt: skip

# Broadcasts after which a receiver may start a foreground service for a while since 12 (ActivityManagerService.
# broadcastIntentLockedTraced and UserController: temporary allowlist), by the name of the reason code.
ALLOWING = {
    BOOT: "BOOT_COMPLETED",
    LOCKED_BOOT: "LOCKED_BOOT_COMPLETED",
    ACTION + "MY_PACKAGE_REPLACED": "PACKAGE_REPLACED",
    ACTION + "LOCALE_CHANGED": "LOCALE_CHANGED",
    ACTION + "TIMEZONE_CHANGED": "TIMEZONE_CHANGED",
    ACTION + "TIME_SET": "TIME_CHANGED",
    "com.google.android.c2dm.intent.RECEIVE": "PUSH_MESSAGING",
}
BOOT_ALLOWANCE, ALLOWANCE = 20.0, 10.0  # seconds (BOOT_TIME_TEMP_ALLOWLIST_DURATION; BroadcastOptions of the senders)

EXCLUDE_STOPPED, INCLUDE_STOPPED, FOREGROUND = 0x10, 0x20, 0x10000000  # Intent.FLAG_*
BACKGROUND_DENIED = "Background execution not allowed: receiving"


def protected_broadcast_denied(action: str | None, pid: int, uid: int) -> str:
    """The message of the SecurityException (ActivityManagerService.broadcastIntentLocked)."""
    return f"Permission Denial: not allowed to send broadcast {action} from pid={pid}, uid={uid}"


def is_protected_from(system: System, action: str | None, uid: int) -> bool:
    """Whether only the system may send it and ``uid`` is not the system (isCallerSystem)."""
    if action not in PROTECTED or uid in (0, 1000, 1001, 1002, 1027, 1068, 1073):
        return False
    return not any(package.uid == uid and package.persistent for package in system.packages.values())


def reaches(component: Component, target: Package, intent: Intent, uid: int) -> bool:
    """Whether a manifest receiver is a target at all: those that are not are not even listed in the record.

    The filters of a stopped package are left out (IntentResolver.buildResolveList), a receiver that is named is not
    (queryIntentReceiversInternal of pm/PackageManagerService.java).
    """
    left_out = target.stopped and intent.component is None and not intent.flags & INCLUDE_STOPPED
    if getattr(component.python_class, "dynamic", False) or left_out:
        return False
    return component.exported or uid in (0, 1000, target.uid)


def skip_reason(component: Component, target: Package, intent: Intent) -> str | None:
    """Why a manifest receiver is passed over (BroadcastQueue.processNextBroadcastLocked, BroadcastSkipPolicy)."""
    explicit = intent.component is not None or intent.package is not None
    if explicit or target.system:
        return None
    since = NOT_MANIFEST_SINCE.get(intent.action or "")
    if since is not None and since <= target.target_sdk < 26:
        return "registered receivers only"
    if target.target_sdk < 26 or intent.action in EXEMPT:
        return None
    return f"{BACKGROUND_DENIED} Intent {{ act={intent.action} }} to {component.short}"
