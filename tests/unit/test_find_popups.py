"""``apprights popup`` on good and on hostile files."""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING

import cv2
import pytest

from harness.commands.find_popups import popup_json
from tests.vision_synthetic import scene

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {"image", "popup", "kind", "confidence", "box", "scrim", "close", "confirm"}


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to nothing in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    start = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + start + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def shot(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("shots") / "对话框.png"
    path.write_bytes(cv2.imencode(".png", scene("permission", 300).after)[1].tobytes())
    return path


def test_a_popup_is_described_in_plain_json(shot):
    found = popup_json(shot)
    assert set(found) == KEYS
    assert found == json.loads(json.dumps(found))
    assert found["image"] == str(shot)
    assert found["popup"] is True
    assert found["kind"] == "dialog"
    assert len(found["box"]) == 4
    assert 0.4 <= found["confidence"] <= 1


def test_without_a_popup_all_places_are_null(tmp_path):
    path = tmp_path / "page.jpg"
    path.write_bytes(cv2.imencode(".jpg", scene("same", 301).after)[1].tobytes())
    found = popup_json(path)
    assert found["popup"] is False
    assert [found[key] for key in ("kind", "box", "scrim", "close", "confirm")] == [None] * 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a picture"),
        (b"<html>not found</html>", "not a picture"),
        (b"\x89PNG\r\n\x1a\n", "not a picture|damaged"),
        (png_header(60000, 60000), "pixels"),
        (png_header(7000, 7000), "too large"),
        (png_header(20000, 200), "too large"),
        (png_header(1080, 0), "damaged|not a picture|too small"),
        (png_header(32, 32), "too small"),
        (b"GIF89a" + bytes(100), "not a picture"),
    ],
    ids=["empty", "html", "signature only", "bomb", "large", "long", "no height", "icon", "gif"],
)
def test_bad_files_get_one_line(tmp_path, data, words):
    path = tmp_path / "bad.png"
    path.write_bytes(data)
    found = popup_json(path)
    assert set(found) == {"image", "error"}
    assert any(word in found["error"] for word in words.split("|")), found
    assert "\n" not in found["error"]


@pytest.mark.parametrize("kind", [".png", ".jpg"])
def test_a_truncated_picture_is_an_error(tmp_path, kind):
    path = tmp_path / f"cut{kind}"
    path.write_bytes(cv2.imencode(kind, scene("same", 301).after)[1].tobytes()[:20_000])
    assert popup_json(path)["error"] == "truncated picture"


def test_folders_and_missing_files_are_errors(tmp_path):
    assert popup_json(tmp_path)["error"] == "not a file"
    assert popup_json(tmp_path / "none.png")["error"] == "no such file"
