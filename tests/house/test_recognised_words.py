"""What recognises a screen reads its words from the files of words, so that a tester's own reach all of them."""

import ast
import re
from pathlib import Path

HARNESS = Path(__file__).parents[2] / "harness"
ROOMS = ("adverts", "detectors", "dialogs", "explorer", "maps", "pages", "session")
CHINESE = re.compile(r"(?!丨)[\u3400-\u9fff]")  # 丨 stands for a bar
WRITTEN = {
    "dialogs/pixel_nodes.py": {"关闭"},  # the description that we give a painted cross
    "session/view_actions.py": {"测试AppRights"},  # what we type into a field
}
"""Words that are written and recognise nothing."""


def words_in(module: Path) -> set[str]:
    """The Chinese texts of a module; a text that stands alone is a docstring."""
    tree = ast.parse(module.read_text("utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in alone)
    return {text.value for text in texts if isinstance(text.value, str) and CHINESE.search(text.value)}


def test_no_word_that_recognises_a_screen_stands_in_python() -> None:
    modules = {path.relative_to(HARNESS).as_posix(): path for room in ROOMS for path in (HARNESS / room).rglob("*.py")}
    found = {name: words for name, path in modules.items() if (words := words_in(path))}
    assert found == WRITTEN
