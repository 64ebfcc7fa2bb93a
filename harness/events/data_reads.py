"""Reads of personal data by an app, and the readings of the phone's own record by which they are told."""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.base import Event, Instant
from harness.language import Text, known


class ReadWitness(StrEnum):
    """What tells of a read."""

    APP_OPS = "app-ops"  # Android's own record of accesses
    LOG = "log"  # the line of a service that refused it
    REGISTRATION = "registration"  # the system's list of who listens


class DataKind(StrEnum):
    """The kind of data; what a permission group guards has the name of the group."""

    LOCATION = "LOCATION"
    CAMERA = "CAMERA"
    MICROPHONE = "MICROPHONE"
    CONTACTS = "CONTACTS"
    CALENDAR = "CALENDAR"
    SMS = "SMS"
    CALL_LOG = "CALL_LOG"
    PHONE = "PHONE"
    PHONE_STATE = "PHONE_STATE"  # what READ_PHONE_STATE opened before Android 10: IMEI, IMSI and serial number too
    IDENTIFIERS = "IDENTIFIERS"  # IMEI, IMSI, ICCID, serial number
    STORAGE = "STORAGE"
    AUDIO = "READ_MEDIA_AURAL"
    PICTURES = "READ_MEDIA_VISUAL"
    SENSORS = "SENSORS"
    ACTIVITY = "ACTIVITY_RECOGNITION"
    INSTALLED_APPS = "INSTALLED_APPS"
    CLIPBOARD = "CLIPBOARD"
    WIFI = "WIFI"
    MOTION = "MOTION"  # accelerometer, gyroscope and what is made of them
    NEW_APPS = "NEW_APPS"  # that another app was installed


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRead(Event):
    """One read of data by a package, or an attempt that was ``refused``.

    ``what`` is the kind of data, ``how`` the app op or the method that was called.
    ``until`` is the end of a read that lasted ``seconds``, else its beginning. ``state`` is that of the app then, as
    app ops print it (top, fgsvc, bg), ``attribution`` the tag that the app gave the part of it that read; both None
    where they are not told. App ops keep the last access only, so two reads between two readings are one fact.
    """

    package: str
    what: DataKind
    how: str
    until: Instant
    refused: bool
    witness: ReadWitness
    state: str | None = None
    attribution: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppOpsRead(Event):
    """The app ops of the app under test were read; ``reason`` says why they do not tell what it did."""

    reason: str = ""
    reason_zh: str = ""

    @property
    def why(self) -> Text:
        return known(self.reason_zh or self.reason, self.reason)
