"""The pop-up detector: drawn screens for exact truth, real ones (where present) for honest numbers."""

import csv
from functools import cache

import numpy as np
import pytest

from harness.commands.find_popups import read_image
from harness.errors import CatalogueError
from harness.events.box import overlap
from harness.vision.forest import parse
from harness.vision.popup import PopupKind, find_popup
from tests.captures import capture
from tests.drawn.changes import CHANGES
from tests.drawn.scene import SMALL, Scene, draw

SEEDS = range(20300, 20303)
POPUPS = ("alert", "choices", "consent", "promo", "rating", "update", "list-sheet")
NEGATIVES = tuple(kind for kind in CHANGES if kind != "joined")  # which has a test of its own


@cache
def scenes(kind: str) -> list[Scene]:
    return [draw(kind, seed, SMALL[0], noise=False) for seed in SEEDS]


def rates(answers: list[tuple[bool, bool]]) -> tuple[float, float]:
    """Precision and recall of (answer, truth) pairs."""
    true = sum(answer and truth for answer, truth in answers)
    return true / max(1, sum(answer for answer, _ in answers)), true / sum(truth for _, truth in answers)


def test_with_the_screen_before_nearly_all_popups_are_found_and_nothing_else():
    pairs = [made for kind in POPUPS + NEGATIVES for made in scenes(kind)]
    answers = [(find_popup(made.after, [made.before]).popup, made.popup) for made in pairs]
    precision, recall = rates(answers)
    assert precision >= 0.95
    assert recall >= 0.95


def test_one_frame_alone_finds_most():
    answers = [(find_popup(made.after).popup, made.popup) for kind in POPUPS + NEGATIVES for made in scenes(kind)]
    precision, recall = rates(answers)
    assert precision >= 0.9
    assert recall >= 0.85


@pytest.mark.parametrize(("kind", "expected"), [("alert", PopupKind.DIALOG), ("sheet", PopupKind.SHEET), ("list-sheet", PopupKind.SHEET)])
def test_the_kind_follows_from_the_place(kind, expected):
    kinds = [found.kind for made in scenes(kind) if (found := find_popup(made.after, [made.before])).popup]
    assert kinds
    assert set(kinds) == {expected}


def test_both_witnesses_together_are_nearly_certain():
    made = scenes("permission")[0]
    alone, both = find_popup(made.after), find_popup(made.after, [made.before])
    assert both.confidence >= 0.98
    assert both.fit is not None
    assert both.scrim.alpha == pytest.approx(made.alpha, abs=0.02)
    assert alone.fit is None
    assert overlap(both.box or (0, 0, 1, 1), made.box or (0, 0, 1, 1)) > 0.8


@pytest.mark.parametrize("kind", ["drawer", "shade"])
def test_what_the_user_opened_over_a_scrim_is_no_popup(kind):
    assert not any(find_popup(made.after, [made.before]).popup for made in scenes(kind))


@pytest.mark.parametrize(
    ("kind", "seed", "expected"),
    [("joined", 20222, False), ("dimmed", 20701, False), ("keyboard", 20281, False), ("rating", 20264, True)],
    ids=["a page that comes in", "a page that is dimmed", "a keyboard", "a card of a screen that lies"],
)
def test_what_came_is_told_by_its_look_too(kind, seed, expected):
    made = draw(kind, seed)
    assert find_popup(made.after, [made.before]).popup is expected


@pytest.mark.parametrize("alpha", [0.09, 0.106])
def test_a_sheet_over_a_page_that_is_hardly_darker_is_found(alpha):
    made = draw("sheet", 20522, noise=False)
    x, y, w, h = made.box
    after = np.rint(made.before * (1 - alpha)).astype(np.uint8)
    after[y : y + h, x : x + w] = made.after[y : y + h, x : x + w]
    assert find_popup(after, [made.before]).popup


def test_a_dismissed_popup_leaves_none():
    assert not any(find_popup(made.before, [made.after]).popup for kind in POPUPS for made in scenes(kind))


def test_an_older_frame_of_the_same_page_serves_when_the_newest_has_not_changed():
    made = scenes("alert")[2]
    found = find_popup(made.after, [made.before, made.after])
    assert found.popup
    assert found.fit is not None


def test_cross_and_main_button_are_found_where_they_were_drawn():
    pairs = [(made, find_popup(made.after, [made.before])) for kind in ("promo", "consent", "update") for made in scenes(kind)]
    crosses = [overlap(found.close, made.close) > 0.15 for made, found in pairs if made.close and found.close]
    buttons = [overlap(found.confirm, made.confirm) > 0.6 for made, found in pairs if made.confirm and found.confirm]
    assert len(crosses) >= 2
    assert np.mean(crosses) > 0.8
    assert len(buttons) >= 4
    assert np.mean(buttons) > 0.8


def test_letters_are_no_crosses():
    assert [made.kind for made in scenes("alert") if find_popup(made.after, [made.before]).close] == []


def test_extreme_frames_do_not_break_anything():
    for level in (0, 128, 255):
        frame = np.full((2400, 1080, 3), level, np.uint8)
        found = find_popup(frame, [frame, 255 - frame])
        assert not found.popup
        assert found.box is None
    wide = find_popup(np.ascontiguousarray(scenes("alert")[0].after.transpose(1, 0, 2)))
    assert 0.0 <= wide.confidence <= 1.0


@pytest.mark.parametrize(
    "text",
    ["", "{}", '{"card":{"bias":0,"trees":[]}}', '{"card":{"bias":0,"trees":[[[99,0,1,2,0],[-2,0,-1,-1,1],[-2,0,-1,-1,0]]]}}'],
    ids=["empty", "no forest", "no tree", "unknown feature"],
)
def test_a_damaged_forest_is_refused(text):
    with pytest.raises(CatalogueError, match="popup_trees"):
        parse(text, "card", 99)


def test_a_forest_follows_its_branches():
    small = parse('{"card":{"bias":0.5,"trees":[[[1,0.5,1,2,0],[-2,0,-1,-1,-2],[-2,0,-1,-1,3]]]}}', "card", 2)
    rows = np.zeros((2, 2))
    rows[1, 1] = 0.9
    assert small.probability(rows) == pytest.approx([1 / (1 + np.exp(1.5)), 1 / (1 + np.exp(-3.5))])


# Labelled as no pop-up, but each shows a dialog: one of the app's, one drawn by a web page.
DISPUTED = ("fdroid/breezy-weather__06-sources.png", "utg/mattecarra.accapp__screen_2023-10-18_231527.jpg")


def test_real_screens():
    """Every fourth screen, to keep the suite fast; the bench reads them all."""
    labels = capture("screens/labels.csv")
    with labels.open(encoding="utf-8", newline="") as file:
        clear = [row for row in csv.DictReader(file) if row["ambiguous"] == "0" and row["path"] not in DISPUTED]
        rows = clear[::4]
    answers = [(find_popup(read_image(labels.parent / row["path"])).popup, row["has_popup"] == "1") for row in rows]
    precision, recall = rates(answers)
    assert precision >= 0.93
    assert recall >= 0.9
