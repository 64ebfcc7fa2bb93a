"""The sync: service beside Debian's adbd.

The same random requests on the same files get the same answers, byte for byte.
"""

import stat
import struct

from hypothesis import example, given
from hypothesis import strategies as st

from device_farm.virtual.adbd import sync_wire as wire
from tests.virtual.adbd_pairs import QUICK, Both

ROOT = "/tmp/sync"
# our words, those of Debian, and why they differ
DELIBERATE = (
    (b"Too many symbolic links encountered", b"Too many levels of symbolic links", "bionic's strerror and glibc's"),
    (b"Read-only file system", b"Permission denied", "Android's root is mounted read-only, Debian's is only not nobody's"),
    (b"secure_mkdirs() failed", b"secure_mkdirs failed", "AOSP says which of the two calls failed since Android 14; Debian's is older"),
)
TIME = 1_700_000_000
_STAT, _DENT = wire.STAT_V2, wire.DENT_V2


def request(identity: bytes, path: str, rest: bytes = b"") -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    return wire.REQUEST.pack(identity, len(name)) + name + rest


def data(*blocks: bytes) -> bytes:
    return b"".join(wire.REQUEST.pack(b"DATA", len(block)) + block for block in blocks)


def done(mtime: int = TIME) -> bytes:
    return wire.REQUEST.pack(b"DONE", mtime)


def answers(said: bytes) -> list[object]:
    """Take an answer apart; what two file systems cannot have in common is left out.

    That is device and inode, owner, access and change time, size, links and time of directories, and the time of a
    link, which is that of its making. Entries of a directory have no order.
    """
    found: list[object] = []
    while said:
        identity = said[:4]
        if identity == b"STAT":
            _, mode, size, mtime = wire.STAT_V1.unpack_from(said)
            found.append(("STAT", *_facts(mode, size, mtime)))
            said = said[wire.STAT_V1.size :]
        elif identity in {b"STA2", b"LST2"}:
            _, error, _, _, mode, links, _, _, size, _, mtime, _ = _STAT.unpack_from(said)
            found.append((identity, error, *_facts(mode, size, mtime), None if stat.S_ISDIR(mode) else links))
            said = said[_STAT.size :]
        elif identity in {b"DENT", b"DNT2"}:
            entry, said = _entry(said)
            found.append(entry)
        elif identity == b"DONE" and found and isinstance(found[-1], tuple) and found[-1][0] in {b"DENT", b"DNT2"}:
            v2 = found[-1][0] == b"DNT2"
            found.append(said[: _DENT.size if v2 else wire.DENT_V1.size])
            said = said[_DENT.size if v2 else wire.DENT_V1.size :]
        elif identity in {b"FAIL", b"DATA"}:
            size = wire.REQUEST.unpack_from(said)[1]
            found.append((identity, alike(said[8 : 8 + size]) if identity == b"FAIL" else said[8 : 8 + size]))
            said = said[8 + size :]
        else:
            found.append(said[:8])
            said = said[8:]
    return sorted(found, key=repr) if any(isinstance(f, tuple) and f[0] in {b"DENT", b"DNT2"} for f in found) else found


def alike(text: bytes) -> bytes:
    for ours, theirs, _ in DELIBERATE:
        text = text.replace(ours, theirs)
    return text


def _entry(said: bytes) -> tuple[tuple[object, ...], bytes]:
    if said[:4] == b"DENT":
        _, mode, size, mtime, length = wire.DENT_V1.unpack_from(said)
        error, start = 0, wire.DENT_V1.size
    else:
        _, error, _, _, mode, _, _, _, size, _, mtime, _, length = _DENT.unpack_from(said)
        start = _DENT.size
    return (said[:4], said[start : start + length], error, *_facts(mode, size, mtime)), said[start + length :]


def _facts(mode: int, size: int, mtime: int) -> tuple[object, ...]:
    return (oct(mode), None if stat.S_ISDIR(mode) else size, None if stat.S_ISDIR(mode) or stat.S_ISLNK(mode) else mtime)


