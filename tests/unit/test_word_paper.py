"""The blocks of a Word document: what stands in the file that Word opens."""

import io
import re
import zipfile

import cv2
import docx
import numpy as np
import pytest
from docx.oxml.ns import qn

from harness.report.docx import MOST_SIGNS, Paper, Shot, Words


def jpeg(width: int = 90, height: int = 160) -> bytes:
    return bytes(cv2.imencode(".jpg", np.full((height, width, 3), 200, np.uint8))[1].tobytes())


def paper() -> Paper:
    made = Paper("整改情况对照表", head="省钱券包 5.1.0")
    made.heading("一、基本信息")
    made.pairs([("应用", "省钱券包"), ("图", (Shot(jpeg(), "拒绝前"), "说明"))])
    made.table(("问题", "结果"), [("自启动", Words("已整改", bold=True))], (3, 1))
    made.pictures([Shot(jpeg(), f"图 {number}") for number in range(4)])
    made.form([[(Words("整改前", bold=True), 4), (Words("整改后", bold=True), 4)], [("退出", 4), ("不退出", 4)]])
    made.signatures()
    return made


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode("utf-8") for name in file.namelist() if name.endswith((".xml", ".rels"))}


def test_the_same_blocks_are_the_same_bytes() -> None:
    assert paper().to_bytes() == paper().to_bytes()


def test_a_reader_finds_headings_tables_pictures_and_lines_to_sign() -> None:
    read = docx.Document(io.BytesIO(paper().to_bytes()))
    assert [each.text for each in read.paragraphs if each.style is not None and each.style.name == "Heading 1"] == ["一、基本信息"]
    assert [cell.text for cell in read.tables[1].rows[1].cells] == ["自启动", "已整改"]
    assert len(read.inline_shapes) == 5
    text = "\n".join(each.text for each in read.paragraphs)
    assert text.index("Tested by") < text.index("Reviewed by") < text.index("Approved by") < text.index("Seal")
    assert all(shape._inline.docPr.get("descr") for shape in read.inline_shapes)
    assert read.tables[-1].rows[0].cells[0]._tc is read.tables[-1].rows[0].cells[1]._tc


def test_no_picture_is_higher_or_wider_than_it_may_be() -> None:
    made = Paper("x")
    made.pictures([Shot(jpeg(90, 2000), "high", 50, 90), Shot(jpeg(2000, 90), "wide", 50, 90)])
    sizes = [(shape.width.mm, shape.height.mm) for shape in docx.Document(io.BytesIO(made.to_bytes())).inline_shapes]
    assert all(wide <= 50.1 and high <= 90.1 for wide, high in sizes)


def test_word_has_chinese_fonts_and_counts_the_pages() -> None:
    files = parts(paper().to_bytes())
    assert 'w:eastAsia="仿宋"' in files["word/styles.xml"]
    assert 'w:eastAsia="宋体"' in files["word/document.xml"]
    footer = next(text for name, text in files.items() if "footer" in name and name.endswith(".xml"))
    shown = re.findall(r'<w:t[^>]*>([^<]+)</w:t>|w:instr="(\w+)"', footer)
    assert [text.strip() or field for text, field in shown] == ["Page", "PAGE", "1", "of", "NUMPAGES", "1"]
    read = docx.Document(io.BytesIO(paper().to_bytes()))
    assert read.tables[1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert read.sections[0].header.paragraphs[0].text == "省钱券包 5.1.0"


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1b[31m", "\ud800", "\ufffe", "\u202e", "\u2066", "\x85"])
def test_signs_that_xml_forbids_or_that_steer_are_replaced(sign: str) -> None:
    made = Paper(f"a{sign}b", head=f"c{sign}d")
    made.paragraph(f"e{sign}f")
    made.table([f"g{sign}h"], [[f"<w:p>&{sign}"]])
    read = docx.Document(io.BytesIO(made.to_bytes()))
    shown = "".join(each.text for each in read.paragraphs) + read.tables[0].rows[1].cells[0].text + read.core_properties.title
    assert sign not in shown
    assert "\N{REPLACEMENT CHARACTER}" in shown
    assert "<w:p>&" in read.tables[0].rows[1].cells[0].text


def test_a_megabyte_is_cut_and_a_formula_is_text() -> None:
    made = Paper("x")
    made.paragraph("字" * 1_000_000)
    made.paragraph('=cmd|"/c calc"!A1')
    read = docx.Document(io.BytesIO(made.to_bytes()))
    assert len(read.paragraphs[1].text) < MOST_SIGNS + 60
    assert "1000000" in read.paragraphs[1].text
    assert read.paragraphs[2].text == '=cmd|"/c calc"!A1'
