"""The states of a phone, and how people say them; nothing else, so that a try's own process can name one."""

from enum import StrEnum

from harness.language import Text, _


class PhoneState(StrEnum):
    """The words; the first four are what a farm does with a phone, the others what keeps it from work."""

    IDLE = "idle"
    BUSY = "busy"
    TRIAL = "trial"  # was quarantined: a look at it, then a unit, and it is back
    DRAINING = "draining"  # takes nothing more; by a person
    CHARGING = "charging"
    HOT = "hot"
    QUARANTINED = "quarantined"
    OFFLINE = "offline"
    UNAUTHORIZED = "unauthorized"
    DEBUGGING_OFF = "debugging-off"


WORDS: dict[PhoneState, Text] = {
    PhoneState.IDLE: _("idle"),
    PhoneState.BUSY: _("busy"),
    PhoneState.TRIAL: _("on trial"),
    PhoneState.DRAINING: _("draining"),
    PhoneState.CHARGING: _("charging"),
    PhoneState.HOT: _("too hot"),
    PhoneState.QUARANTINED: _("quarantined"),
    PhoneState.OFFLINE: _("offline"),
    PhoneState.UNAUTHORIZED: _("does not trust this computer"),
    PhoneState.DEBUGGING_OFF: _("debugging switched off"),
}


def word(state: PhoneState) -> Text:
    return WORDS[state]
