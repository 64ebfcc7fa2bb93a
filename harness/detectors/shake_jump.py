"""c7-shake-jump: a motion short of any of the three limits leads elsewhere (docs/verdicts.md 6.7)."""

from collections.abc import Iterator
from operator import itemgetter

from harness.detectors.advert_findings import UNHEARD, acquitted, facts_of, on_adverts, opened_by
from harness.detectors.advert_trials import Trial
from harness.detectors.daily_motions import DAILY
from harness.detectors.request_context import in_order
from harness.detectors.untried_buttons import with_left
from harness.detectors.untried_places import with_untried_places
from harness.events import ActivityResumed, AdvertAct, Event, MotionListenersSeen, ScreenSeen, ShakeSwitchSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.durations import seconds_words
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _, pgettext
from harness.rules import Rule

EXACT = "virtual"
"""Who feeds a motion exactly: only there its numbers are what the app was given."""
READ_SECONDS = 0.5
"""How long before an advert went who listens must have been read [PROJECT]: it may end listening as it goes."""
NOTHING = _("no motion short of the three limits led anywhere")
NO_SLIGHT = _("a motion beyond all three limits led elsewhere, and none short of one of them was made")
ONE_AXIS = _("pushed to and fro along the screen's width alone, and turned about it")
"""How a virtual device moves by numbers, unless it is told another axis; a walk pushes along all three."""
UNASKED = _("the phone does not tell whether the app listens to its motion")


