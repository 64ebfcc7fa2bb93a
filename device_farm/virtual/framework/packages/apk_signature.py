"""The signature of a made-up APK: a zip archive, a gap, the APK Signing Block, then the zip's directory.

APK Signature Scheme v2 as frameworks/base core/java/android/util/apk/ApkSignatureSchemeV2Verifier.java reads it. The
certificate is real, the signature is not. Padding stands in the gap before the block, which no reader looks at.

Certificates of made-up developers: the same word gives the same certificate, byte for byte, on every device.

X.509 (RFC 5280) in DER, as ``keytool`` makes one for an app, with a key that nobody has: what is signed here is
identified, never verified.
"""

import hashlib
import struct
from collections.abc import Iterable
from functools import lru_cache

from device_farm.virtual.framework.records.download import FileContent

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


_INTEGER, _BITS, _NULL, _OID, _UTF8, _TIME, _SEQUENCE, _SET = 0x02, 0x03, 0x05, 0x06, 0x0C, 0x17, 0x30, 0x31
_SHA256_WITH_RSA, _RSA = bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010101")
_COMMON_NAME = bytes.fromhex("550403")
_KEY_BYTES = 256  # of an RSA key of 2048 bits
_FROM, _UNTIL = b"200101000000Z", b"491231235959Z"


@lru_cache(maxsize=256)
def certificate(word: str) -> bytes:
    """The certificate of the developer that ``word`` stands for."""
    algorithm = _der(_SEQUENCE, _der(_OID, _SHA256_WITH_RSA), _der(_NULL))
    name = _der(_SEQUENCE, _der(_SET, _der(_SEQUENCE, _der(_OID, _COMMON_NAME), _der(_UTF8, word.encode("utf-8", "replace")[:64]))))
    validity = _der(_SEQUENCE, _der(_TIME, _FROM), _der(_TIME, _UNTIL))
    serial = _der(_INTEGER, b"\x01" + _noise(word, "serial", 15))
    body = _der(_SEQUENCE, _der(0xA0, _der(_INTEGER, b"\x02")), serial, algorithm, name, validity, name, public_key(word))
    return _der(_SEQUENCE, body, algorithm, _der(_BITS, b"\0" + _noise(word, "signature", _KEY_BYTES)))


@lru_cache(maxsize=256)
def public_key(word: str) -> bytes:
    """Its public key, as a SubjectPublicKeyInfo."""
    modulus = b"\0\xc0" + _noise(word, "key", _KEY_BYTES - 2) + b"\x01"
    key = _der(_SEQUENCE, _der(_INTEGER, modulus), _der(_INTEGER, b"\x01\0\x01"))
    return _der(_SEQUENCE, _der(_SEQUENCE, _der(_OID, _RSA), _der(_NULL)), _der(_BITS, b"\0" + key))


def digest(word: str) -> str:
    """SHA-256 of the certificate, hex, as Android and APK readers name a signer."""
    return hashlib.sha256(certificate(word)).hexdigest()


def _noise(word: str, use: str, size: int) -> bytes:
    """Bytes that look random and are the same each time."""
    return hashlib.shake_256(f"{use}:{word}".encode("utf-8", "replace")).digest(size)


def _der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body
