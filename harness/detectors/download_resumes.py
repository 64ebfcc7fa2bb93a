"""c7-download-resumes: what the user paused, or cancelled, runs again by itself (docs/verdicts.md 6.8)."""

from collections import Counter
from dataclasses import replace
from math import isinf
from typing import NamedTuple

from harness.detectors.advert_findings import acquitted, facts_of, unpictured, witnesses_of
from harness.detectors.advert_loads import seen_of, speak_of_one
from harness.detectors.advert_trials import Trial, trials
from harness.detectors.request_context import in_order, missing_streams
from harness.events import AdvertAct, ControlRole, DownloadSeen, DownloadState, Event, ScreenSeen, ScreenshotTaken, Witness
from harness.events.app_under_test import AppUnderTest
from harness.events.durations import seconds_words
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule

_AFTER = (AdvertAct.KILL, AdvertAct.RELAUNCH, AdvertAct.NETWORK_OFF, AdvertAct.NETWORK_ON)
_ACT_WORDS = {
    AdvertAct.PAUSE: _("it had been stopped"),
    AdvertAct.KILL: _("the app was ended"),
    AdvertAct.RELAUNCH: _("the app was started again"),
    AdvertAct.NETWORK_OFF: _("the network was cut"),
    AdvertAct.NETWORK_ON: _("the network was back"),
}
PAUSED_STAYED, CANCELLED_STAYED = _("what was paused stayed paused"), _("what was cancelled was not loaded again")
_UNTRIED = (
    (AdvertAct.RELAUNCH, _("whether what was stopped stays so at a new start was not tried")),
    (AdvertAct.NETWORK_ON, _("whether what was stopped stays so when the network comes back was not tried")),
)
"""What makes an app go on by itself; of what was not tried nobody knows."""


class _Paused(NamedTuple):
    """A download that the user paused: the pause, what tells of the download then, and what was done afterwards.

    ``itself`` is what came after it had stood still, with nothing done; ``on`` what tells that it never stood still.
    """

    pause: Trial
    told: tuple[DownloadSeen, ...]
    itself: tuple[DownloadSeen, ...]
    on: tuple[DownloadSeen, ...]
    after: tuple[Trial, ...]


