"""Pictures of a page and of films: each once, as large as its places need; marks; a damaged one is left out."""

import base64
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from harness.events import AdvertAct, AdvertActed, AdvertLeft, FilmHow, FilmMoment, FilmTaken, Instant, Source
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.language import both, known
from harness.report.html import render_part
from harness.report.report_model import FindingView, Picture, VerdictView
from harness.report.report_pictures import ACCUSING, MOST_SHOWN, SMALL, TELLING, EmbeddedPicture, new_frames, plates
from harness.rules import load_rules
from harness.vision.annotated_thumbnails import boxed, encode_png

RULE = load_rules()[0]
UPRIGHT, LYING = (2400, 1080), (1080, 2400)


def picture(path: str, box: tuple[int, int, int, int] | None = None) -> Picture:
    return Picture(path, "0" * 64, known("弹窗", "a dialog"), box, None)


def verdict(outcome: Outcome, *pictures: Picture) -> VerdictView:
    finding = FindingView(outcome, known("甲", "a"), (), pictures, (), ())
    return VerdictView(RULE, outcome, known("甲", "a"), (finding,))


def write(folder: Path, path: str, size: tuple[int, int]) -> None:
    (folder / "screens").mkdir(exist_ok=True)
    frame = np.random.default_rng(3).integers(0, 255, (*size, 3), dtype=np.uint8)
    cv2.imwrite(str(folder / path), cv2.GaussianBlur(frame, (31, 31), 0))


def size(plate: EmbeddedPicture) -> tuple[int, int]:
    """Of what is embedded: its shorter and its longer side."""
    data = np.frombuffer(base64.b64decode(plate.address.partition(",")[2]), np.uint8)
    frame = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert frame is not None
    return min(frame.shape[:2]), max(frame.shape[:2])


def test_a_picture_with_several_marks_is_there_once_and_as_large_as_its_largest_place(tmp_path: Path) -> None:
    for path in ("screens/1.png", "screens/2.png", "screens/3.png"):
        write(tmp_path, path, UPRIGHT)
    clear = verdict(Outcome.CLEAR, picture("screens/1.png"), picture("screens/2.png"))
    bad = verdict(Outcome.VIOLATION, picture("screens/1.png", (1, 2, 3, 4)), picture("screens/1.png", (5, 6, 7, 8)))
    found = plates((clear, bad), tmp_path, {"screens/3.png": SMALL, "screens/2.png": SMALL})
    assert {path: size(plate)[0] for path, plate in found.items()} == {
        "screens/1.png": ACCUSING[0],
        "screens/2.png": TELLING[0],
        "screens/3.png": SMALL[0],
    }
    assert sorted(plate.number for plate in found.values()) == [1, 2, 3]


def test_a_lying_and_a_very_long_picture_keep_their_shape(tmp_path: Path) -> None:
    write(tmp_path, "screens/lying.png", LYING)
    write(tmp_path, "screens/long.png", (9000, 90))
    found = plates((verdict(Outcome.VIOLATION, picture("screens/lying.png"), picture("screens/long.png")),), tmp_path)
    lying, long = found.values()
    assert (lying.lying, size(lying)) == (True, (ACCUSING[0], 1200))
    assert (long.lying, size(long)) == (False, (13, ACCUSING[1]))


def test_a_damaged_picture_and_one_that_is_gone_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "screens/1.png", UPRIGHT)
    (tmp_path / "screens" / "2.png").write_bytes(b"no picture")
    pictures = [picture(f"screens/{number}.png") for number in (1, 2, 3)]
    found = plates((verdict(Outcome.VIOLATION, *pictures),), tmp_path)
    assert list(found) == ["screens/1.png"]


def test_marks_are_drawn_in_the_pixels_of_the_original(tmp_path: Path) -> None:
    write(tmp_path, "screens/1.png", UPRIGHT)
    bad = verdict(Outcome.VIOLATION, picture("screens/1.png", (63, 752, 954, 887)))
    html = render_part("fragment.html.j2", verdict=bad, pictures=plates((bad,), tmp_path), anchor="x", style="")
    assert 'viewBox="0 0 1080 2400"' in html
    assert '<rect x="63" y="752" width="954" height="887"' in html
    assert html.count("data:image/webp") == 1


SESSION: dict[str, Any] = {"source": Source.SESSION}
ACTED = AdvertActed(at=Instant(0, 10.0), slot="banner", act=AdvertAct.CLOSE, **SESSION)
LEFT = AdvertLeft(at=Instant(0, 18.0), slot="banner", still=False, **SESSION)


