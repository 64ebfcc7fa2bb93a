"""XLSX: every text is typed as text, so that nothing an app wrote is run, and equal reports are equal bytes."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from harness.console import printable
from harness.report.exports.export_table import Cell, Table, Warned, shortened
from harness.report.exports.office_zip import NOTICE_DAY, without_times

ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet reads as a sign by its number, such as ``_x001B_``; its underscore is written by its own."""
WIDEST, NARROWEST = 60, 8  # characters of a column
_UNFIT_FOR_SHEET = re.compile(r"[\[\]:*?/\\]")


def workbook(tables: Sequence[Table], issued: date = NOTICE_DAY, made_with: str = "") -> bytes:
    """A workbook with a sheet for each table: its head stays in sight and filters."""
    book = Workbook(write_only=True)
    for table in tables:
        _fill(book.create_sheet(_UNFIT_FOR_SHEET.sub(" ", table.name)[:31]), table)
    book.properties.creator = "AppRights"
    book.properties.created = book.properties.modified = datetime(issued.year, issued.month, issued.day)  # noqa: DTZ001 # a day
    out = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(out, "w")).save()  # book.save would make it modified now
    return without_times(out.getvalue(), made_with)


def _fill(sheet: WriteOnlyWorksheet, table: Table) -> None:
    widths = [max(NARROWEST, min(WIDEST, width)) for width in _widths(table)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0  # as many pages down as it takes, one across
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    last = get_column_letter(len(table.head))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    sheet.append([_cell(sheet, name, head=True) for name in table.head])
    for row in table.rows:
        sheet.append([_cell(sheet, cell) for cell in row])


def _cell(sheet: WriteOnlyWorksheet, value: Cell, *, head: bool = False) -> WriteOnlyCell:
    """A cell; a text stays one, also when somebody edits it."""
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = ESCAPED.sub("_x005F_", printable(shortened(value)))
        cell.data_type = "s"  # of what begins with an equals sign openpyxl would make a formula
        cell.quotePrefix = True
    else:
        cell.value = value
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, Warned):
        cell.font = Font(bold=True, color="C62828")
    if head:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
    return cell


def _widths(table: Table) -> Iterable[int]:
    """How wide each column would be; a Chinese sign is two."""
    for column, name in enumerate(table.head):
        texts = [name, *(str(row[column]) for row in table.rows if row[column] is not None)]
        longest = (max(text[:WIDEST].splitlines() or [""], key=len) for text in texts)
        yield 2 + max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in longest)
