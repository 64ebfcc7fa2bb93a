"""The data behind permissions: what components of an app read of their user and of the phone.

``tag`` is the attribution tag of Context.createAttributionContext, by which Android 11 and later keep apart what parts
of an app, an SDK among them, read. Each answers False when refused.
"""

from __future__ import annotations

from device_farm.virtual.vocabulary.bound import Bound


class DataActions(Bound):
    """The part of Context that reads data."""

    def read_location(self, tag: str | None = None) -> bool:
        """LocationManager.getLastKnownLocation."""
        return self._process.note_op("FINE_LOCATION", tag)

    def read_coarse_location(self, tag: str | None = None) -> bool:
        """LocationManager with ACCESS_COARSE_LOCATION."""
        return self._process.note_op("COARSE_LOCATION", tag)

    def scan_wifi(self, tag: str | None = None) -> bool:
        """WifiManager.getScanResults, which needs the location too (WifiPermissionsUtil)."""
        return self._process.note_op("FINE_LOCATION", tag) and self._process.note_op("WIFI_SCAN", tag)

    def read_installed_apps(self, tag: str | None = None) -> bool:
        """PackageManager.getInstalledPackages; only some ROMs note it, and keep it behind a permission of theirs."""
        return self._process.read_installed_apps(tag)

    def read_accounts(self, tag: str | None = None) -> bool:
        """AccountManager.getAccounts."""
        return self._process.note_op("GET_ACCOUNTS", tag)

    def read_pictures(self, tag: str | None = None) -> bool:
        """Query of MediaStore.Images, which READ_EXTERNAL_STORAGE guards until Android 12."""
        return self._process.note_op("READ_MEDIA_IMAGES" if self._process.system.sdk >= 33 else "READ_EXTERNAL_STORAGE", tag)

    def read_contacts(self, tag: str | None = None) -> bool:
        """Query of the contacts provider."""
        return self._process.note_op("READ_CONTACTS", tag)

    def read_calendar(self, tag: str | None = None) -> bool:
        """Query of the calendar provider."""
        return self._process.note_op("READ_CALENDAR", tag)

    def read_sms(self, tag: str | None = None) -> bool:
        """Query of the SMS provider."""
        return self._process.note_op("READ_SMS", tag)

    def read_call_log(self, tag: str | None = None) -> bool:
        """Query of the call log."""
        return self._process.note_op("READ_CALL_LOG", tag)

    def read_phone_state(self, tag: str | None = None) -> bool:
        """TelephonyManager.getCallState, or another call that needs READ_PHONE_STATE and gives no identifier."""
        return self._process.note_op("READ_PHONE_STATE", tag)

    def read_device_id(self, method: str = "getImeiForSlot", tag: str | None = None) -> bool:
        """TelephonyManager.getImei; ``method`` is that of the service, such as getSubscriberIdForSubscriber.

        False on Android 10 and later, which say in the log who asked.
        """
        return self._process.read_identifier(str(method), tag)

    def read_clipboard(self, tag: str | None = None) -> bool:
        """ClipboardManager.getPrimaryClip; False without the focus on Android 10 and later.

        12 and later tell the user.
        """
        return self._process.read_clipboard(tag)

    def set_primary_clip(self, text: str) -> None:
        """ClipboardManager.setPrimaryClip with plain text."""
        self._process.system.clipboard.put(str(text), self._process.package.uid)

    def use_camera(self, tag: str | None = None) -> bool:
        """CameraManager.openCamera."""
        return self._process.note_op("CAMERA", tag)

    def use_microphone(self, tag: str | None = None) -> bool:
        """AudioRecord.startRecording."""
        return self._process.note_op("RECORD_AUDIO", tag)
