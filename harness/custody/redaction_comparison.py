"""Compare a copy with its original: they may differ only where the copy is blacked out.

Where the original is not at hand, only what a copy can never be is found: a list, or one without a mark, of another
length, of another size. What stood under the black, and whether only that was changed, nobody can tell then.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import cv2
import numpy as np

from harness.recording.journal import JOURNAL
from harness.recording.lists import ANALYSES, CUSTODY, MANIFEST, STATEMENTS, SUMS
from harness.recording.run_folder import Difference

MARK = b"*"
"""What stands in a text for each byte that is blacked out, so that lines and places stay where they were."""
TEXT, PICTURE, LEFT_OUT = "text", "picture", "left out"
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZE_END = 24  # behind the signature, the head of IHDR, width and height
_ALWAYS_TEXT = re.compile(r"run\.json|raw/session\.jsonl|events(-[0-9a-f]{8})?\.jsonl|findings(-[0-9a-f]{8})?\.json")
_WHOLE_SCREEN = re.compile(rb"\[0,0\]\[(\d{1,5}),(\d{1,5})\]")


class Copies(Protocol):
    """The files of a run in a zip, and what its list says of each."""

    @property
    def listed(self) -> Mapping[str, Mapping[str, Any]]:
        """Return what the list of the zip says of each file."""
        ...

    def read(self, path: str, limit: int) -> bytes:
        """Return the first bytes of a file; raises OSError where there is none."""
        ...


def is_picture(data: bytes) -> bool:
    return data.startswith(_PNG)


def goes_as_it_is(path: str) -> bool:
    """Whether a file holds hashes, or what somebody signed: blacked out it would prove nothing."""
    return bool(path in (MANIFEST, SUMS) or ANALYSES.fullmatch(path) or STATEMENTS.fullmatch(path) or path.startswith(f"{CUSTODY}/"))


def disguised(copies: Copies) -> Iterator[Difference]:
    """Yield the files that are said to be blacked or left out and cannot be: they are changes."""
    changed = {path: each for path, each in copies.listed.items() if "original" in each}
    sizes = _sizes(copies) if any(each["redacted"] == PICTURE for each in changed.values()) else set()
    for path, each in changed.items():
        try:
            possible = not goes_as_it_is(path) and _possible(copies, path, each, sizes)
        except OSError:
            continue  # it is missing, which is told already
        if not possible:
            yield Difference(path, "changed", "folder")


def _possible(copies: Copies, path: str, each: Mapping[str, Any], sizes: set[tuple[int, int]]) -> bool:
    if "sha256" not in each:
        return each["redacted"] == LEFT_OUT and not _ALWAYS_TEXT.fullmatch(path)
    data = copies.read(path, each["size"])
    if each["redacted"] == PICTURE:
        return path.endswith(".png") and is_picture(data) and (not sizes or _size(data) in sizes) and _has_black(data)
    return each["redacted"] == TEXT and not path.endswith(".png") and each["size"] == each["original"]["size"] and MARK in data


def _sizes(copies: Copies) -> set[tuple[int, int]]:
    """Return the sizes that pictures of a run have, upright and on their side; empty where nothing tells."""
    found = {(int(width), int(height)) for width, height in _WHOLE_SCREEN.findall(_read(copies, JOURNAL))}
    whole = (path for path, each in copies.listed.items() if path.endswith(".png") and "original" not in each)
    found |= {_size(head) for path in whole if is_picture(head := _read(copies, path, _SIZE_END))}
    return found | {(height, width) for width, height in found}


def _read(copies: Copies, path: str, limit: int = 1 << 30) -> bytes:
    try:
        return copies.read(path, limit)
    except OSError:
        return b""


def _size(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _has_black(data: bytes) -> bool:
    width, height = _size(data)
    if not 0 < width * height <= 1 << 26:
        return False  # a huge one is not even decoded
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return pixels is not None and bool((pixels == 0).all(axis=2).any())


def only_blackened(original: bytes, copy: bytes) -> bool:
    """Whether a copy is its original but for marks in a text, or black pixels in a picture."""
    if is_picture(original):
        if original[:_SIZE_END] != copy[:_SIZE_END]:  # another size is not even decoded: it may be a huge one
            return False
        before, after = (cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) for data in (original, copy))
        if before is None or after is None or before.shape != after.shape:
            return False
        return bool(((before == after).all(axis=2) | (after == 0).all(axis=2)).all())
    if len(original) != len(copy):
        return False
    before, after = np.frombuffer(original, np.uint8), np.frombuffer(copy, np.uint8)
    return bool(((before == after) | (after == MARK[0])).all())
