"""Actions of the tester that explain a start."""

from harness.events import (
    AdvertActed,
    AdvertLeft,
    AppLaunched,
    AppStopped,
    Ending,
    FunctionUsed,
    Instant,
    KeyPressed,
    NeighbourAct,
    NeighbourSeen,
    Purpose,
    Tapped,
    TriggerFired,
)
from harness.events.timeline import Timeline

EXPLAINS_SECONDS = 5.0
"""How long an act of ours explains what follows on its own subject (docs/verdicts.md 1.5)."""
WALK_SECONDS = 1.0
"""How long a press of the walk does, which may be on anything: what the app does later, it does by itself."""
CLOCK_SLACK = 0.1
"""Seconds by which the log's time and ours may differ (replay.CLOCK_SLACK): what an act caused may be dated before
it."""
ASKING = (Purpose.FUNCTION, Purpose.EXPLANATION)
"""Purposes of taps that ask the app for something; a denial, a closing or a consent asks for no other app."""
OURS = (Ending.KILL, Ending.FORCE_STOP, Ending.CLEAR, Ending.REINSTALL)
"""Endings of ours after which Android restarts a sticky service on our account; after a swipe or clear-all it is the
app's."""

ENDS_ALL = (Ending.FORCE_STOP, Ending.CLEAR, Ending.REINSTALL)
"""Endings of ours that leave no process of the app; ``am kill`` spares what is in front."""


def noticed(at: Instant) -> Instant:
    """Until when an act of ours may be dated that came before what the log dates at a moment."""
    return at.later(CLOCK_SLACK)


def asked_for(timeline: Timeline, at: Instant) -> bool:
    """Whether an act of the tester within the last seconds asked for something to open."""
    since = at.earlier(EXPLAINS_SECONDS)
    if timeline.between(since, noticed(at), FunctionUsed, AppLaunched):
        return True
    walked = at.earlier(WALK_SECONDS)
    taps = timeline.between(since, noticed(at), Tapped)
    return any(tap.purpose in ASKING or (tap.purpose is Purpose.WALK and tap.at >= walked) for tap in taps)


def closed_window(timeline: Timeline, at: Instant) -> bool:
    """Whether a window of the app's was pressed away just before: a page that opens then is clause 7's to judge."""
    taps = timeline.between(at.earlier(WALK_SECONDS), noticed(at), Tapped)
    return any(tap.purpose is Purpose.INTERRUPTION for tap in taps)


def tries_advert(timeline: Timeline, at: Instant) -> bool:
    """Whether an advert was being tried on purpose: what opens then is for the rules about adverts to judge."""
    acts = timeline.between(at.boot_start, noticed(at), AdvertActed, AdvertLeft)
    return bool(acts) and isinstance(acts[-1], AdvertActed)


def last_ending(timeline: Timeline, at: Instant) -> AppStopped | None:
    """Our last ending of the app before a moment; None when we launched it since, or never ended it."""
    acts = [act for act in timeline.of(AppStopped, AppLaunched) if act.at <= noticed(at)]
    last = acts[-1] if acts else None
    return last if isinstance(last, AppStopped) else None


def in_use(timeline: Timeline, at: Instant) -> bool:
    """Whether the tester had the app open: launched, and neither left it nor ended it nor opened another one since."""
    start = at.boot_start
    acts = timeline.between(start, noticed(at), AppLaunched, AppStopped, KeyPressed, NeighbourSeen)
    acts = [act for act in acts if not (isinstance(act, KeyPressed) and act.key not in ("home", "recent"))]
    acts = [act for act in acts if not (isinstance(act, NeighbourSeen) and act.what is not NeighbourAct.OPENED)]
    return bool(acts) and isinstance(acts[-1], AppLaunched)


def stimulus(timeline: Timeline, at: Instant, seconds: float) -> TriggerFired | None:
    """The last stimulus of ours within ``seconds`` before a moment."""
    since = at.earlier(seconds)
    fired = timeline.between(since, noticed(at), TriggerFired)
    return fired[-1] if fired else None
