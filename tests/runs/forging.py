"""Reports as somebody forges them who knows their forms: each function changes the bytes of a report in one way."""

import base64
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
WORDS = (("不合规", "未见异常"), ("疑似", "未见异常"), ("violation", "clear"), ("suspected", "clear"), ("拒绝", "允许"), ("权限", "功能"))


def all_words(rng: random.Random, data: bytes) -> bytes:
    """A word everywhere: what is held against the app becomes nothing."""
    old, new = rng.choice([(old, new) for old, new in WORDS if old.encode() in data])
    return data.replace(old.encode(), new.encode())


def one_word(rng: random.Random, data: bytes) -> bytes:
    old, new = rng.choice([(old, new) for old, new in WORDS if old.encode() in data])
    at = rng.choice([found.start() for found in re.finditer(re.escape(old.encode()), data)])
    return data[:at] + new.encode() + data[at + len(old.encode()) :]


def number(rng: random.Random, data: bytes) -> bytes:
    at = rng.choice([found.start() for found in re.finditer(rb"\d", data)])
    return data[:at] + str((int(data[at : at + 1]) + rng.randint(1, 9)) % 10).encode() + data[at + 1 :]


def sign(rng: random.Random, data: bytes) -> bytes:
    """Any byte to any other."""
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ rng.randint(1, 255)]) + data[at + 1 :]


def without(pattern: bytes) -> Callable[[random.Random, bytes], bytes]:
    """One of what a pattern finds is gone, such as a row."""

    def forged(rng: random.Random, data: bytes) -> bytes:
        found = rng.choice(list(re.finditer(pattern, data, re.DOTALL)))
        return data[: found.start()] + data[found.end() :]

    return forged


def put(before: bytes, text: str) -> Callable[[random.Random, bytes], bytes]:
    """A text stands before what comes first, or last, or anywhere of that kind."""

    def forged(rng: random.Random, data: bytes) -> bytes:
        at = rng.choice([found.start() for found in re.finditer(re.escape(before), data)])
        return data[:at] + text.encode() + data[at:]

    return forged


def changed(pattern: bytes, to: bytes) -> Callable[[random.Random, bytes], bytes]:
    """One of what a pattern finds is something else."""

    def forged(rng: random.Random, data: bytes) -> bytes:
        found = rng.choice(list(re.finditer(pattern, data, re.DOTALL)))
        return data[: found.start()] + to + data[found.end() :]

    return forged


def at_the_end(text: bytes) -> Callable[[random.Random, bytes], bytes]:
    return lambda _rng, data: data + text


PICTURE = changed(rb"data:image/[a-z]+;base64,[A-Za-z0-9+/=]+", b"data:image/png;base64," + base64.b64encode(PIXEL))
HTML = (
    all_words,
    one_word,
    number,
    sign,
    PICTURE,
    without(rb"<tr\b(?:(?!<tr\b).)*?</tr>"),
    without(rb"<p\b(?:(?!<p\b).)*?</p>"),
    without(rb'<section class="verdict .*?</section>'),
    without(rb'<meta name="apprights-made-with"[^>]*>'),
    changed(rb'href="#[^"]+"', b'href="#results"'),
    changed(rb"(?<=made-with\" content=\").{40}", b""),
    changed(rb"(?<=&#34;issued&#34;: &#34;)\d{4}", b"2020"),
    put(b"</body>", "<script>document.body.innerHTML = ''</script>"),
    put(b"</p>", '<span style="display:none">x</span>'),
    put(b"</style>", ".violation { display: none }"),
    put(b"</style>", ".badge.violation::after { content: '未见异常' }"),
    put(b"</td>", "<!-- -->"),
    put(b"<main", '<base href="https://example.com/">'),
    put(b"</head>", '<meta http-equiv="refresh" content="0;url=https://example.com/">'),
)
JSON = (
    all_words,
    one_word,
    number,
    sign,
    without(rb'\n  +"reason_zh": [^\n]*'),
    changed(rb'"outcome": "[a-z_]+"', b'"outcome": "not_exercised"'),
    changed(rb'"intact": true', b'"intact": false'),
    changed(rb'"issued": "\d{4}', b'"issued": "2020'),
    put(b'"apps": [', '"apps": [], '),
    put(b'"outcome"', '"outcome": "clear", '),
    without(rb'"made_with": \{'),
    at_the_end(b" "),
)
CSV = (all_words, one_word, number, sign, without(rb"\r?\n[^\n]+"), put(b",", " "), at_the_end(b"\r\n"), changed(rb'"', b"'"))
JUNIT = (
    all_words,
    one_word,
    number,
    sign,
    without(rb"<failure\b.*?</failure>"),
    without(rb"<testcase\b.*?</testcase>"),
    without(rb"<property [^>]*>"),
    changed(rb'failures="\d+"', b'failures="00"'),
    put(b"<testcase", "<!-- -->"),
)


