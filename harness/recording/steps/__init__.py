"""The steps of raw/session.jsonl: one frozen class a kind of line, and the one table of their names on disk.

What an event tells word for word is a line as it is (``JournalFact``). The other classes stand in this folder.
What a line means is told by ``harness.replay.session_log``; how it is written by ``harness.recording.journal``.
"""

from __future__ import annotations

from harness.events import (
    AdvertActed as AdvertActed,
    AdvertLeft as AdvertLeft,
    AdvertTally as AdvertTally,
    ClockShifted as ClockShifted,
    CommandSent as CommandSent,
    DeliveryRemoved as DeliveryRemoved,
    EarlierRunSeen as EarlierRunSeen,
    FeedLeft as FeedLeft,
    FieldFilled as FieldFilled,
    NeighbourSeen as NeighbourSeen,
    Note as Note,
    PhoneRebooted as PhoneRebooted,
    PolicySeen as PolicySeen,
    RunInterrupted as RunInterrupted,
    SearchExtent as SearchExtent,
    ShakeSwitchSeen as ShakeSwitchSeen,
    StartPageSeen as StartPageSeen,
    Step as Step,
    Tapped as Tapped,
    ToastShown as ToastShown,
    TriggerFired as TriggerFired,
    WalkExtent as WalkExtent,
)
from harness.recording.clock_map import Probe as Probe
from harness.recording.steps.driving_steps import *
from harness.recording.steps.screen_steps import *
from harness.recording.steps.touch_steps import *

STEPS: dict[str, type[Step]] = {
    "probe": Probe,
    "stream": Stream,
    "plan": Planned,
    "drive": Drive,
    "again": Again,
    "interrupted": RunInterrupted,
    "taken-over": TakenOver,
    "end": End,
    "segment": Segment,
    "walk-extent": WalkExtent,
    "canary": Canary,
    "control": Control,
    "trigger": TriggerFired,
    "reboot": PhoneRebooted,
    "neighbour": NeighbourSeen,
    "command": Command,
    "sent": CommandSent,
    "clock": ClockShifted,
    "not_tried": NotTried,
    "note": Note,
    "tree": Tree,
    "left-open": LeftOpen,
    "screenshot": Screenshot,
    "toast": ToastShown,
    "reading": Reading,
    "kept-reading": KeptReading,
    "start-page": StartPageSeen,
    "policy": PolicySeen,
    "listing": Listing,
    "earlier": EarlierRunSeen,
    "tap": Tapped,
    "key": Key,
    "swipe": Swipe,
    "typed": FieldFilled,
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
    "advert-tried": AdvertActed,
    "advert-left": AdvertLeft,
    "advert-tally": AdvertTally,
    "feed-left": FeedLeft,
    "search-extent": SearchExtent,
    "shake-switch": ShakeSwitchSeen,
    "unseen": Unseen,
    "removed": DeliveryRemoved,
    "film": Film,
    "film-moment": FilmMoment,
}
"""Name on disk -> class."""

NAMES = {kind: name for name, kind in STEPS.items()}
