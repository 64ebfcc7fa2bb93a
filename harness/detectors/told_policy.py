"""The policy that a run has of the app: which of its texts count, and why nothing may be compared with them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from harness.events import PolicySeen
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.policies.policy_document import PolicyProblem, ProblemKind, has_policy, policy_problem
from harness.policies.policy_lines import dense, names_list
from harness.policies.sdk_naming import NamedSdks

_REFERRED = re.compile(r"《([^《》]{2,40})》")


@dataclass(frozen=True, slots=True)
class ToldPolicy:
    """The texts that are the app's policy, and those that are another app's; ``problem``: why nothing is compared."""

    parts: tuple[PolicySeen, ...]
    foreign: tuple[tuple[PolicySeen, PolicyProblem], ...]
    problem: Text | None

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts)

    @property
    def gap(self) -> Text | None:
        """Why what is not in the text may stand elsewhere; None where all of it was read."""
        if cut := [part for part in self.parts if part.unread]:
            return _("the policy was not read to its end: {why}", why=cut[0].why_unread)
        read = [dense(part.title) for part in self.parts]
        for name in _REFERRED.findall(self.text):
            said = dense(name)
            if names_list(name) and not any(said in title or title in said for title in read if title):
                return _("the policy refers to '{name}', which was not read", name=name)
        return None


def told_policy(timeline: Timeline, app: AppUnderTest) -> ToldPolicy | None:
    """Return the policy that was read, the tester's file before what the app shows; None where none was."""
    seen = [part for part in timeline.of(PolicySeen) if part.title]
    seen = [part for part in seen if part.given] or seen
    if not seen:
        return None
    about = [part for part in seen if has_policy(part.text) or names_list(part.title)] or seen
    judged = [(part, policy_problem(part.text, app)) for part in about]
    foreign = tuple((part, problem) for part, problem in judged if problem is not None and problem.kind is ProblemKind.OTHER_APP)
    if any(problem is None for _part, problem in judged):  # a short list beside a policy is a part of it
        theirs = {id(part) for part, _problem in foreign}
        return ToldPolicy(tuple(part for part in about if id(part) not in theirs), foreign, None)
    return ToldPolicy(tuple(about), foreign, next(problem.words for _part, problem in judged if problem is not None))


@lru_cache(maxsize=8)
def named_in(text: str) -> NamedSdks:
    """The names in a text, taken apart once for all rules."""
    return NamedSdks(text)
