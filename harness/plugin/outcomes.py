"""The outcome of a verdict in pytest: the letter and word of its item, and the reason.

The report of an item carries the verdict as plain data, because with pytest-xdist nothing else comes back from where
the tests ran. The plugin registers this module only where there are tests of ours.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from harness.language import _, pick, said

if TYPE_CHECKING:
    from harness.verdicts.judge import Verdict

VERDICT: pytest.StashKey[Verdict] = pytest.StashKey()
SUPPRESSED: pytest.StashKey[str] = pytest.StashKey()
"""Who lives with the verdict of an item, and why."""
KEY = "apprights"
"""The attribute of a report with the verdict as plain data; pytest-xdist carries it."""
LETTER = "?"
"""Of a suspected item that passes: neither a dot nor one of pytest's own letters."""


class Refused(Exception):
    """Why no run could be opened. It ends pytest with one line and the exit code of wrong usage."""


class Reason:
    """The text of a failed item: the reason alone, without a traceback through our code."""

    def __init__(self, text: str) -> None:
        """``text`` is one line."""
        self._text = text

    def __str__(self) -> str:
        return self._text

    def toterminal(self, terminal: Any) -> None:
        terminal.line(self._text)


def judged(item: pytest.Item, found: Verdict, package: str) -> Verdict:
    """Keep the verdict for the reports of its item, and end the item here if it says nothing about the app.

    What is suppressed for the app ``package`` ends here too, as expected to fail.
    """
    from harness.console import printable
    from harness.engine.scenario import sentence
    from harness.events.findings import Outcome
    from harness.verdicts.customisations import suppression_of

    item.stash[VERDICT] = found
    item.user_properties += [
        ("outcome", found.outcome.value),
        ("outcome_zh", found.outcome.label_zh),
        ("clause", str(found.rule.clause.number)),
    ]
    if (decision := suppression_of(package, found)) is not None:
        item.stash[SUPPRESSED] = printable(said(decision.told()))
        pytest.xfail(f"{printable(sentence(found))}{pick('；', '; ')}{item.stash[SUPPRESSED]}")
    if found.outcome is Outcome.NOT_EXERCISED:
        pytest.skip(printable(sentence(found)))
    if found.outcome is Outcome.INCONCLUSIVE:
        pytest.fail(printable(sentence(found)), pytrace=False)
    return found


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A violation is told by its reason, without a traceback through our code."""
    try:
        return (yield)
    except AssertionError as error:
        from harness.console import printable
        from harness.engine.scenario import Violated

        if not isinstance(error, Violated) or pyfuncitem.stash.get(VERDICT, None) is None:
            raise
        reason = printable(str(error))
    pytest.fail(reason, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """What cannot be driven at all ends the session as wrong usage does; a report of it would break other plug-ins."""
    try:
        return (yield)
    except Refused as error:
        sys.stderr.write(f"ERROR: {error}\n")
        pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give the report of a judged item its verdict as plain data, and the evidence to whoever shows it."""
    report = yield
    found = item.stash.get(VERDICT, None)
    if found is None or not (report.when == "call" or (report.when == "setup" and not report.passed)):
        return report
    from harness.console import printable
    from harness.engine.scenario import sentence
    from harness.plugin.attachments import show

    told = printable(sentence(found))
    reason, label = printable(said(found.reason)), said(found.rule.label)
    by = item.stash.get(SUPPRESSED, "")
    setattr(report, KEY, {"outcome": found.outcome.value, "label": label, "sentence": told, "reason": reason, "suppressed": by})
    if report.failed and call.excinfo is not None and isinstance(call.excinfo.value, pytest.fail.Exception):
        report.longrepr = Reason(told)  # type: ignore[assignment] # pytest asks for no more than toterminal
    show(item, report, found)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A failure that came from another process is a plain text: it is our reason again."""
    if hasattr(report, KEY) and report.failed and isinstance(report.longrepr, str):
        report.longrepr = Reason(report.longrepr)  # type: ignore[assignment] # as above


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str | tuple[str, Mapping[str, bool]]] | None:
    """Suspected has a letter and a word of its own; what failed says why, however narrow the terminal is."""
    told = getattr(report, KEY, None)
    if told is None:
        return None
    if report.failed:
        category, word = ("failed", "FAILED") if report.when == "call" else ("error", "ERROR")
        return category, word[0], _because(word, told["sentence"])
    if report.passed and told["outcome"] == "suspected":
        word = said(_("SUSPECTED"))
        return word.lower(), LETTER, (_because(word, told["reason"]), {"yellow": True})
    return None


def _because(word: str, reason: str) -> str:
    return pick(f"{word}（{reason}）", f"{word} ({reason})")
