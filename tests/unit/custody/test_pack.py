import hashlib
import json
import random
import shutil
import stat
import struct
import zipfile
from datetime import UTC, datetime
from zlib import crc32

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.custody import canonical_zip, derivation
from harness.custody.archive_integrity import verify_pack
from harness.custody.canonical_zip import Member, ZipWriter, members
from harness.custody.finding_reviews import found_in, review
from harness.custody.index import head
from harness.custody.integrity import known_hashes
from harness.custody.run_archive import Copy, pack
from harness.custody.signature import fingerprint_of, sign
from harness.errors import EvidenceError
from harness.recording.canonical import canonical
from harness.recording.run_folder import Difference, RunFolder
from tests.forged_runs import write_run

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


@pytest.fixture
def second(sealed):
    run = RunFolder.create(sealed.parent, package="com.example.bank", serial="S", started=datetime(2026, 11, 24, tzinfo=UTC))
    write_run(run, {"format": 3, "app": {"package": "com.example.bank", "uid": 10_101}})
    run.write("raw/events.txt", "行\n".encode())
    run.seal()
    sign(run.path, KEY, by="张三", at=datetime(2026, 11, 28, tzinfo=UTC))
    return run.path


@pytest.fixture
def packed(sealed, second, tmp_path):
    pack([sealed, second], tmp_path / "x.zip")
    return tmp_path / "x.zip"


def differences(path, **more):
    return [each for run in verify_pack(path, **more) for each in run.differences]


def test_the_same_runs_are_the_same_bytes(sealed, second, packed, tmp_path):
    told = pack([second, sealed], tmp_path / "y.zip")
    assert (tmp_path / "y.zip").read_bytes() == packed.read_bytes()
    copy = tmp_path / "elsewhere" / sealed.name
    shutil.copytree(sealed, copy)
    assert pack([copy, second], tmp_path / "z.zip").sha256 == told.sha256
    assert told.files == len(members(packed)) - 1


def test_it_is_verified_where_it_lies(sealed, second, packed):
    runs = verify_pack(packed, trust=fingerprint_of(KEY.public_key()))
    assert [run.folder for run in runs] == [second.name, sealed.name]
    assert all(run.differences == () and run.redacted == () for run in runs)
    assert head(second) in known_hashes(runs[0].contents)
    assert runs[0].root in known_hashes(runs[0].contents)
    assert [each.good for each in runs[0].vouchers] == [True]
    assert [(each.good, each.words) for each in runs[1].vouchers] == [
        (False, f"nobody signed it with the key {fingerprint_of(KEY.public_key())}")
    ]


def test_others_read_it(sealed, packed, tmp_path):
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    for path in sealed.rglob("*"):
        if path.is_file():
            assert (tmp_path / "out" / path.relative_to(sealed.parent)).read_bytes() == path.read_bytes()


def test_every_single_change_is_found(packed):
    chance, whole, missed = random.Random(15), packed.read_bytes(), []
    for number in range(400):
        data, place = bytearray(whole), chance.randrange(len(whole))
        match chance.randrange(4):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place]
            case 2:
                data.insert(place, chance.randrange(256))
            case 3:
                del data[place:]
        packed.write_bytes(data)
        if found_intact(packed):
            missed.append(number)
    assert missed == []


def found_intact(path):
    """Whether nothing was found; an error is one line."""
    try:
        return not differences(path)
    except EvidenceError as error:
        return "\n" in str(error)