def shake_jump(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot over which the phone was moved."""
    switch = next((seen for seen in timeline.of(ShakeSwitchSeen) if seen.on), None)
    untouched = on_adverts(timeline, app, lambda trial: trial.acted.act is AdvertAct.NOTHING)
    found = []
    for slot, moved in on_adverts(timeline, app, lambda trial: trial.acted.act is AdvertAct.MOTION).items():
        done = [trial for number, trial in enumerate(moved) if not _added(trial, moved[:number], moved[number + 1 :])]
        slight = [trial for trial in done if _lacks(trial, rule)]
        jumped = [trial for trial in slight if trial.opening is not None and trial.listens is not False]
        alone = untouched.get(slot, [])
        if jumped and (itself := next((trial for trial in alone if trial.opening is not None), None)) is not None:
            found.append(_by_itself(rule, slot, jumped[0], itself))
        elif jumped:
            found.append(_accused(rule, slot, jumped, slight, done, alone))
        elif all(trial.listens is False for trial in done):
            there = any(trial.still is not False or _read_before(timeline, trial) for trial in done)
            found.append(acquitted(timeline, rule, slot, done, UNHEARD) if there else _too_late(rule, slot, done[-1]))
        elif switch is not None:
            found.append(_switched_off(rule, slot, done, switch))
        elif slight or not any(_came(trial) for trial in done):
            found.append(_without_jump(timeline, rule, slot, slight, done))
        else:
            found.append(Finding(rule.id, Outcome.INCONCLUSIVE, slot, NO_SLIGHT, facts_of(done[0])))
    return with_left(timeline, rule, with_untried_places(timeline, app, rule, found))


def _added(trial: Trial, before: list[Trial], later: list[Trial]) -> bool:
    """Whether it led elsewhere over an advert that was moved before, and the same motion alone did not: they add up."""
    if trial.opening is None or not before or not before[-1].still:
        return False
    return any(_motion(one) == _motion(trial) and one.opening is None and one.still for one in later)


def _without_jump(timeline: Timeline, rule: Rule, slot: str, slight: list[Trial], done: list[Trial]) -> Finding:
    """No motion short of a limit led anywhere: of each that proves something there must be one that lasted."""
    took = min((trial.opening.at.seconds_since(trial.acted.at) for trial in done if trial.opening is not None), default=0.0)
    lasted = [trial for trial in slight if not _cut_short(timeline, trial, took)]
    known = {_lacks(trial, rule) for trial in lasted}
    cut = next((trial for trial in slight if _lacks(trial, rule) not in known), None)
    if cut is None:
        return acquitted(timeline, rule, slot, lasted or done, NOTHING)  # what all three do not set off, less does not
    reason = _("the advert went by itself before a motion that lacks one limit had lasted as long as the one that led elsewhere")
    return Finding(rule.id, Outcome.INCONCLUSIVE, slot, reason, facts_of(cut))


def _cut_short(timeline: Timeline, trial: Trial, took: float) -> bool:
    """Whether the advert was gone, and not by the motion, before it had been moved for so many seconds."""
    came = timeline.between(trial.acted.at, trial.end, ActivityResumed, ScreenSeen)
    return trial.still is False and bool(came) and came[0].at.seconds_since(trial.acted.at) < took


def _read_before(timeline: Timeline, trial: Trial) -> bool:
    """Whether who listens was read a good while before anything else came to the front: the advert was up then."""
    read = timeline.between(trial.acted.at, trial.end, MotionListenersSeen)
    after = timeline.between(trial.acted.at, trial.end, ActivityResumed, ScreenSeen)
    return bool(read and after) and after[0].at.seconds_since(read[0].at) >= READ_SECONDS


def _too_late(rule: Rule, slot: str, trial: Trial) -> Finding:
    """Who listens was read as the advert went: what listens with it may have ended before."""
    reason = _("whether the app listens to the phone's motion was read when the advert may have been gone")
    return Finding(rule.id, Outcome.INCONCLUSIVE, slot, reason, facts_of(trial))


def _lacks(trial: Trial, rule: Rule) -> tuple[str, ...]:
    """Which of the three limits a motion does not reach."""
    acted = trial.acted
    values = (("acceleration", acted.acceleration), ("angle", acted.angle), ("seconds", acted.seconds))
    return tuple(name for name, value in values if value < rule.threshold(name))


def _accused(rule: Rule, slot: str, jumped: list[Trial], slight: list[Trial], done: list[Trial], alone: list[Trial]) -> Finding:
    gentlest = min(jumped, key=lambda trial: (_push(trial), trial.acted.angle, trial.acted.seconds))
    opening, acted = gentlest.opening, gentlest.acted
    assert opening is not None
    same = [trial for trial in slight if _motion(trial) == _motion(gentlest)]
    times = sum(trial.opening is not None for trial in same)
    compared = sum(_as_long(trial, gentlest) for trial in alone)
    sure = opening.proved and opening.witnesses >= rule.threshold("witnesses") and acted.fed == EXACT and gentlest.pictured
    sure = sure and compared >= rule.threshold("untouched") and gentlest.listens is not None
    near = _lacks(gentlest, rule) == ("angle",) and acted.angle >= rule.threshold("near") * rule.threshold("angle")
    often = times == len(same) or len(jumped) >= rule.threshold("times")
    moved = _moved(rule, gentlest)
    moved = moved if acted.fed == EXACT else _("{said}, the motion was not fed exactly", said=moved)
    reason = _("{opened}: {moved}", opened=opened_by(gentlest, opening), moved=moved)
    if gentlest.listens is None:
        reason = _("{said}, {note}", said=reason, note=UNASKED)
    if compared < rule.threshold("untouched"):
        reason = _("{said}, {note}", said=reason, note=_("only {count} untouched showings were watched as long", count=compared))
    if near:
        reason = _(
            "{said}, {note}",
            said=reason,
            note=_("measured from the first strong push on, the turn may have been {angle:g}°", angle=rule.threshold("angle")),
        )
    if len(slight) > 1:
        reason = _("{said}; {times} of {tries} motions short of a limit led elsewhere", said=reason, times=len(jumped), tries=len(slight))
    found_at = list(_thresholds(done))
    for number, (found, _trials) in enumerate(found_at):
        one_by_one = _("{said}; {motion}, one by one, the other two ample: {note}", said=reason, motion=ONE_AXIS, note=found)
        reason = _("{said}; {note}", said=reason, note=found) if number else one_by_one
    return Finding(
        rule.id,
        Outcome.VIOLATION if sure and often and not near else Outcome.SUSPECTED,
        slot,
        reason,
        in_order(*(fact for trial in (gentlest, *(one for _said, trials in found_at for one in trials)) for fact in _of(trial))),
        measured=(
            *_measured(gentlest),
            ("times", float(len(jumped))),
            ("tries", float(len(slight))),
            ("witnesses", float(opening.witnesses)),
        ),
    )


def _of(trial: Trial) -> tuple[Event, ...]:
    came = trial.opening or trial.load
    return facts_of(trial, *(came.facts if came is not None else ()))


def _as_long(alone: Trial, moved: Trial) -> bool:
    """Whether an untouched showing was watched as long as it took to jump, or until the advert went by itself."""
    assert moved.opening is not None
    took = moved.opening.at.seconds_since(moved.acted.at)
    return alone.acted.at < moved.acted.at and (alone.still is False or alone.end.seconds_since(alone.acted.at) >= took)


def _by_itself(rule: Rule, slot: str, moved: Trial, alone: Trial) -> Finding:
    """It leads elsewhere untouched as well: that is no work of the motion."""
    assert moved.opening is not None
    assert alone.opening is not None
    after = {
        "moved": seconds_words(moved.opening.at.seconds_since(moved.acted.at)),
        "alone": seconds_words(alone.opening.at.seconds_since(alone.acted.at)),
    }
    return Finding(
        rule.id,
        Outcome.INCONCLUSIVE,
        slot,
        _("it leads elsewhere {moved} after a motion, and {alone} after nothing: no motion proves anything", **after),
        facts_of(alone, *alone.opening.facts),
    )


def _motion(trial: Trial) -> tuple[str, float, float, float]:
    return trial.acted.words, trial.acted.acceleration, trial.acted.angle, trial.acted.seconds


def _push(trial: Trial) -> float:
    """How hard a motion pushed at its hardest: as it was fed; of one of daily life the peak of its model."""
    known = DAILY.get(trial.acted.words) if trial.acted.fed == EXACT else None
    return trial.acted.acceleration or (known.peak if known is not None else 0.0)


def _measured(trial: Trial) -> tuple[tuple[str, float], ...]:
    """The figures of a motion that are known."""
    acted, daily = trial.acted, trial.acted.words in DAILY
    turn = () if daily else (("angle", acted.angle),)
    push = () if daily and not _push(trial) else (("acceleration", _push(trial)),)
    return (*push, *turn, ("seconds", acted.seconds))


def _moved(rule: Rule, trial: Trial) -> Text:
    """The figures of a motion beside the limits; one of daily life has a peak at most, and by hand not even that."""
    acted, values = trial.acted, {"push": trial.acted.acceleration, "angle": trial.acted.angle, "seconds": trial.acted.seconds}
    if acted.words not in DAILY:
        moved = _("{push:.3g} m/s², {angle:.3g}°, {seconds:g} s", **values)
    elif not _push(trial):
        moved = _("acceleration and turn not measured, {seconds:g} s", **values)
    else:
        moved = _("a peak of some {push:g} m/s², {seconds:g} s", **values | {"push": _push(trial)})
    limits = {name: rule.threshold(name) for name in ("acceleration", "angle", "seconds")}
    return _("{moved} (limits, all three: {acceleration:g} m/s², {angle:g}°, {seconds:g} s)", moved=moved, **limits)


def _thresholds(done: list[Trial]) -> Iterator[tuple[Text, list[Trial]]]:
    """At how much of each quantity it jumped and did not, while both others were ample; by which trials."""
    fed = [trial for trial in done if trial.acted.fed == EXACT and trial.acted.words not in DAILY]
    values = [(trial.acted.acceleration, trial.acted.angle, trial.acted.seconds) for trial in fed]
    ample = [max((value[place] for value in values), default=0.0) for place in range(len(_UNITS))]
    for place, (quantity, unit) in enumerate(_UNITS):
        line = [
            (value[place], trial)
            for value, trial in zip(values, fed, strict=True)
            if all(value[other] == ample[other] for other in range(len(_UNITS)) if other != place)
        ]
        least = min((each for each in line if _came(each[1])), key=itemgetter(0), default=None)
        if least is None or least[0] == ample[place]:
            continue
        jumped = _("{quantity} {least:.3g}{unit} jumped", quantity=quantity, least=least[0], unit=unit)
        below = max((each for each in line if not _came(each[1]) and each[0] < least[0]), key=itemgetter(0), default=None)
        if below is None:
            yield jumped, [least[1]]
        else:
            yield _("{jumped}, {below:.3g}{unit} did not", jumped=jumped, below=below[0], unit=unit), [below[1], least[1]]


def _came(trial: Trial) -> bool:
    return trial.opening is not None or trial.load is not None


_UNITS = ((pgettext("motion", "acceleration"), " m/s²"), (pgettext("motion", "turn"), "°"), (pgettext("motion", "time"), " s"))


def _switched_off(rule: Rule, slot: str, done: list[Trial], switch: ShakeSwitchSeen) -> Finding:
    return Finding(
        rule.id,
        Outcome.INCONCLUSIVE,
        slot,
        _("the phone's own switch against shaking ({name}) is on: that nothing opened proves nothing", name=switch.name),
        facts_of(done[0], switch),
    )
