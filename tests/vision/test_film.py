"""Films back to their pictures, and the pictures that stood still in them."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from device_farm.virtual.screen.h264 import Encoder, annex_b
from device_farm.virtual.screen.screen_recording import Sample, write
from harness.errors import FormatError
from harness.recording.film_file import ARRIVALS, boot_times, frames_of
from harness.vision.film_stills import RESTLESS_SECONDS, STILL_SECONDS, FilmStill, film_stills
from tests.vision.painted_pages import painted, shop

Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 180, 400
TIMES = (0.0, 0.0333, 2.5, 3.0, 3.0334)


def flat(level: int) -> Picture:
    return np.full((HEIGHT, WIDTH, 3), level, np.uint8)


def movie(path: Path, *, notes: tuple[bytes, ...] = ()) -> Path:
    """Five flat pictures, the last for a second."""
    encoder = Encoder(WIDTH, HEIGHT)
    units = [encoder.encode(flat(40 * number)) for number in range(len(TIMES))]
    seconds = np.diff([*TIMES, TIMES[-1] + 1.0])
    samples = [Sample(unit, float(shown), key) for (unit, key), shown in zip(units, seconds, strict=True)]
    path.write_bytes(write(WIDTH, HEIGHT, encoder.sps, encoder.pps, samples, notes))
    return path


def levels(path: Path) -> list[tuple[float, int]]:
    return [(round(seconds, 4), round(float(frame.mean()) / 40)) for seconds, frame in frames_of(path)]


def test_a_file_tells_the_time_of_each_picture(tmp_path: Path) -> None:
    assert levels(movie(tmp_path / "film.mp4")) == list(zip(TIMES, range(5), strict=True))


def test_a_bare_stream_has_the_times_at_which_it_came(tmp_path: Path) -> None:
    encoder, parts = Encoder(WIDTH, HEIGHT), []
    for number in range(5):
        unit, _ = encoder.encode(flat(40 * number))
        parts.append(annex_b(encoder.sps, encoder.pps, unit) if not number else annex_b(unit))
    path = tmp_path / "film.h264"
    path.write_bytes(b"".join(parts))
    starts = np.cumsum([0, *map(len, parts)])[:-1].tolist()
    # the second picture came with the end of the first, the fourth in two parts
    rows = [(starts[0], 0), (starts[1] - 3, 33), (starts[2], 2500), (starts[3], 3000), (starts[3] + 7, 3010), (starts[4], 3033)]
    path.with_name(path.name + ARRIVALS).write_text("".join(f"{offset} {ms}\n" for offset, ms in rows), "ascii")
    assert levels(path) == [(0.0, 0), (0.033, 1), (2.5, 2), (3.0, 3), (3.033, 4)]


def test_screenshots_have_theirs_in_their_names(tmp_path: Path) -> None:
    for number, name in enumerate(("000000000", "000000420", "000012500")):
        cv2.imwrite(str(tmp_path / f"{name}.png"), flat(40 * number))
    assert levels(tmp_path) == [(0.0, 0), (0.42, 1), (12.5, 2)]


def old(*times: int, count: int | None = None) -> bytes:
    return struct.pack(f"<16sI{len(times)}Q", b"#VV1NSC0PET1ME!#", len(times) if count is None else count, *times)


def new(*times: int, version: int = 2) -> bytes:
    return struct.pack(f"<16sIqI{len(times)}Q", b"#VV1NSC0PET1ME2#", version, 0, len(times), *times)


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ((old(300_000_000, 300_500_000),), (300.0, 300.5)),
        ((old(7, 8), new(300_000_000_000, 300_500_000_000)), (300.0, 300.5)),
        ((old(300_000_000), new(1, version=1)), (300.0,)),
        ((new(1, version=3),), ()),
        ((old(5, count=3_000_000_000),), ()),
        ((old(5, 6, count=0),), ()),
        ((), ()),
    ],
)
def test_the_time_since_boot_is_believed_only_where_it_is_whole(tmp_path: Path, notes: tuple[bytes, ...], told: tuple[float, ...]) -> None:
    path = movie(tmp_path / "film.mp4", notes=notes)
    assert boot_times(path.read_bytes()) == told
    assert len(levels(path)) == 5


def test_times_that_are_cut_off_are_none() -> None:
    assert boot_times(old(1, 2)[:-1]) == boot_times(new(1, 2)[:-1]) == boot_times(b"#VV1NSC0PET1ME2#") == ()


def _big() -> bytes:
    """A picture of 8192 by 8192, larger than any screen."""
    encoder = Encoder(8192, 8192)
    unit, key = Encoder(16, 16).encode(np.zeros((16, 16, 3), np.uint8))
    return write(8192, 8192, encoder.sps, encoder.pps, [Sample(unit, 1.0, key)])


@pytest.mark.parametrize("name", ["film.mp4", "film.h264"])
@pytest.mark.parametrize("kind", ["empty", "text", "noise", "half", "no-picture", "big"])
def test_what_is_no_film_is_one_clear_line(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, kind: str) -> None:
    whole = movie(tmp_path / "whole.mp4").read_bytes()
    data = {
        "empty": b"",
        "text": b"screenrecord: not found\n",
        "noise": np.random.default_rng(1).integers(0, 256, 5000, np.uint8).tobytes(),
        "half": whole[: len(whole) // 2],
        "no-picture": whole[:40] + bytes(len(whole) - 40),
        "big": _big(),
    }[kind]
    path = tmp_path / name
    path.write_bytes(data)
    path.with_name(path.name + ARRIVALS).write_text("0 0\n", "ascii")
    with pytest.raises(FormatError) as refused:
        list(frames_of(path))
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert capfd.readouterr() == ("", "")


def test_a_film_that_is_damaged_in_the_middle_gives_what_was_before(tmp_path: Path) -> None:
    path = movie(tmp_path / "film.mp4")
    data, encoder = path.read_bytes(), Encoder(WIDTH, HEIGHT)
    *_, unit = (encoder.encode(flat(40 * number))[0] for number in range(4))
    path.write_bytes(data.replace(unit, unit[:1] + b"\xff" * (len(unit) - 1)))
    assert levels(path)[:3] == list(zip(TIMES, range(3), strict=False))


@pytest.mark.parametrize("rows", ["", "a b\n", "5\n"])
def test_arrivals_that_are_none(tmp_path: Path, rows: str) -> None:
    encoder = Encoder(WIDTH, HEIGHT)
    path = tmp_path / "film.h264"
    path.write_bytes(annex_b(encoder.sps, encoder.pps, encoder.encode(flat(9))[0]))
    path.with_name(path.name + ARRIVALS).write_text(rows, "ascii")
    if rows:
        with pytest.raises(FormatError, match="not the times of a film"):
            list(frames_of(path))
    else:
        assert levels(path) == [(0.0, 0)]


def test_a_film_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such film"):
        list(frames_of(tmp_path / "film.mp4"))


# --- what stood still -----------------------------------------------------------------------------------------------

PAGE = painted(shop)


def with_box(x: int, y: int, width: int, height: int, *, seed: int = 0) -> Picture:
    """The page with something over it, at x, y in its own pixels."""
    picture = PAGE.copy()
    picture[y : y + height, x : x + width] = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return picture


WINDOW = with_box(100, 700, 880, 900)


def told(frames: list[tuple[float, Picture]], end: float) -> list[tuple[float, float, bool, bool]]:
    return [(one.first, one.last, one.again, one.still) for one in film_stills(frames, end)]


def test_a_window_of_half_a_second() -> None:
    frames = [(0.0, PAGE), (3.0, WINDOW), (3.5, PAGE)]
    assert told(frames, 8.0) == [(0.0, 3.0, False, True), (3.0, 3.5, False, True), (3.5, 8.0, True, True)]


def test_what_was_there_before_is_told_however_short() -> None:
    assert told([(0.0, WINDOW), (0.1, PAGE)], 8.0) == [(0.0, 0.1, False, True), (0.1, 8.0, False, True)]


def test_a_fade_is_no_picture_of_its_own() -> None:
    fade = [(1.0 + step / 30, np.asarray(PAGE * (1 - step / 8) + WINDOW * (step / 8), np.uint8)) for step in range(1, 8)]
    shown = list(film_stills([(0.0, PAGE), *fade, (1.3, WINDOW), (1.8, PAGE)], 4.0))
    still = [one for one in shown if one.last - one.first >= 2 * STILL_SECONDS]
    assert [np.array_equal(one.frame, expected) for one, expected in zip(still, (PAGE, WINDOW, PAGE), strict=True)] == [True] * 3
    assert still[1].last - still[1].first == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("x", "y", "width", "height", "seen"),
    [
        (900, 1600, 150, 150, True),  # a floating ball of 56 dp
        (60, 500, 500, 60, True),  # a line of text
        (940, 160, 50, 60, False),  # a digit that counts down
        (500, 800, 6, 70, False),  # a text cursor
        (0, 0, 1080, 90, False),  # the status bar
    ],
)
def test_what_counts_as_another_picture(x: int, y: int, width: int, height: int, seen: bool) -> None:
    shown = told([(0.0, PAGE), (1.0, with_box(x, y, width, height)), (2.0, PAGE)], 3.0)
    assert len(shown) == (3 if seen else 1)


def test_a_screen_that_never_rests_is_sampled() -> None:
    frames = [(number / 30, with_box(0, 300, 1080, 1600, seed=number)) for number in range(90)]
    shown = list(film_stills(frames, 3.0))
    assert [round(one.last - one.first, 1) for one in shown if not one.still] == [RESTLESS_SECONDS] * (len(shown) - 1)
    assert len(shown) <= 4


def test_of_no_pictures_nothing_was_up() -> None:
    assert list(film_stills([], 5.0)) == []


def test_one_picture_is_up_until_the_end() -> None:
    (one,) = film_stills([(0.0, PAGE)], 5.0)
    assert one == FilmStill(0.0, 5.0, PAGE, again=False, still=True) or np.array_equal(one.frame, PAGE)
    assert (one.first, one.last, one.again, one.still) == (0.0, 5.0, False, True)
