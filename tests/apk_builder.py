"""Builds small APKs for tests: compiled manifests, a one-string resource table, signing blocks and certificates."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

IDS = {
    "label": 0x01010001, "icon": 0x01010002, "name": 0x01010003, "permission": 0x01010006, "enabled": 0x0101000E, "exported": 0x01010010,
    "process": 0x01010011, "authorities": 0x01010018, "minSdkVersion": 0x0101020C, "versionCode": 0x0101021B,
    "versionName": 0x0101021C, "targetSdkVersion": 0x01010270, "testOnly": 0x01010272,
    "versionCodeMajor": 0x01010576,
}  # fmt: skip
NONE = 0xFFFFFFFF


@dataclass
class Node:
    """An element: keys with a colon are Android's; values are str, int, bool or Ref."""

    tag: str
    attributes: dict[str, object] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Ref:
    identity: int


def chunk(kind: int, header: bytes, body: bytes = b"") -> bytes:
    return struct.pack("<HHI", kind, 8 + len(header), 8 + len(header) + len(body)) + header + body


def string_pool(strings: list[str], utf8: bool = True) -> bytes:
    offsets, data = b"", b""
    for text in strings:
        offsets += struct.pack("<I", len(data))
        if utf8:
            raw = text.encode()
            data += b"".join(_length(n) for n in (len(text.encode("utf-16-le")) // 2, len(raw))) + raw + b"\0"
        else:
            raw = text.encode("utf-16-le")
            data += struct.pack("<H", len(raw) // 2) + raw + b"\0\0"
    data += b"\0" * (-len(data) % 4)
    header = struct.pack("<IIIII", len(strings), 0, 0x100 if utf8 else 0, 28 + len(offsets), 0)
    return chunk(0x0001, header, offsets + data)


def _length(number: int) -> bytes:
    return bytes([number]) if number < 0x80 else bytes([number >> 8 | 0x80, number & 0xFF])


def axml(root: Node, utf8: bool = True) -> bytes:
    """Compile a tree; attribute names of Android are emptied, as packers do, so only ids count."""
    strings: list[str] = [""] * len(IDS)
    numbers = {name: index for index, name in enumerate(IDS)}

    def text(value: str) -> int:
        if value not in strings[len(IDS) :]:
            strings.append(value)
        return strings.index(value, len(IDS))

    def element(node: Node) -> bytes:
        attributes = b""
        for key, value in node.attributes.items():
            name = numbers[key.split(":")[1]] if ":" in key else text(key)
            if isinstance(value, bool):
                kind, word = 0x12, NONE if value else 0
            elif isinstance(value, int):
                kind, word = 0x10, value
            elif isinstance(value, Ref):
                kind, word = 0x01, value.identity
            else:
                kind, word = 0x03, text(str(value))
            attributes += struct.pack("<IIIHBBI", NONE, name, NONE, 8, 0, kind, word)
        place = struct.pack("<II", 1, NONE)
        ext = struct.pack("<IIHHHHHH", NONE, text(node.tag), 20, 20, len(node.attributes), 0, 0, 0)
        inside = b"".join(element(child) for child in node.children)
        end = chunk(0x0103, place, struct.pack("<II", NONE, text(node.tag)))
        return chunk(0x0102, place, ext + attributes) + inside + end

    body = element(root)
    ids = chunk(0x0180, b"", struct.pack(f"<{len(IDS)}I", *IDS.values()))
    return chunk(0x0003, b"", string_pool(strings, utf8) + ids + body)


def resources(values: dict[str, str]) -> bytes:
    """A table with one string, 0x7f010000, by language ("" or "zh")."""
    types = b""
    for index, language in enumerate(values):
        config = struct.pack("<I", 32) + b"\0" * 4 + language.encode().ljust(4, b"\0") + b"\0" * 20
        header = struct.pack("<BBHII", 1, 0, 0, 1, 20 + len(config) + 4) + config
        types += chunk(0x0201, header, struct.pack("<I", 0) + struct.pack("<HHIHBBI", 8, 0, 0, 8, 0, 3, index))
    package = chunk(0x0200, struct.pack("<I", 0x7F) + b"\0" * 276, types)
    return chunk(0x0002, struct.pack("<I", 1), string_pool(list(values.values())) + package)


def manifest(package: str = "com.example.small", *, label: object = "Small", code: int = 7, **more: object) -> Node:
    main = Node("activity", {"android:name": ".Main", "android:exported": True}, [
        Node("intent-filter", {}, [
            Node("action", {"android:name": "android.intent.action.MAIN"}),
            Node("category", {"android:name": "android.intent.category.LAUNCHER"}),
        ]),
    ])  # fmt: skip
    return Node("manifest", {"package": package, "android:versionCode": code, "android:versionName": "1.0", **more}, [
        Node("uses-sdk", {"android:minSdkVersion": 21, "android:targetSdkVersion": 33}),
        Node("uses-permission", {"android:name": "android.permission.CAMERA"}),
        Node("application", {"android:label": label}, [main]),
    ])  # fmt: skip


def certificate(name: str = "test", key: ec.EllipticCurvePrivateKey | None = None) -> x509.Certificate:
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start)
    return builder.not_valid_after(start + datetime.timedelta(days=9999)).sign(key, hashes.SHA256())


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_signing_block(data: bytes, blocks: dict[int, bytes]) -> bytes:
    """Put an APK Signing Block in front of the central directory."""
    end = data.rfind(b"PK\x05\x06")
    offset = struct.unpack_from("<I", data, end + 16)[0]
    pairs = b"".join(struct.pack("<QI", 4 + len(value), number) + value for number, value in blocks.items())
    size = struct.pack("<Q", len(pairs) + 24)
    block = size + pairs + size + b"APK Sig Block 42"
    patched = data[offset:end] + data[end : end + 16] + struct.pack("<I", offset + len(block)) + data[end + 20 :]
    return data[:offset] + block + patched


def signer_block(*certificates: bytes) -> bytes:
    """The value of a v2 or v3 block with one signer for each certificate."""

    def prefixed(data: bytes) -> bytes:
        return struct.pack("<I", len(data)) + data

    signers = b"".join(prefixed(prefixed(prefixed(b"") + prefixed(prefixed(der)))) for der in certificates)
    return prefixed(signers)


def build_apk(root: Node | None = None, *, signer: str | x509.Certificate = "test", **files: bytes) -> bytes:
    """A v2-signed APK (the signature itself is not there, only the certificate)."""
    contents = {"AndroidManifest.xml": axml(root or manifest()), "classes.dex": b"dex\n035\0", **files}
    known = signer if isinstance(signer, x509.Certificate) else certificate(signer)
    der = known.public_bytes(serialization.Encoding.DER)
    return with_signing_block(zip_of(contents), {0x7109871A: signer_block(der)})


def dex(classes: dict[str, str]) -> bytes:
    """A DEX file that defines each class, in dots, as extending another; it holds names only."""
    names = sorted({*classes, *classes.values()})
    strings = [f"L{name.replace('.', '/')};" for name in names]
    string_ids = 0x70
    type_ids = string_ids + 4 * len(names)
    class_defs = type_ids + 4 * len(names)
    data = class_defs + 32 * len(classes)
    offsets, texts = b"", b""
    for text in strings:
        offsets += struct.pack("<I", data + len(texts))
        texts += bytes([len(text)]) + text.encode() + b"\0"
    types = b"".join(struct.pack("<I", number) for number in range(len(names)))
    defs = b"".join(struct.pack("<8I", names.index(own), 1, names.index(parent), 0, NONE, 0, 0, 0) for own, parent in classes.items())
    header = b"dex\n035\0".ljust(0x38, b"\0")
    header += struct.pack("<4I", len(names), string_ids, len(names), type_ids)
    header = header.ljust(0x60, b"\0") + struct.pack("<4I", len(classes), class_defs, len(texts), data)
    return header + offsets + types + defs + texts