def rewrite(path, change, more=()):
    """The zip again in its own form, with its list made anew."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    listed = json.loads(files.pop("pack.json"))
    files = {name: change(name, data) for name, data in files.items()} | dict(more)
    for run in listed["runs"]:
        for each in run["files"]:
            data = files[f"{run['folder']}/{each['path']}"]
            each |= {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    with path.open("w+b") as file:
        writer = ZipWriter(file)
        for name, data in [*files.items(), ("pack.json", canonical(listed))]:
            writer.add(name, [data], len(data))
        writer.end()


def test_a_file_that_no_list_names(packed):
    rewrite(packed, lambda name, data: data, [("hidden.txt", b"")])
    with pytest.raises(EvidenceError, match=r"hidden.txt is on no list"):
        verify_pack(packed)


def tricky(path, *names, **values):
    """A zip of another program with a dangerous member."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if values.get("deflate") else zipfile.ZIP_STORED) as archive:
        for name in names:
            about = zipfile.ZipInfo(name)
            about.compress_type = archive.compression
            about.external_attr = values.get("mode", stat.S_IFREG | 0o644) << 16
            archive.writestr(about, values.get("data", b"x"))
    if values.get("encrypted"):
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\1\2") + 8] |= 1
        path.write_bytes(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("names", "values", "words"),
    [
        (["../x"], {}, r"'\.\./x' is no path within a folder"),
        (["a/../../x"], {}, "is no path within a folder"),
        (["/etc/passwd"], {}, "is no path within a folder"),
        (["C:\\x"], {}, "is no path within a folder"),
        (["a//b"], {}, "is no path within a folder"),
        (["a/"], {}, "is no path within a folder"),
        (["a\u202eb"], {}, "is no path within a folder"),
        (["nul. "], {}, "is no path within a folder"),
        (["a", "a"], {}, "'a' is there twice"),
        (["a", "A"], {}, "'A' is there twice"),
        (["a"], {"mode": stat.S_IFLNK | 0o777, "data": b"/etc/passwd"}, "'a' is a link"),
        (["a"], {"deflate": True, "data": bytes(10_000_000)}, "'a' is compressed"),
        (["a"], {"encrypted": True}, "'a' is encrypted"),
        (["a"], {}, "not as pack wrote it"),
    ],
)
def test_a_zip_with_a_trick(tmp_path, names, values, words):
    tricky(tmp_path / "x.zip", *names, **values)
    with pytest.raises(EvidenceError, match=words) as raised:
        verify_pack(tmp_path / "x.zip")
    assert "\n" not in str(raised.value)


def test_members_that_overlap_or_claim_more(packed):
    whole = packed.read_bytes()
    place = whole.index(b"PK\1\2")
    packed.write_bytes(whole[: place + 20] + struct.pack("<2L", 0xFFFF_FFF0, 0xFFFF_FFF0) + whole[place + 28 :])
    with pytest.raises(EvidenceError, match="claims to hold more than it has bytes"):
        verify_pack(packed)


def test_what_is_no_zip_of_ours(packed, tmp_path):
    for data, words in (
        (b"", "is no zip"),
        (b"text", "is no zip"),
        (packed.read_bytes()[:-1], "cut off"),
        (packed.read_bytes() + b"x", "cut off"),
    ):
        (tmp_path / "bad.zip").write_bytes(data)
        with pytest.raises(EvidenceError, match=words):
            verify_pack(tmp_path / "bad.zip")
    with pytest.raises(EvidenceError, match="No such file"):
        verify_pack(tmp_path / "none.zip")
    with (tmp_path / "bad.zip").open("w+b") as file:
        ZipWriter(file).end()
    with pytest.raises(EvidenceError, match=r"has no pack.json"):
        verify_pack(tmp_path / "bad.zip")


NO_LISTS = [b"{}", b"[]", b"\xff", canonical({"format": 1, "runs": [1]}), canonical({"format": 1, "runs": {}, "x": 1}), b"[" * 9999]


@pytest.mark.parametrize(
    ("data", "words"),
    [*((data, "not as it was written") for data in NO_LISTS), (canonical({"format": 2, "runs": []}), "newer AppRights")],
)
def test_a_list_that_is_none(tmp_path, data, words):
    path = tmp_path / "bad.zip"
    with path.open("w+b") as file:
        writer = ZipWriter(file)
        writer.add("pack.json", [data], len(data))
        writer.end()
    with pytest.raises(EvidenceError, match=words):
        verify_pack(path)


