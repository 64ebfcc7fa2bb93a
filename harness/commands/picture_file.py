"""A screenshot in a file -> a frame: what phones, adb and screen recorders write, and one clear line for anything else.

The header is read before anything is decoded, so that a file that claims absurd dimensions costs nothing.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from harness.errors import FormatError, why
from harness.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from harness.vision.luma_thumbnails import Frame

MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""A 4K foldable has 9 million; 40 million decode to 120 MB."""

LEAST_SIDE, MOST_SIDE = 100, 16384
FORMATS = ("PNG", "JPEG", "WEBP", "BMP")
"""What phones, adb and screen recorders write."""

HDR_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1")
"""Kinds of the container in which phones keep pictures with more than 8 bits a channel."""


def read_image(path: Path) -> Frame:
    """Decode a picture file to a B, G, R frame; transparency is laid over black. Raises FormatError."""
    try:
        if not path.is_file():
            raise FormatError(_("not a file") if path.exists() else _("no such file"))
        if path.stat().st_size > MOST_BYTES:
            raise FormatError(_("larger than {size} MB", size=MOST_BYTES // 1024 // 1024))
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(_("cannot be read: {reason}", reason=why(error))) from error
    return decode_image(data)


def decode_image(data: bytes) -> Frame:
    """Decode a picture's bytes, bounded by the size its header claims. Raises FormatError."""
    if data[4:8] == b"ftyp" and data[8:12] in HDR_BRANDS:
        raise FormatError(_("an AVIF or HEIC picture: save it as PNG or JPEG"))
    width, height = _claimed_size(data)
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise FormatError(_("claims {width}x{height} pixels: too large for a screenshot", width=width, height=height))
    if min(width, height) < LEAST_SIDE:
        raise FormatError(_("{width}x{height} pixels: too small for a screenshot", width=width, height=height))
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error as error:
        raise FormatError(_("damaged picture")) from error
    if decoded is None or decoded.shape[:2] != (height, width):
        raise FormatError(_("damaged picture"))
    return np.asarray(decoded, dtype=np.uint8)


def _claimed_size(data: bytes) -> tuple[int, int]:
    """Read width and height from the header, and check that the file does not end too early."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of, then refuses, what it takes for a bomb; both are one refusal here.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                size, form = picture.size, picture.format
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FormatError(_("claims far more pixels than a screenshot has")) from error
    except UnidentifiedImageError as error:
        raise FormatError(_("not a picture (PNG, JPEG, WebP and BMP are read)")) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise FormatError(_("damaged picture")) from error
    ends = {"PNG": (b"IEND", 64), "JPEG": (b"\xff\xd9", 4096)}
    mark, reach = ends.get(form or "", (b"", 1))
    truncated = mark not in data[-reach:]
    if truncated:
        raise FormatError(_("truncated picture"))
    return size
