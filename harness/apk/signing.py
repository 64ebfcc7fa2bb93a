"""The signers of an APK: the SHA-256 of each certificate. Nothing is verified; this is identity, not trust.

Layouts: APK Signature Scheme v2 and v3 in frameworks/base ``core/java/android/util/apk/ApkSigningBlockUtils.java``,
``ApkSignatureSchemeV2Verifier.java`` and ``ApkSignatureSchemeV3Verifier.java`` (v3.1 too); v1 is a PKCS#7 SignedData
(RFC 2315) in META-INF. The certificate is hashed as the bytes that are in the file, as Android and apksigner do.
"""

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from harness.apk.archive import Archive
from harness.errors import FormatError
from harness.language import _

_MAGIC = b"APK Sig Block 42"
_V2, _V3, _V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61
_MODERN = (("v3.1", _V31), ("v3", _V3), ("v2", _V2))
_MAX_BLOCK = 64 * 1024 * 1024
_MAX_SIGNATURE_FILE = 1024 * 1024
_MAX_SIGNERS = 10  # as Android's verifiers
_SIGNATURE_FILE = re.compile(r"META-INF/[^/]+\.(RSA|DSA|EC)", re.IGNORECASE)

_SEQUENCE, _SET, _CONTEXT_0 = 0x30, 0x31, 0xA0
_U32 = struct.Struct("<I")
_U64 = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class SchemeSigner:
    """A certificate and the scheme that has it. With v3.1 a newer key signs for Android 13 and later, v3 for older."""

    scheme: str
    certificate_sha256: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The schemes that are present, and the certificates of the highest one, lower-case hex SHA-256."""

    v1: bool
    v2: bool
    v3: bool
    v31: bool
    certificates_sha256: tuple[str, ...]
    signers: tuple[SchemeSigner, ...]


def read_signing(archive: Archive) -> Signing:
    """Return the signers of an APK, none for an unsigned one; raises FormatError for a damaged signature."""
    block = dict(_signing_block(archive))
    signature_files = sorted(name for name in archive.entries if _SIGNATURE_FILE.fullmatch(name))
    found = {name: [_block_certificate(signer) for signer in _signers(block[scheme])] for name, scheme in _MODERN if scheme in block}
    if not found:
        files = [archive.read(name, _MAX_SIGNATURE_FILE) for name in signature_files[:_MAX_SIGNERS]]
        found = {"v1": [_pkcs7_signer(data) for data in files]}
    signers = tuple(
        dict.fromkeys(
            SchemeSigner(scheme, hashlib.sha256(certificate).hexdigest())
            for scheme, certificates in found.items()
            for certificate in certificates
        )
    )
    highest = next(iter(found))
    digests = tuple(signer.certificate_sha256 for signer in signers if signer.scheme == highest)
    return Signing(bool(signature_files), _V2 in block, _V3 in block or _V31 in block, _V31 in block, digests, signers)


def _signing_block(archive: Archive) -> Iterator[tuple[int, bytes]]:
    """The id-value pairs of the APK Signing Block right before the central directory."""
    end = archive.directory_offset
    if end < 32 or archive.read_at(end - 16, 16) != _MAGIC:
        return
    size = _U64.unpack(archive.read_at(end - 24, 8))[0]
    if not 24 <= size <= min(_MAX_BLOCK, end - 8):
        raise archive.refuse(_("its signing block claims {size} bytes", size=size))
    pairs = archive.read_at(end - size, size - 24)
    at = 0
    while at + 12 <= len(pairs):
        length = _U64.unpack_from(pairs, at)[0]
        if not 4 <= length <= len(pairs) - at - 8:
            raise archive.refuse(_("its signing block is damaged"))
        yield _U32.unpack_from(pairs, at + 8)[0], pairs[at + 12 : at + 8 + length]
        at += 8 + length


def _prefixed(data: bytes, at: int = 0) -> bytes:
    """The bytes behind a 32-bit length."""
    if at + 4 > len(data):
        raise FormatError(_("the APK's signature is cut off"))
    end = at + 4 + _U32.unpack_from(data, at)[0]
    if end > len(data):
        raise FormatError(_("the APK's signature is cut off"))
    return data[at + 4 : end]


def _signers(value: bytes) -> list[bytes]:
    """The signers of a v2 or v3 block."""
    rest = _prefixed(value)
    signers: list[bytes] = []
    at = 0
    while at < len(rest):
        if len(signers) == _MAX_SIGNERS:
            raise FormatError(_("the APK has more than {max_signers} signers", max_signers=_MAX_SIGNERS))
        signer = _prefixed(rest, at)
        signers.append(signer)
        at += 4 + len(signer)
    return signers


def _block_certificate(signer: bytes) -> bytes:
    """The first certificate of a signer: signed data = digests, then certificates."""
    signed = _prefixed(signer)
    return _prefixed(_prefixed(signed, 4 + len(_prefixed(signed))))


def _der(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, first content byte and end of the DER value at ``at``."""
    if at + 2 > len(data):
        raise FormatError(_("the APK's signature file is cut off"))
    tag, length, body = data[at], data[at + 1], at + 2
    if length & 0x80:
        octets = length & 0x7F
        if not 1 <= octets <= 4:
            raise FormatError(_("the APK's signature file is not DER"))
        length, body = int.from_bytes(data[body : body + octets], "big"), body + octets
    if body + length > len(data):
        raise FormatError(_("the APK's signature file is cut off"))
    return tag, body, body + length


def _children(data: bytes, at: int) -> list[tuple[int, int, int, int]]:
    """Tag, start, first content byte and end of each value inside the one at ``at``."""
    _tag, body, end = _der(data, at)
    found = []
    while body < end:
        tag, inner, stop = _der(data, body)
        found.append((tag, body, inner, stop))
        body = stop
    return found


def _pkcs7_signer(data: bytes) -> bytes:
    """The certificate that the first SignerInfo names by issuer and serial number, else the first one."""
    content = next((part for part in _children(data, 0) if part[0] == _CONTEXT_0), None)
    if content is None:
        raise FormatError(_("the APK's signature file is not PKCS#7"))
    parts = _children(data, content[2])
    bag = next((part for part in parts if part[0] == _CONTEXT_0), None)
    inside = _children(data, bag[1]) if bag else []
    certificates = [data[start:end] for tag, start, _body, end in inside if tag == _SEQUENCE]
    if not certificates:
        raise FormatError(_("the APK's signature file has no certificate"))
    infos = _children(data, parts[-1][1]) if parts[-1][0] == _SET else []
    if infos:
        issuer_and_serial = _children(data, infos[0][1])[1]
        wanted = data[issuer_and_serial[2] : issuer_and_serial[3]]
        return next((c for c in certificates if _issuer_and_serial(c) == wanted), certificates[0])
    return certificates[0]


def _issuer_and_serial(certificate: bytes) -> bytes:
    """The bytes of issuer and serial number, as a SignerInfo quotes them."""
    fields = _children(certificate, _children(certificate, 0)[0][1])
    first = 1 if fields[0][0] == _CONTEXT_0 else 0  # an explicit version comes before the serial number
    if len(fields) < first + 3:
        raise FormatError(_("the APK's certificate is damaged"))
    serial, issuer = fields[first], fields[first + 2]
    return certificate[issuer[1] : issuer[3]] + certificate[serial[1] : serial[3]]
