"""c5-album-despite-picker, c5-background-location: two points of CAC's draft of 2026, judged by its profile alone."""

from harness.detectors.asks import asks
from harness.detectors.request_context import is_core, led_by, missing_streams, request_context
from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.word_patterns import WordFile
from harness.events import DialogKind, DialogShown, Event, FunctionUsed, PermissionResult
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule

_WORDS = WordFile("draft_permissions.toml")
FILES = ("STORAGE", "READ_MEDIA_VISUAL")
LOCATION, BACKGROUND = "LOCATION", "android.permission.ACCESS_BACKGROUND_LOCATION"
ASKS_ITSELF = 29
"""The target from which an app asks for the background itself: for older ones Android does (data/etc/platform.xml)."""
WHOLE_TIME = "allow"
"""The role of the button 始终允许: Android 10 shows it where the background is asked for."""


def album_despite_picker(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each function that sends or works on files and asked for the files of the phone."""
    found: dict[str, Finding] = {}
    for ask in asks(timeline, app):
        used = led_by(timeline, request_context(timeline, app, ask))
        if ask.group not in FILES or not isinstance(used, FunctionUsed) or used.text in found:
            continue
        said = plain(used.text)
        works, picks = (has_any(said, _WORDS.words(f"{kind}.words")) for kind in ("works", "picks"))
        if not (works or picks):
            continue
        facts, missing = (used, *ask.facts), missing_streams(timeline, rule, [(used.at, ask.at)])
        if works or is_core(app, ask.group):
            outcome, why = Outcome.CLEAR, _("'{function}' works on the files of the phone", function=used.text)
        else:
            outcome, why = Outcome.SUSPECTED, _("for '{function}' the system's own picker would do", function=used.text)
        if missing is not None and outcome is Outcome.CLEAR:
            outcome, why = Outcome.INCONCLUSIVE, missing
        reason = _("asked for {group}: {why}", group=group_name(ask.group), why=why)
        found[used.text] = Finding(rule.id, outcome, used.text, reason, facts)
    return list(found.values())


def background_location(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding, where the location was asked for at all."""
    asked = [ask for ask in asks(timeline, app) if ask.group == LOCATION]
    facts = _asked_for_the_background(timeline, app)
    if not asked and not facts:
        return []
    missing = missing_streams(timeline, rule, [(asked[0].at, asked[-1].at)] if asked else [])
    if facts and is_core(app, LOCATION) and missing is None:
        outcome, reason = Outcome.CLEAR, _("asked for the location in the background: '{app}' is about it", app=app.label)
    elif facts and not is_core(app, LOCATION):
        reason = _("asked for the location in the background: whether its service needs that all the time a person weighs")
        outcome = Outcome.SUSPECTED
    elif missing is not None:
        outcome, reason = Outcome.INCONCLUSIVE, missing
    else:
        outcome, reason = Outcome.CLEAR, _("asked for the location, and not for the background")
    return [Finding(rule.id, outcome, LOCATION, reason, facts or asked[0].facts)]


def _asked_for_the_background(timeline: Timeline, app: AppUnderTest) -> tuple[Event, ...]:
    """The answers to requests for it, and dialogs that offer 始终允许; none of an app for which Android asks."""
    if BACKGROUND not in app.permissions or (app.target_sdk or 0) < ASKS_ITSELF:
        return ()
    answered = [event for event in timeline.of(PermissionResult) if (event.package, event.permission) == (app.package, BACKGROUND)]
    shown = [event for event in timeline.of(DialogShown) if event.dialog is DialogKind.PERMISSION and event.permission_group == LOCATION]
    offered = [event for event in shown if {"foreground", WHOLE_TIME} <= dict(event.buttons).keys()]
    return tuple(sorted([*answered, *offered], key=lambda event: event.at)[:3])
