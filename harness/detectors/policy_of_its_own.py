"""c1-no-policy-of-its-own: what the app shows as its policy is another app's or firm's (191号 认定方法 一.1)."""

from harness.detectors.first_runs import not_covered
from harness.detectors.told_policy import told_policy
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule


def no_policy_of_its_own(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding where a policy was read; suspected where each text that was read is of another app."""
    policy = told_policy(timeline, app)
    if policy is None:
        return []
    facts = tuple(part for part, _problem in policy.foreign) or policy.parts
    missing = not_covered(timeline, rule, facts[0].at, facts[-1].at)
    if missing is not None:
        outcome, reason = Outcome.INCONCLUSIVE, missing
    elif policy.problem is None:
        outcome, reason = Outcome.CLEAR, _("the policy that was read names no other app as its own")
    elif policy.foreign and len(policy.foreign) == len(policy.parts):
        outcome, reason = Outcome.SUSPECTED, _("{problem}, and no other was found", problem=policy.foreign[0][1].words)
    else:
        outcome, reason = Outcome.INCONCLUSIVE, policy.problem
    return [Finding(rule.id, outcome, "policy", reason, facts)]
