"""Texts for people in the code: marked by ``_()``, and punctuated as each language is."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools import language as catalogue

ROOT = Path(__file__).parents[2]
PACKAGES = ("harness", "scenarios", "device_farm")
QUOTES_THE_APP = ("harness/dialogs/", "harness/maps/action_selection.py", "harness/pages/", "device_farm/virtual/apps/")
"""Files whose Chinese is what apps and phones say."""
HALF = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]")


@cache
def sources() -> dict[str, str]:
    """Every module of ours, by its path."""
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files}


@cache
def parsed(name: str) -> ast.Module:
    return ast.parse(sources()[name])


def modules(mention: re.Pattern[str]) -> Iterator[tuple[str, ast.Module]]:
    """The modules that have something like ``mention`` in them: to walk through all takes ten seconds."""
    return ((name, parsed(name)) for name, text in sources().items() if mention.search(text))


@cache
def errors() -> frozenset[str]:
    """The names of HarnessError and of all that are made from it."""
    bases = [re.findall(r"\w+", line) for text in sources().values() for line in re.findall(r"^class (\w+\(.*\)):", text, re.MULTILINE)]
    found = {"HarnessError"}
    while more := {name for name, *its in bases if name not in found and found.intersection(its)}:
        found |= more
    return frozenset(found)


def named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def unmarked(text: ast.expr, known: dict[str, list[ast.expr]]) -> bool:
    """Whether an expression says something in words that ``_()`` does not mark; ``known`` is what names stand for."""
    match text:
        case ast.Constant(value=str(words)):
            return WORDS.search(words) is not None
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            return unmarked(left, known) or unmarked(right, known)
        case ast.BoolOp(values=values):
            return any(unmarked(value, known) for value in values)
        case ast.IfExp(body=body, orelse=other):
            return unmarked(body, known) or unmarked(other, known)
        case ast.Call(func=ast.Name(id="str")):
            return True  # an error's own text is ``text_of(error)``
        case ast.Name(id=name):
            return any(unmarked(value, {}) for value in known.get(name, ()))
    return False


def told(call: ast.Call) -> list[ast.expr]:
    """The arguments of an error that are words for people; what a device answered to a command is not ours."""
    if named(call.func) == "CommandFailed":
        return [] if len(call.args) < 3 or isinstance(call.args[2], ast.Call) else call.args[2:]
    return call.args


def unmarked_errors(tree: ast.Module) -> Iterator[int]:
    """The lines on which an error of ours is made with words that nothing marks."""
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        nodes = list(ast.walk(scope))
        calls = [node for node in nodes if isinstance(node, ast.Call) and named(node.func) in errors()]
        known: dict[str, list[ast.expr]] = {}
        for node in nodes if calls else ():
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    known.setdefault(named(target), []).append(node.value)
        yield from (call.lineno for call in calls if any(unmarked(text, known) for text in told(call)))


def test_every_error_for_people_is_marked() -> None:
    making = re.compile(rf"\b({'|'.join(errors())})\(")
    found = [f"{name}:{line}" for name, tree in modules(making) for line in unmarked_errors(tree)]
    assert found == [], 'write _("...", name=value); an error\'s own text is text_of(error)'


@pytest.mark.parametrize(
    ("code", "bad"),
    [
        ("raise FormatError('not a file')", True),
        ("raise FormatError(f'{path}: damaged')", True),
        ("raise ScenarioError(str(error))", True),
        ("reason = f'{path} is gone'; raise EvidenceError(reason)", True),
        ("raise DeviceLost(_('not there') if gone else 'not here now')", True),
        ("return CommandFailed('tap', 1, 'the device did not take it')", True),
        ("raise FormatError(_('{path}: damaged', path=path))", False),
        ("raise ScenarioError(text_of(error))", False),
        ("raise CommandFailed(command, 1, answer.decode())", False),
        ("raise KeyError('not there at all')", False),
    ],
)
def test_what_counts_as_unmarked(code: str, bad: bool) -> None:
    assert bool(list(unmarked_errors(ast.parse(f"def f():\n    {code}\n")))) is bad


def test_what_a_sentence_quotes_is_quoted_once() -> None:
    """``quoted`` brings its own marks in Chinese, so the template has none round it."""
    found = []
    for name, tree in modules(re.compile(r"=quoted\(")):
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and named(node.func) == "_"):
            template = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
            given = {word.arg for word in call.keywords if isinstance(word.value, ast.Call) and named(word.value.func) == "quoted"}
            found += [f"{name}:{call.lineno} {word}" for word in given if f"'{{{word}}}'" in str(template)]
    assert found == []


def test_the_mark_of_a_text_is_no_variable_where_it_is_used() -> None:
    """``for _ in`` makes ``_`` the function's own, and the next text of it a mistake at run time."""
    for name, tree in modules(re.compile(r"(?<![\w.])(?<!import )_ *(,|=|:|\)|in\b)")):
        for scope in ast.walk(tree) if any(imports_the_mark(node) for node in tree.body) else ():
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                own = list(of_scope(scope))
                marks = any(isinstance(node, ast.Call) and named(node.func) == "_" for node in own)
                stores = any(isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store) for node in own)
                assert not (marks and stores), f"{name}:{scope.lineno}"


def imports_the_mark(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "harness.language"


def of_scope(node: ast.AST) -> Iterator[ast.AST]:
    """What is below a node, without comprehensions: their variables are their own."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            yield child
            yield from of_scope(child)


OTHERS = ("标准规范(#standard)", "主干(#trunk)")
"""Options of ZenTao as its own export writes them."""


def strings() -> Iterator[tuple[str, str]]:
    """Every string of the code that is no docstring, with its place; of one with values in braces, its parts."""
    for name, tree in modules(re.compile("[\u4e00-\u9fff]")):
        if name.startswith(QUOTES_THE_APP):
            continue
        nodes = list(ast.walk(tree))
        said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield f"{name}:{node.lineno}", node.value


def test_chinese_in_the_code_has_full_width_punctuation() -> None:
    assert [place for place, text in strings() if HALF.search(text) and text not in OTHERS] == []


def test_what_joins_chinese_values_is_full_width_too() -> None:
    """A sign beside a value in Chinese, as its name says: `{zh};{note_zh}`."""
    joined = re.compile(r"zh\w*\}[,;:!?(]|[,;:!?)]\{\w*zh")
    assert [f"{name}:{text}" for name, source in sources().items() for text in joined.findall(source)] == []


def test_rules_and_templates_have_full_width_punctuation() -> None:
    files = [*(ROOT / "harness/rules").rglob("*.toml"), *(ROOT / "harness/report/templates").iterdir(), ROOT / "harness/sdks/sdks.toml"]
    assert len(files) > 25
    for path in files:
        lines = path.read_text("utf-8").splitlines()
        assert [f"{path.name}: {line}" for line in lines if not line.startswith("#") and HALF.search(line)] == []


def test_catalogue_has_exactly_the_texts_of_the_code() -> None:
    text = catalogue.CATALOGUE.read_bytes()
    assert catalogue.renewed(catalogue.catalogue(), catalogue.texts()) == text, "run 'make language'"
    assert catalogue.CATALOGUE.with_suffix(".mo").read_bytes() == catalogue.compiled(text, "zh_CN"), "run 'make language'"
