import hashlib
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device_farm.intake.app_index import AppIndex
from device_farm.intake.app_lists import read_list
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.intake.submission_rows import Asked, Noted, Refused
from device_farm.store.database import open_store
from device_farm.units.unit import AppFile, Plan
from harness.errors import FormatError
from tests.apk_builder import build_apk, manifest

PLAN = Plan((1, 5, 6, 7))
SHA = "ab" * 32
SHOP = AppFile(SHA, "/apks/shop.apk", 9, "com.example.shop", "随记", "1.2", 12, store="华为")


def rows(tmp_path, data: bytes | str, *apps: AppFile, name: str = "list.csv", words: ComplaintClauses | None = None, store=None):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_list(path, PLAN, words or ComplaintClauses(), AppIndex(apps, store)))


def asked(found) -> list[Asked]:
    return [row for row in found if isinstance(row, Asked)]


def reasons(found) -> dict[int, str]:
    return {row.at.line: str(row.reason) for row in found if isinstance(row, Refused)}


COMPLAINED = tomllib.loads((Path(__file__).parent / "complaints.toml").read_text("utf-8"))
COMPLAINTS = "应用名称,版本,应用商店,投诉内容\n随记,1.2,华为,一直弹窗索取权限\n随记,,小米,开机自启动 关不掉广告\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_complaint_list_is_read_whatever_saved_it(tmp_path, encoding, end):
    found = rows(tmp_path, COMPLAINTS.replace("\n", end).encode(encoding), SHOP)
    one, two = asked(found)
    assert (one.at.line, one.plan.clauses, one.app.store) == (2, (5, 7), "华为")
    assert (two.at.line, two.plan.clauses, two.app.store) == (3, (6, 7), "小米")
    assert two.plan.words == "开机自启动 关不掉广告"
    told = [row.text for row in found if isinstance(row, Noted) and not row.at.line]
    assert any("GBK" in text for text in told) == encoding.startswith("gb")
    assert any("UTF-16" in text for text in told) == encoding.startswith("utf-16")


def test_a_file_that_is_not_there_is_named_with_its_app(tmp_path):
    (missing, damaged) = [row for row in rows(tmp_path, "应用名称,文件\n随记,gone/a.apk\n天气,list.csv\n") if isinstance(row, Refused)]
    assert missing.missing
    assert str(missing.reason) == f"随记 ({tmp_path}/gone/a.apk) is not there"
    assert not damaged.missing
    assert str(damaged.reason).startswith(f"天气 ({tmp_path}/list.csv): ")


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl"])
def test_a_list_without_a_row_is_refused(tmp_path, name):
    (only,) = rows(tmp_path, "应用名称,文件\n\n" if name.endswith("csv") else "\n", name=name)
    assert isinstance(only, Refused)
    assert "has no row" in str(only.reason)


def test_a_broken_row_costs_itself_alone(tmp_path):
    lines = [
        b"sha256,file,label,complaint",
        b"%s,a.apk,A,\xe5\xb9\xbf\xe5\x91\x8a" % SHA.encode(),
        b'%s,b.apk,"never closed,x' % SHA.encode(),
        b"%s,c.apk,C\xff\xfe," % SHA.encode(),
        b"%s,d.apk,D\x00," % SHA.encode(),
        b"%s,e.apk,E,1,2,3" % SHA.encode(),
        b"%s,f.apk,%s," % (SHA.encode(), b"x" * 70_000),
        b"no hash,g.apk,G,",
        b",,,only words",
        b"",
        b'%s,h.apk,"two\nlines",' % SHA.encode(),
        b"%s,i.apk" % SHA.encode(),
    ]
    found = rows(tmp_path, b"\n".join(lines))
    assert [(row.at.line, row.app.label) for row in asked(found)] == [(2, "A"), (11, "two\nlines"), (13, "")]
    assert asked(found)[0].app.place == str(tmp_path / "a.apk")
    told = reasons(found)
    assert set(told) == {3, 4, 5, 6, 7, 8, 9}
    assert "never closed" in told[3]
    assert "UTF-8" in told[4]
    assert "zeros" in told[5]
    assert "heads" in told[6]
    assert "longer" in told[7]
    assert "SHA-256" in told[8]
    assert "names no app" in told[9]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b,c\n1,2,3\n", b"\xff" * 100, b"\x00" * 100, b'"', b"x" * 200_000])
def test_a_file_that_is_no_list_is_said_once(tmp_path, data):
    found = [row for row in rows(tmp_path, data) if isinstance(row, Refused)]
    assert len(found) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_heads_in_either_language_and_what_divides_them(tmp_path, delimiter):
    for heads in (("包名", "版本号", "优先级", "手机要求", "条款"), ("Package Name", "VERSION", "priority", "phone", "clauses")):
        line = delimiter.join(("com.example.shop", "v1.2", "100", "rom=miui", "1、5"))
        (row,) = asked(rows(tmp_path, delimiter.join(heads) + "\n" + line, SHOP))
        assert row.plan == Plan((1, 5), requirement="rom=miui", priority=100)


@pytest.mark.parametrize(
    "cells",
    [
        "com.example.shop,9.9,,,", "com.example.none,,,,", "com.example.shop,,101,,", "com.example.shop,,-1,,",
        "com.example.shop,,,wheels=4,", "com.example.shop,,,,11",
    ],
)  # fmt: skip
def test_what_a_row_may_not_say_is_refused_with_its_line(tmp_path, cells):
    assert set(reasons(rows(tmp_path, f"包名,版本,优先级,手机要求,条款\n{cells}\n", SHOP))) == {2}


