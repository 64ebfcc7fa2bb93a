"""The framebuffer: service: a header of 14 words, then the pixels (adb daemon/framebuffer_service.cpp)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.adbd.stream import Stream
    from device_farm.virtual.device import VirtualDevice

VERSION, BITS, COLOUR_SPACE_SRGB = 2, 32, 1
_CHANNELS = (0, 8, 16, 8, 8, 8, 24, 8)  # offset and length of red, blue, green, alpha in RGBA_8888


async def serve(device: VirtualDevice, stream: Stream) -> None:
    """Send one frame."""
    await device.faults.delay("screencap")
    pixels = device.screen.raw()
    width, height = device.screen.width, device.screen.height
    await stream.write(struct.pack("<14I", VERSION, BITS, COLOUR_SPACE_SRGB, len(pixels), width, height, *_CHANNELS))
    await stream.write(pixels)
