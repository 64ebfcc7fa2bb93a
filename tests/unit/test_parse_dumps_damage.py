"""Damaged dumps: a lost or cut line takes something away, and moves nothing to another record."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.parsers.dump_formats import READINGS
from tests.dump_texts import BROADCASTS, DOWNLOADS, FILES, INSTALLS, NOTES, SERVICES, START_INFO, read

# A dump of two records, and words that only the first and only the second of them may hold.
DAMAGED = {
    "services": (SERVICES, ("com.a", "com.b", "com.c", "1804"), ("com.d",)),
    "broadcasts": (BROADCASTS, ("com.new", "com.ui", "com.x", "1234"), ("com.a", "com.b", "10188")),
    "start-info": (START_INFO, ("3421", "BOOT", "com.demo:push"), ("1010196", "JOB")),
    "downloads": (DOWNLOADS + DOWNLOADS.split("\n", 1)[1].replace("12", "13").replace("com.x", "com.y"), ("com.x",), ("com.y",)),
    "package": (INSTALLS + INSTALLS.replace("com.a", "com.z").replace("123", "456"), ("com.a",), ("com.z",)),
    "public-files": (FILES, ("com.a", "20971520"), ("com.b",)),
    "notifications": (NOTES, ("com.a", "first", "42"), ("com.b", "second")),
    "activities": (
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n"
        "      * Hist #1: ActivityRecord{74 u0 com.b/.Main t33}\n          packageName=com.b processName=com.b\n"
        "          launchedFromUid=10188 launchedFromPackage=com.a userId=0\n"
        "      * Hist #0: ActivityRecord{75 u0 com.d/.Main t33}\n          packageName=com.d processName=com.d\n"
        "          launchedFromUid=10199 launchedFromPackage=com.c userId=0\n",
        ("com.a", "com.b", "10188"),
        ("com.c", "com.d", "10199"),
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_lost_line_joins_no_two_records(name: str) -> None:
    """Whichever line is lost: a record may know less then, or be told as unread, but nothing moves to another one."""
    text, first, second = DAMAGED[name]
    lines = text.split("\n")
    for lost in range(1, len(lines)):
        assert unmixed(name, "\n".join(lines[:lost] + lines[lost + 1 :]), first, second)


@pytest.mark.parametrize("name", DAMAGED)
@given(data=st.data())
def test_cut_line_joins_no_two_records(name: str, data: st.DataObject) -> None:
    """A line that ends early, and one that runs into the next."""
    text, first, second = DAMAGED[name]
    lines = text.split("\n")
    place = data.draw(st.integers(1, len(lines) - 2))
    cut = lines[place][: data.draw(st.integers(0, len(lines[place])))]
    assert unmixed(name, "\n".join([*lines[:place], cut, *lines[place + 1 :]]), first, second)
    assert unmixed(name, "\n".join([*lines[:place], cut + lines[place + 1], *lines[place + 2 :]]), first, second)


def unmixed(name: str, text: str, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    told = map(str, read(name, text)[0])
    return not any(any(word in item for word in first) and any(word in item for word in second) for item in told)


@pytest.mark.parametrize("name", READINGS)
@given(text=st.text(max_size=300))
def test_any_text_is_read_or_refused_in_one_line(name: str, text: str) -> None:
    try:
        found = read(name, text)
    except FormatError as error:
        refusal = str(error)
    else:
        refusal = ""
        json.dumps(found)
    assert "\n" not in refusal


@pytest.mark.parametrize("name", DAMAGED)
def test_endless_number_takes_no_more_than_the_record_it_stands_in(name: str) -> None:
    """Python reads no number of more than 4300 digits: wherever one stands, the rest of the dump is read."""
    text, first, second = DAMAGED[name]
    lines, (whole, _) = text.split("\n"), read(name, text)
    for place in range(1, len(lines)):
        told, _ = read(name, "\n".join([*lines[:place], lines[place] + "1" * 5000, *lines[place + 1 :]]))
        kept = " ".join(str(item) for item in whole if item in told)
        assert any(all(word in kept for word in words) for words in (first, second)), lines[place]


@pytest.mark.parametrize("name", DAMAGED)
def test_endless_word_costs_no_more_than_its_length(name: str) -> None:
    """What an app names itself stands in dumps: a word of 60,000 letters is gone through once, not once a letter."""
    lines = DAMAGED[name][0].split("\n")
    began = time.process_time()
    read(name, "\n".join(line + " " + "a" * 60_000 for line in lines))
    assert time.process_time() - began < 5.0