def inside(member: str, *forgers: Callable[[random.Random, bytes], bytes]) -> Callable[[random.Random, bytes], bytes]:
    """A part of a DOCX or XLSX is forged; the others stay."""

    def forged(rng: random.Random, data: bytes) -> bytes:
        parts = members(data)
        name = rng.choice([name for name in parts if re.fullmatch(member, name)])
        parts[name] = rng.choice(forgers)(rng, parts[name])
        return zipped(parts)

    return forged


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts: Mapping[str, bytes], moment: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            file.writestr(entry, content)
    return out.getvalue()


def written_again(_rng: random.Random, data: bytes) -> bytes:
    return zipped(members(data), (2026, 11, 30, 10, 0, 0))


def more(name: str, content: bytes) -> Callable[[random.Random, bytes], bytes]:
    return lambda _rng, data: zipped(members(data) | {name: content})


PAPER = (all_words, one_word, number, sign)
DOCX = (
    inside(r"word/document\.xml", *PAPER),
    inside(r"word/document\.xml", without(rb"<w:tr>(?:(?!<w:tr>).)*?</w:tr>"), without(rb"<w:p>(?:(?!<w:p>).)*?</w:p>")),
    inside(r"word/document\.xml", put(b"<w:t>", "未见异常"), changed(rb"<w:rPr>", b"<w:rPr><w:vanish/>")),
    inside(r"word/document\.xml", changed(rb"<w:r>", b'<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>')),
    inside(r"word/media/.*", lambda _rng, _data: PIXEL),
    inside(r"word/styles\.xml", changed(rb"<w:rPr>", b"<w:rPr><w:vanish/>")),
    inside(r"docProps/core\.xml", number, sign),
    inside(r"customXml/apprights\.xml", number, sign, changed(rb"2026", b"2027")),
    inside(r".*\.rels", sign),
    more("word/vbaProject.bin", b"macro"),
    more("word/footnotes.xml", b"<w:footnotes/>"),
    written_again,
    at_the_end(b"\0"),
)
XLSX = (
    inside(r"xl/worksheets/sheet[12]\.xml", *PAPER),
    inside(r"xl/worksheets/sheet\d\.xml", number, sign),
    inside(r"xl/worksheets/sheet\d\.xml", without(rb"<row\b.*?</row>"), without(rb"<c\b.*?</c>"), changed(rb"<row ", b'<row hidden="1" ')),
    inside(r"xl/workbook\.xml", changed(rb"<sheet ", b'<sheet state="veryHidden" '), number),
    inside(r"docProps/core\.xml", number, sign),
    inside(r"customXml/apprights\.xml", number, sign),
    more("xl/vbaProject.bin", b"macro"),
    more("xl/comments1.xml", b"<comments/>"),
    written_again,
    at_the_end(b"\0"),
)
STREAM = re.compile(rb"/Length (\d+)>> stream\n(.*?)\nendstream", re.DOTALL)


def stream(forge: Callable[[random.Random, bytes], bytes]) -> Callable[[random.Random, bytes], bytes]:
    """What is written on a page of a PDF is forged, and packed as it was."""

    def forged(rng: random.Random, data: bytes) -> bytes:
        found = rng.choice([each for each in STREAM.finditer(data) if each[2][:1] == b"\x78"])
        packed = zlib.compress(forge(rng, zlib.decompress(found[2])))
        return data[: found.start()] + b"/Length %d>> stream\n%b\nendstream" % (len(packed), packed) + data[found.end() :]

    return forged


PDF = (
    stream(number),
    stream(sign),
    stream(at_the_end(b"\n1 1 1 rg 0 0 9999 9999 re f")),
    stream(lambda _rng, _data: b""),
    changed(rb"(?<=/Title )<[^>]*>|(?<=/Title )\([^)]*\)", b"(x)"),
    changed(rb"(?<=/CreationDate )\(D:\d{4}", b"(D:2020"),
    changed(rb"\(D:[^)]*\)", b"(nobody knows)"),
    changed(rb"/Dest /[^\n>]+", b"/Dest /app-1"),
    changed(rb"/XObject", b"/YObject"),
    changed(rb"(?<=/Kids \[)\d+ 0 R ", b""),
    changed(rb"(?<=/Rect \[)\d+", b"0"),
    number,
    sign,
    at_the_end(b"\n1 0 obj\n<</Title (x)>>\nendobj\n"),
)
OF_FORM: Mapping[str, tuple[Callable[[random.Random, bytes], bytes], ...]] = {
    ".html": HTML,
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".json": JSON,
    ".csv": CSV,
    ".xml": JUNIT,
    ".pdf": PDF,
}