def test_only_what_is_whole_is_packed(sealed, second, tmp_path):
    (sealed / "raw/events.txt").write_bytes(b"other")
    with pytest.raises(EvidenceError, match="not packed"):
        pack([second, sealed], tmp_path / "x.zip")
    with pytest.raises(EvidenceError, match="never sealed"):
        pack([tmp_path], tmp_path / "x.zip")
    with pytest.raises(EvidenceError, match="two runs have the name"):
        pack([second, second], tmp_path / "x.zip")
    with pytest.raises(EvidenceError, match="lies in the run folder"):
        pack([second], second / "x.zip")
    with pytest.raises(EvidenceError, match="cannot be written"):
        pack([second], tmp_path / "none" / "x.zip")
    assert not list(tmp_path.glob("*.zip")) + list(tmp_path.glob(".*"))


def test_results_that_other_versions_made_are_named(sealed, tmp_path, monkeypatch):
    monkeypatch.setattr(derivation, "derived_files", lambda *_: {})
    ((path, why),) = pack([sealed], tmp_path / "x.zip").not_derived
    assert (path, "by other versions than these" in str(why)) == (f"{sealed.name}/analysis.json", True)


def test_a_review_after_the_zip_is_told_by_its_head(sealed, tmp_path):
    pack([sealed], tmp_path / "x.zip")
    before = known_hashes(verify_pack(tmp_path / "x.zip")[0].contents).keys()
    review(sealed, found_in(sealed)[0].key, "confirmed", by="a", reason="b")
    pack([sealed], tmp_path / "y.zip")
    after = known_hashes(verify_pack(tmp_path / "y.zip")[0].contents).keys()
    assert before < after
    assert head(sealed) in after - before


def test_large_files_in_the_form_of_zip64(monkeypatch, tmp_path):
    """The limits are those of zip; here a few bytes stand for four gigabytes."""
    monkeypatch.setattr(canonical_zip, "_MAX32", 40)
    path = tmp_path / "large.zip"
    with path.open("w+b") as file:
        writer = ZipWriter(file)
        writer.add("a", [b"x" * 50], 50)
        writer.add("b", [b"y" * 3], 3)
        writer.end()
    first, second = 30 + 1 + 20, 30 + 1 + 20 + 50 + 31
    assert members(path) == {"a": Member("a", crc32(b"x" * 50), 50, first), "b": Member("b", crc32(b"yyy"), 3, second)}


class Blacken:
    """Blacks out one file and leaves another out."""

    def __init__(self, folder):
        self.folder = folder

    def copy(self, path):
        if path == "raw/events.txt":
            return Copy("text", 5, lambda: iter([b"**ne\n"]))
        return Copy("left out") if path == "raw/film.mp4" else None


def test_a_copy_that_is_blacked_out_is_known_with_its_original(sealed, tmp_path):
    told = pack([sealed], tmp_path / "x.zip", redact=Blacken)
    assert (told.redacted, told.left_out) == ((f"{sealed.name}/raw/events.txt",), (f"{sealed.name}/raw/film.mp4",))
    [run] = verify_pack(tmp_path / "x.zip")
    assert (run.differences, run.redacted, run.left_out, run.compared) == ((), ("raw/events.txt",), ("raw/film.mp4",), ())
    [run] = verify_pack(tmp_path / "x.zip", originals=[sealed])
    assert (run.differences, run.compared) == ((), ("raw/events.txt", "raw/film.mp4"))


def test_a_copy_that_says_something_else_than_its_original(sealed, tmp_path, monkeypatch):
    monkeypatch.setattr(
        Blacken, "copy", lambda self, path: Copy("text", 5, lambda: iter([b"l**s\n"])) if path == "raw/events.txt" else None
    )
    pack([sealed], tmp_path / "x.zip", redact=Blacken)
    assert differences(tmp_path / "x.zip") == []
    assert differences(tmp_path / "x.zip", originals=[sealed]) == [Difference("raw/events.txt", "changed", "folder")]
