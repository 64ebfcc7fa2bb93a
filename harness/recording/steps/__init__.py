"""The steps of raw/session.jsonl: one frozen class a kind of line, and the one table of their names on disk.

What a line means is told by ``harness.replay.session_log``; how it is written by ``harness.recording.journal``.
"""

from __future__ import annotations

from harness.recording.clock_map import Probe as Probe
from harness.recording.step import *
from harness.recording.steps.advert_steps import *
from harness.recording.steps.driving_steps import *
from harness.recording.steps.screen_steps import *
from harness.recording.steps.touch_steps import *

STEPS: dict[str, type[Step]] = {
    "probe": Probe,
    "stream": Stream,
    "plan": Planned,
    "drive": Drive,
    "again": Again,
    "interrupted": Interrupted,
    "taken-over": TakenOver,
    "end": End,
    "segment": Segment,
    "walk-extent": WalkExtent,
    "canary": Canary,
    "control": Control,
    "trigger": Fired,
    "reboot": Reboot,
    "neighbour": Neighbour,
    "command": Command,
    "sent": Sent,
    "clock": ClockMoved,
    "not_tried": NotTried,
    "note": Note,
    "tree": Tree,
    "left-open": LeftOpen,
    "screenshot": Screenshot,
    "toast": Toast,
    "reading": Reading,
    "kept-reading": KeptReading,
    "start-page": StartPage,
    "policy": Policy,
    "listing": Listing,
    "earlier": Earlier,
    "tap": Tap,
    "key": Key,
    "swipe": Swipe,
    "typed": Typed,
    "slow": Slow,
    "function": Function,
    "denied": Denied,
    "granted": Granted,
    "closed": Closed,
    "stuck": Stuck,
    "interruption": Interruption,
    "consent": Consent,
    "launch": Launch,
    "stop": Stop,
    "advert": Advert,
    "advert-tried": AdvertTried,
    "advert-left": AdvertLeft,
    "advert-tally": AdvertTally,
    "feed-left": FeedLeft,
    "search-extent": SearchExtent,
    "shake-switch": ShakeSwitch,
    "unseen": Unseen,
    "removed": Removed,
    "film": Film,
    "film-moment": FilmMoment,
}
"""Name on disk -> class."""

NAMES = {kind: name for name, kind in STEPS.items()}
