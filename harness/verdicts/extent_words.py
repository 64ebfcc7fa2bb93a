"""How far an app was walked or searched, in words: what is clear, or was never met, is so as far as that."""

from harness.events import SearchExtent, WalkExtent
from harness.events.app_under_test import AppUnderTest
from harness.events.permission_groups import group_names
from harness.events.timeline import Timeline
from harness.language import Text, _, with_semicolons
from harness.verdicts.unreached_dialogs import named, never_asked, walk_of

OF_SEARCH = "c7-"
OF_ALLOWING = "c2-"
OF_PERMISSIONS = (OF_ALLOWING, "c5-")
OF_WALK = (*OF_PERMISSIONS, "c4-", "c8-")
"""How the rules begin of which a clear verdict, or one of nothing met, hangs on how far the app was gone through."""


def with_extent(reason: Text, rule: str, timeline: Timeline, app: AppUnderTest) -> Text:
    """A reason with how far the search for adverts went, or the walk behind the rule, where that is on record."""
    if rule.startswith(OF_SEARCH):
        return with_semicolons([reason, *map(extent_words, timeline.of(SearchExtent)[-1:])])
    if not rule.startswith(OF_WALK):
        return reason
    allowing = rule.startswith(OF_ALLOWING)
    walk = walk_of(timeline, allowing=allowing)
    if walk is None:
        return reason
    groups = sorted(never_asked(timeline, app, allowing=allowing)) if rule.startswith(OF_PERMISSIONS) else []
    unmet = [_("declared and never asked for: {groups}", groups=group_names(groups))] if groups else []
    return with_semicolons([reason, walk_words(walk), *unmet])


def walk_words(walk: WalkExtent) -> Text:
    """What a walk came to, what it left alone, and what did not lead on."""
    said = [
        _(
            "walked through: {pages} pages, {pressed} of their {controls} controls pressed",
            pages=walk.pages,
            pressed=walk.pressed,
            controls=walk.controls,
        )
    ]
    if walk.spared:
        said.append(_("{count} control(s) that may act in the user's name left alone", count=walk.spared))
    if walk.left:
        said.append(_("{count} other(s) left unpressed", count=walk.left))
    if walk.logins:
        said.append(_("login not passed: {pages}", pages=named(walk.logins)))
    if walk.forms:
        said.append(_("forms that led to no other page: {pages}", pages=named(walk.forms)))
    if walk.wordless:
        said.append(_("{count} page(s) without a word in the view tree", count=walk.wordless))
    return with_semicolons(said)


def unsearched_words(timeline: Timeline, rule: str) -> Text | None:
    """What of an app the search for adverts did not come to, None where it came to all that it knew of.

    What a painted page ends in is open; where other pages were searched, that is told and leaves their adverts clear.
    """
    extent = next((one for one in timeline.of(SearchExtent)[-1:] if rule.startswith(OF_SEARCH)), None)
    if extent is None or not (extent.unpressed or extent.pages <= len(extent.unplayed)):
        return None
    return unpressed_words(extent) if extent.unpressed else unplayed_words(extent)


def unplayed_words(extent: SearchExtent) -> Text:
    """Which pages that the app paints came to no end."""
    return _("painted by the app, touched and swiped blindly, and came to no end: {pages}", pages=named(extent.unplayed))


def unpressed_words(extent: SearchExtent) -> Text:
    """On how many pages something that leads on was left unpressed when the search had to end."""
    return _(
        "on {count} of {pages} pages not all that leads on was pressed before the search had to end",
        count=extent.unpressed,
        pages=extent.pages,
    )


def extent_words(extent: SearchExtent) -> Text:
    """What was looked at, how deep, how many of the buttons and rows there were pressed, and what was left alone."""
    searched = _(
        "searched for adverts: {pages} page(s), {depth} press(es) deep at most, {pressed} of {controls} control(s) met there pressed",
        pages=extent.pages,
        depth=extent.depth,
        pressed=extent.pressed,
        controls=extent.controls,
    )
    said = [searched]
    if extent.unpressed:
        said.append(unpressed_words(extent))
    if extent.unplayed:
        said.append(unplayed_words(extent))
    if extent.unended:
        said.append(_("the end of a task whose steps are alike was not reached: {pages}", pages=named(extent.unended)))
    if extent.again < extent.walked:
        said.append(_("{again} of {walked} pages of the walk looked at again", walked=extent.walked, again=extent.again))
    if extent.left:
        words, more = named(extent.left), extent.unnamed
        said.append(_("left alone: {words} and {more} more", words=words, more=more) if more else _("left alone: {words}", words=words))
    return with_semicolons(said)
