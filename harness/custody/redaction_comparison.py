"""Compare a copy with its original: they may differ only where the copy is blacked out."""

from __future__ import annotations

import cv2
import numpy as np

MARK = b"*"
"""What stands in a text for each byte that is blacked out, so that lines and places stay where they were."""
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZE_END = 24  # behind the signature, the head of IHDR, width and height


def is_picture(data: bytes) -> bool:
    """Whether a file is a screenshot of ours."""
    return data.startswith(_PNG)


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
