"""c9-not-told, c9-differs-from-package, c10-no-contact: what a store's page tells of the app (docs/verdicts.md 7)."""

from collections.abc import Iterable

from harness.dialogs.related import same_as
from harness.events import ListingSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import GROUPS, group_names, group_of
from harness.events.timeline import Timeline
from harness.language import Text, _, known
from harness.rules import Rule

Said = tuple[str, Outcome, Text]

UNLISTED = ("NOTIFICATIONS",)
"""Groups that read nothing of the user: a store that does not list them is not accused [PROJECT]."""


def not_told(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Two findings a page: its list of permissions with their uses, and what it tells of personal information."""
    return [
        _finding(rule, listing, said)
        for listing in timeline.of(ListingSeen)
        for said in (_broken_off(listing) or (_permissions(listing, app), _personal_information(listing)))
    ]


def differs_from_package(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding a page that has a list: the permissions of the package that are not on it."""
    return [
        _finding(rule, listing, said)
        for listing in timeline.of(ListingSeen)
        if listing.rows or listing.unread
        for said in (_broken_off(listing) or (_compared(listing, app),))
    ]


def no_contact(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Three findings a page: its developer, the number of its filing, and a way to reach somebody."""
    return [
        _finding(rule, listing, said)
        for listing in timeline.of(ListingSeen)
        for said in (_broken_off(listing) or (_developer(listing), _filing(listing), _contact(listing)))
    ]


def _finding(rule: Rule, listing: ListingSeen, said: Said) -> Finding:
    part, outcome, reason = said
    return Finding(rule.id, outcome, f"{listing.file}: {part}", reason, (listing,))


def _broken_off(listing: ListingSeen) -> tuple[Said, ...]:
    if listing.whole:
        return ()
    broken = _("the saved page breaks off: save it whole, or as text")
    return (("page", Outcome.INCONCLUSIVE, known(listing.unread_zh, listing.unread) if listing.unread else broken),)


def _permissions(listing: ListingSeen, app: AppUnderTest) -> Said:
    needed = _groups(app)
    if not needed:
        return "permissions", Outcome.CLEAR, _("the package asks for no permission that a store lists")
    if not listing.rows and listing.lists:
        reason = _("the page names a list of permissions that was not read: where the page was saved, open the list, and save it too")
        return "permissions", Outcome.INCONCLUSIVE, reason
    if not listing.rows:
        reason = _("the page lists no permissions; the package asks for {groups}", groups=group_names(needed))
        return "permissions", Outcome.VIOLATION, reason
    if not listing.groups:
        return "permissions", Outcome.SUSPECTED, _("no line of the list names a permission in words that are known: a person reads it")
    if silent := [group for group in listing.groups if group not in listing.explained and group not in UNLISTED]:
        reason = _("the page lists permissions without telling what for: {groups}", groups=group_names(silent))
        return "permissions", Outcome.SUSPECTED, reason
    return "permissions", Outcome.CLEAR, _("the page lists permissions, each with a use: {groups}", groups=group_names(listing.explained))


def _personal_information(listing: ListingSeen) -> Said:
    if listing.policy:
        return "personal-information", Outcome.CLEAR, _("the page leads to a privacy policy: {policy}", policy=listing.policy[:120])
    if listing.collects:
        return "personal-information", Outcome.CLEAR, _("the page tells of personal information: {text}", text=listing.collects[:120])
    reason = _("the page neither tells of personal information nor leads to a privacy policy")
    return "personal-information", Outcome.VIOLATION, reason


def _compared(listing: ListingSeen, app: AppUnderTest) -> Said:
    listed = {other for group in listing.groups for other in same_as(group)}
    missing = [group for group in _groups(app) if group not in listed]
    if not missing:
        return "permissions", Outcome.CLEAR, _("every permission group of the package but for notifications is on the page's list")
    groups = group_names(missing)
    if listing.version and app.version_name and listing.version.lstrip("Vv") != app.version_name.lstrip("Vv"):
        reason = _(
            "the list lacks {groups}, but the page is about version {told}, and {version} was checked",
            groups=groups,
            told=listing.version[:40],
            version=app.version_name,
        )
        return "permissions", Outcome.SUSPECTED, reason
    if not listing.groups:
        return "permissions", Outcome.SUSPECTED, _("no line of the list names a permission in words that are known: a person reads it")
    return "permissions", Outcome.VIOLATION, _("the package asks for {groups}, which the page's list lacks", groups=groups)


def _developer(listing: ListingSeen) -> Said:
    if listing.developer:
        return "developer", Outcome.CLEAR, _("the page names the developer: {name}", name=listing.developer[:80])
    return "developer", Outcome.VIOLATION, _("the page names no developer")


def _filing(listing: ListingSeen) -> Said:
    if listing.record:
        return "filing", Outcome.CLEAR, _("the page names a filing number: {number}", number=listing.record[:60])
    return "filing", Outcome.SUSPECTED, _("the page names no filing number of the app")


def _contact(listing: ListingSeen) -> Said:
    if listing.contact:
        reason = _("the page names a contact: {contact}; nobody tried whether it answers", contact=listing.contact[:60])
        return "contact", Outcome.CLEAR, reason
    return "contact", Outcome.SUSPECTED, _("no telephone number and no mail address stands on the page: the policy may have one")


def _groups(app: AppUnderTest) -> list[str]:
    """The permission groups that the package declares, as far as stores list them."""
    declared = {group_of(permission) for permission in app.permissions}
    return _in_order(declared - {None, *UNLISTED})


def _in_order(groups: Iterable[str | None]) -> list[str]:
    found = set(groups)
    return [group for group in GROUPS if group in found]
