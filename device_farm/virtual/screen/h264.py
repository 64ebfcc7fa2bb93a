"""Pictures of the screen as an H.264 stream that loses nothing.

What ``screenrecord`` writes without a hardware encoder.

A small part of ITU-T H.264, enough for a user interface: constrained baseline, one slice a picture, no deblocking, no
residual. A macroblock that equals its neighbour's edge is predicted (Intra_16x16 with chroma of its own mode), one that
did not change since the last picture is skipped (P_Skip), any other is sent as it is (I_PCM). So a decoder gives back
the very samples. Numbers in brackets are the standard's clauses.
"""

import re

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

_START = b"\x00\x00\x00\x01"
_SPS, _PPS, _IDR, _NON_IDR = 0x67, 0x68, 0x65, 0x41  # nal_ref_idc and nal_unit_type [7.4.1]
_PROFILE, _CONSTRAINED, _LEVEL = 66, 0xC0, 51
_FRAME_NUM_BITS = 8
_I_PCM, _INTRA_16 = 25, 1  # mb_type in an I slice [7.4.5]; Intra_16x16 without coefficients is 1 + its prediction mode
_IN_P_SLICE = 5  # added to the mb_type of an intra macroblock in a P slice
_VERTICAL, _HORIZONTAL, _NONE = 0, 1, 255  # Intra_16x16 prediction modes [8.3.3]
_CHROMA_MODE = {_HORIZONTAL: 1, _VERTICAL: 2}  # intra_chroma_pred_mode of the same directions [8.3.4]
_NO_COEFFICIENTS = "1"  # coeff_token of an empty block, beside blocks without coefficients [9.2.1]
_NO_COEFFICIENTS_BESIDE_PCM = "000011"  # beside an I_PCM macroblock, which counts as 16
_EMULATION = re.compile(rb"\x00\x00(?=[\x00-\x03])")


def _ue(value: int) -> str:
    """Unsigned Exp-Golomb code [9.1]."""
    code = f"{value + 1:b}"
    return "0" * (len(code) - 1) + code


