"""Reports as somebody forges them who knows their forms: each function changes the bytes of a report in one way.

A report is compared byte by byte with the one that its runs give: what counts is the place that was changed, not how a
reader would be deceived by it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

Forge = Callable[[bytes], bytes]
WORDS = (("不合规", "未见异常"), ("violation", "clear"))


def one_word(data: bytes) -> bytes:
    """What is held against the app becomes nothing, in one place."""
    old, new = next((old.encode(), new.encode()) for old, new in WORDS if old.encode() in data)
    return data.replace(old, new, 1)


def at_the_end(data: bytes) -> bytes:
    return data + b" "


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def changed(pattern: bytes, to: bytes) -> Forge:
    """The first of what a pattern finds is something else."""
    return lambda data: re.sub(pattern, lambda _found: to, data, count=1, flags=re.DOTALL)


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


def inside(member: str, forge: Forge) -> Forge:
    """A part of a DOCX or XLSX is forged; the others stay."""

    def forged(data: bytes) -> bytes:
        parts = members(data)
        return zipped(parts | {member: forge(parts[member])})

    return forged


def one_part_more(data: bytes) -> bytes:
    return zipped(members(data) | {"word/vbaProject.bin": b"macro"})


def written_again(data: bytes) -> bytes:
    return zipped(members(data), (2026, 11, 30, 10, 0, 0))


def on_the_first_page(forge: Forge) -> Forge:
    """What is written on a page of a PDF is forged, and packed as it was."""

    def forged(data: bytes) -> bytes:
        found = next(each for each in re.finditer(rb"/Length (\d+)>> stream\n(.*?)\nendstream", data, re.DOTALL) if each[2][:1] == b"\x78")
        packed = zlib.compress(forge(zlib.decompress(found[2])))
        return data[: found.start()] + b"/Length %d>> stream\n%b\nendstream" % (len(packed), packed) + data[found.end() :]

    return forged


ANY = (at_the_end, half)
OFFICE = (inside("customXml/apprights.xml", changed(rb"2026", b"2027")), one_part_more, written_again, *ANY)
OF_FORM: Mapping[str, tuple[Forge, ...]] = {
    ".html": (
        one_word,
        changed(rb'<meta name="apprights-made-with"[^>]*>', b""),
        changed(rb"(?<=made-with\" content=\").{40}", b""),
        changed(rb"(?<=&#34;issued&#34;: &#34;)\d{4}", b"2020"),
        *ANY,
    ),
    ".json": (one_word, changed(rb'"issued": "\d{4}', b'"issued": "2020'), changed(rb'"made_with": \{', b""), *ANY),
    ".csv": (one_word, *ANY),
    ".xml": (one_word, *ANY),
    ".docx": (inside("word/document.xml", one_word), *OFFICE),
    ".xlsx": (inside("xl/worksheets/sheet1.xml", one_word), *OFFICE),
    ".pdf": (
        on_the_first_page(at_the_end),
        on_the_first_page(lambda _data: b""),
        changed(rb"(?<=/CreationDate )\(D:\d{4}", b"(D:2020"),
        changed(rb"\(D:[^)]*\)", b"(nobody knows)"),
        *ANY,
    ),
}
