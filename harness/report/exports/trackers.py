"""Findings as tasks for 禅道, TAPD and Jira: the columns that each imports, and a key by which nobody opens one twice.

Where a name or a word of a column is not in the tracker's own documentation or source, it is marked ``assumed``
(docs/exports.md); whoever imports maps such a column by hand.
"""

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

from harness.console import printable
from harness.errors import FormatError, ScenarioError, why
from harness.events.findings import Outcome
from harness.language import _, pgettext, pick, said
from harness.report.exports.export_table import Cell, Table, lines, shortened
from harness.report.exports.result_rows import Row, device_of, held, name_of, review_words, suppression_words, version_of
from harness.report.report_model import Report
from harness.rules import Rule
from harness.verdicts.finding_evidence import KEY_LENGTH

ZENTAO = ("所属产品", "所属模块", "Bug标题", "关键词", "严重程度", "优先级", "Bug类型", "操作系统", "重现步骤", "影响版本")
TAPD = ("标题", "详细描述", "严重程度", "优先级", "发现版本", "软件平台", "测试类型", "标签")
JIRA = ("Summary", "Issue Type", "Priority", "Description", "Environment", "Labels", "Labels", "Labels", "Labels", "External issue ID")
TITLE_LIMIT, TEXT_LIMIT = 200, 20_000  # characters; the least of what the three keep of a title is 255
PIECE_LIMIT, MOST_FACTS = 2_000, 40
SEVERITIES_TAPD = ("致命", "严重", "一般", "提示")
PRIORITIES_TAPD = ("紧急", "高", "中", "低")
PRIORITIES_JIRA = ("Highest", "High", "Medium", "Low")
_KEY = re.compile(rb"AR-([0-9a-f]{%d})(?![0-9a-f])" % KEY_LENGTH)
_KNOWN_LIMIT = 64 << 20
_ACTIVE = str.maketrans("<>{}[]!|`", "＜＞｛｝［］！｜｀")
"""What makes markup of HTML, of Jira's wiki and of Markdown, and signs that look like it and do nothing."""


def zentao(report: Report, known: Collection[str] = ()) -> Table:
    """Bugs of 禅道; which product they belong to is filled in, or chosen in its import page."""
    found = (
        (
            "",
            "",
            _title(row),
            f"apprights {row.key} {row.verdict.rule.id}",
            row.weight,
            row.weight,
            "标准规范(#standard)",
            "Android(#android)",
            _text(row),
            "主干(#trunk)",
        )
        for row in _new(report, known)
    )
    return Table("zentao", ZENTAO, tuple(found))


def tapd(report: Report, known: Collection[str] = ()) -> Table:
    found = (
        (
            _title(row),
            _text(row),
            SEVERITIES_TAPD[row.weight - 1],
            PRIORITIES_TAPD[row.weight - 1],
            _app_text(version_of(row.app)),
            "Android",
            said(_("compliance")),
            "|".join(_labels(row)),
        )
        for row in _new(report, known)
    )
    return Table("tapd", TAPD, tuple(found))


def jira(report: Report, known: Collection[str] = ()) -> Table:
    """Issues of Jira; a column that is there several times is a field of several values."""
    found: Iterator[tuple[Cell, ...]] = (
        (_title(row), "Bug", PRIORITIES_JIRA[row.weight - 1], _text(row), _app_text(device_of(row.app)), *_labels(row), row.key)
        for row in _new(report, known)
    )
    return Table("jira", JIRA, tuple(found), mark=False)  # its importer takes the mark for a part of the first name


def known_keys(path: Path) -> frozenset[str]:
    """The keys of findings that stand anywhere in a file that a tracker exported: text of any encoding, or XLSX.

    Raises ScenarioError where it is no file, FormatError where it cannot be read.
    """
    if not path.is_file():
        raise ScenarioError(_("--known: {path} is no file: give what the tracker exported", path=str(path)[:200]))
    try:
        return frozenset(key.decode() for data in _contents(path) for key in _KEY.findall(data.replace(b"\0", b"")))
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise FormatError(_("{path}: cannot be read: {reason}", path=str(path)[:200], reason=reason)) from error


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, or of the parts of one that is a ZIP, as XLSX is; a bomb is read up to the limit."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file.read(_KNOWN_LIMIT)
        return
    left = _KNOWN_LIMIT
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                data = part.read(left)
            left -= len(data)
            yield data


def _new(report: Report, known: Collection[str]) -> Iterator[Row]:
    """What is held against an app and is not open already."""
    return (row for row in held(report) if row.finding.key not in known)


def _title(row: Row) -> str:
    """The key, then what is wrong with which app; one line."""
    rule, app = row.verdict.rule, row.app
    label = said(rule.label)
    word = "" if row.finding.outcome is Outcome.VIOLATION else said(_("(suspected) "))
    return shortened(f"[{row.key}] {word}{_one_line(name_of(app))} {_one_line(version_of(app))}{pick('：', ': ')}{label}", TITLE_LIMIT)


def _text(row: Row) -> str:
    """What a developer needs: what happened step by step, what is wrong with it, what to do, and where it is proved."""
    app, verdict, finding = row.app, row.verdict, row.finding
    rule = verdict.rule
    facts = [f"{_app_text(fact.wall)} {_app_text(said(fact.text))}" for fact in finding.facts]
    left = len(facts) - MOST_FACTS
    parts = [
        said(_("Steps")),
        *(f"{number}. {_app_text(said(step))}" for number, step in enumerate(finding.steps, 1)),
        said(_("Result")),
        _app_text(said(finding.reason)),
        *facts[:MOST_FACTS],
        *([said(_("({left} more in the report)", left=left))] if left > 0 else []),
        said(_("Expected")),
        said(rule.advice),
        said(pgettext("trackers", "Rule")),
        _clause(rule),
        said(_("Environment")),
        _app_text(f"{app.app.package} {version_of(app)}, {device_of(app)}"),
        said(pgettext("trackers", "Evidence")),
        f"{row.key}  {_app_text(app.folder)}  {app.manifest}",
        *(f"{picture.path}  {picture.sha256}" for picture in finding.pictures),
        *dict.fromkeys(fact.place for fact in finding.facts if fact.place),
        *(_app_text(words) for words in (suppression_words(verdict), review_words(finding)) if words),
    ]
    return lines(parts, TEXT_LIMIT)


def _clause(rule: Rule) -> str:
    """The rule, with its place in the notice where it has one."""
    if not rule.clause.number:
        return f"{said(rule.clause.label)} ({rule.id})"
    return said(_("clause {number}: {label} ({id})", number=rule.clause.place, id=rule.id, label=rule.clause.label))


def _labels(row: Row) -> tuple[str, str, str, str]:
    """Return the labels by which tasks are found: all of ours, this one, its clause, and how its outcome is meant."""
    suppressed = "-suppressed" if row.verdict.suppressed is not None else ""
    return "apprights", row.key, f"clause-{row.verdict.rule.clause.number}", row.finding.outcome.value + suppressed


def _app_text(text: str) -> str:
    """A text with words of an app, in which no tracker finds markup of its own."""
    return printable(shortened(text, PIECE_LIMIT)).translate(_ACTIVE)


def _one_line(text: str) -> str:
    return " ".join(_app_text(text).split())
