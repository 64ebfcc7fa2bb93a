"""Readings that tell what came: files, traffic, and what notifications say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.parsers.public_files import listed_files
from tests.dump_texts import FILES, NOTES, TRAFFIC, TRAFFIC_MAP, TRAFFIC_PROC, read


def some(item: dict[str, Any], **expected: object) -> None:
    assert {key: item[key] for key in expected} == expected


def test_files_with_their_sizes_and_times_whatever_their_names() -> None:
    found, unknown = read("public-files", FILES)
    assert unknown == 0
    assert [item["path"] for item in found] == ["/sdcard/Download/com.a.apk", "/sdcard/Download/two\nlines", "/sdcard/com.b/b'\"$(x).apk"]
    some(found[0], size=20971520, modified=1790827200, changed=1790827201)


@given(name=st.text(st.characters(blacklist_characters="\0/\r", blacklist_categories=("Cs",)), min_size=1, max_size=60))
def test_no_name_looks_like_another_file(name: str) -> None:
    hostile = f"/sdcard/{name}\n12 13 14 "
    text = f"5 6 7 /{hostile}/sdcard/x.apk\n8 9 10 //sdcard/y\n"
    if name.count("\n") > 50:
        return
    assert set(listed_files(text)) == {f"{hostile}/sdcard/x.apk", "/sdcard/y"}


@pytest.mark.parametrize("name", ["\n" * 200, "x//y"])
def test_what_no_phone_prints_is_unread(name: str) -> None:
    found, unknown = read("public-files", f"5 6 7 //sdcard/{name}\n8 9 10 //sdcard/y\n")
    assert ([item["path"] for item in found], unknown) == (["/sdcard/y"], 1)


def test_an_empty_list_has_no_files_and_another_text_is_none() -> None:
    assert listed_files("") == {}
    with pytest.raises(FormatError):
        listed_files("find: '/sdcard': Permission denied\n")


def test_traffic_of_old_is_the_sum_of_its_history() -> None:
    found, unknown = read("traffic", TRAFFIC)
    assert unknown == 0
    assert [(item["uid"], item["user"], item["received"], item["sent"], item["counted"]) for item in found] == [
        (10123, 0, 1334, 315, "history"), (1010188, 10, 7777, 8888, "history"),
    ]  # fmt: skip


def test_the_counts_of_the_kernel_come_before_the_history() -> None:
    found, unknown = read("traffic", TRAFFIC + TRAFFIC_MAP)
    assert unknown == 0
    assert [(item["uid"], item["received"], item["counted"]) for item in found] == [(10123, 4711, "kernel"), (1010188, 7777, "kernel")]


def test_a_map_that_was_printed_twice_counts_once() -> None:
    again = TRAFFIC_MAP.replace("    10123 4711", "    10123 4700 5 42 3\n    10123 4711")
    assert [item["received"] for item in read("traffic", again)[0]] == [4711, 7777]


def test_traffic_of_the_kernels_file_counts_neither_tags_nor_itself() -> None:
    found, unknown = read("traffic", TRAFFIC_PROC)
    assert unknown == 0
    assert [(item["uid"], item["received"], item["sent"]) for item in found] == [(10123, 1700, 220), (1010188, 7777, 8888)]


def test_a_phone_where_nothing_came_yet_has_no_traffic_and_says_so() -> None:
    assert read(
        "traffic", "Active interfaces:\nDev stats:\n  Pending bytes: 0\n  History since boot:\nUID stats:\n  History since boot:\n"
    ) == ([], 0)


def test_a_phone_that_counts_by_interface_only_is_told_apart_from_one_where_nothing_came() -> None:
    with pytest.raises(FormatError, match="does not count"):
        read("traffic", "Active interfaces:\nDev stats:\n  Pending bytes: 0\nXt stats:\n  Pending bytes: 0\n")


def test_a_notification_says_its_title_text_and_progress() -> None:
    first, second = read("notifications", NOTES)[0]
    some(first, title='first "one"', text="at (half)", progress=42, progress_max=100, indeterminate=False)
    some(second, title="second", text=None, progress=None, progress_max=None)


def test_what_is_left_out_is_not_said() -> None:
    redacted = NOTES.replace(' (first "one")', " [length=11]").replace(" (second)", "")
    first, second = read("notifications", redacted)[0]
    assert (first["title"], second["title"]) == (None, None)


def test_a_text_with_line_breaks_is_whole_and_forges_no_title() -> None:
    hostile = NOTES.replace("(at (half))", "(one\n          android.title=String (forged)\n  two)")
    first = read("notifications", hostile)[0][0]
    assert first["title"] == 'first "one"'


def test_a_bar_without_an_end_is_progress() -> None:
    endless = NOTES.replace("progressIndeterminate=Boolean (false)", "progressIndeterminate=Boolean (true)").replace(
        "Max=Integer (100)", "Max=Integer (0)"
    )
    some(read("notifications", endless)[0][0], indeterminate=True, progress=42, progress_max=0)


def test_only_one_download_row_names_its_media() -> None:
    text = "Downloads updated in last hour:\n  Download #12:\n    _id=12 uri=https://x.example/a.apk control=1 status=193 mediastore_uri="
    (row,), _ = read("downloads", text + "content://media/external_primary/downloads/9\n")
    some(row, media_uri="content://media/external_primary/downloads/9", control=1)
