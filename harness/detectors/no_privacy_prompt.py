"""c1-no-privacy-prompt: the first run shows no privacy policy to read and agree to (191号 认定方法 一.2)."""

from harness.detectors.app_exits import ending
from harness.detectors.asks import Form, asks
from harness.detectors.first_runs import FirstRun, consents_shown, first_runs, not_covered, only_goes_on
from harness.dialogs.consent_screen import is_privacy_name, says_agreed
from harness.events import ConsentForm, ConsentShown, Event, FunctionUsed, Instant, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

INTERNET = "android.permission.INTERNET"
READABLE = 2
"""Texts that a screen must show at least to count as read: one alone is a splash, or a page that is drawn."""
SENTENCE_TEXTS = 3
"""Texts that a sentence with the name of a policy is put together from at most [PROJECT]."""
FIRST_PRESSES = 3
"""Presses that go through a first start at most: a welcome, a choice or two [PROJECT]."""

Said = tuple[Outcome, Text, tuple[Event, ...]]


def no_privacy_prompt(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for the first run that was watched for long enough; none where the app was never seen as new.

    Of several the earliest, for what an app asks for later must count: clause 6 clears the data again, and watches whom
    the app wakes for longer. Where none was long enough, the longest: clause 6 has one that it leaves after seconds.
    """
    runs = first_runs(timeline)
    if not runs:
        return []
    whole = [each for each in runs if each.end.boot == each.launch.at.boot]
    enough = [each for each in whole if _watched(each) >= rule.threshold("prompt_seconds")]
    run = enough[0] if enough else max(whole, key=_watched, default=runs[0])
    until = min(run.end, Instant(run.end.boot, run.launch.at.uptime + rule.threshold("prompt_seconds")))
    outcome, reason, facts = _prompted(timeline, app, rule, run, until) or _absent(timeline, app, rule, run, until)
    return [Finding(rule.id, outcome, "first-run", reason, (run.launch, *facts))]


def _watched(run: FirstRun) -> float:
    return run.end.seconds_since(run.launch.at)


def _prompted(timeline: Timeline, app: AppUnderTest, rule: Rule, run: FirstRun, until: Instant) -> Said | None:
    """What was shown of the policy in time, or later; None where it was never shown."""
    seconds = rule.threshold("prompt_seconds")
    shown = [consent for consent in consents_shown(timeline) if consent.at > run.launch.at]
    asked = [ask for ask in asks(timeline, app) if shown and run.launch.at < ask.at < shown[0].at]
    pressed = _pressed_before(timeline, run, shown[0], seconds) if shown else []
    led = pressed[-1] if len(pressed) == 1 or (pressed and all(only_goes_on(timeline, each) for each in pressed)) else None
    if led is not None and not asked:
        problem = not_covered(timeline, rule, run.launch.at, shown[0].at)
        reason = problem or _("the first thing that was pressed led to the policy")
        if len(pressed) > 1 and not problem:
            reason = _("what was pressed on the pages of the first start led to the policy")
        return Outcome.INCONCLUSIVE if problem else Outcome.CLEAR, reason, (led, shown[0])
    in_time = [consent for consent in shown if consent.at <= until]
    plain = [consent for consent in in_time if consent.form is not ConsentForm.IMPLIED]
    if plain and (problem := not_covered(timeline, rule, run.launch.at, plain[0].at)):
        return Outcome.INCONCLUSIVE, problem, (plain[0],)
    if plain:
        return Outcome.CLEAR, _("the first run asks the user to read and agree to the policy"), (plain[0],)
    if in_time:
        return Outcome.SUSPECTED, _("the first run mentions the policy only as agreed by going on"), (in_time[0],)
    policy = next((screen for screen in _screens(timeline, app, run.launch.at, until) if is_privacy_name(screen.title)), None)
    if policy is not None and not asked:
        why: Text | None = _("the first run shows the policy; whether it asks at its end to agree was not seen")
        if shown and not pressed and shown[0].form is not ConsentForm.IMPLIED:
            why = not_covered(timeline, rule, run.launch.at, shown[0].at)
        said = why or _("the first run shows the policy, and asks at its end to agree")
        return Outcome.INCONCLUSIVE if why else Outcome.CLEAR, said, (policy, *shown[:1])
    page = next((screen for screen in _screens(timeline, app, run.launch.at, until) if _agrees(screen)), None)
    if page is not None and not any(run.launch.at < ask.at < page.at for ask in asks(timeline, app)):
        return Outcome.INCONCLUSIVE, _("the first run says that the user has agreed to the policy; no box for that could be read"), (page,)
    if pressed and led is None and not asked:
        why = _(
            "no policy within {seconds:g} s of the first run; {count} presses, each on another page, led to it:"
            " whether those pages belong to a first start a person has to see",
            seconds=seconds,
            count=len(pressed),
        )
        return Outcome.INCONCLUSIVE, why, (*pressed, shown[0])
    if shown:
        later = shown[0].at.seconds_since(run.launch.at)
        before = [ask for ask in asked if ask.form is Form.SYSTEM]
        if led is not None and before and all(ask.at < led.at for ask in before):
            why = _(
                "no policy within {seconds:g} s of the first run, in which no function was used; the first one that was pressed"
                " led to it, and a permission was asked for before",
                seconds=seconds,
            )
            return Outcome.SUSPECTED, why, (*before[0].facts, led, shown[0])
        if before:
            why = _("no policy within {seconds:g} s of the first run; a permission was asked for before one came", seconds=seconds)
            return Outcome.VIOLATION, why, (*before[0].facts, shown[0])
        reason = _("no policy within {seconds:g} s of the first run; it came after {later:.0f} s", seconds=seconds, later=later)
        return Outcome.SUSPECTED, reason, (shown[0],)
    return None


def _agrees(screen: ScreenSeen) -> bool:
    """Whether a page says that the user has agreed, in one text or with the name of the policy in the next ones."""
    lines = screen.text.split("\n")
    return any(says_agreed("".join(lines[at:end])) for at in range(len(lines)) for end in range(at + 1, at + SENTENCE_TEXTS + 1))


def _pressed_before(timeline: Timeline, run: FirstRun, consent: ConsentShown, seconds: float) -> list[FunctionUsed]:
    """The presses that led to the policy: a welcome page that waits for its user asks as soon as they go on.

    None where one page was used twice, too many were, or the policy came later than by the last of them.
    """
    used = timeline.between(run.launch.at, consent.at, FunctionUsed)
    soon = bool(used) and consent.form is not ConsentForm.IMPLIED and consent.at.seconds_since(used[-1].at) <= seconds
    return used if soon and len({use.screen for use in used}) == len(used) <= FIRST_PRESSES else []


def _absent(timeline: Timeline, app: AppUnderTest, rule: Rule, run: FirstRun, until: Instant) -> Said:
    """Nothing was shown: whether that was seen for long enough, and whether the app needs consent at all."""
    seconds = rule.threshold("prompt_seconds")
    asked = [ask for ask in asks(timeline, app) if run.launch.at < ask.at <= until]
    facts = tuple(fact for ask in asked for fact in ask.facts)
    if problem := not_seen(timeline, app, rule, run, until):
        return Outcome.INCONCLUSIVE, problem, ()
    if asked:
        reason = _("no privacy policy within {seconds:g} s of the first run, but permissions were asked for", seconds=seconds)
        return Outcome.VIOLATION, reason, facts
    late = [ask for ask in asks(timeline, app) if ask.at > until and ask.form is Form.SYSTEM]
    if late:  # consents_shown has none: no policy came before it either
        return Outcome.VIOLATION, _("no page ever asked to agree to a privacy policy, but permissions were asked for later"), late[0].facts
    if INTERNET in app.permissions or any(screen.fields for screen in _screens(timeline, app, run.launch.at, until)):
        reason = _(
            "no privacy policy within {seconds:g} s of the first run; the app can use the network: a person must say what it collects",
            seconds=seconds,
        )
        return Outcome.SUSPECTED, reason, ()
    reason = _("the app asks for nothing, has no network and no text field: no consent is needed")
    return Outcome.NOT_EXERCISED, reason, ()


def not_seen(timeline: Timeline, app: AppUnderTest, rule: Rule, run: FirstRun, until: Instant) -> Text | None:
    """Why the absence of a prompt proves nothing; None when the first run was seen whole and could be read."""
    if problem := not_covered(timeline, rule, run.launch.at, until):
        return problem
    gone = ending(timeline, app, run.launch.at, until)
    if gone is not None or until.seconds_since(run.launch.at) < rule.threshold("prompt_seconds"):
        return _("the app was not in front for as long as its first run is watched")
    if not any(screen.text.count("\n") + 1 >= READABLE for screen in _screens(timeline, app, run.launch.at, until)):
        return _("no text could be read on the screens of the first run")
    return None


def _screens(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> list[ScreenSeen]:
    return [screen for screen in timeline.between(start, end, ScreenSeen) if screen.package == app.package and screen.text]