def film(begin: float, end: float, name: str = "ad") -> FilmTaken:
    at, path = Instant(0, end + 1), f"raw/film-{name}.mp4"
    return FilmTaken(at=at, film=name, how=FilmHow.MP4, path=path, begin=Instant(0, begin), end=Instant(0, end), frames=9, **SESSION)


def moment(begin: float, end: float, picture: str, *, again: bool = False, name: str = "ad") -> FilmMoment:
    at, until = Instant(0, begin), Instant(0, end)
    return FilmMoment(at=at, until=until, film=name, screenshot=picture, again=again, source=Source.PIXELS)


def shown(*events: Any) -> list[tuple[str, str, str]]:
    return [(one.path, *both(one.words)) for one in new_frames(Timeline([ACTED, LEFT, *events]), ACTED)]


def test_what_came_up_after_the_act_is_shown_with_its_time() -> None:
    events = (film(9.0, 20.0), moment(9.0, 13.0, "1"), moment(13.0, 13.5, "2"), moment(13.5, 20.0, "1", again=True))
    assert shown(*events) == [("2", "录像：操作后 3.0 秒出现的画面，持续 0.50 秒", "film: came up 3.0 s after the act, for 0.50 s")]


def test_what_our_own_leaving_brought_up_is_not() -> None:
    assert [path for path, _, _ in shown(film(9.0, 20.0), moment(9.0, 17.0, "1"), moment(17.0, 18.5, "2"), moment(18.5, 20.0, "3"))] == [
        "2"
    ]


def test_another_film_is_not_asked() -> None:
    assert shown(film(30.0, 40.0), moment(31.0, 32.0, "9")) == []
    assert shown(film(9.0, 20.0), film(30.0, 40.0, "b"), moment(12.0, 13.0, "9", name="b")) == []


def test_a_film_of_the_whole_scenario_hides_none_of_an_act() -> None:
    events = (film(0.0, 170.0, "scenario-001"), film(9.0, 20.0), moment(9.0, 13.0, "1"), moment(13.0, 13.5, "2"))
    assert [path for path, _, _ in shown(*events)] == ["2"]


def test_an_act_that_nobody_filmed_has_none() -> None:
    assert shown(moment(12.0, 13.0, "9")) == []


def test_a_page_that_never_rests_shows_a_few() -> None:
    assert len(shown(film(9.0, 20.0), *(moment(10.5 + step, 11.5 + step, str(step)) for step in range(7)))) == MOST_SHOWN


RED = (220, 0, 0)


def decoded(data: bytes):
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def test_the_picture_is_scaled_and_the_box_is_drawn_in_its_colour():
    frame = np.full((2400, 1080, 3), 128, np.uint8)
    picture = decoded(boxed(frame, [((200, 400, 600, 800), "", RED)]))
    assert picture.shape == (1200, 540, 3)
    blue, green, red = (int(n) for n in picture[400, 100])
    assert red > 170
    assert green < 60
    assert blue < 60
    assert abs(int(picture[400, 250][2]) - 128) < 12


def test_a_small_frame_is_not_enlarged():
    assert decoded(boxed(np.zeros((300, 200, 3), np.uint8), [])).shape == (300, 200, 3)


@pytest.mark.parametrize("box", [(-50, -50, 5000, 5000), (1079, 2399, 1, 1), (3000, 10, 5, 5)])
def test_boxes_past_the_picture_are_cut_at_its_edge(box):
    frame = np.zeros((2400, 1080, 3), np.uint8)
    assert decoded(boxed(frame, [(box, "PopupSeen 0.98", RED)])).shape == (1200, 540, 3)


def test_labels_are_ascii_and_the_bytes_are_the_same_each_time():
    frame = np.full((600, 400, 3), 30, np.uint8)
    once = boxed(frame, [((50, 100, 200, 200), "弹窗 popup" * 20, RED)])
    assert once == boxed(frame, [((50, 100, 200, 200), "弹窗 popup" * 20, RED)])
    assert once != boxed(frame, [((50, 100, 200, 200), "", RED)])


def test_a_picture_comes_back_without_loss():
    part = np.arange(256, dtype=np.uint8).repeat(48).reshape(64, 64, 3)[:, ::2]  # of another array
    assert (decoded(encode_png(part)) == part).all()
