"""The signature of a made-up APK: a zip archive, a gap, the APK Signing Block, then the zip's directory.

APK Signature Scheme v2 as frameworks/base core/java/android/util/apk/ApkSignatureSchemeV2Verifier.java reads it. The
certificate is real, the signature is not. Padding stands in the gap before the block, which no reader looks at.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from device_farm.virtual.framework.packages.certificates import certificate, public_key
from device_farm.virtual.framework.records.offer import FileContent

if TYPE_CHECKING:
    from collections.abc import Iterable

_V2, _RSA_SHA256 = 0x7109871A, 0x0103
_MAGIC = b"APK Sig Block 42"
_END = b"PK\x05\x06"
MAX_OFFSET = 0xFFFF_0000  # beyond it a directory cannot be pointed at without zip64


def signed(archive: bytes, signer: str) -> bytes:
    """A zip archive with the signing block of the developer ``signer`` in it."""
    content = padded(archive, signer, 0)
    return content.head + content.tail


def padded(archive: bytes, signer: str, size: int) -> FileContent:
    """Return the signed archive with exactly ``size`` bytes where that is more; zeros fill the gap."""
    end = archive.rindex(_END)
    offset = struct.unpack_from("<I", archive, end + 16)[0]
    block = _block(signer)
    gap = max(0, size - len(archive) - len(block))
    if offset + gap > MAX_OFFSET:  # a directory that far off is out of a zip's reach: the end of the file is missing
        return FileContent(archive[:offset], size - offset)
    directory = offset + gap + len(block)
    tail = block + archive[offset : end + 16] + struct.pack("<I", directory) + archive[end + 20 :]
    return FileContent(archive[:offset], gap, tail)


def _block(signer: str) -> bytes:
    value = _prefixed([_signer(signer)])
    pair = struct.pack("<QI", 4 + len(value), _V2) + value
    size = struct.pack("<Q", len(pair) + 8 + len(_MAGIC))
    return size + pair + size + _MAGIC


def _signer(word: str) -> bytes:
    digests = _prefixed([struct.pack("<I", _RSA_SHA256) + _prefixed([bytes(32)], each=False)])
    data = digests + _prefixed([certificate(word)]) + _prefixed([])
    signatures = _prefixed([struct.pack("<I", _RSA_SHA256) + _prefixed([bytes(256)], each=False)])
    return _prefixed([data], each=False) + signatures + _prefixed([public_key(word)], each=False)


def _prefixed(items: Iterable[bytes], *, each: bool = True) -> bytes:
    """Items behind the length of all of them; with ``each`` behind their own lengths too."""
    body = b"".join(struct.pack("<I", len(item)) + item if each else item for item in items)
    return struct.pack("<I", len(body)) + body
