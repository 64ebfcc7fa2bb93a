"""The options that the tester chose for a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from harness.events.app_profile import AppProfile
    from harness.events.earlier_run import EarlierRun

DRIVEN = (1, 2, 3, 4, 5, 6, 7, 8)
"""The clauses of notice 164 for which a phone is driven."""
CLAUSES = (*DRIVEN, 9, 10)
"""The clauses that there are scenarios for: 9 and 10 are judged by a store's page."""


def _nothing_known() -> AppProfile:
    from harness.events.app_profile import AppProfile  # with all events: not for every pytest that only lists our options

    return AppProfile()


@dataclass(frozen=True, slots=True)
class Options:
    """The options that the tester chose; stored in run.json.

    ``policy`` is the text of the privacy policy, where they gave its file; ``store`` are pages of stores about the app,
    each with the name of its file. ``store_app``: the page in the phone's own store is read too. ``earlier`` are runs
    of earlier versions.

    ``profile`` names the thresholds, ``app_profile`` is what they told of the app. With ``pause`` a person is at the
    phone. ``minutes`` of device time and ``steps`` presses are what the walk through the app may cost; ``seed`` is its
    choice among equals. ``clock``: the device's wall clock may be moved for the 48-hour rule.
    ``background_minutes``: how long an app to which everything was allowed is left in the background. ``ad_hours``:
    how long adverts are waited for by starts that are spread over that time. ``as_of`` is the day (2020-07-24)
    whose rules are held against the app, empty for all that there are. ``unattended``: pages that the ROM shows before
    an installation of ours are answered (harness/session/install_pages.py). ``film``: each
    scenario is filmed throughout.
    """

    consent: Literal["accept", "refuse"] = "accept"
    taps: tuple[str, ...] = ()
    profile: str = "miit-164"
    strict: bool = False
    clauses: tuple[int, ...] = CLAUSES
    policy: str = ""
    store: tuple[tuple[str, str], ...] = ()
    store_app: bool = False
    earlier: tuple[EarlierRun, ...] = ()
    city: str = ""
    app_profile: AppProfile = field(default_factory=_nothing_known)
    pause: bool = False
    minutes: float = 13.0
    steps: int = 600
    seed: int = 0
    clock: bool = False
    ad_hours: float = 0.0
    background_minutes: float = 30.0
    as_of: str = ""
    unattended: bool = False
    film: bool = False
