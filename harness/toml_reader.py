"""A TOML file that somebody wrote or sent, read within bounds: what is wrong with it is one line that names it.

The parser of Python takes memory by the square of the parts of a key (20,000 of them, 40 kB of text: 1.5 GB), recurses
at each bracket, and refuses a whole number of 4,300 digits with an error of another kind. So keys, numbers and brackets
are counted before it sees them.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from harness.errors import FormatError, why
from harness.language import _

SIZE_LIMIT = 1 << 20  # bytes of one file
MOST_PARTS = 8  # of a key; ours have up to three
MOST_DOTS = 20_000  # of a file, outside its texts: the parser keeps about a kilobyte for each part of a key
MOST_DIGITS = 100
MOST_BRACKETS = 16
_LINE = re.compile(r"at line (\d+)")
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}+|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}+|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
_BETWEEN = re.compile(r"[\[\]{}=,\n]")
_NUMBER = re.compile(rf"(?<![\w-])\d[0-9A-Fa-fxob_]{{{MOST_DIGITS},}}+")


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a file; raises FormatError that names it for what is none."""
    return parse_toml(toml_text(path), str(path))


def toml_text(path: Path) -> str:
    """Return the text of a file; raises FormatError where it is no file, too large, or not in UTF-8."""
    shown = str(path)[:200]
    try:
        if not path.is_file():  # a pipe has no end, and a folder no text
            raise FormatError(_("{path}: is no file: see how its path is written", path=shown))
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        if len(data) > SIZE_LIMIT:
            raise FormatError(_("{path}: larger than {size} MiB", path=shown, size=SIZE_LIMIT >> 20))
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=shown, reason=why(error))) from None
    except UnicodeDecodeError:  # GBK, as a Chinese Windows writes it, or UTF-16
        raise FormatError(_("{path}: not UTF-8 text: save it as UTF-8 and try again", path=shown)) from None


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Return the tables of a text; raises FormatError, with ``name`` and the line, for what is none."""
    shown = name[:200]
    if len(text) > SIZE_LIMIT:
        raise FormatError(_("{path}: larger than {size} MiB", path=shown, size=SIZE_LIMIT >> 20))
    bare = _QUOTED.sub("", text)
    if bare.count(".") > MOST_DOTS or any(part.count(".") >= MOST_PARTS for part in _BETWEEN.split(bare)):
        raise FormatError(_("{path}: a key has up to {most} parts, and a file {dots} dots", path=shown, most=MOST_PARTS, dots=MOST_DOTS))
    if _NUMBER.search(bare):
        raise FormatError(_("{path}: a number has up to {most} digits", path=shown, most=MOST_DIGITS))
    if _deepest(bare) > MOST_BRACKETS:
        raise FormatError(_("{path}: nested too deep", path=shown))
    try:
        return tomllib.loads(text)
    except ValueError as error:  # with TOMLDecodeError also that of a date that is none
        if line := _LINE.search(str(error)):
            raise FormatError(_("{path}: line {line} is no TOML", path=shown, line=line[1])) from None
        raise FormatError(_("{path}: no TOML, something is missing at its end", path=shown)) from None


def _deepest(bare: str) -> int:
    """Return how many brackets are open at once, at most."""
    depth = deepest = 0
    for sign in re.findall(r"[\[\]{}]", bare):
        depth = max(0, depth + (1 if sign in "[{" else -1))
        deepest = max(deepest, depth)
    return deepest
