"""Lengths of time in words, as they were measured."""

from math import isinf

from harness.language import Text, _


def seconds_words(seconds: float) -> Text:
    """A short time: to a tenth of a second, below one second to a hundredth; between two boots no clock tells."""
    if isinf(seconds):
        return _("a reboot")
    return _("{number:.2f} s", number=seconds) if abs(seconds) < 1 else _("{number:.1f} s", number=seconds)
