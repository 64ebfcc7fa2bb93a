"""A page on paper: A4, page x of y, running heads, pictures; nothing of the screen's controls."""

import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from harness.errors import HarnessError
from harness.report import pdf
from tests.browser.made_pages import Made

MM = 72 / 25.4


@pytest.fixture(scope="module")
def printed(runs: Made) -> PdfReader:
    """Three apps thrice over: more than are shown unfolded on a screen."""
    if pdf.program() is None:
        pytest.skip("no Chromium on this machine")
    output = runs.folder / "many.pdf"
    output.write_bytes(pdf.pdf_of(runs.page("many", times=3).read_text("utf-8")))
    return PdfReader(output)


@pytest.fixture(scope="module")
def texts(printed: PdfReader) -> list[str]:
    """What each page says; some 200 pages take seconds to read."""
    return [_plain(page.extract_text()) for page in printed.pages]


def test_it_is_a4_and_each_page_says_which_of_how_many(printed: PdfReader, texts: list[str]) -> None:
    count = len(printed.pages)
    assert count > 9
    for number, (page, text) in enumerate(zip(printed.pages, texts, strict=True), 1):
        assert [round(float(side) / MM) for side in (page.mediabox.width, page.mediabox.height)] == [210, 297]
        assert f"第 {number} 页,共 {count} 页" in text


def test_each_app_is_named_at_the_head_of_its_pages(runs: Made, texts: list[str]) -> None:
    assert all("检测报告" in text for text in texts)
    for app in runs.apps:
        assert sum(f"· {app.app.package}" in text for text in texts) >= 6


def test_folded_apps_are_printed_and_the_controls_are_not(runs: Made, texts: list[str]) -> None:
    text = "".join(texts)
    accused = [verdict for app in runs.apps for verdict in app.verdicts if verdict.outcome.value == "violation"]
    assert text.count("整改建议") >= 3 * len(accused) > 0
    assert "筛选" not in text
    assert "放大" not in text


def test_pictures_are_printed(printed: PdfReader) -> None:
    assert sum(len(page.images) for page in printed.pages) >= 3


@pytest.mark.skipif(pdf.program() is None, reason="no Chromium on this machine")
def test_in_english_it_is_counted_in_english(runs: Made) -> None:
    output = runs.folder / "english.pdf"
    output.write_bytes(pdf.pdf_of(runs.page("english", language="en").read_text("utf-8")))
    assert "page 2 of" in PdfReader(output).pages[1].extract_text()


def test_without_a_browser_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(pdf, "WHERE", ())
    with pytest.raises(HarnessError, match="print that in any browser"):
        pdf.pdf_of("<p>")


@pytest.mark.parametrize(
    ("script", "seconds", "words"),
    [("echo it broke >&2; exit 3", 60, "printed no PDF: it broke"), ("exec sleep 60", 1, "did not print within 1 s")],
)
def test_a_browser_that_prints_nothing_or_hangs_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, seconds: int, words: str
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n{script}\n")
    browser.chmod(0o755)
    monkeypatch.setattr(pdf, "need_program", lambda: str(browser))
    monkeypatch.setattr(pdf, "SECONDS", seconds)
    with pytest.raises(HarnessError, match=words):
        pdf.pdf_of("<p>")
    assert not (tmp_path / "x.pdf").exists()


def _plain(text: str) -> str:
    """The text of a page, with the characters themselves for the radicals that a PDF has in place of some."""
    return re.sub(r" +", " ", unicodedata.normalize("NFKC", text).translate({0x2EDA: "页"}))
