"""Phones that film badly: each quirk is a right outcome or one clear line."""

import queue
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from harness.device.protocol import ShellResult
from harness.errors import CommandFailed, DeviceLost, DeviceTimeout
from harness.events import FilmHow
from harness.recording import film_sources
from harness.recording.film_file import frames_of
from harness.recording.film_recorder import begin_film
from harness.recording.film_sources import Wanted
from harness.recording.run_folder import RunFolder

READY = b"Content area is 720x1600 at offset x=0 y=0\r\n"
NO_ENCODER = b"ERROR: unable to configure video/avc codec at 720x1600 (err=-22)\r\n"
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42\0\0\0\x10mdat12345678\0\0\0\x10moov12345678"
KILLED = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42\0\0\0\x01mdat????????12345678"
HUAWEI = CommandFailed("sh", 127, "/system/bin/sh: screenrecord: inaccessible or not found")


class Stream:
    """What a command prints, until it is ended; ``end`` is how it ends by itself, None where it goes on."""

    def __init__(self, said: Sequence[bytes], end: CommandFailed | bytes | None) -> None:
        self._parts: queue.SimpleQueue[CommandFailed | bytes] = queue.SimpleQueue()
        for part in said:
            self._parts.put(part)
        if end is not None:
            self._parts.put(end)

    def read(self) -> bytes:
        part = self._parts.get(timeout=120)
        if isinstance(part, CommandFailed):
            raise part
        return part

    def close(self) -> None:
        self._parts.put(b"")


