import json
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from harness.custody.archive_integrity import verify_pack
from harness.custody.canonical_zip import members
from harness.custody.redaction import RunRedaction
from harness.custody.redaction_comparison import only_blackened
from harness.custody.redaction_terms import RedactionTerms, words_of
from harness.custody.run_archive import pack
from harness.errors import EvidenceError
from harness.events.app_profile import AppProfile, LoginStep, read_app_profile
from harness.recording.journal import Journal
from harness.recording.run_folder import RunFolder
from harness.recording.run_format import FORMAT
from harness.recording.steps.screen_steps import Screenshot, Tree
from harness.vision.annotated_thumbnails import encode_png
from tests.forged_runs import write_run

NUMBER, NAME = "13800138000", "张三"
TREE = (
    '<?xml version=\'1.0\'?><hierarchy rotation="0"><node bounds="[0,0][640,400]" class="a" package="p"/>'
    '<node text="我的" bounds="[0,0][400,60]" class="a" package="p"/>'
    '<node text="&#24352;三" bounds="[20,100][200,160]" class="a" package="p"/></hierarchy>'
)
LOG = f"11-25 10:47:00.000 I/Login: phone=138-0013-8000 name={NAME}\nnext line {NUMBER}\n"


def picture():
    found = np.full((400, 640, 3), 255, np.uint8)
    cv2.putText(found, NUMBER, (40, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (0, 0, 0), 3)
    cv2.rectangle(found, (20, 100), (199, 159), (0, 128, 0), -1)  # where the tree has the name, in no letters
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = RunFolder.create(
        tmp_path_factory.mktemp("redact"), package="com.example.shop", serial="S", started=datetime(2026, 11, 25, tzinfo=UTC)
    )
    write_run(folder, {"format": FORMAT, "app": {"package": "com.example.shop", "uid": 10_100}, "account": {"name": NAME}})
    journal = Journal(folder.raw / "session.jsonl")
    path = folder.save_screen(picture())
    journal.write(Screenshot(path=path))
    journal.write(Tree(xml=TREE, screenshot=path))
    journal.close()
    folder.write("raw/main.txt", LOG.encode())
    folder.write("raw/plain.txt", b"nothing\n")
    folder.write("raw/film.mp4", b"\0\0\0\x18ftypmp42")
    folder.seal()
    return folder.path


@pytest.fixture(scope="module")
def packed(run, tmp_path_factory):
    output = tmp_path_factory.mktemp("zip") / "x.zip"
    words = RedactionTerms([NUMBER, NAME])
    return output, pack([run], output, redact=lambda folder: RunRedaction(folder, words))


def content(packed, run, name):
    member = members(packed[0])[f"{run.name}/{name}"]
    return packed[0].read_bytes()[member.start : member.start + member.size]


def test_texts_keep_their_lines_and_places(packed, run):
    log = content(packed, run, "raw/main.txt").decode()
    assert log == LOG.replace("138-0013-8000", "*" * 13).replace(NAME, "*" * 6).replace(NUMBER, "*" * 11)
    assert json.loads(content(packed, run, "run.json"))["account"] == {"name": "******"}
    for line in content(packed, run, "raw/session.jsonl").decode().splitlines():
        json.loads(line)
        assert "24352" not in line
    assert content(packed, run, "raw/plain.txt") == b"nothing\n"


def test_pictures_are_black_where_the_tree_or_the_letters_have_a_word(packed, run):
    before = picture()
    after = cv2.imdecode(
        np.frombuffer(content(packed, run, "screens/0001-" + next((run / "screens").iterdir()).name[5:]), np.uint8), cv2.IMREAD_COLOR
    )
    assert not after[100:160, 20:200].any()
    assert not after[265:300, 60:355].any()
    assert (after[0:90] == before[0:90]).all()


def test_what_goes_as_it_is_with_a_word_in_it_is_named(run):
    redaction = RunRedaction(run, RedactionTerms(["raw/main", "com.example.shop"]))
    assert [redaction.copy(path) for path in ("manifest.json", "SHA256SUMS")] == [None, None]
    assert redaction.kept == [run.name, "manifest.json", "SHA256SUMS"]
    assert RunRedaction(run, RedactionTerms([NAME])).copy("manifest.json") is None


def test_what_is_told_of_it_and_what_verify_knows(packed, run):
    told = packed[1]
    assert told.left_out == (f"{run.name}/raw/film.mp4",)
    assert [name.partition("/")[2].partition("/")[0] for name in told.redacted] == ["raw", "raw", "run.json", "screens"]
    [found] = verify_pack(packed[0])
    assert (found.differences, found.left_out) == ((), ("raw/film.mp4",))
    [found] = verify_pack(packed[0], originals=[run])
    assert found.differences == ()
    assert set(found.compared) == {*found.redacted, *found.left_out}


@pytest.mark.parametrize(
    "written",
    [
        NAME.encode(), rb"\u5f20\u4e09", rb"\u5F20\u4E09", b"%E5%BC%A0%E4%B8%89", b"%e5%bc%a0%e4%b8%89", "&#24352;三".encode(),
        b"&#x5f20;&#x4e09;", b"138 0013 8000", b"138-0013-8000", b"8613800138000", b"ALICE@example.com", b"a&amp;b&quot;c", rb"a&b\"c",
    ],
)  # fmt: skip
def test_a_word_in_every_form(written):
    words = RedactionTerms([NAME, "+86 138 0013 8000"[4:], "alice@example.com", 'a&b"c'])
    marked = words.marked(b"<" + written + b">")
    assert len(marked) == len(written) + 2
    assert set(marked[1:-1]) <= set(b"*86")


def test_a_word_that_is_read_with_other_spaces():
    words = RedactionTerms([NUMBER, "Alice Wu"])
    assert words.said("138 0013 8000")
    assert words.said("ALICEWU")
    assert not words.said("1380013800")


@pytest.mark.parametrize(("words", "problem"), [([], "nothing to black out"), ([" "], "nothing to black out"), (["x"], "too short")])
def test_words_that_are_none(words, problem):
    with pytest.raises(EvidenceError, match=problem):
        RedactionTerms(words)


def test_the_profile_names_the_words(tmp_path):
    path = tmp_path / "app.toml"
    path.write_text('[redact]\nwords = ["13800138000"]\n[[login]]\nfield = "账号"\nenv = "ACCOUNT"\n', encoding="utf-8")
    profile = read_app_profile(path)
    assert profile.redact == ("13800138000",)
    words = words_of(profile, {"ACCOUNT": "alice"})
    assert words.said("alice")
    assert profile.without_secrets().redact == ()
    assert words_of(AppProfile(login=(LoginStep(field="a", text="secret"),)), {}).said("secret")


def test_a_copy_with_anything_else_changed():
    black = picture()
    black[0:10] = 0
    other = picture()
    other[0, 0] = (1, 2, 3)
    assert only_blackened(encode_png(picture()), encode_png(black))
    assert not only_blackened(encode_png(picture()), encode_png(other))
    assert not only_blackened(encode_png(picture()), encode_png(picture()[:100]))
    assert not only_blackened(encode_png(picture()), b"text")
    assert only_blackened(b"name", b"n**e")
    assert not only_blackened(b"name", b"nope")
    assert not only_blackened(b"name", b"n*e")
