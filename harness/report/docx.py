"""A Word document, block by block: headings, tables, pictures with captions, lines to sign, "page x of y".

Text of an app is text here too: signs that XML forbids or that turn words round are replaced, and what is endless is
cut. The same blocks give the same bytes: the library's times are taken out.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.image import Image
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell

from harness.console import printable
from harness.language import Text, _, said
from harness.report.exports.office_zip import NOTICE_DAY, without_times

LATIN, SONG, FANGSONG, HEI = "Times New Roman", "宋体", "仿宋", "黑体"
"""Fonts of official papers, by the names under which Word has them: text, tables, headings."""
PAGE_MM = (210, 297)
SIDE_MM, TOP_MM = 22, 24
WIDE_MM = PAGE_MM[0] - 2 * SIDE_MM
MOST_SIGNS = 2000
"""Of one text: an app may have a label of a megabyte."""
SIGNED = (_("Tested by"), _("Reviewed by"), _("Approved by"))
_SHADE, _LINE = "F2F4F7", "8A94A0"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: the bytes of a JPEG or PNG, what stands below it, and how wide and high it may be in millimetres."""

    data: bytes
    caption: str
    wide: float = 50
    high: float = 95


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of a cell that is not plain."""

    text: str
    bold: bool = False
    small: bool = False
    colour: str = ""  # RRGGBB


Part = str | Words | Shot
Cell = Part | tuple[Part, ...]
"""What stands in a cell: one paragraph or picture, or several."""


class Paper:
    """A4, upright; ``head`` stands over each page."""

    def __init__(self, title: str, head: str = "", issued: date = NOTICE_DAY) -> None:
        """Nothing is in it but its title; ``issued`` is the day that the file has as its own."""
        self._document: Any = Document()
        relations = self._document.part.package.rels
        for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
            del relations[key]  # the picture of the library's own document
        self._page(head or title)
        self._fonts()
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = fit(title)[:250], "AppRights", ""
        properties.created = properties.modified = datetime(issued.year, issued.month, issued.day)  # noqa: DTZ001 # a day
        properties.last_modified_by, properties.revision = "AppRights", 1
        name = self._document.add_paragraph(fit(title), style="Title")
        name.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(fit(text), level)

    def paragraph(self, text: str, *, bold: bool = False, small: bool = False, colour: str = "", kept: bool = False) -> None:
        """A paragraph of text, ``kept`` on the page of what follows it."""
        made = self._document.add_paragraph()
        made.paragraph_format.keep_with_next = kept or None
        _write(made, Words(text, bold, small, colour))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]], shares: Sequence[float] = ()) -> None:
        """A table; its head is repeated on each page. ``shares`` are the columns' parts of the width."""
        widths = _widths(shares or [1] * len(head))
        table = self._grid(len(head), widths)
        _fill(table.add_row(), [Words(text, bold=True, small=True) for text in head], widths, shaded=range(len(head)))
        _flag(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for row in rows:
            _fill(table.add_row(), row, widths)
        self._gap()

    def pairs(self, rows: Iterable[tuple[str, Cell]], share: float = 0.24) -> None:
        """Names and their values, a row each."""
        widths = _widths((share, 1 - share))
        table = self._grid(2, widths)
        for name, value in rows:
            _fill(table.add_row(), [Words(name, bold=True, small=True), value], widths, shaded=(0,))
        self._gap()

    def form(self, rows: Iterable[Sequence[tuple[Cell, int]]], columns: int = 8) -> None:
        """A form: each row has cells that each span some of the columns; a text alone that is Words.bold is a head."""
        widths = _widths([1] * columns)
        table = self._grid(columns, widths)
        for number, row in enumerate(rows):
            line, place = table._tbl.add_tr(), 0
            _flag(line.get_or_add_trPr(), "w:cantSplit")
            heads = all(isinstance(value, Words) and value.bold for value, _ in row)
            for value, span in row:
                cell = _Cell(line.add_tc(), table)  # the library's own way to span columns is slow: it joins cells
                cell._tc.grid_span, cell.width = span, Emu(sum(widths[place : place + span]))
                _into(cell, value)
                if isinstance(value, Words) and value.bold:
                    _shade(cell)
                for paragraph in cell.paragraphs if heads or number == 0 else ():
                    paragraph.paragraph_format.keep_with_next = True  # a form does not begin at the foot of a page
                place += span
        self._gap()

    def pictures(self, shots: Sequence[Shot], beside: int = 3) -> None:
        """Pictures beside each other, each with its caption."""
        for first in range(0, len(shots), beside):
            row = shots[first : first + beside]
            widths = _widths([1] * beside)
            table = self._grid(beside, widths, lined=False)
            _fill(table.add_row(), [*row, *[""] * (beside - len(row))], widths)
        if shots:
            self._gap()

    def signatures(self, names: Sequence[Text] = SIGNED) -> None:
        """Lines to sign, each with a date, and the place of a seal."""
        name, day = "_" * 24, "_" * 14
        for what in names:
            self.paragraph(said(_("{what}: {name}  Date: {day}", what=what, name=name, day=day)))
            lines = self._document.paragraphs[-1].paragraph_format
            lines.keep_with_next, lines.space_before = True, Pt(14)
        self.paragraph(said(_("Seal:")))

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self._document.add_page_break()

    def to_bytes(self, made_with: str = "") -> bytes:
        """The file, with the block of its provenance; the same blocks give the same bytes."""
        made = io.BytesIO()
        self._document.save(made)
        return without_times(made.getvalue(), made_with)

    def _grid(self, columns: int, widths: Sequence[int], *, lined: bool = True) -> Any:
        table = self._document.add_table(rows=0, cols=columns)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        if lined:
            table.style = "Table Grid"
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table

    def _gap(self) -> None:
        """Between a table and what follows: Word joins tables that touch."""
        gap = self._document.add_paragraph()
        gap.paragraph_format.space_after = Pt(2)
        gap.paragraph_format.line_spacing = Pt(8)

    def _page(self, head: str) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
        section.left_margin = section.right_margin = Mm(SIDE_MM)
        section.top_margin = section.bottom_margin = Mm(TOP_MM)
        top = section.header.paragraphs[0]
        top.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(top, Words(head, small=True, colour="5B6675"))
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text, field in zip(said(_("Page | of |")).split("|"), ("PAGE", "NUMPAGES", ""), strict=True):
            foot.add_run(text).font.size = Pt(9)
            if field:
                _field(foot, field)

    def _fonts(self) -> None:
        styles = self._document.styles
        for name, east, size in (
            ("Normal", FANGSONG, 11.0),
            ("Title", HEI, 20.0),
            ("Heading 1", HEI, 15.0),
            ("Heading 2", HEI, 12.5),
            ("Heading 3", HEI, 11.0),
            ("Header", SONG, 9.0),
            ("Footer", SONG, 9.0),
        ):
            style = styles[name]
            style.font.name, style.font.size = LATIN, Pt(size)
            style.font.color.rgb = RGBColor(0x1C, 0x24, 0x30)
            _east(style.element.get_or_add_rPr(), east)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        styles["Title"].paragraph_format.space_after = Pt(10)
        for border in styles["Title"].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
        language = OxmlElement("w:lang")
        for key, value in (("w:val", "en-GB"), ("w:eastAsia", "zh-CN")):
            language.set(qn(key), value)
        properties = styles["Normal"].element.get_or_add_rPr()
        properties.append(language)


def fit(text: str) -> str:
    """A text as a document may hold it, in the language of the run: no sign that XML forbids or that steers, no end."""
    text = said(text)
    if len(text) > MOST_SIGNS:
        text = text[:MOST_SIGNS] + said(_("... ({count} signs, cut)", count=len(text)))
    return printable(text)


def _write(paragraph: Any, words: Words, east: str = "") -> None:
    run = paragraph.add_run(fit(words.text))
    run.bold = words.bold or None
    if words.small:
        run.font.size = Pt(9)
    if words.colour:
        run.font.color.rgb = RGBColor.from_string(words.colour)
    if east:
        run.font.name = LATIN
        _east(run._r.get_or_add_rPr(), east)


def _fill(row: Any, cells: Sequence[Cell], widths: Sequence[int], shaded: Iterable[int] = ()) -> None:
    places = set(shaded)
    for number, (cell, value, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
        cell.width = width
        _into(cell, value)
        if number in places:
            _shade(cell)


def _into(cell: Any, value: Cell) -> None:
    """Put paragraphs and pictures into a cell, the first one into the paragraph that each cell has."""
    parts = value if isinstance(value, tuple) else (value,)
    texts = [part for part in parts if not isinstance(part, Shot)]
    for number, part in enumerate(texts):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _write(paragraph, part if isinstance(part, Words) else Words(part), SONG)
    shots = [part for part in parts if isinstance(part, Shot)]
    if len(shots) == 1 and not texts:
        _shot(cell, shots[0])
    elif shots:
        inner = cell.add_table(rows=1, cols=max(2, len(shots)))
        for place, shot in zip(inner.rows[0].cells, shots, strict=False):
            _shot(place, shot)
        cell.add_paragraph().paragraph_format.line_spacing = Pt(4)  # a cell ends with a paragraph


def _shot(cell: Any, shot: Shot) -> None:
    """A picture and its caption as all that a cell has."""
    _draw(cell.paragraphs[0], shot)
    below = cell.add_paragraph()
    below.paragraph_format.space_after, below.paragraph_format.line_spacing = Pt(2), Pt(10)
    _write(below, Words(shot.caption, small=True, colour="5B6675"), SONG)
    below.runs[0].font.size = Pt(7.5)


def _draw(paragraph: Any, shot: Shot) -> None:
    size = Image.from_blob(shot.data)
    wide, high = size.px_width, size.px_height
    scale = min(shot.wide / wide, shot.high / high)
    drawn = paragraph.add_run().add_picture(io.BytesIO(shot.data), width=Mm(wide * scale))
    drawn._inline.docPr.set("descr", fit(shot.caption)[:250])
    paragraph.paragraph_format.keep_with_next = True


def _widths(shares: Sequence[float]) -> list[int]:
    return [int(Mm(WIDE_MM * share / sum(shares))) for share in shares]


def _east(properties: Any, name: str) -> None:
    """The font of Chinese signs; a theme's name would go before ours."""
    fonts = properties.get_or_add_rFonts()
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)
    fonts.set(qn("w:eastAsia"), name)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _SHADE)):
        shade.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _flag(parent: Any, name: str) -> None:
    parent.append(OxmlElement(name))


def _field(paragraph: Any, instruction: str) -> None:
    """A number that Word works out: this page, all pages."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