def _packed(bits: str) -> bytes:
    """Bits as bytes, filled up with zeros."""
    size = (len(bits) + 7) // 8
    return int(bits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def _unit(header: int, payload: bytes) -> bytes:
    """A NAL unit, with emulation prevention [7.4.1.1]."""
    return bytes([header]) + _EMULATION.sub(b"\x00\x00\x03", payload)


class Encoder:
    """One stream of pictures of one size; the first is a key frame."""

    def __init__(self, width: int, height: int) -> None:
        """``width`` and ``height`` in pixels, both even."""
        if width % 2 or height % 2 or width < 2 or height < 2:
            raise ValueError(f"a picture has an even width and height, not {width}x{height}")
        self.width, self.height = width, height
        self._columns, self._rows = (width + 15) // 16, (height + 15) // 16
        self._last: tuple[Plane, Plane] | None = None
        self._number = 0
        self.sps, self.pps = self._sps(), self._pps()

    def encode(self, picture: Plane) -> tuple[bytes, bool]:
        """The slice of one RGB picture (height x width x 3), as a NAL unit without start code.

        Whether it is a key frame.
        """
        luma, chroma = self._blocks(picture)
        key = self._last is None
        if key or self._last is None:
            todo = np.ones(len(luma), bool)
            header = f"{_ue(0)}{_ue(7)}{_ue(0)}{0:0{_FRAME_NUM_BITS}b}{_ue(0)}00{_ue(0)}{_ue(1)}"
            self._number = 0
        else:
            todo = (luma != self._last[0]).any(1) | (chroma != self._last[1]).any(1)
            self._number = (self._number + 1) % (1 << _FRAME_NUM_BITS)
            header = f"{_ue(0)}{_ue(5)}{_ue(0)}{self._number:0{_FRAME_NUM_BITS}b}000{_ue(0)}{_ue(1)}"
        self._last = luma, chroma
        return _unit(_IDR if key else _NON_IDR, self._slice(header, luma, chroma, todo, key=key)), key

    def _blocks(self, picture: Plane) -> tuple[Plane, Plane]:
        """Macroblocks in order: 256 luma samples each, and 64 of Cb and 64 of Cr."""
        edge = ((0, self._rows * 16 - self.height), (0, self._columns * 16 - self.width), (0, 0))
        yuv = np.asarray(cv2.cvtColor(np.pad(picture, edge, "edge"), cv2.COLOR_RGB2YUV_I420)).reshape(-1)
        count = self._rows * self._columns
        planes = []
        start = 0
        for size in (16, 8, 8):
            part = yuv[start : start + count * size * size].reshape(self._rows, size, self._columns, size)
            planes.append(part.transpose(0, 2, 1, 3).reshape(count, size * size))
            start += count * size * size
        return np.asarray(planes[0], np.uint8), np.asarray(np.concatenate(planes[1:], axis=1), np.uint8)

    def _predicted(self, blocks: Plane, size: int) -> Plane:
        """For each macroblock the direction that predicts it exactly from its neighbour's edge, else _NONE."""
        grid = blocks.reshape(self._rows, self._columns, -1, size, size)
        mode = np.full((self._rows, self._columns), _NONE, np.uint8)
        below = (grid[1:] == grid[:-1, :, :, -1:, :]).all((2, 3, 4))
        mode[1:][below] = _VERTICAL
        beside = (grid[:, 1:] == grid[:, :-1, :, :, -1:]).all((2, 3, 4))
        mode[:, 1:][beside] = _HORIZONTAL
        return mode.reshape(-1)

    def _slice(self, header: str, luma: Plane, chroma: Plane, todo: NDArray[np.bool_], *, key: bool) -> bytes:
        """Slice data [7.3.4]: predicted macroblocks are a few bits, the others bytes on a byte border."""
        modes, chroma_modes = self._predicted(luma, 16), self._predicted(chroma, 8)
        plain = (modes == _NONE) | (chroma_modes == _NONE)
        raw = todo & plain
        in_p = 0 if key else _IN_P_SLICE
        parts: list[bytes] = []
        bits, last = [header], -1
        for index in np.flatnonzero(todo).tolist():
            if not key:
                bits.append(_ue(index - last - 1))  # mb_skip_run
            last = index
            if plain[index]:
                bits.append(_ue(in_p + _I_PCM))
                parts += [_packed("".join(bits)), luma[index].tobytes(), chroma[index].tobytes()]
                bits = []
            else:
                beside_pcm = (index % self._columns and raw[index - 1]) or (index >= self._columns and raw[index - self._columns])
                token = _NO_COEFFICIENTS_BESIDE_PCM if beside_pcm else _NO_COEFFICIENTS
                kind = in_p + _INTRA_16 + int(modes[index])
                bits.append(f"{_ue(kind)}{_ue(_CHROMA_MODE[int(chroma_modes[index])])}{_ue(0)}{token}")
        if not key and last < len(todo) - 1:
            bits.append(_ue(len(todo) - 1 - last))
        parts.append(_packed("".join([*bits, "1"])))  # rbsp_slice_trailing_bits
        return b"".join(parts)

    def _sps(self) -> bytes:
        """Sequence parameter set [7.3.2.1]: pictures are shown in the order of the stream, one is a reference."""
        crop = (0, (self._columns * 16 - self.width) // 2, 0, (self._rows * 16 - self.height) // 2)
        bits = f"{_PROFILE:08b}{_CONSTRAINED:08b}{_LEVEL:08b}{_ue(0)}{_ue(_FRAME_NUM_BITS - 4)}{_ue(2)}{_ue(1)}0"
        bits += f"{_ue(self._columns - 1)}{_ue(self._rows - 1)}11"
        bits += "1" + "".join(map(_ue, crop)) if any(crop) else "0"
        return _unit(_SPS, _packed(bits + "0" + "1"))

    def _pps(self) -> bytes:
        """Picture parameter set [7.3.2.2]: CAVLC, deblocking is told in each slice."""
        return _unit(_PPS, _packed(f"{_ue(0)}{_ue(0)}00{_ue(0)}{_ue(0)}{_ue(0)}000{_ue(0)}{_ue(0)}{_ue(0)}100" + "1"))


def annex_b(*units: bytes) -> bytes:
    """Units as a byte stream, each after a start code (Annex B)."""
    return b"".join(_START + unit for unit in units)
