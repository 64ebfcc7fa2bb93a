"""A name for each finding that stays: over a second analysis, another language, and the app's next version.

People talk of a finding by it: a review that confirms it, an issue tracker that must not open it twice, a comparison
of two versions.
"""

import hashlib
from collections.abc import Iterator

from harness.events.findings import Finding
from harness.verdicts.judge import Verdict

KEY_LENGTH = 12
"""Hexadecimal digits of a key: 48 bits, so that among 100,000 findings two of the same key are unlikely (2e-5)."""


def finding_keys(package: str, verdict: Verdict) -> Iterator[tuple[str, Finding]]:
    """Yield each finding of a verdict with its key, which comes of the package, the rule and the part.

    Of several findings about one part each has its number in it, in the order of the verdict's findings.
    """
    seen: dict[str, int] = {}
    for finding in verdict.findings:
        number = seen[finding.part] = seen.get(finding.part, 0) + 1
        yield key_of(package, verdict.rule.id, finding.part, number), finding


def key_of(package: str, rule: str, part: str, number: int = 1) -> str:
    """The key of the ``number``-th finding of a rule about a part."""
    words = "\0".join((package, rule, part, str(number)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]
