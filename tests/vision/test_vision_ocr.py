"""Text in pixels: exact words on the virtual screen, and what happens with pictures that are none."""

import subprocess
import sys
from functools import partial

import cv2
import numpy as np
import pytest

from harness.commands import doctor
from harness.errors import FormatError
from harness.vision import ocr
from harness.vision.ocr import TextLine, engine_versions, read_text, with_small_print
from harness.vision.picture_cache import PictureCache
from tests.vision.painted_pages import card, painted, shop

WORDS = (
    "同意", "不同意", "同意并继续", "取消", "去设置", "去开启", "暂不开启", "以后再说", "残忍拒绝", "我知道了", "关闭", "跳过", "允许",
    "拒绝", "需要位置权限", "请在系统设置中开启", "隐私政策", "用户协议", "相机", "麦克风", "通讯录", "存储", "Cancel", "OK", "Skip",
    "Later", "Not now", "Go to settings", "Allow access to your camera",
)  # fmt: skip


@pytest.mark.parametrize(("ink", "ground"), [("#FF222222", "#FFFFFFFF"), ("#FFFFFFFF", "#FF1677FF"), ("#FF888888", "#FFFFFFFF")])
def test_the_words_of_dialogs_are_read_exactly(ink, ground):
    def draw(pen):
        pen.rect(0, 0, pen.width, pen.height, colour=ground)
        for number, word in enumerate(WORDS):
            pen.text(word, 60 + number % 2 * 600, 60 + number // 2 * 130, size=44, colour=ink)

    frame = painted(draw)
    read = {line.text for line in read_text(frame)}
    assert set(WORDS) - read == set()


def test_boxes_are_in_pixels_of_the_whole_frame():
    frame = painted(shop)
    whole = {line.text: line for line in read_text(frame)}
    part = {line.text: line for line in read_text(frame, (500, 1500, 580, 300))}
    for text, box in (("附近门店", (100, 1558, 400, 120)), ("扫一扫", (580, 1558, 400, 120))):
        x, y = whole[text].centre
        assert box[0] < x < box[0] + box[2]
        assert abs(y - 1618) < 30
    assert set(part) == {"扫一扫"}
    assert np.abs(np.subtract(part["扫一扫"].centre, whole["扫一扫"].centre)).max() <= 8


def test_lines_come_in_reading_order():
    texts = [line.text for line in read_text(painted(shop), (0, 110, 1080, 2150))]
    assert texts[0] == "小店"
    assert texts[-5:] == ["附近门店", "扫一扫", "首页", "消息", "我的"]


def test_a_picture_is_read_once_and_reads_the_same_again(monkeypatch):
    frame = painted(partial(card, texts=("需要相册权限", "保存你的作品")))
    first = read_text(frame)
    with monkeypatch.context() as patch:
        patch.setattr(ocr, "_recognised", lambda picture: pytest.fail("read twice"))
        assert read_text(frame.copy()) == first
    monkeypatch.setattr(ocr, "_read", PictureCache(1))
    assert read_text(frame) == first
    assert all(0.5 <= line.confidence <= 1 for line in first)


def test_only_so_many_pictures_are_remembered(monkeypatch):
    read: list[int] = []
    monkeypatch.setattr(ocr, "_read", PictureCache(2))
    monkeypatch.setattr(ocr, "_recognised", lambda picture: read.append(int(picture[0, 0, 0])) or [])
    for level in (0, 1, 0, 2, 0, 1):  # the one that was not asked for the longest is forgotten
        read_text(np.full((40, 40, 3), level, np.uint8))
    assert read == [0, 1, 2, 1]


@pytest.mark.parametrize("shape", [(1, 1), (11, 400), (400, 11), (12, 12), (16, 4000), (4000, 16), (64, 64)])
def test_small_and_narrow_pictures_have_no_text_and_no_error(shape):
    assert read_text(np.full((*shape, 3), 255, np.uint8)) == ()


def test_a_huge_picture_is_read_small():
    frame = np.full((9000, 6000, 3), 255, np.uint8)
    frame[::300] = 0
    assert isinstance(read_text(frame), tuple)


@pytest.mark.parametrize("region", [(-50, -50, 20, 20), (5000, 0, 10, 10), (0, 0, -5, 40), (0, 0, 0, 0)])
def test_a_region_outside_of_the_frame_is_empty(region):
    assert read_text(np.full((100, 100, 3), 255, np.uint8), region) == ()


@pytest.mark.parametrize("frame", [np.zeros((100, 100), np.uint8), np.zeros((100, 100, 3)), np.zeros((0, 0, 3), np.uint8)])
def test_an_array_that_is_no_frame_is_refused(frame):
    with pytest.raises(FormatError, match="uint8"):
        read_text(frame)


@pytest.mark.parametrize("content", [b"", b"no model at all"])
def test_damaged_models_are_told_in_one_line(content, tmp_path, monkeypatch):
    files = {part: tmp_path / name for part, name in ocr.MODELS.items()}
    for path in files.values():
        path.write_bytes(content)
    monkeypatch.setattr(ocr, "_model_files", lambda: files)
    monkeypatch.setattr(ocr, "_engine", ocr._engine.__wrapped__)
    with pytest.raises(FormatError, match="install rapidocr again") as caught:
        read_text(np.random.default_rng(1).integers(0, 255, (80, 200, 3)).astype(np.uint8))
    assert "\n" not in str(caught.value)


def test_missing_models_are_told_and_never_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "MODELS", {"Det": "no-such-model.onnx"})
    with pytest.raises(FormatError, match=r"no-such-model\.onnx"):
        ocr._model_files()