class Phone:
    """A phone whose screenrecord says what ``answers`` has for each try; ``film`` is the file that it leaves."""

    def __init__(self, answers: Callable[[str], Stream], film: bytes | CommandFailed = FILM) -> None:
        self._answers, self._film = answers, film
        self.tried: list[str] = []
        self.pictures: list[NDArray[np.uint8] | Exception] = [np.zeros((64, 32, 3), np.uint8)]
        self._running: Stream | None = None

    def stream(self, command: Sequence[str], *, terminal: bool = False) -> Stream:
        assert command[:4] == ["sh", "-c", 'echo $$; exec "$@"', "sh"]
        self.tried.append(" ".join(command[4:]))
        self._running = self._answers(self.tried[-1])
        return self._running

    def shell(self, command: Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        assert command == ["kill", "-INT", "77"]
        self._running.close()
        return ShellResult("", "", 0)

    def pull(self, path: str, *, limit: int = 0) -> bytes:
        if isinstance(self._film, CommandFailed):
            raise self._film
        return self._film

    def screenshot(self) -> NDArray[np.uint8]:
        picture = self.pictures.pop(0) if len(self.pictures) > 1 else self.pictures[0]
        if isinstance(picture, Exception):
            raise picture
        return picture


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    (tmp_path / "raw").mkdir()
    return RunFolder(tmp_path)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a phone may take, so long as nobody waits for it."""
    monkeypatch.setattr(film_sources, "START_SECONDS", 0.3)
    monkeypatch.setattr(film_sources, "PAUSE_SECONDS", 0.001)


def wanted(phone: Phone, folder: RunFolder, size: tuple[int, int] | None = (720, 1600)) -> Wanted:
    return Wanted(phone, folder, "ad", 60, size, lambda host: host)


def test_a_phone_that_refuses_our_size_films_in_its_own(folder: RunFolder) -> None:
    phone = Phone(
        lambda line: Stream([b"77\r\n", NO_ENCODER], CommandFailed("s", 234, "")) if "--size" in line else Stream([b"77\n", READY], None)
    )
    source, reason = begin_film(wanted(phone, folder))
    assert (source.how, reason) == (FilmHow.MP4, "")
    assert source.stop().path == "raw/film-ad.mp4"
    assert ["--size 720x1600" in line for line in phone.tried] == [True, False]
    assert (folder.raw / "film-ad.mp4").read_bytes() == FILM


def test_one_that_keeps_its_lines_back_films_all_the_same(folder: RunFolder) -> None:
    phone = Phone(lambda line: Stream([b"77\n"], None))
    source, reason = begin_film(wanted(phone, folder))
    assert (source.how, reason, len(phone.tried)) == (FilmHow.MP4, "", 1)
    assert source.stop().path == "raw/film-ad.mp4"


@pytest.mark.parametrize("film", [b"", KILLED, FILM[:-1], CommandFailed("pull", 1, "No such file or directory")])
def test_a_film_of_no_bytes_or_without_its_end_is_none(folder: RunFolder, film: bytes | CommandFailed) -> None:
    source, _ = begin_film(wanted(Phone(lambda line: Stream([b"77\n", READY], None), film), folder))
    assert source is not None
    with pytest.raises(CommandFailed):
        source.stop()
    assert list(folder.raw.iterdir()) == []


def test_where_there_is_no_screenrecord_nothing_else_of_it_is_tried(folder: RunFolder) -> None:
    phone = Phone(lambda line: Stream([b"77\n"], HUAWEI))
    source, reason = begin_film(wanted(phone, folder))
    assert (source.how, len(phone.tried)) == (FilmHow.PICTURES, 1)
    assert "inaccessible or not found" in reason
    assert source.stop().frames == 1


def test_words_where_a_stream_should_be_are_no_film(folder: RunFolder) -> None:
    phone = Phone(lambda line: Stream([b"77\n", b"WARNING: linker\n"], CommandFailed("s", 1, "")))
    source, _ = begin_film(wanted(phone, folder, None))
    assert (source.how, len(phone.tried)) == (FilmHow.PICTURES, 2)
    assert not (folder.raw / "film-ad.h264").exists()
    source.stop()


def test_a_stream_that_becomes_too_long_is_ended(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film_sources, "MOST_BYTES", 1 << 20)
    parts = [b"77\n", b"\x00\x00\x00\x01\x67", *([bytes(1 << 18)] * 5)]
    refused = CommandFailed("s", 1, "Unable to open")
    phone = Phone(lambda line: Stream(parts, None) if "h264" in line else Stream([b"77\n"], refused))
    source, _ = begin_film(wanted(phone, folder))
    assert source.how is FilmHow.H264
    recorded = source.stop()
    assert "ended at 1 MB" in recorded.note
    assert (folder.raw / "film-ad.h264").stat().st_size <= 1 << 20
    assert (folder.raw / "film-ad.h264.arrivals").read_text("ascii").startswith("0 0\n5 ")


def test_screenshots_go_on_after_one_that_failed_and_stop_after_three(folder: RunFolder) -> None:
    late = DeviceTimeout("screencap did not answer")
    phone = Phone(lambda line: Stream([b"77\n"], HUAWEI))
    white, black = np.full((64, 32, 3), 255, np.uint8), np.zeros((64, 32, 3), np.uint8)
    phone.pictures = [black, late, white, white, black, late, late, late]
    source, _ = begin_film(wanted(phone, folder))
    assert isinstance(source, film_sources.Screenshots)
    source._thread.join(120)  # it ends by itself
    recorded = source.stop()
    assert recorded.note == str(late)
    shown = list(frames_of(folder.inside(recorded.path)))
    assert [int(frame.max()) for _, frame in shown] == [0, 255, 0]
    assert recorded.frames == len({seconds for seconds, _ in shown}) == 3


def test_a_phone_that_gives_no_picture_at_all_is_told(folder: RunFolder) -> None:
    phone = Phone(lambda line: Stream([b"77\n"], HUAWEI))
    phone.pictures = [DeviceTimeout("screencap did not answer")]
    source, reason = begin_film(wanted(phone, folder))
    assert source is None
    assert "inaccessible or not found" in reason


def test_a_phone_that_is_gone_is_no_phone_that_films_badly(folder: RunFolder) -> None:
    phone = Phone(lambda line: Stream([b"77\n"], HUAWEI))
    phone.pictures = [DeviceLost("S1 is not connected")]
    with pytest.raises(DeviceLost):
        begin_film(wanted(phone, folder))
