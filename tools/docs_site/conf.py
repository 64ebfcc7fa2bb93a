"""How Sphinx builds the site: every link and heading is checked, and its search knows Chinese, from a disk too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "AppRights"
copyright = "AppRights contributors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
myst_heading_anchors = 4
nitpicky = True
highlight_language = "none"
html_theme = "furo"
html_title = "AppRights"
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # it fetches pages, which a browser does not do from a disk


class Words(SearchEnglish):  # type: ignore[misc] # Sphinx is in an environment of its own
    """English words, and of Chinese each two signs that stand side by side: nothing marks where a word ends."""

    js_splitter_code = """
function splitQuery(query) {
  return Array.from(query.matchAll(/[\\u4e00-\\u9fff]+|[^\\W]+(?:[-_][^\\W]+)*/gu)).flatMap(([run]) =>
    /[\\u4e00-\\u9fff]/.test(run) && run.length > 1 ? Array.from(run).slice(1).map((sign, n) => run[n] + sign) : [run]);
}
"""
    _runs = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9_]+(?:[-_][A-Za-z0-9_]+)*")

    def split(self, input: str) -> list[str]:
        """Return the words of a text as ``splitQuery`` does those of a query."""
        found = []
        for run in self._runs.findall(input):
            found += [run[n : n + 2] for n in range(len(run) - 1)] if run[0] >= "\u4e00" and len(run) > 1 else [run]
        return found


def setup(app: Sphinx) -> None:
    """Search with our words."""
    app.add_search_language(Words)
