"""Accusations about a permission that the app does not declare: only its words name it: suspected at most."""

from dataclasses import replace

from harness.dialogs.related import serves
from harness.events import DialogKind, DialogShown, PermissionResult
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import GROUPS, group_name, group_of
from harness.language import _

_UNDECLARED = ("NOTIFICATIONS",)
"""Groups that older apps ask for without declaring them."""


def declared_only(findings: list[Finding], app: AppUnderTest) -> list[Finding]:
    """The findings, violations about a group that the app cannot be given made suspected."""
    if not app.permissions:
        return findings
    declared = frozenset(filter(None, map(group_of, app.permissions)))
    return [_weaker(finding) if _is_undeclared(finding, declared) else finding for finding in findings]


def _is_undeclared(finding: Finding, declared: frozenset[str]) -> bool:
    if finding.outcome is not Outcome.VIOLATION or finding.part not in GROUPS or finding.part in _UNDECLARED:
        return False
    asked = any(isinstance(fact, PermissionResult) or _is_system_dialog(fact) for fact in finding.facts)
    return not asked and not any(serves(other, finding.part) for other in declared)


def _is_system_dialog(fact: object) -> bool:
    return isinstance(fact, DialogShown) and fact.dialog is DialogKind.PERMISSION


def _weaker(finding: Finding) -> Finding:
    note = _("the app does not declare a permission for {group}: to be reviewed", group=group_name(finding.part))
    return replace(finding, outcome=Outcome.SUSPECTED, reason=_("{said}; {note}", said=finding.reason, note=note))
