from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from harness.recording.png import encode_png


def decoded(file: bytes) -> np.ndarray:
    """As a browser reads it: with every checksum of the file."""
    return np.asarray(Image.open(io.BytesIO(file)))[:, :, ::-1]


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 3)), min_size=1, max_size=8), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_a_picture_of_runs_of_equal_rows_comes_back(runs: list[tuple[int, int]], width: int, seed: int) -> None:
    kinds = np.random.default_rng(seed).integers(0, 256, (4, width, 3), dtype=np.uint8)
    picture = np.concatenate([np.repeat(kinds[kind : kind + 1], count, axis=0) for count, kind in runs])
    assert (decoded(encode_png(picture)) == picture).all()


@pytest.mark.parametrize("picture", [
    np.zeros((1, 1, 3), np.uint8),
    np.full((2400, 1080, 3), 255, np.uint8),
    np.random.default_rng(1).integers(0, 256, (90, 70, 3), dtype=np.uint8),
    np.arange(256, dtype=np.uint8).repeat(48).reshape(64, 64, 3)[:, ::2],
], ids=["one pixel", "one colour", "noise", "part of another array"])  # fmt: skip
def test_any_picture_comes_back_in_opencv_and_pillow(picture: np.ndarray) -> None:
    file = encode_png(picture)
    assert (decoded(file) == picture).all()
    assert (cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_COLOR) == picture).all()


def test_equal_rows_take_hardly_any_room() -> None:
    assert len(encode_png(np.zeros((2400, 1080, 3), np.uint8))) < 40_000
