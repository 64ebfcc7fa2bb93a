"""Text in pixels: lines of Chinese and English with their boxes, read by the PP-OCR models that rapidocr brings along.

The models are given by path, so that nothing is ever downloaded. The engine is loaded at the first picture that is
read, not before: most checks never need it. The same pixels give the same lines with the same versions: one line at a
time is recognised, so that a line does not depend on its neighbours, by one thread.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from harness.errors import FormatError
from harness.events.box import centre, contains
from harness.language import _
from harness.vision.luma_thumbnails import Box, Frame
from harness.vision.picture_cache import PictureCache, picture_digest

MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
SHORT_SIDE = 540
"""The screen's shorter side in pixels while it is read: half of a 1080 phone, where a 12 sp line is still 18 high."""
LONGEST_SIDE = 1600
"""A region's longer side while it is read: bounds the memory (about 300 MB) for any picture."""
DETECTION_SIDE = 1216
"""Longer side at which lines are looked for: a whole page of half size. At 736 captions of wide buttons are missed."""
LEAST_SIDE = 12
"""A region whose shorter side is less cannot hold a readable line."""
LEAST_CONFIDENCE = 0.5
THREADS = 1
"""More take two thirds more processor time for a third less waiting, and wait busily for each other on a loaded
computer."""
MOST_LINES = 400
REMEMBERED = 1024
"""How many pictures' lines are remembered, more than a run has pages; a line takes some 200 bytes."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text, its upright box (x, y, width, height) in pixels of the frame, a confidence of 0.5 to 1."""

    text: str
    box: Box
    confidence: float

    @property
    def centre(self) -> tuple[int, int]:
        return centre(self.box)


def read_text(frame: Frame, region: Box | None = None) -> tuple[TextLine, ...]:
    """Read the lines of a B, G, R frame, or of a region of it, in reading order: rows from above, each from the left.

    A picture that was read before is not read again. Raises FormatError for an array that is no frame, and when the
    models are not to be had.
    """
    if frame.dtype != np.uint8 or frame.ndim != 3 or frame.shape[2] != 3 or not frame.size:
        raise FormatError(
            _("text is read from (height, width, 3) uint8 pixels, not from {dtype} {shape}", dtype=frame.dtype, shape=frame.shape)
        )
    left, top, width, height = _within(frame, region)
    if min(width, height) < LEAST_SIDE:
        return ()
    scale = max(1.0, min(frame.shape[:2]) / SHORT_SIDE, max(width, height) / LONGEST_SIDE)
    size = max(1, round(width / scale)), max(1, round(height / scale))
    if min(size) < LEAST_SIDE // 2:
        return ()
    crop = np.ascontiguousarray(frame[top : top + height, left : left + width])
    small = crop if scale == 1.0 else np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return tuple(TextLine(line.text, _placed(line.box, left, top, scale, (width, height)), line.confidence) for line in _read_once(small))


def with_small_print(frame: Frame, lines: tuple[TextLine, ...], region: Box) -> tuple[TextLine, ...]:
    """The lines, and those of a small region that its pixels tell and the shrunk ones do not: pale and small print."""
    left, top, width, height = _within(frame, region)
    if min(width, height) < LEAST_SIDE or max(width, height) > LONGEST_SIDE:
        return lines
    crop = np.ascontiguousarray(frame[top : top + height, left : left + width])
    found = (TextLine(line.text, _placed(line.box, left, top, 1.0, (width, height)), line.confidence) for line in _read_once(crop))
    return _in_order([*lines, *(line for line in found if not any(_is_same(line.box, one.box) for one in lines))])


def _is_same(one: Box, other: Box) -> bool:
    """Whether two boxes are of one line: a small one at the edge of a large one is another."""
    met = contains(other, centre(one)) or contains(one, centre(other))
    return met and min(one[3], other[3]) * 2 >= max(one[3], other[3])


