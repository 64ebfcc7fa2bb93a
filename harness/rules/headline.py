"""The rule that stands for an app in one line: on the first page of a report, and among the apps of a night."""

from harness.events.findings import Severity
from harness.rules.rule import Rule

SEVERITIES = (Severity.A, Severity.B, Severity.C, Severity.M)
FIRST = (
    "c5-exit-after-denial",
    "c5-dialog-loop",
    "c5-denial-blocks-function",
    "c5-denial-blocks-login",
    "c7-forced-download-wall",
    "c7-window-cannot-close",
    "c1-reads-before-consent",
    "c1-reads-after-refusal",
    "c1-permission-before-consent",
    "c2-reads-in-background",
    "c2-reads-periodically",
    "c6-starts-before-consent",
    "c7-download-without-notice",
    "c7-disguised-download",
    "c7-close-acts-as-confirm",
    "c6-self-start",
    "c6-wakes-third-parties",
)
"""Of one severity the catalogue says no more: first what shuts a user out, then what is done without being asked, then
the rest [PROJECT]."""


def weight(rule: Rule) -> tuple[int, int]:
    """The place of a rule among others of one outcome: by its severity, then by ``FIRST``."""
    return SEVERITIES.index(rule.severity), FIRST.index(rule.id) if rule.id in FIRST else len(FIRST)