OFFLINE = """
import sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(refuse)
import harness.cli, harness.verdicts.analysis, harness.session.session, harness.replay.run_replay, harness.vision.ocr as ocr
loaded = {"rapidocr", "onnxruntime"} & set(sys.modules)
assert not loaded, f"loaded before anything is read: {loaded}"
ocr.engine_versions()
assert not {"rapidocr", "onnxruntime"} & set(sys.modules)
import cv2, numpy as np
picture = np.full((120, 400, 3), 255, np.uint8)
cv2.putText(picture, "Skip", (40, 80), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
print([line.text for line in ocr.read_text(picture)])
"""


def test_reading_asks_no_host_and_nothing_is_loaded_before():
    done = subprocess.run([sys.executable, "-c", OFFLINE], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "['Skip']"), done.stderr


def test_versions_name_the_models():
    versions = engine_versions()
    assert set(versions) == {"rapidocr", "onnxruntime", "ocr_models"}
    assert len(versions["ocr_models"]) == 16


def test_doctor_tells_whether_text_can_be_read(monkeypatch):
    def told():
        return next(one for one in doctor._computer() if one.check == "ocr")

    assert told().state.startswith("rapidocr 3.")
    monkeypatch.setattr(ocr, "MODELS", {"Det": "no-such-model.onnx"})
    monkeypatch.setattr(ocr, "_models_digest", ocr._models_digest.__wrapped__)
    assert "no-such-model.onnx" in told().advice


def test_pale_small_print_is_read_in_full_size_and_told_from_the_large_line_that_it_touches() -> None:
    frame = np.full((560, 1080, 3), 255, np.uint8)
    cv2.putText(frame, "9.90 first week", (120, 200), cv2.FONT_HERSHEY_SIMPLEX, 3.6, (47, 47, 211), 9, cv2.LINE_AA)
    cv2.putText(frame, "then 39.00 a month", (380, 246), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (220, 220, 220), 1, cv2.LINE_AA)
    half = read_text(cv2.resize(frame, (540, 280), interpolation=cv2.INTER_AREA))
    found = with_small_print(
        frame, tuple(TextLine(one.text, tuple(2 * n for n in one.box), one.confidence) for one in half), (0, 0, 1080, 560)
    )
    assert not any("39" in line.text for line in half)
    assert any("39" in line.text for line in found)
    assert len(found) == len(half) + 1
