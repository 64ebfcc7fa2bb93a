"""检测方法: what was done to the app in this run, in sentences, from the record of the driving and its options."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from harness.detectors.asks import denials
from harness.detectors.first_runs import first_runs
from harness.events import AdvertActed, ConsentGiven, ConsentRefused, ControlStarted, Event, FunctionUsed
from harness.events.permission_groups import group_names
from harness.events.timeline import Timeline
from harness.language import Text, _, both, known, listed
from harness.starts.segment_names import ACT_WORDS, segment_words
from harness.verdicts.analysis import Analysis

_HOW = _(
    "The check works over ADB, without root, without changing the app and without hooks in it. Logs, view trees, pictures of the "
    "screen and states of the system are recorded throughout; each verdict follows from that record and can be computed from it again."
)
_CONSENT: dict[type[Event], Text] = {ConsentGiven: _("agree"), ConsentRefused: _("refuse")}
_BACKGROUND = ("association-", "before-consent", "unopened")
_ROUND = re.compile(r"(?:，第 \d+ 轮|, round \d+)$")
MOST_NAMED = 12


def methods(analysis: Analysis) -> tuple[Text, ...]:
    """One sentence for each thing that was done, in the order in which one would do them."""
    return (_HOW, *_driven(analysis.timeline, analysis.run.get("options", {})), *_by_what(analysis))


def _driven(timeline: Timeline, options: dict[str, Any]) -> Iterator[Text]:
    """What the record of the driving has: what was meant to be done and never came about is no method."""
    names = [name for name, *_ in timeline.segments()]

    def many(*prefixes: str) -> int:
        return sum(name.startswith(prefixes) for name in names)

    if first_runs(timeline):
        yield _("The app was run for the first time on cleared data.")
    answers = [_CONSENT[type(act)] for act in timeline.of(ConsentGiven, ConsentRefused)]
    for what in dict.fromkeys(answers):
        yield _("Its privacy prompt was answered with '{what}', {count} time(s).", what=what, count=answers.count(what))
    if refused := denials(timeline):
        groups = group_names(dict.fromkeys(each.group for each in refused))
        yield _(
            "{count} request(s) for permissions were refused ({groups}), and what followed was watched.", count=len(refused), groups=groups
        )
    if count := many("cold-start"):
        told = _("After the refusals the app was started anew {count} time(s).", count=count)
        yield told if refused else _("The app was started anew {count} time(s).", count=count)
    if "return" in names:
        asks = _("The app was left for the home screen and opened again, to see whether it asks again.")
        yield asks if refused else _("The app was left for the home screen and opened again.")
    if any(name == "walk" or name.startswith("walk-") for name in names):
        minutes, steps, seed = (options.get(name, "–") for name in ("minutes", "steps", "seed"))
        yield _(
            "The app was walked through page by page, for {minutes} minutes and {steps} presses at most (seed {seed}); controls that pay, "
            "send or delete were not pressed.",
            minutes=_number(minutes),
            steps=_number(steps),
            seed=_number(seed),
        )
    if used := [act.text for act in timeline.of(FunctionUsed)]:
        shown = list(dict.fromkeys(used))
        taps = listed(_("'{name}'", name=text) for text in shown[:MOST_NAMED])
        yield _("Functions were used {count} time(s): {taps}.", count=len(used), taps=taps)
    if "login" in names or "walk-logged-in" in names:
        yield _("The login was made by the steps that the tester gave.")
    if count := len(timeline.of(ControlStarted)):
        yield _(
            "{count} control run(s): the same requests were allowed or left unanswered, to tell what a refusal causes from what is "
            "broken anyway.",
            count=count,
        )
    if any(name.startswith("clock-") for name in names):
        yield _(
            "The phone's clock was moved 47 and 49 hours ahead, to see whether the app asks again within 48 hours of a refusal, and "
            "then back."
        )
    yield from _background(names)
    if many("advert-"):
        yield from _adverts(timeline, float(options.get("ad_hours", 0) or 0))
    if "by-hand" in names:
        yield _("The tester used the app by hand; the touches were read from the kernel and recorded.")


def _adverts(timeline: Timeline, hours: float) -> Iterator[Text]:
    """What was done to adverts, by the acts on record; without any, that they were waited for."""
    spread = _(", with starts spread over {hours:g} hours", hours=hours) if hours else Text("")
    acts = Counter(acted.act for acted in timeline.of(AdvertActed))
    if not acts:
        yield _("Adverts and windows were looked for{spread}; none was tried.", spread=spread)
        return
    told = listed(_("{what} {count}", what=ACT_WORDS[act.value], count=count) for act, count in acts.items())
    yield _(
        "Acts on adverts and windows that came up{spread}: {told}; what was loaded was identified, never installed or run.",
        spread=spread,
        told=told,
    )


def _background(names: Iterable[str]) -> Iterator[Text]:
    names = list(names)
    if any(name.startswith("trigger-hour") for name in names):
        hours = sum(name.startswith("trigger-hour") for name in names)
        yield _("The phone was left alone for {hours} hour(s), and the app's starts were watched by the hour.", hours=hours)
    kinds = Counter(name.rpartition("-")[0] for name in names if name.startswith("trigger-") and not name.startswith("trigger-hour"))
    if kinds:
        told = [known(*(_ROUND.sub("", text) for text in both(segment_words(f"{kind}-1")))) for kind in list(kinds)[:MOST_NAMED]]
        yield _(
            "The app was left in the background, and in {rounds} round(s) each of these was brought about while its starts were watched: "
            "{conditions}.",
            rounds=max(kinds.values()),
            conditions=reduce(lambda first, more: _("{first}; {more}", first=first, more=more), told),
        )
    if any(name.startswith(_BACKGROUND) for name in names):
        yield _(
            "Before the user agreed, and while the app was in the background, its own starts and those of other apps by it were watched."
        )


def _by_what(analysis: Analysis) -> Iterator[Text]:
    profile = str(analysis.run.get("options", {}).get("profile", ""))
    if profile:
        yield _("Thresholds are those of '{profile}'; where each comes from stands under 'The law and the thresholds'.", profile=profile)
    if analysis.as_of is not None:
        yield _("Judged by the rules that were in force on {as_of}.", as_of=analysis.as_of)
    if analysis.run.get("options", {}).get("policy"):
        yield _("The tester gave the text of the privacy policy, which was compared.")


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
