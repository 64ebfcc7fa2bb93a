"""Whatever an app plants is text in each table and form, and can be written, and is still there."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from harness.report.exports.export_table import MOST_IN_CELL, Table, csv_text
from harness.report.exports.junit import report_junit
from harness.report.exports.sheets import conclusions, findings, thresholds
from harness.report.exports.xlsx import workbook
from harness.report.output_formats import KINDS, TRACKERS, Choice
from harness.report.report_model import Report
from tests.hostile.strings import CANARY, HOSTILE, LONG, MILLION, formulas, steering
from tests.unit.exports.conftest import planted

MARKUP = re.compile(r"<[a-zA-Z!/?]|\{code\}|!http|\[~|\]\(javascript")


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) for cell in row]


@pytest.mark.parametrize("kind", KINDS)
def test_in_every_table_it_is_text(report: Report, kind: str) -> None:
    for name, text in HOSTILE.items():
        table = Choice(kind).of(planted(report, text))
        written = csv_text(table)
        written.encode("utf-8")
        assert steering(written.replace("\r\n", "\n")) == [], name
        rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
        assert (len(rows), {len(row) for row in rows}) == (len(table.rows) + 1, {len(table.head)}), name
        assert formulas(cell for row in rows for cell in row) == [], name
        assert CANARY in written, name
        if kind in TRACKERS:
            assert MARKUP.findall(written) == [], name


def test_in_junit_it_is_text(report: Report) -> None:
    for name, text in HOSTILE.items():
        written = report_junit(planted(report, text))
        written.encode("utf-8")
        assert steering(written) == [], name
        tree = ElementTree.fromstring(written)
        assert {element.tag for element in tree.iter()} <= {
            *("testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped")
        }, name
        assert any(CANARY in value for element in tree.iter() for value in element.attrib.values()), name


def test_in_a_workbook_it_is_a_text_and_no_formula(report: Report) -> None:
    told = planted(report, HOSTILE["formula: link"])
    every = Table("every one", ("name", "text"), tuple(HOSTILE.items()))
    book = load_workbook(io.BytesIO(workbook((every, conclusions(told), findings(told), thresholds(told), Choice("bulletin").of(told)))))
    filled = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in filled} == {"s", "n"}
    assert [cell.value for cell in filled if cell.data_type == "s" and steering(cell.value)] == []
    assert all(cell.quotePrefix for cell in filled if cell.data_type == "s")
    shown = [str(row[1].value) for row in book["every one"].iter_rows(min_row=2)]
    assert [name for name, text in zip(HOSTILE, shown, strict=True) if CANARY not in text] == []


@pytest.mark.parametrize("name", LONG)
def test_a_million_signs_are_cut_where_a_cell_ends_and_counted(report: Report, name: str) -> None:
    told = planted(report, LONG[name])
    for kind in KINDS:
        longest = max(cells(csv_text(Choice(kind).of(told))), key=len)
        assert len(longest) <= MOST_IN_CELL
        assert kind in TRACKERS or re.search(r"…\(\+\d{6}\)$", longest)
    data = workbook((findings(told),))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
    assert len(report_junit(told)) < MILLION


def test_what_a_spreadsheet_reads_as_a_sign_by_its_number_stays_what_it_is(report: Report) -> None:
    data = workbook((findings(planted(report, "a_x001B_b_X0041_c_x003D_1")),))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = "".join(archive.read(each).decode() for each in archive.namelist() if "sheet1" in each or "shared" in each)
    assert "a_x005F_x001B_b_X0041_c_x005F_x003D_1" in inside
