"""``apprights popup``: look for a pop-up in image files, one JSON object each.

A card or a sheet first; where there is none, an advert that fills the screen. With the words read
(:mod:`harness.dialogs.named_controls`) a control is what its caption says, and an advert is known by them too.
The header of a file is read before anything is decoded: one that claims absurd dimensions costs nothing.
"""

import io
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from harness.dialogs.named_controls import advert_in_words, named
from harness.dialogs.refusal import says_no
from harness.errors import FormatError, why
from harness.language import Text, _
from harness.vision.annotated_thumbnails import boxed, drawn
from harness.vision.frame_checks import all_black
from harness.vision.luma_thumbnails import Frame
from harness.vision.ocr import read_text
from harness.vision.popup import Popup, PopupKind, find_fullscreen, find_popup, fullscreen
from harness.vision.popup_controls import Control, ControlRole, find_controls

__all__ = ["popup_json", "read_image"]

COLOURS = {
    ControlRole.CLOSE: (220, 40, 40),
    ControlRole.SKIP: (230, 120, 20),
    ControlRole.CONFIRM: (20, 150, 60),
    ControlRole.CANCEL: (40, 90, 220),
}
"""Of which colour a control of each role is drawn, (R, G, B); the pop-up itself is drawn violet."""


def popup_json(
    path: Path, *, before: Path | None = None, ocr: bool = False, density: float | None = None, annotate: Path | None = None
) -> dict[str, Any]:
    """Answer for one file; never raises for a bad one: then it is ``{image, error}`` with one readable line."""
    try:
        frame = read_image(path)
        found, controls = look(frame, None if before is None else _before(before, frame), ocr=ocr, density=density)
        if annotate is not None:
            _annotate(annotate, frame, found, controls)
    except FormatError as error:
        return {"image": str(path), "error": Text("{problem}", {"problem": error})}
    scrim = found.scrim
    return {
        "image": str(path),
        "popup": found.popup,
        "kind": None if found.kind is None else str(found.kind),
        "confidence": found.confidence,
        "box": _listed(found.box),
        "scrim": None if scrim is None else {"alpha": scrim.alpha, "colour": "#{:02x}{:02x}{:02x}".format(*scrim.colour)},
        "close": _listed(found.close),
        "confirm": _listed(found.confirm),
        "controls": [_control(control) for control in controls],
    }


def look(frame: Frame, before: Frame | None, *, ocr: bool, density: float | None) -> tuple[Popup, tuple[Control, ...]]:
    """The pop-up of a frame and its controls. Raises FormatError for a frame of which nothing can be seen."""
    high, wide = frame.shape[:2]
    if all_black(frame, (0, 0, wide, high)):
        raise FormatError(_("all black: a protected window, or a screen that is off; nothing can be seen"))
    found = find_popup(frame, () if before is None else (before,))
    if not found.popup:
        whole = find_fullscreen(frame)
        found = whole if whole.popup or whole.confidence > found.confidence else found
    lines = read_text(frame) if ocr else ()
    if not found.popup and advert_in_words(lines, (0, 0, wide, high), found.score):
        found = fullscreen(frame, max(0.5, found.score))
    if found.box is None:
        return found, ()
    area = None if found.kind is PopupKind.FULLSCREEN else found.box
    controls = find_controls(frame, area, density=density)
    if not ocr:
        controls = tuple(_unless_no(control, frame) for control in controls)
        refused = any(control.box == found.confirm and control.role is ControlRole.CANCEL for control in controls)
        return (replace(found, confirm=None) if refused else found), controls
    controls = named(controls, lines, frame, area, density)
    ways_out = [control.box for control in controls if control.role in (ControlRole.CLOSE, ControlRole.SKIP)]
    yes = [control.box for control in controls if control.role is ControlRole.CONFIRM]
    return replace(found, close=next(iter(ways_out), None), confirm=next(iter(yes), None)), controls


def _unless_no(control: Control, frame: Frame) -> Control:
    """What looks like the yes of a window is none where its caption refuses: that one caption is read in any case."""
    if control.role is not ControlRole.CONFIRM:
        return control
    x, y, width, height = control.box
    pad = height // 2
    part = np.ascontiguousarray(frame[max(0, y - pad) : y + height + pad, max(0, x - pad) : x + width + pad])
    text = " ".join(line.text for line in read_text(part))
    return replace(control, role=ControlRole.CANCEL) if says_no(text) else control


def _before(path: Path, frame: Frame) -> Frame:
    earlier = read_image(path)
    if earlier.shape != frame.shape:
        sizes = [f"{picture.shape[1]}x{picture.shape[0]}" for picture in (earlier, frame)]
        raise FormatError(_("the picture before is {before}, this one {size}: they are not of one screen", before=sizes[0], size=sizes[1]))
    return earlier


def _annotate(path: Path, frame: Frame, found: Popup, controls: tuple[Control, ...]) -> None:
    """Write the frame with what was found drawn on it, PNG or JPEG as the name says."""
    boxes = [(control.box, str(control.role), COLOURS[control.role]) for control in controls]
    if found.box is not None and found.kind is not None:
        boxes = [(found.box, str(found.kind), (150, 60, 200)), *boxes]
    width = int(frame.shape[1])
    data = boxed(frame, boxes, width=width) if path.suffix.lower() in (".jpg", ".jpeg") else drawn(frame, boxes, width=width)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise FormatError(_("{path}: cannot be written: {reason}", path=path, reason=error)) from error


def _control(control: Control) -> dict[str, Any]:
    return {
        "role": str(control.role),
        "box": list(control.box),
        "text": control.text,
        "source": control.source,
        "dp": control.dp,
        "contrast": control.contrast,
    }


def _listed(box: tuple[int, int, int, int] | None) -> list[int] | None:
    return None if box is None else list(box)


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
