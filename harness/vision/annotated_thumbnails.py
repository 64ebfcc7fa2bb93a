"""Frames as files: a screen without loss, and small pictures for reports, scaled down with boxes drawn on them."""

from collections.abc import Iterable

import cv2
import numpy as np

from harness.vision.luma_thumbnails import Box, Frame

QUALITY = 80
"""JPEG quality: text stays readable, a 540x1200 screen takes 40 to 90 kB."""

WEBP_QUALITY = 75
"""Measured on screens of real and virtual phones, 540 pixels wide: 10 to 25 kB, where a JPEG of 80 takes 30 to 50."""


def encode_png(frame: Frame) -> bytes:
    """A PNG of the frame: of the level that is quickest, by the filter that suits screens, whose rows are alike."""
    options = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP)
    return _encoded(frame, ".png", [int(option) for option in options])


def boxed(frame: Frame, boxes: Iterable[tuple[Box, str, tuple[int, int, int]]], *, width: int = 540) -> bytes:
    """Give a JPEG of the frame, at most ``width`` pixels wide, with each (box, label, (R, G, B)) drawn.

    Labels are shown in ASCII, at most 40 characters; an empty one draws the box alone. Boxes that reach past the
    picture are cut at its edge. The same input gives the same bytes with the same OpenCV.
    """
    return _encoded(_marked(frame, boxes, width), ".jpg", [cv2.IMWRITE_JPEG_QUALITY, QUALITY])


def drawn(frame: Frame, boxes: Iterable[tuple[Box, str, tuple[int, int, int]]], *, width: int = 540) -> bytes:
    """The same as a PNG, without loss."""
    return _encoded(_marked(frame, boxes, width), ".png", [])


def reduced(frame: Frame, *, short: int, long: int) -> bytes:
    """A WebP of the frame at most so many pixels along its shorter and its longer side, without a mark."""
    height, width = frame.shape[:2]
    scale = min(1.0, short / min(height, width), long / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    picture = np.array(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return _encoded(picture, ".webp", [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])


def _encoded(picture: Frame, suffix: str, options: list[int]) -> bytes:
    done, encoded = cv2.imencode(suffix, picture, options)
    if not done:
        raise ValueError(f"cannot encode a picture of shape {picture.shape}")
    return encoded.tobytes()


def _marked(frame: Frame, boxes: Iterable[tuple[Box, str, tuple[int, int, int]]], width: int) -> Frame:
    scale = min(1.0, width / frame.shape[1])
    size = (max(1, round(frame.shape[1] * scale)), max(1, round(frame.shape[0] * scale)))
    picture = np.array(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    for (x, y, w, h), label, (red, green, blue) in boxes:
        colour = (blue, green, red)
        left, right = (min(max(0, round(n * scale)), size[0] - 1) for n in (x, x + w))
        top, bottom = (min(max(0, round(n * scale)), size[1] - 1) for n in (y, y + h))
        cv2.rectangle(picture, (left, top), (right, bottom), colour, 3)
        text = label.encode("ascii", "replace").decode("ascii")[:40]
        if text:
            _tag(picture, text, left, top, colour)
    return picture


def _tag(picture: Frame, text: str, left: int, top: int, colour: tuple[int, int, int]) -> None:
    """Write a label on a filled tag above the box, or inside it at the picture's upper edge."""
    (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)
    base = top - 4 if top > h + 8 else top + h + 8
    left = max(0, min(left, picture.shape[1] - w - 8))
    cv2.rectangle(picture, (left, base - h - 4), (left + w + 8, base + 4), colour, -1)
    ink = (0, 0, 0) if sum(colour) > 380 else (255, 255, 255)
    cv2.putText(picture, text, (left + 4, base), cv2.FONT_HERSHEY_SIMPLEX, 0.5, ink, 1, cv2.LINE_AA)
