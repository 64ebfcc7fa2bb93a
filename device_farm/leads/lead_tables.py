"""Clues to CSV or XLSX. A text may come from an app: none is run by a spreadsheet; rows are written as they come."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from device_farm.morning.deadlines import clock
from device_farm.morning.page_labels import link
from device_farm.morning.unit_report import report_of
from harness.custody.review_record import Review
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import _, pick, said
from harness.operating_system import renamed
from harness.recording.run_format import not_written
from harness.report.exports.export_table import BYTE_ORDER_MARK, Cell, Table, Warned, as_text
from harness.report.exports.result_rows import MARK, VIRTUAL
from harness.report.exports.xlsx import workbook

if TYPE_CHECKING:
    from device_farm.leads.lead_rows import Lead

MOST_IN_WORKBOOK = 50_000
"""Rows of a workbook, which is made in memory; a CSV has no end."""


def head() -> tuple[str, ...]:
    """The columns, in the language of the run."""
    return (
        *(pick("应用名称", "app"), pick("应用包名", "package"), pick("应用版本", "version"), pick("版本号", "version code")),
        *(pick("签名证书SHA-256（开发者）", "signer (SHA-256 of the certificate)"), pick("应用来源", "store"), pick("城市", "city")),
        *(pick("条", "clause"), pick("所涉问题", "problem"), pick("规则", "rule"), pick("检测项", "what is judged")),
        *(pick("检测结论", "outcome"), pick("发现情况", "what was found"), pick("对象", "part"), "SDK"),
        *(pick("证据根哈希", "root hash of the evidence"), pick("截图哈希", "hash of the picture"), pick("安装包哈希", "hash of the app")),
        *(pick("检测日期", "day of the campaign"), pick("批次", "campaign"), pick("发现时间（北京）", "found at (Beijing)")),
        *(pick("检测设备", "device"), pick("人工复核", "review"), pick("投诉内容", "complaint")),
        *(pick("编号", "key"), pick("检测报告", "report")),
    )


def cells(lead: Lead, folder: Path) -> tuple[Cell, ...]:
    """A row; ``folder`` is where the list lies, so that reports are named from there."""
    return (
        lead.name,
        lead.package,
        lead.version,
        lead.version_code,
        lead.signer,
        lead.store,
        lead.city,
        int(lead.clause) if lead.clause.isdecimal() else lead.clause,
        pick(*lead.problem),
        lead.rule,
        pick(*lead.rule_label),
        _marked(lead, outcome_words(lead.outcome)),
        pick(*lead.reason),
        lead.part if lead.number == 1 else pick(f"{lead.part}（第 {lead.number} 处）", f"{lead.part} (no. {lead.number})"),
        lead.sdk,
        lead.root,
        lead.picture,
        lead.sha256,
        lead.day.isoformat(),
        lead.campaign,
        clock(lead.found_at),
        _marked(lead, lead.phone),
        review_words(lead.review),
        lead.complaint,
        MARK + lead.key,
        report_place(lead.run, folder),
    )


def _marked(lead: Lead, words: str) -> str:
    """Some words, and that no phone was tested where that is so."""
    return Warned(pick(f"{words}（{said(VIRTUAL)}）", f"{words} ({said(VIRTUAL)})")) if lead.virtual else words


def outcome_words(outcome: Outcome) -> str:
    """A violation as such; what is only suspected is said to need a person, so that nobody enters it as proved."""
    if outcome is Outcome.SUSPECTED:
        return pick(f"{outcome.label_zh}（需人工复核）", f"{outcome.label_en} (for a person to look at)")
    return pick(outcome.label_zh, outcome.label_en)


def review_words(review: Review | None) -> str:
    """Say what a person said of a finding; empty where nobody did."""
    if review is None:
        return ""
    word = pick("已确认", "confirmed") if review.decision == "confirmed" else pick("已驳回", "rejected")
    return f"{word} · {review.by} · {review.at[:10]} · {review.reason}"


def report_place(run: str, folder: Path) -> str:
    """The report of a run from ``folder`` where there is one, else the run as the store names it."""
    if not run or run.startswith("artifact:"):
        return run
    report = report_of(Path(run))
    return link(report, folder) if report.is_file() else run


def write_csv(path: Path, head: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> int:
    """Write rows as they come; how many. The file appears when it is whole."""
    count = 0
    with appearing(path) as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(list(head))
        for row in rows:
            writer.writerow([as_text(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
            count += 1
    return count


def write_xlsx(path: Path, name: str, head: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> int:
    """Write a workbook; raises ScenarioError where there are more rows than it may have."""
    from harness.recording.disk import write_atomic

    kept: list[tuple[Cell, ...]] = []
    for row in rows:
        if len(kept) == MOST_IN_WORKBOOK:
            raise ScenarioError(_("more than {most} rows do not fit a workbook: write a .csv", most=MOST_IN_WORKBOOK))
        kept.append(row)
    write_atomic(path, workbook((Table(name, head, tuple(kept)),)))
    return len(kept)


@contextmanager
def appearing(path: Path) -> Iterator[TextIO]:
    """A file to be written, that appears under its name when all of it is there; raises EvidenceError."""
    from harness.recording.disk import flush

    begun = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with begun.open("w", encoding="utf-8", newline="") as file:  # read by whom the umask lets, as every other file
            yield file
            file.flush()
            flush(file.fileno())
        renamed(partial(begun.replace, path))
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        with suppress(OSError):
            begun.unlink(missing_ok=True)
