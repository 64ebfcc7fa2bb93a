"""Twins: app files that are a diff of another one. What runs is the sample with the diff applied."""

import ast
import os
import re
from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path

from device_farm.virtual.vocabulary.app_source import AppFileError, AppSource, read_text
from harness.language import _

Line = tuple[str, tuple[Path, int]]
"""Its text, and the file and number by which it is found."""

_SAMPLE = re.compile(r"--- ((?:\.\./)?[^/\\:\t]+\.py)(?:\t.*)?")  # behind a tab, diff tells the time
_ABOVE = "twins"  # the folder whose twins may have their samples in the folder above it


class Twin:
    """A twin: a diff of its sample (docs/virtual-app.md, "Twins"), which is applied and never run."""

    def __init__(self, diff: str) -> None:
        """Take the text of the diff; its first line is ``--- SAMPLE.py``."""


def read_source(path: Path) -> AppSource:
    """Read an app file; of a twin, its sample with the diff applied. Raises AppFileError."""
    text = read_text(path)
    tree = _twin(text)
    if tree is None:
        return AppSource(text, path)
    (number, header), *diff = _diff(path, text, tree)
    sample = _sample(path, number, header)
    its_text = read_text(sample)
    if _twin(its_text) is not None:
        raise AppFileError(path, number, _("its sample {name} is a twin itself: name the sample of both", name=sample.name))
    lines = _lines(its_text)
    gone: set[int] = set()
    new: dict[int, list[Line]] = {}
    own, its = _docstring(tree), _docstring(_parsed(its_text))
    if own and its:
        gone.update(its)
        new[its[0]] = [(line, (path, number)) for number, line in enumerate(_lines(text), 1) if number - 1 in own]
    for change in _changes(path, diff):
        _apply(path, change, lines, gone, new)
    whole: list[Line] = []
    for at in range(len(lines) + 1):
        whole += new.get(at, [])
        whole += [(lines[at], (sample, at + 1))] if at < len(lines) and at not in gone else []
    return AppSource("\n".join(line for line, _place in whole), sample, tuple(place for _line, place in whole))


def _lines(text: str) -> list[str]:
    """Return its lines as Python counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _twin(text: str) -> ast.Module | None:
    """Return the tree of a twin; None for any other text, also for one that is no Python."""
    tree = _parsed(text) if "Twin(" in text else None
    return tree if tree and any(_call(node) for node in tree.body) else None


def _parsed(text: str) -> ast.Module | None:
    """Return its tree; None for what is no Python: the loader says so."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _call(node: ast.stmt) -> ast.Call | None:
    """Return the call of a statement ``Twin(...)``."""
    call = node.value if isinstance(node, ast.Expr) else None
    return call if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == Twin.__name__ else None


def _diff(path: Path, text: str, tree: ast.Module) -> list[tuple[int, str]]:
    """Return the lines of the diff with their numbers in the file, from the one that names the sample on."""
    *others, last = tree.body
    if others and _docstring(tree):
        del others[0]
    call = _call(last)
    value = call.args[0] if call and len(call.args) == 1 and not call.keywords else None
    more = [node for node in others if not isinstance(node, ast.ImportFrom)]
    if more or not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
        line = (more or [last])[0].lineno
        raise AppFileError(path, line, _("a twin has a docstring, its import and one {call}, nothing else", call='Twin("""...""")'))
    lines = list(enumerate(_lines(value.value), value.lineno))[1:-1]
    if [line for _number, line in lines] != _lines(text)[value.lineno : (value.end_lineno or 0) - 1]:
        raise AppFileError(path, value.lineno, _("a backslash in the diff: write it as {quotes}", quotes='Twin(r"""...""")'))
    return list(dropwhile(lambda each: not each[1], lines)) or [(value.lineno, "")]


def _sample(path: Path, number: int, header: str) -> Path:
    """Return the sample that the first line of the diff names: beside the twin, or above a folder of twins."""
    named = _SAMPLE.fullmatch(header)
    if named is None or (named[1].startswith("../") and path.absolute().parent.name != _ABOVE):
        problem = _(
            "the diff begins with {line}: a file beside the twin, or ../NAME.py above a folder {name}", line="--- NAME.py", name=_ABOVE
        )
        raise AppFileError(path, number, problem)
    sample = Path(os.path.normpath(path.parent / named[1]))
    if sample.is_symlink() or not sample.is_file():  # it could lead anywhere, and a pipe would be waited for
        raise AppFileError(path, number, _("its sample {name} is not there", name=named[1]))
    return sample


def _docstring(tree: ast.Module | None) -> range:
    """Return the lines of its docstring, from 0; none where there is none."""
    if tree is None or ast.get_docstring(tree) is None:
        return range(0)
    return range(tree.body[0].lineno - 1, tree.body[0].end_lineno or 0)


def _changes(path: Path, diff: list[tuple[int, str]]) -> Iterator[list[tuple[int, str, str]]]:
    """Lines that stand together, each with its number, sign and text; an empty line and ``@@`` end a change."""
    change: list[tuple[int, str, str]] = []
    for number, line in [*diff, (0, "")]:
        if line[:1] in ("-", "+", " ") and not line.startswith("+++ "):
            change.append((number, line[0], line[1:]))
            continue
        if line and not line.startswith(("@@", "+++ ")):
            raise AppFileError(path, number, _("a line of a diff begins with -, + or a space"))
        if change:
            yield change
        change = []


def _apply(path: Path, change: list[tuple[int, str, str]], lines: list[str], gone: set[int], new: dict[int, list[Line]]) -> None:
    """Note which lines of the sample go, and which come before which."""
    old, number = [text for _number, sign, text in change if sign != "+"], change[0][0]
    found = [at for at in range(len(lines) - len(old) + 1) if lines[at : at + len(old)] == old] if old else []
    if not old:
        raise AppFileError(path, number, _("nothing says where this goes: give a line of the sample beside it, after a space"))
    if len(found) != 1:
        problem = _("the sample has these lines {count} times, not once", count=len(found)) if found else _("the sample has no such lines")
        raise AppFileError(path, number, problem)
    at = found[0]
    for number, sign, text in change:
        if sign == "+":
            new.setdefault(at, []).append((text, (path, number)))
            continue
        if sign == "-" and at in gone:
            raise AppFileError(path, number, _("this line of the sample is changed twice"))
        gone |= {at} if sign == "-" else set()
        at += 1