def test_json_lines_say_the_same(tmp_path):
    lines = [
        json.dumps({"sha256": SHA, "file": "a.apk", "包名": "com.a", "version_code": 7}), "[1]", "{", '{"label": "\\ud800"}',
        '{"size": 1.5}', "", '{"package": "com.example.shop", "clauses": [5]}',
    ]  # fmt: skip
    found = rows(tmp_path, "\n".join(lines), SHOP, name="list.jsonl")
    one, two = asked(found)
    assert (one.app.package, one.app.version_code, one.plan) == ("com.a", 7, PLAN)
    assert (two.app.sha256, two.plan.clauses, two.at.line) == (SHA, (5,), 7)
    assert set(reasons(found)) == {2, 3, 4, 5}


def test_which_file_is_meant(tmp_path):
    older, other = (
        AppFile("cd" * 32, "/a", 1, "com.example.shop", "随记", "1.1", 11),
        AppFile("ef" * 32, "/b", 1, "com.example.pad", "随记", "1.2", 1),
    )
    found = rows(tmp_path, "包名\ncom.example.shop\n", SHOP, older)
    assert asked(found)[0].app.version_name == "1.2"
    assert [str(row.text) for row in found if isinstance(row, Noted)] == ["com.example.shop: no version is named: the newest, 1.2"]
    assert asked(rows(tmp_path, "包名,版本\ncom.example.shop,11\n", SHOP, older))[0].app.sha256 == older.sha256
    assert "name the package" in reasons(rows(tmp_path, "app\n 随 记\n", SHOP, other))[2]
    assert asked(rows(tmp_path, "包名,app\ncom.example.pad,随记\n", SHOP, other))[0].app.sha256 == other.sha256


def test_an_app_that_the_store_knows_is_found_by_name_package_and_hash(tmp_path):
    from device_farm.intake.add_apps import add_apps

    store = open_store(tmp_path / "farm.sqlite")
    add_apps(store, [SHOP], PLAN, "earlier")
    found = rows(tmp_path, f"app,包名,sha256\n随记,,\n,com.example.shop,\n,,{SHA}\n没有,,\n", store=store)
    assert [row.app.place for row in asked(found)] == [SHOP.place] * 3
    assert set(reasons(found)) == {5}
    store.close()


def test_a_file_without_a_hash_is_read_from_the_folder_of_the_list(tmp_path):
    data = build_apk(manifest("com.example.small"))
    (tmp_path / "apks").mkdir()
    (tmp_path / "apks" / "small.apk").write_bytes(data)
    found = rows(tmp_path, "文件\napks/small.apk\napks\\small.apk\napks/none.apk\nlist.csv\nhttps://example.com/a.apk\n")
    assert [row.app.sha256 for row in asked(found)] == [hashlib.sha256(data).hexdigest()] * 2
    assert set(reasons(found)) == {4, 5, 6}


def test_words_that_choose_nothing_leave_all_clauses_and_are_said(tmp_path):
    found = rows(tmp_path, "app,问题\n随记,颜色不好看\n", SHOP)
    assert asked(found)[0].plan.clauses == PLAN.clauses
    assert any("no clause" in row.text for row in found if isinstance(row, Noted))


def test_words_of_ones_own_come_first(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[[choice]]\nclauses = [6]\nwords = ["关不掉"]\n[[choice]]\nclauses = []\nwords = ["广告"]\n', encoding="utf-8")
    assert ComplaintClauses(own).clauses("关不掉广告") == (6,)
    assert ComplaintClauses().clauses("关不掉广告") == (7,)
    assert ComplaintClauses().clauses("APP强制、频繁、过度索取权限") == (5,)
    assert ComplaintClauses().clauses("It starts by itself, adverts everywhere") == (6, 7)
    assert ComplaintClauses().clauses("advertent") == ()


@pytest.mark.parametrize("clause", COMPLAINED)
def test_what_consumers_write_chooses_the_clause_that_looks_into_it(clause):
    found = {words: ComplaintClauses().clauses(words) for words in COMPLAINED[clause]}
    assert {words: got for words, got in found.items() if (int(clause) not in got if clause != "none" else got)} == {}


@pytest.mark.parametrize(
    "text", ["x", "[[choice]]\nclauses = [11]\nwords = ['a']", "[[choice]]\nclauses = [5]", "choice = 1", "[a]\nb = 1"]
)
def test_a_file_of_words_that_is_none_is_one_line(tmp_path, text):
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=r"own\.toml"):
        ComplaintClauses(own)


@given(data=st.binary(max_size=400))
def test_any_bytes_are_rows_or_reasons(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    for name in ("any.csv", "any.jsonl"):
        path.with_name(name).write_bytes(data)
        for row in read_list(path.with_name(name), PLAN, ComplaintClauses(), AppIndex()):
            assert row.at.source.endswith(name)


@given(
    data=st.lists(
        st.sampled_from(
            [b"app,", b'"', b"\n", b"\r", "随记".encode(), "随记".encode("gbk"), b"sha256", b",", b"\x00", SHA.encode(), b"a.apk"]
        ),
        max_size=40,
    )
)
def test_any_pieces_of_lists_are_rows_or_reasons(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("pieces") / "list.csv"
    path.write_bytes(b"sha256,file,label\n" + b"".join(data))
    for row in read_list(path, PLAN, ComplaintClauses(), AppIndex([SHOP])):
        assert not isinstance(row, Asked) or row.at.line > 1
