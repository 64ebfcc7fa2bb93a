"""The privacy policy that a tester gives as a file: ``check`` and ``apk`` read the same forms and refuse the same."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.policies.html_text import html_text
from harness.policies.policy_file import POLICY_LIMIT, read_policy

TEXT = "隐私政策\n第三方 SDK:个推\n"
ROWS = [("SDK名称", "公司", "目的"), ("个推", "每日互动", "推送")]
TABLE = "SDK名称\t公司\t目的\n个推\t每日互动\t推送"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_policy_is_read_as_editors_save_it(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "policy.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode(encoding))
    assert read_policy(path) == TEXT


def test_a_sentence_and_a_row_that_were_broken_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text("我们接入了推送\nSDK，收集设备信息、\n**应用信息**\n。用于推送  \n- 相机\nSDK名称\n|\n公司\n|\n目的\n", "utf-8")
    assert read_policy(path) == "我们接入了推送SDK，收集设备信息、**应用信息**。用于推送  \n- 相机\nSDK名称\t公司\t目的\n"


def test_a_cell_of_two_lines_is_one_and_a_part_of_a_sign_is_the_sign(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text("个推\n|\n每\u2f47\n互动\n|\n推送\n\n极光\n|\n某某\n|\n统计  \n以上\n", "utf-8")
    assert read_policy(path) == "个推\t每日 互动\t推送\n\n极光\t某某\t统计\n以上\n"


def test_an_english_policy_in_utf_16_without_a_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    for encoding in ("utf-16-le", "utf-16-be"):
        path.write_bytes("Privacy policy".encode(encoding))
        assert read_policy(path) == "Privacy policy"


def test_tables_are_rows_whatever_the_file(tmp_path: Path) -> None:
    page = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in ROWS)
    (tmp_path / "policy.html").write_text(f"<html><body><table>{page}</table></body></html>", "utf-8")
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "policy.docx"))
    (tmp_path / "policy.markdown").write_text(
        "\n".join([f"| {' | '.join(ROWS[0])} |", "| --- | --- | --- |", f"| {' | '.join(ROWS[1])} |"]), "utf-8"
    )
    for name in ("policy.html", "policy.docx", "policy.markdown"):
        assert read_policy(tmp_path / name) == TABLE, name


def test_a_cell_over_several_rows_or_columns_stands_in_each() -> None:
    spans = "<table><tr><td rowspan=2>甲</td><td>一</td></tr><tr><td>二</td></tr><tr><td colspan=2>共</td></tr></table>"
    assert html_text(spans) == "甲\t一\n甲\t二\n共\t共"


def test_a_link_keeps_its_address_and_a_script_says_nothing() -> None:
    page = '<p>见<a href="https://a.example/p">隐私政策</a></p><script>var x = "收集";</script>'
    assert html_text(page) == "见隐私政策（https://a.example/p）"


def pdf(text: str) -> bytes:
    """A PDF of one page with this Latin text, as few objects as there may be."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode() if text else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return whole + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(whole)


def test_a_pdf_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.pdf"
    path.write_bytes(pdf("Privacy policy"))
    assert read_policy(path) == "Privacy policy"


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP = b"<w:document " + W + b"><w:body>" + b"<w:sdt>" * 5000 + b"</w:sdt>" * 5000 + b"</w:body></w:document>"
BOMB = zipped("word/document.xml", b"\0" * 1000).replace((1000).to_bytes(4, "little"), (80 << 20).to_bytes(4, "little"))
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(range(128, 256)) * 4, "no text in UTF-8, UTF-16 or GB18030"),
        (TEXT.encode("utf-16")[:-1], "no text in UTF-8, UTF-16 or GB18030"),
        (b"PK\x03\x04\0\0\0", "not a zip|truncated|no zip"),
        (zipped("a.txt", b"x"), "a zip archive and no Word document"),
        (BOMB, "unpacked, more than"),
        (zipped("word/document.xml", ENTITIES), "a damaged Word document"),
        (zipped("word/document.xml", b"<a>"), "a damaged Word document"),
        (zipped("word/document.xml", DEEP), "a damaged Word document"),
        (b"%PDF-1.4\ngarbage", "a damaged PDF"),
        (pdf(""), "no words in it"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", r"\(\.doc\)"),
        (b"", "no words in it"),
        (b"<html><body><img src='p.png'><p> </p></body></html>", "no words in it"),
        (b"a" * (POLICY_LIMIT + 1), "larger than 4 MiB"),
    ],
    ids=["another encoding", "half a character", "a broken archive", "an archive", "a bomb", "entities", "no document", "too deep",
         "a broken pdf",
         "a pdf of pictures", "a picture", "an old word document", "empty", "a page with a picture", "too large"],
)  # fmt: skip
def test_what_is_no_policy_is_refused_in_one_line_that_names_the_file(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "policy.doc"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=said) as refusal:
        read_policy(path)
    assert path.name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_policy(tmp_path / "absent")


@pytest.fixture(scope="module")
def wholes() -> list[bytes]:
    document = docx.Document()
    document.add_paragraph("隐私政策")
    buffer = io.BytesIO()
    document.save(buffer)
    return [pdf("Privacy"), buffer.getvalue(), "<table><tr><td>隐私政策</td></tr>".encode()]


@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(wholes: list[bytes], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    whole = bytearray(data.draw(st.sampled_from(wholes)))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("policy") / "policy"
    path.write_bytes(bytes(whole))
    with suppress(FormatError):
        assert read_policy(path)
