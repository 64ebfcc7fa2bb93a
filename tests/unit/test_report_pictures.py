"""Pictures of a page: each once, as large as its places need, upright or lying; a damaged one is left out."""

import base64
from pathlib import Path

import cv2
import numpy as np

from harness.events.findings import Outcome
from harness.language import known
from harness.report.html import render_part
from harness.report.report_model import FindingView, Picture, VerdictView
from harness.report.report_pictures import ACCUSING, SMALL, TELLING, EmbeddedPicture, plates
from harness.rules import load_rules

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
