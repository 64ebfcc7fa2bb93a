"""``apprights popup`` on good and on hostile files."""

import io
import json
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from harness.commands.find_popups import popup_json
from tests.drawn.scene import SMALL, draw

KEYS = {"image", "popup", "kind", "confidence", "box", "scrim", "close", "confirm", "controls"}


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to nothing in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    start = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + start + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def shot(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("shots") / "对话框.png"
    path.write_bytes(cv2.imencode(".png", draw("permission", 20300, SMALL[0], noise=False).after)[1].tobytes())
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
    path.write_bytes(cv2.imencode(".jpg", draw("same", 20300, SMALL[0], noise=False).after)[1].tobytes())
    found = popup_json(path)
    assert found["popup"] is False
    assert [found[key] for key in ("kind", "box", "scrim", "close", "confirm")] == [None] * 5
    assert found["controls"] == []


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
    path.write_bytes(cv2.imencode(kind, draw("same", 20300, SMALL[0], noise=False).after)[1].tobytes()[:20_000])
    assert popup_json(path)["error"] == "truncated picture"


def test_folders_and_missing_files_are_errors(tmp_path):
    assert popup_json(tmp_path)["error"] == "not a file"
    assert popup_json(tmp_path / "none.png")["error"] == "no such file"


def encoded(frame, kind=".png", options=()) -> bytes:
    return cv2.imencode(kind, frame, list(options))[1].tobytes()


def test_pictures_that_are_unusual_are_read_as_they_are(tmp_path):
    frame = draw("permission", 20300, SMALL[0], noise=False).after
    with Image.fromarray(frame[:, :, ::-1]) as picture:
        cmyk, film = io.BytesIO(), io.BytesIO()
        picture.convert("CMYK").save(cmyk, "JPEG", quality=95)
        picture.save(film, "WEBP", save_all=True, append_images=[picture.rotate(180)], lossless=True)
    deep = encoded((frame.astype(np.uint16) << 8) | 0x7F)
    for name, data in (("cmyk.jpg", cmyk.getvalue()), ("film.webp", film.getvalue()), ("deep.png", deep)):
        path = tmp_path / name
        path.write_bytes(data)
        assert popup_json(path)["popup"] is True, name


def test_a_container_of_hdr_pictures_is_refused_in_one_line(tmp_path):
    path = tmp_path / "shot.png"
    path.write_bytes(b"\0\0\0\x20ftypavif\0\0\0\0" + bytes(200))
    assert "AVIF or HEIC" in popup_json(path)["error"]


def test_a_protected_window_is_said_to_be_unseen(tmp_path):
    frame = np.zeros((2400, 1080, 3), np.uint8)
    frame[20:40, 60:200] = 255  # the clock
    path = tmp_path / "black.png"
    path.write_bytes(encoded(frame))
    assert "nothing can be seen" in popup_json(path)["error"]


def test_a_screen_before_of_another_size_is_named(tmp_path, shot):
    path = tmp_path / "before.png"
    path.write_bytes(encoded(np.full((400, 800, 3), 255, np.uint8)))
    assert "800x400" in popup_json(shot, before=path)["error"]


def test_the_screen_before_makes_it_certain(tmp_path, shot):
    path = tmp_path / "before.png"
    path.write_bytes(encoded(draw("permission", 20300, SMALL[0], noise=False).before))
    assert popup_json(shot, before=path)["confidence"] >= 0.98


def test_each_control_has_its_size_and_contrast(tmp_path):
    path = tmp_path / "dialog.png"
    path.write_bytes(encoded(draw("alert", 20300, (1080, 2400), noise=False).after))
    found = popup_json(path)
    assert {control["role"] for control in found["controls"]} >= {"confirm"}
    for control in found["controls"]:
        assert set(control) == {"role", "box", "text", "source", "dp", "contrast"}
        assert (control["text"], control["source"]) == (None, "pixels")
        assert control["dp"] > 10


def test_the_annotated_picture_is_of_the_same_size(tmp_path, shot):
    out = tmp_path / "注.png"
    assert "error" not in popup_json(shot, annotate=out)
    marked = cv2.imdecode(np.frombuffer(out.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert marked.shape == draw("permission", 20300, SMALL[0], noise=False).after.shape
    assert "cannot be written" in popup_json(shot, annotate=tmp_path)["error"]
