"""Motions of daily life by their names: how they are called, and how hard they push the phone at their hardest.

A virtual device makes them by a model, so that peak is known; what a person does by hand nobody measured.
"""

from typing import NamedTuple

from harness.language import Text, _


class Daily(NamedTuple):
    """One motion; ``peak`` is m/s² apart from gravity, of the model's over ten seconds."""

    words: Text
    peak: float


DAILY = {
    "walk": Daily(_("walking with the phone in the hand"), 2.4),
    "run": Daily(_("running with the phone in the hand"), 9.5),
    "pocket": Daily(_("walking with the phone in a pocket"), 4.5),
    "pick_up": Daily(_("picking the phone up"), 2.7),
    "put_down": Daily(_("putting the phone down"), 6.5),
    "vehicle": Daily(_("riding in a vehicle"), 3.0),
}
