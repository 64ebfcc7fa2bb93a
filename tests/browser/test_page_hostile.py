"""A page of which every text is hostile: it is shown as text, asks for nothing, and stays the page that it was."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from harness.report.html import render_html
from harness.report.report_model import Report
from harness.report.report_pictures import EmbeddedPicture
from harness.rules import Rule
from tests.browser.conftest import Opener
from tests.browser.made_pages import Made, speaking
from tests.hostile.strings import CANARY, HOSTILE, LONG

OURS = (Rule, EmbeddedPicture)
"""What no app writes: our catalogue, and pictures as addresses of data that we made."""
PLACES = {"anchor", "page", "path"}
"""Names that parts of a page know each other by."""


def planted(value: Any, texts: Iterator[str]) -> Any:
    """The same with a hostile text behind every text of a model, however deep."""
    if isinstance(value, (Enum, *OURS)):
        return value
    if isinstance(value, str):
        return value + next(texts)
    if isinstance(value, tuple | list):
        parts = [planted(part, texts) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    if isinstance(value, dict):
        return {key: planted(part, texts) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.init and field.name not in PLACES]
        return replace(value, **{name: planted(getattr(value, name), texts) for name in names})
    return value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_text_of_a_page_is_text(runs: Made, open_page: Opener, tmp_path: Path, language: str) -> None:
    texts = cycle(HOSTILE.values())
    report = Report(tuple(planted(app, texts) for app in runs.apps))
    path = tmp_path / "report.html"
    with speaking(language):
        path.write_text(render_html(report), "utf-8")
    opened = open_page(path)
    opened.check_quiet()
    page = opened.page
    assert "AppRights" in page.title()
    assert page.locator("#planted, script, iframe, object, embed, form, base, meta[http-equiv=refresh]").count() == 0
    assert page.locator("[onerror], [onload], [onfocus], [onmouseover]").count() == 0
    assert page.locator("h2").first.is_visible()
    addresses = page.eval_on_selector_all("[href], [src]", "all => all.map(one => one.getAttribute('href') || one.getAttribute('src'))")
    assert [address for address in addresses if not address.startswith(("#", "data:image/"))] == []
    assert (page.text_content("body") or "").count(CANARY) > 1000


def test_texts_of_a_million_signs_are_cut(runs: Made, open_page: Opener, tmp_path: Path) -> None:
    """They neither fill the disk nor keep a browser busy for minutes."""
    (first, *_) = runs.apps
    long = cycle(LONG.values())
    app = replace(
        first,
        app=replace(first.app, label=next(long), version_name=next(long)),
        problems=((next(long), next(long)),),
        device={name: next(long) for name in first.device},
    )
    path = tmp_path / "report.html"
    path.write_text(render_html(Report((app,))), "utf-8")
    assert path.stat().st_size < 4_000_000
    opened = open_page(path, width=390)
    opened.check_quiet()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
