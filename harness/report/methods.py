"""检测方法: what was done to the app in this run, in sentences, from the record of the driving and its options."""

from __future__ import annotations

import re
from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, Any

from harness.language import Text, _, both, known, listed
from harness.starts.segment_names import segment_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.verdicts.analysis import Analysis

_HOW = _(
    "The check works over ADB, without root, without changing the app and without hooks in it. Logs, view trees, pictures of the "
    "screen and states of the system are recorded throughout; each verdict follows from that record and can be computed from it again."
)
_CONSENT = {"accept": _("agree"), "refuse": _("refuse")}
_BACKGROUND = ("association-", "before-consent", "unopened")
_ROUND = re.compile(r"(?:，第 \d+ 轮|, round \d+)$")
MOST_NAMED = 12


def methods(analysis: Analysis) -> tuple[Text, ...]:
    """One sentence for each thing that was done, in the order in which one would do them."""
    names = [name for name, *_ in analysis.timeline.segments()]
    return (_HOW, *_driven(names, analysis.run.get("options", {})), *_by_what(analysis))


def _driven(names: list[str], options: dict[str, Any]) -> Iterator[Text]:
    def many(*prefixes: str) -> int:
        return sum(name.startswith(prefixes) for name in names)

    if many("first-launch", "refused-again"):
        what = _CONSENT.get(str(options.get("consent", "accept")), _CONSENT["accept"])
        yield _(
            "The app was run for the first time on cleared data; its privacy prompt was answered with '{what}', each permission that it "
            "asked for was refused, and what followed was watched.",
            what=what,
        )
    if count := many("cold-start"):
        yield _("After the refusals the app was started anew {count} time(s).", count=count)
    if "return" in names:
        yield _("The app was left for the home screen and opened again, to see whether it asks again.")
    if any(name == "walk" or name.startswith("walk-") for name in names):
        minutes, steps, seed = (options.get(name, "–") for name in ("minutes", "steps", "seed"))
        yield _(
            "The app was walked through page by page, for {minutes} minutes and {steps} presses at most (seed {seed}); controls that pay, "
            "send or delete were not pressed.",
            minutes=_number(minutes),
            steps=_number(steps),
            seed=_number(seed),
        )
    if count := many("function-"):
        taps = listed(_("'{name}'", name=tap) for tap in options.get("taps", []))
        named = _(": {shown}", shown=taps) if taps else taps
        yield _("Functions that permissions are about were used {count} time(s){named}.", count=count, named=named)
    if "login" in names or "walk-logged-in" in names:
        yield _("The login was made by the steps that the tester gave.")
    if count := many("control-"):
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
    if count := many("advert-"):
        hours = float(options.get("ad_hours", 0) or 0)
        spread = _(", with starts spread over {hours:g} hours", hours=hours) if hours else Text("")
        yield _(
            "Adverts and windows that came up were left alone, touched, swiped over and closed, {count} act(s){spread}; what was loaded "
            "was identified, never installed or run.",
            count=count,
            spread=spread,
        )
    if "by-hand" in names:
        yield _("The tester used the app by hand; the touches were read from the kernel and recorded.")


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
