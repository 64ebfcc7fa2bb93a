"""docs/scenes.md says what the rules and scenes say, in both languages."""

import pytest

from tools.scenes_page import PAGES, page


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_up_to_date(language: str) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == page(language), "run: make docs"
