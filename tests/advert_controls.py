"""The control of an advert by its role, for tests that look at one control."""

from harness.events.advert_events import AdvertControl, ControlRole
from harness.pages.adverts import Advert


def control_of(advert: Advert, *roles: ControlRole) -> AdvertControl | None:
    """Return the control with the first role that one has; of several the one with the largest touch area."""
    for role in roles:
        fitting = [control for control in advert.controls if control.role is role]
        if fitting:
            return max(fitting, key=lambda control: control.dp)
    return None
