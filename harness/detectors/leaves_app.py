"""Ways out of a window that end the app or put it away: of a question at Back they are what was asked for."""

from collections.abc import Sequence

from harness.detectors.advert_trials import Trial
from harness.dialogs.offers import is_exit, is_update
from harness.events import AdvertSeen, AppLaunched, KeyPressed, ScreenSeen, Tapped
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import Text, _


def leaves_app(timeline: Timeline, app: AppUnderTest, trial: Trial) -> bool:
    """Whether the home screen stood there after a press, and nothing was opened: its window went with the app."""
    shown = timeline.between(*trial.span, ScreenSeen)[-1:]
    home = any(page.package in app.home_packages for page in shown)
    return home and trial.still is None and trial.opening is None and trial.load is None


def brought_by_back(timeline: Timeline, slot: str) -> KeyPressed | None:
    """The Back at which a window was met first, None where another act, or none, was the last before that."""
    first = next((seen.at for seen in timeline.of(AdvertSeen) if seen.slot == slot), None)
    acts = timeline.between(first.boot_start, first, Tapped, KeyPressed, AppLaunched)[-1:] if first is not None else []
    return next((act for act in acts if isinstance(act, KeyPressed) and act.key == "back"), None)


def leaves_for_good(seen: AdvertSeen, trial: Trial) -> bool:
    """Whether an act took the way out of an update that ends the app."""
    return is_update(seen.words) and is_exit(trial.acted.words)


def update_notice(seen: AdvertSeen, tried: Sequence[Trial]) -> Text:
    """Why a notice of an update is suspected: nothing closes it, or its only other answer ends the app.

    Leaving the app is a way out of it, and none to go on without the update.
    """
    leaving = next((control.text for control in seen.controls if is_exit(control.text)), "")
    if not leaving:
        return _("a notice of an update cannot be closed")
    pressed = _("pressed") if any(trial.acted.words == leaving for trial in tried) else _("not pressed")
    only = leaving[:40]
    return _(
        "a notice of an update cannot be closed to go on; beside the update it offers only '{only}' ({tried})", only=only, tried=pressed
    )