def engine_versions() -> dict[str, str]:
    """What the lines depend on besides the pixels: both libraries, and a digest of the models.

    Raises FormatError without them.
    """
    models = _models_digest()
    return {"rapidocr": metadata.version("rapidocr"), "onnxruntime": metadata.version("onnxruntime"), "ocr_models": models}


def _within(frame: Frame, region: Box | None) -> Box:
    """The part of a region that lies in the frame; everything for None."""
    high, wide = frame.shape[:2]
    if region is None:
        return 0, 0, wide, high
    x, y, width, height = region
    left, top = min(max(x, 0), wide), min(max(y, 0), high)
    right, bottom = min(max(x + width, left), wide), min(max(y + height, top), high)
    return left, top, right - left, bottom - top


def _placed(box: Box, left: int, top: int, scale: float, size: tuple[int, int]) -> Box:
    """A box of the shrunk region in pixels of the frame."""
    x, y, width, height = (round(n * scale) for n in box)
    x, y = min(x, size[0] - 1), min(y, size[1] - 1)
    return left + x, top + y, min(width, size[0] - x), min(height, size[1] - y)


_read: PictureCache[tuple[TextLine, ...]] = PictureCache(REMEMBERED)


def _read_once(picture: Frame) -> tuple[TextLine, ...]:
    return _read.recall(picture_digest(picture), lambda: _in_order(_recognised(picture)))


def _recognised(picture: Frame) -> list[TextLine]:
    engine, failures = _engine()
    try:
        found = engine(picture)
    except failures as error:
        size = f"{picture.shape[1]}x{picture.shape[0]}"
        raise FormatError(
            _("the text of a picture of {size} pixels cannot be read: {error}; install rapidocr again", size=size, error=_last_line(error))
        ) from error
    if found.boxes is None or found.txts is None:
        return []
    lines = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        x, y = np.floor(corners.min(axis=0)).astype(int).tolist()
        right, bottom = np.ceil(corners.max(axis=0)).astype(int).tolist()
        x, y = max(0, x), max(0, y)
        if text.strip() and right > x and bottom > y:
            lines.append(TextLine(text.strip(), (x, y, right - x, bottom - y), round(float(score), 2)))
    return lines[:MOST_LINES]


def _in_order(lines: list[TextLine]) -> tuple[TextLine, ...]:
    """Rows from above, each from the left; lines whose middles are less than half a line apart are one row."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.centre[1], line.box)):
        if rows and line.centre[1] - rows[-1][0].centre[1] < min(line.box[3], rows[-1][0].box[3]) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.box))


@cache
def _engine() -> tuple[Any, tuple[type[Exception], ...]]:
    """The engine, with the models inside its own package, and what it raises.

    Damaged models show at the first picture.
    """
    models = {f"{part}.model_path": str(path) for part, path in _model_files().items()}
    from onnxruntime.capi import onnxruntime_pybind11_state as state
    from rapidocr import RapidOCR
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    settings = {
        "Global.use_cls": False,  # text on a screen is upright
        "Global.log_level": "critical",
        "Global.text_score": LEAST_CONFIDENCE,
        "Det.limit_type": "max",
        "Det.limit_side_len": DETECTION_SIDE,
        "Rec.rec_batch_num": 1,
        "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    failures = (ONNXRuntimeError, state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.InvalidArgument)
    return RapidOCR(params=settings | models), (*failures, cv2.error, RuntimeError, ValueError)


def _model_files() -> dict[str, Path]:
    """Part of the engine -> its model file; raises FormatError when it is not there."""
    package = find_spec("rapidocr")
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        raise FormatError(_("text in pictures cannot be read: rapidocr or onnxruntime is not installed; install the package again"))
    files = {part: Path(package.origin).parent / "models" / name for part, name in MODELS.items()}
    for path in files.values():
        if not path.is_file():
            raise FormatError(
                _("text in pictures cannot be read: {name} of rapidocr is missing; install rapidocr 3.10 again", name=path.name)
            )
    return files


@cache
def _models_digest() -> str:
    hashed = hashlib.sha256()
    for path in _model_files().values():
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


def _last_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:200]