def download_resumes(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each pause that held and was followed by an end, a start or a change of the network."""
    found = []
    for paused in _pauses(timeline, app):
        ran = [(paused.pause, fact) for fact in paused.itself]
        ran = ran or [(trial, fact) for trial in paused.after for fact in _ran(timeline, trial, paused.told)]
        if ran:
            found.append(_resumed(timeline, rule, paused, ran))
        elif paused.on:
            found.append(_never_held(rule, paused))
        elif undone := _undone(timeline, app, paused):
            why = _("nobody pressed anything, and it is paused no more; it did not load while that was watched")
            facts = in_order(*facts_of(paused.pause), *undone)
            found.append(Finding(rule.id, Outcome.INCONCLUSIVE, paused.pause.slot, why, facts))
        elif paused.after and (paused.told or missing_streams(timeline, rule, [paused.pause.span])):
            stayed = CANCELLED_STAYED if _is_cancel(paused) else PAUSED_STAYED
            kept = acquitted(timeline, rule, paused.pause.slot, [paused.pause, *paused.after], stayed)
            untried = next((why for act, why in _UNTRIED if all(trial.acted.act is not act for trial in paused.after)), None)
            if kept.outcome is Outcome.CLEAR and untried is not None:
                kept = replace(kept, outcome=Outcome.INCONCLUSIVE, reason=untried)
            found.append(kept)
    return found


def _is_cancel(paused: _Paused) -> bool:
    """Whether what was pressed calls the download off; it was done where nothing paused it."""
    return paused.pause.acted.role is ControlRole.CANCEL


def _pauses(timeline: Timeline, app: AppUnderTest) -> list[_Paused]:
    every = trials(timeline, app)
    found = []
    for number, trial in enumerate(every):
        if trial.acted.act is not AdvertAct.PAUSE:
            continue
        later = every[number + 1 :]
        until = next((place for place, each in enumerate(later) if each.acted.act not in _AFTER), len(later))
        found.append(_Paused(trial, *_held(timeline, trial), tuple(later[:until])))
    return found


def _held(timeline: Timeline, pause: Trial) -> tuple[tuple[DownloadSeen, ...], tuple[DownloadSeen, ...], tuple[DownloadSeen, ...]]:
    """What tells of a download whose pause held to the end of its watch; of one that ended by itself; that never held.

    It held where what told of it last says that it is paused, or has as many bytes as the reading before, or was not
    told again. One that waits for the network was never paused by anybody.
    """
    rows: dict[tuple[Witness, str], list[DownloadSeen]] = {}
    for fact in timeline.between(pause.end.boot_start, pause.end, DownloadSeen):
        if fact.witness is not Witness.BYTES:
            rows.setdefault((fact.witness, fact.key), []).append(fact)
    told: list[DownloadSeen] = []
    itself: list[DownloadSeen] = []
    on: list[DownloadSeen] = []
    for facts in rows.values():
        during = [fact for fact in facts if fact.at >= pause.acted.at]
        stood = next((place for place in range(len(during)) if _stands(during, place)), None)
        grown = during[-1:] if stood is not None and _is_more(during[stood], during[-1]) and _runs(during[-1]) else []
        if grown:
            itself += [during[stood or 0], *grown]
        elif stood is None and during and (during[-1].bytes or 0) > (during[0].bytes or 0):
            on += during
        elif _runs(facts[-1]) or (facts[-1].state in (DownloadState.PAUSED, DownloadState.GONE) and during):
            told.append(facts[-1])
    told = [fact for fact in told if not any(speak_of_one(fact, other) for other in on)]  # another download may go on beside it
    return tuple(told), tuple(itself), () if told else tuple(on)


def _stands(facts: list[DownloadSeen], place: int) -> bool:
    """Whether a download is paused, or has as many bytes as the reading before."""
    fact, before = facts[place], facts[place - 1] if place else None
    same = before is not None and before.bytes is not None and before.bytes == fact.bytes
    return fact.state is DownloadState.PAUSED or (same and _runs(fact))


def _runs(fact: DownloadSeen) -> bool:
    return fact.state is DownloadState.RUNNING


def _ran(timeline: Timeline, trial: Trial, told: tuple[DownloadSeen, ...]) -> list[DownloadSeen]:
    """What shows, in a later trial, that the paused download runs or has grown; or that it began anew."""
    running = (DownloadState.RUNNING, DownloadState.DONE)
    return [
        fact
        for fact in timeline.between(*trial.span, DownloadSeen)
        if fact.witness is not Witness.BYTES
        and (fact.state in running)
        and any(_is_more(before, fact) for before in told if speak_of_one(before, fact) or _one(told, fact))
    ]


def _one(told: tuple[DownloadSeen, ...], fact: DownloadSeen) -> bool:
    """Whether a fact without a name in common can only be about the one download that there is."""
    return not (fact.name or fact.path or fact.uri) and len({each.witness for each in told}) == len(told)


def _undone(timeline: Timeline, app: AppUnderTest, paused: _Paused) -> list[Event]:
    """What tells that a pause was taken back: a row that is to run, or 暂停 again on the page that had lost it."""
    rows = {(fact.witness, fact.key) for fact in paused.told if fact.state is DownloadState.PAUSED}
    later = [fact for trial in paused.after for fact in timeline.between(*trial.span, DownloadSeen)]
    undone: list[Event] = [fact for fact in later if (fact.witness, fact.key) in rows and fact.state is DownloadState.WAITING]
    pages = [page for page in timeline.between(paused.pause.end.boot_start, paused.pause.end, ScreenSeen) if page.package == app.package]
    words, before = paused.pause.acted.words, [page for page in pages if page.at <= paused.pause.acted.at][-1:]
    if any(words in page.text.splitlines() for page in before) and words not in pages[-1].text.splitlines():
        network = (trial for trial in paused.after if trial.acted.act in (AdvertAct.NETWORK_OFF, AdvertAct.NETWORK_ON))
        seen = (page for trial in network for page in timeline.between(*trial.span, ScreenSeen) if page.package == app.package)
        undone += [page for page in seen if words in page.text.splitlines()][:1]
    return undone


def _is_more(before: DownloadSeen, fact: DownloadSeen) -> bool:
    """Whether a later fact shows that more came than before; a new row or file of it is a new beginning."""
    if (before.witness, before.key) != (fact.witness, fact.key):
        return True
    again = before.state is DownloadState.PAUSED and fact.state is DownloadState.RUNNING
    return again or before.bytes is None or fact.bytes is None or fact.bytes > before.bytes


def _never_held(rule: Rule, paused: _Paused) -> Finding:
    """The press paused nothing: whether a pause would have been kept, nobody knows."""
    last, words = paused.on[-1], paused.pause.acted.words[:40]
    name = (last.name or last.path.rsplit("/", 1)[-1])[:80]
    return Finding(
        rule.id,
        Outcome.INCONCLUSIVE,
        paused.pause.slot,
        _("the press on '{words}' did not stop the download '{name}': it went on", words=words, name=name),
        in_order(*facts_of(paused.pause), *paused.on),
    )


def _resumed(timeline: Timeline, rule: Rule, paused: _Paused, ran: list[tuple[Trial, DownloadSeen]]) -> Finding:
    first = ran[0][0]
    facts = [fact for trial, fact in ran if trial is first]
    if first is paused.pause:
        facts = [fact for fact in facts if _runs(fact) and fact.at > paused.itself[0].at]
    received = [each for each in timeline.between(*first.span, DownloadSeen) if each.witness is Witness.BYTES][:1]
    seen = {seen_of(fact) for fact in (*facts, *received)}
    seconds = max(0.0, facts[0].at.seconds_since(first.acted.at))
    name = facts[0].name or facts[0].path.rsplit("/", 1)[-1]
    grown = max(Counter((fact.witness, fact.key) for _, fact in ran).values())
    pictures = [each for each in timeline.between(*paused.pause.span, ScreenshotTaken) if each.why == AdvertAct.PAUSE.value]
    # the notice speaks of what was paused
    sure = bool(pictures) and not _is_cancel(paused) and (len(seen) >= rule.threshold("witnesses") or grown >= rule.threshold("readings"))
    every: tuple[Event, ...] = (paused.pause.acted, *pictures, *paused.told, *facts, *received)
    reason = _(
        "the {stopped} download '{name}' ran again by itself {seconds} after {act} (witnesses: {witnesses})",
        stopped=_("cancelled") if _is_cancel(paused) else _("paused"),
        name=name[:80],
        seconds=seconds_words(seconds),
        act=_ACT_WORDS[first.acted.act],
        witnesses=witnesses_of(seen),
    )
    return Finding(
        rule.id,
        Outcome.VIOLATION if sure else Outcome.SUSPECTED,
        f"{paused.pause.slot} {first.acted.act.value}",
        reason if pictures else _("{said}, {note}", said=reason, note=unpictured(paused.pause)),
        in_order(*facts_of(first), *every),
        measured=(("witnesses", float(len(seen))), *([] if isinf(seconds) else [("seconds", seconds)]), ("readings", float(grown))),
    )
