"""Permissions whose dialog was never met: the app's own explanation was closed, and behind it the system asks.

What a refusal does is seen only where something was refused. Where an explanation at a function was put away each time,
the system was never asked, and neither "clear" nor "not exercised" can be said of the refusal (docs/verdicts.md 1.4).
"""

from collections.abc import Iterable

from harness.detectors.allowed_reads import USED_IN_SIGHT
from harness.detectors.asks import ALLOW_SEGMENTS, EXPLANATION_SECONDS, every_ask, undisturbed
from harness.detectors.asks import Form as AskForm
from harness.detectors.dialog_causes import DIRECTLY_SECONDS
from harness.detectors.request_context import NOT_PERSONAL
from harness.events import DataKind, DialogKind, DialogShown, FunctionUsed, PermissionGranted, Tapped, WalkExtent
from harness.events.action_kinds import Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.permission_groups import group_names, group_of
from harness.events.personal_data import WEAK
from harness.events.timeline import Timeline
from harness.language import Text, _, listed

OF_A_REFUSAL = frozenset(
    {
        "c5-exit-after-denial",
        "c5-dialog-loop",
        "c5-asks-again-on-relaunch",
        "c5-asks-again-in-session",
        "c5-asks-within-48-hours",
        "c5-denial-blocks-function",
        "c5-denial-blocks-login",
    }
)
"""The rules that say what a refusal of a permission leads to."""
OF_A_FUNCTION = frozenset({"c5-denial-blocks-function", "c5-denial-blocks-login"})
"""Those that a function answers by opening, whoever was refused what."""

LONGEST = 40
"""Signs of a title or caption that a reason names at most [PROJECT]."""
BEHIND_A_LOGIN = frozenset({"c5-exit-after-denial", "c5-dialog-loop", "c5-bundled-request", "c5-purpose-not-told"})
"""The rules about what an app does with each permission that it declares; those of clause 2 besides."""

OF_A_POLICY = "c1-undeclared-reads"
"""The rule about all that an app reads, whoever allowed it."""


def walk_of(timeline: Timeline, *, allowing: bool = False) -> WalkExtent | None:
    """How far the widest walk that refuses came, or with ``allowing`` that allows; None where no record tells."""
    told = (one for one in timeline.of(WalkExtent) if one.part.startswith(ALLOW_SEGMENTS) is allowing)
    return max(told, key=lambda one: (one.pressed, one.at), default=None)


def never_asked(timeline: Timeline, app: AppUnderTest, *, allowing: bool = False) -> set[str]:
    """The groups of personal data that an app declares and asked for nowhere, nor with ``allowing`` was allowed."""
    met = {ask.group for ask in every_ask(timeline, app)}
    met |= {given.permission_group for given in timeline.of(PermissionGranted)} if allowing else set()
    groups = (group_of(permission) for permission in app.permissions)
    return {group for group in groups if group is not None and group not in (*met, *NOT_PERSONAL)}


def unreached_words(timeline: Timeline, app: AppUnderTest, rule: str) -> Text | None:
    """Why a rule is not clear: a declared permission was never met, and not all of the app was; None where all was.

    For the rules of clause 2, and what the policy tells of, not only a login is in the way: what was left alone or led
    nowhere may ask, too, where it was so in each walk.
    """
    allowing = rule.startswith("c2-") or rule == OF_A_POLICY
    walk = walk_of(timeline, allowing=allowing)
    if walk is None or not (allowing or rule in BEHIND_A_LOGIN):
        return None
    never = sorted(group for group in never_asked(timeline, app, allowing=allowing) if not allowing or _is_data(group, rule))
    if walk.logins and never:
        return _(
            "{groups}: declared and never asked for, and the login {pages} was not passed, so what the app does with that was not seen",
            groups=group_names(never),
            pages=named(walk.logins),
        )
    walks = [walk, *filter(None, [walk_of(timeline)])] if allowing else []
    read = [group for group in never if group not in WEAK]
    if not (walks and read and all(_asking(each) or each.left or each.forms for each in walks)):
        return None
    if walk.asking and not (walk.left or walk.forms):
        return _(
            "{groups}: declared and never asked for, and what may act in the user's name was not pressed, so whether that reads was"
            " not seen: {captions}",
            groups=group_names(read),
            captions=named(walk.asking),
        )
    return _(
        "{groups}: declared and never asked for, and not each control was pressed, so whether one of them reads that was not seen",
        groups=group_names(read),
    )


def _asking(walk: WalkExtent) -> bool:
    """Whether a walk left something alone that may ask or read: what marks, removes or leaves does not."""
    return bool(walk.spared if walk.asking is None else walk.asking)


def named(captions: Iterable[str]) -> Text:
    """Titles or captions of an app in a row, each on one line and in quotation marks."""
    return listed(_("'{line}'", line=" ".join(words.split())[:LONGEST]) for words in captions)


def _is_data(group: str, rule: str) -> bool:
    """Whether it is personal data that is read by a call; out of sight no picture and no sound is."""
    return group in {*DataKind} - ({*USED_IN_SIGHT} if rule == "c2-reads-in-background" else set())


def unmet(timeline: Timeline, app: AppUnderTest) -> dict[str, DialogShown]:
    """The groups whose own explanation was met at a function and never gone past, each with the first of them.

    A no at the start of the app is a refusal like any other: nothing of the user's waits behind it.
    """
    shown = [each for each in undisturbed(timeline, timeline.of(DialogShown)) if each.dialog is DialogKind.RATIONALE]
    met = {ask.group for ask in every_ask(timeline, app) if ask.form in (AskForm.SYSTEM, AskForm.SUPPRESSED)}
    met |= {each.permission_group for each in shown if _gone_past(timeline, each)}
    found: dict[str, DialogShown] = {}
    for each in shown:
        if each.permission_group is not None and each.permission_group not in met and _at_a_function(timeline, each):
            found.setdefault(each.permission_group, each)
    return found


def unmet_words(timeline: Timeline, app: AppUnderTest, opened: Iterable[str | None] = ()) -> Text | None:
    """Why the rules about a refusal cannot be judged; None where every permission was met.

    ``opened`` are groups whose function was seen to open behind the closed explanation all the same.
    """
    groups = sorted(unmet(timeline, app).keys() - set(opened))
    if not groups:
        return None
    return _(
        "the app's own explanation for {groups} was closed in the check and the system never asked: what a refusal does was not seen",
        groups=group_names(groups),
    )


def _gone_past(timeline: Timeline, shown: DialogShown) -> bool:
    """Whether our yes was pressed while it stood."""
    until = shown.at.later(EXPLANATION_SECONDS)
    following = [each.at for each in timeline.between(shown.at, until, DialogShown) if each.at > shown.at]
    end = min([until, *following])
    return any(tap.purpose in (Purpose.EXPLANATION, Purpose.ALLOW) for tap in timeline.between(shown.at, end, Tapped))


def _at_a_function(timeline: Timeline, shown: DialogShown) -> bool:
    """Whether our press of a function opened it."""
    since = shown.at.earlier(DIRECTLY_SECONDS)
    return bool(timeline.between(since, shown.at, FunctionUsed))