paths = st.sampled_from(
    [
        ROOT, f"{ROOT}/a", f"{ROOT}/b", f"{ROOT}/a/x", f"{ROOT}/d/e/f", f"{ROOT}/d", f"{ROOT}/link", f"{ROOT}/link/x",
        f"{ROOT}/{'n' * 255}",
        f"{ROOT}/{'n' * 256}", f"{ROOT}//a", f"{ROOT}/d/../a", f"{ROOT}/中文 名", f"{ROOT}/a/", "/tmp/sync/\udcff", "", "/",
        f"{ROOT}/d/", "/nowhere/x", f"{ROOT}/./b", f"{ROOT}/a,b", "/tmp", f"{ROOT}/loop",
    ]
)  # fmt: skip
contents = st.one_of(st.binary(max_size=40), st.sampled_from([bytes(65536), bytes(65537), b"x" * 200_000, b""]))
modes = st.sampled_from([0o644, 0o100755, 0o100600, 0o777, 0, 0o170000, 0o7777, 33261, 0o40755])
flags = st.sampled_from([0, 0, 0, wire.FLAG_DRY_RUN, 8, 0x40000000, 3, 1 << 30 | 1])
times = st.sampled_from([TIME, 0, 1, 0xFFFFFFFF])


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    path = draw(paths)
    kind = draw(st.sampled_from(["STAT", "STA2", "LST2", "LIST", "LIS2", "SEND", "SND2", "RECV", "RCV2", "link", "odd"]))
    if kind in {"STAT", "STA2", "LST2"}:
        return request(kind.encode(), path)
    if kind in {"LIST", "LIS2"}:  # only where both have the same
        return request(kind.encode(), path if path.startswith(ROOT) else ROOT)
    if kind == "RECV":
        return request(b"RECV", path)
    if kind == "RCV2":
        return request(b"RCV2", path, struct.pack("<4sI", b"RCV2", draw(flags)))
    if kind == "link":
        target = draw(st.sampled_from(["a", "d", "loop", "/tmp/sync/b", "nowhere", ""])).encode() + b"\0"
        return request(b"SEND", f"{path},{0o120777}", data(target) + done(draw(times)))
    if kind == "odd":
        return draw(
            st.sampled_from(
                [
                    wire.REQUEST.pack(b"NOPE", 0), wire.REQUEST.pack(b"STAT", 1025), request(b"SEND", "no comma"),
                    request(b"SEND", f"{ROOT}/a,99999999999999999999"), request(b"SEND", f"{ROOT}/a,0x1ff") + done(),
                    request(b"SEND", f"{ROOT}/a,nothing") + done(), request(b"SEND", f"{ROOT}/a,0644", b"NOPE" + bytes(4)),
                    request(b"SEND", f"{ROOT}/l,41471", done()), request(b"SEND", f"{ROOT}/l,41471", data(b"x" * 65537)),
                    request(b"SEND", f"{ROOT}/l,41471", data(b"a\\0") + b"NOPE" + bytes(4)), request(b"DATA", "x"), request(b"DONE", ""),
                ]
            )
        )  # fmt: skip
    whole = draw(contents)
    blocks = [whole[start : start + 65536] for start in range(0, len(whole), 65536)]
    body = data(*blocks) + done(draw(times))
    if kind == "SEND":
        return request(b"SEND", f"{path},{draw(modes)}", body)
    return request(b"SND2", path, struct.pack("<4sII", b"SND2", draw(modes), draw(flags)) + body)


@QUICK
@example(sent=[b"SEND\x11\0\0\0/tmp/sync/a,0x1ffDONE\0\xf1Se", b"SEND\x12\0\0\0/tmp/sync/a/,41471DATA\2\0\0\0a\0DONE\0\xf1Se"])
@given(sent=st.lists(requests(), min_size=1, max_size=8))
def test_requests(both: Both, sent: list[bytes]) -> None:
    both.same(f"exec:rm -rf {ROOT}; mkdir -m 777 {ROOT}".encode())
    for number, one in enumerate(sent):
        ours, theirs = (answers(said.data) for said in both.converse(b"sync:", one + request(b"QUIT", "")))
        assert ours == theirs, f"{sent[: number + 1]}\n  ours:   {str(ours)[:600]}\n  theirs: {str(theirs)[:600]}"
