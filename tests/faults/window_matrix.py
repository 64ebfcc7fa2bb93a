"""Every window of others over every sample at five moments, in rounds: in each every sample is disturbed once.

A round goes one further in windows and moments alike, and as many windows as moments have no common divisor, so that
every window, moment and sample comes equally often, whatever part of the rounds the time allows.
"""

from collections.abc import Iterable, Iterator
from math import gcd

from device_farm.virtual.framework.phone_apps import foreign_windows
from harness.events import ConsentShown, DialogShown, Instant, PermissionDenied
from harness.events.timeline import Timeline
from tests.faults.kinds import Kind, Moment

SECONDS = 20.0
"""How long a window stays that nobody closes."""
START, CONSENT, WATCH, WALK, TRIAL = "at the start", "at the consent", "in the watch", "in the walk", "in a trial"
MOMENTS = (START, CONSENT, WATCH, WALK, TRIAL)
TRIALS = ("advert-", "trigger-", "association-", "before-consent", "control-", "allow-", "switch-", "cold-start")
"""Parts of a run that are no first use and no walk, those of clauses 7 and 6 first."""


def rounds(samples: Iterable[str]) -> Iterator[tuple[str, Kind, str]]:
    """Each sample with each window at each moment, by its name."""
    names, windows = list(samples), [Kind(("window", name), lasts=SECONDS) for name in foreign_windows.catalogue()]
    if gcd(len(windows), len(MOMENTS)) != 1:
        raise ValueError(f"{len(windows)} windows and {len(MOMENTS)} moments would meet in some pairs only")
    for turn in range(len(windows) * len(MOMENTS)):
        for place, name in enumerate(names, turn):
            yield name, windows[place % len(windows)], MOMENTS[place % len(MOMENTS)]


def found_moments(timeline: Timeline, began: Instant) -> dict[str, Moment]:
    """When each of the five is in a run whose app was first started at ``began``; where there is none, elsewhere."""
    parts = [(name, start, end) for name, start, end in timeline.segments() if end.boot == began.boot and end > began]
    parts = parts or [("", began, began.later(10.0))]  # each part went over a reboot
    middle = {name: start.later(0.6 * end.seconds_since(start)) for name, start, end in reversed(parts)}
    asked = [event.at for event in timeline.of(ConsentShown, DialogShown) if event.at > began]
    denied = [event.at.later(4.0) for event in timeline.of(PermissionDenied) if event.at > began]
    longest = max(parts, key=lambda part: part[2].seconds_since(part[1]))[0]
    trials = (middle[name] for begin in TRIALS for name in middle if name.startswith(begin) and middle[name] > began)
    at = {
        CONSENT: next(iter(asked), began.later(2.0)),
        WATCH: next(iter(denied), middle[parts[0][0]]),
        WALK: middle.get("walk", middle[longest]),
        TRIAL: next(trials, middle[parts[-1][0]]),
    }
    return {START: Moment(START, 0.3)} | {name: Moment(name, max(0.3, round(when.seconds_since(began), 2))) for name, when in at.items()}
