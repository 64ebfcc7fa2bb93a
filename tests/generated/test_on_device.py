"""What the grammar says of an app is so on the device: a hand does it, and the device's own account tells of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec
from tests.generated import dangers, library, shapes
from tests.generated.fault import make_guilty, of
from tests.generated.faults import FAULTS
from tests.generated.grammar import innocent
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth
from tests.generated.words import GROUP_NAMES


class Hand:
    """A person with the app in front of them."""

    def __init__(self, recipe: Recipe, folder: Path, fault: str = "") -> None:
        path = folder / "app.py"
        made = of(recipe, FAULTS.get(fault))
        path.write_text(made.text, encoding="utf-8")
        self._clock = DeviceClock(host=lambda: 0.0, wall=1_800_000_000.0)
        self.device = VirtualDevice(Spec(android=recipe.android, rom=recipe.rom, apps=load_app_file(path)), clock=self._clock)
        self._package = made.recipe.package
        self.truth = Truth(self.device.truth, self._package)
        self.wait()
        self.start()

    def wait(self) -> None:
        self._clock.skip(2)

    def start(self) -> None:
        system = self.device.system
        component = system.launcher_component(self._package)
        assert component is not None
        system.start_activity(system.package_manager.launch_intent(component), uid=2000, package=None)
        self.wait()

    def press(self, words: str = "", *, id: str = "", held: bool = False) -> None:
        nodes = [node for root in self.device.screen.tree() for node in root.walk() if node.visible]
        found = next(n for n in nodes if (words and words in n.text) or (id and n.resource_id.rpartition("/")[2] == id))
        x, y = (found.bounds.left + found.bounds.right) // 2, (found.bounds.top + found.bounds.bottom) // 2
        (self.device.screen.long_press if held else self.device.screen.tap)(x, y)
        self.wait()

    def swipe(self, *way: int) -> None:
        self.device.screen.swipe(*way)
        self.wait()


def plain(**changes: Any) -> Recipe:
    """An app with one function on its home page and nothing around it; ``changes`` are of the function."""
    twin, _ = make_guilty(3, FAULTS["exit-finish"])
    function = replace(twin.recipe.functions[0], **({"face": "row", "place": "home", "told": "note"} | changes))
    recipe = replace(twin.recipe, functions=(function,), planted="", fault="", consent="none", onboarding=(), extras=(), advert=False)
    return replace(recipe, home="list", android="13", rom="aosp")


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({"face": "held", "told": "dialog"}, lambda hand, f: (hand.press(f.caption, held=True), hand.press(f.answers[0]))),
        ({"face": "choice", "told": "dialog"}, lambda hand, f: (hand.press("发布"), hand.press(f.caption), hand.press(f.answers[0]))),
        ({"told": "sheet"}, lambda hand, f: (hand.press(f.caption), hand.press(id="b_yes"))),
        ({"told": "obscure"}, lambda hand, f: (hand.press(f.caption), hand.press(id="dbo"))),
        ({"told": "whole"}, lambda hand, f: hand.press(f"开启{GROUP_NAMES[f.group]}")),
        (
            {"told": "whole", "place": "detail"},
            lambda hand, f: (hand.press(id="item_0"), hand.press(f.caption), hand.press(f"开启{GROUP_NAMES[f.group]}")),
        ),
    ],
)
def test_a_function_asks_when_a_hand_goes_its_way(tmp_path: Path, changes: dict[str, str], way: Callable[..., object]) -> None:
    recipe = plain(**changes)
    hand = Hand(recipe, tmp_path)
    group = recipe.functions[0].group
    assert not hand.truth.asked(group)
    way(hand, recipe.functions[0])
    assert hand.truth.asked(group) == 1


def test_a_sheet_that_is_pulled_away_asks_for_nothing(tmp_path: Path) -> None:
    recipe = plain(told="sheet")
    hand = Hand(recipe, tmp_path)
    hand.press(recipe.functions[0].caption)
    hand.device.screen.tap(540, 400)
    hand.wait()
    assert not hand.truth.asked(recipe.functions[0].group)
    hand.press(recipe.functions[0].caption)
    assert sum(row["what"] == "bottom_sheet" for row in hand.device.truth) == 2


def test_a_drawer_a_pager_and_slides_lead_where_they_say(tmp_path: Path) -> None:
    drawer = Hand(replace(plain(), home="drawer"), tmp_path)
    drawer.swipe(5, 1200, 700, 1200)
    drawer.press("我的")
    assert "Mine" in drawer.truth.pages()
    pager = Hand(replace(plain(), home="pager"), tmp_path)
    pager.swipe(900, 1500, 200, 1500)
    pager.swipe(900, 1500, 200, 1500)
    pager.press("关于我们")
    assert "About" in pager.truth.pages()
    slides = Hand(replace(plain(), onboarding=("swipes",)), tmp_path)
    assert "Home" not in slides.truth.pages()
    slides.swipe(900, 1200, 200, 1200)
    slides.swipe(900, 1200, 200, 1200)
    slides.press("立即体验")
    assert "Home" in slides.truth.pages()
    slides.device.system.force_stop(slides._package, "from pid 1")
    shown = len(slides.device.truth)
    slides.start()
    assert "Swipes" not in {row["activity"] for row in slides.device.truth[shown:] if row["what"] == "content_shown"}


PAGES = {**shapes.MINE, **dangers.MINE}


def test_each_page_of_the_shapes_and_dangers_opens(tmp_path: Path) -> None:
    hand = Hand(replace(plain(), extras=tuple(PAGES)), tmp_path)
    hand.press("我的")
    for _, title, name in PAGES.values():
        hand.press(title)
        assert name in hand.truth.pages()
        hand.device.system.press_back()
        hand.wait()


def test_every_danger_tells_of_itself_when_it_is_pressed(tmp_path: Path) -> None:
    recipe = replace(plain(), extras=(*dangers.MINE, "claim", "covered", "dangers", "compose"))
    hand = Hand(recipe, tmp_path)
    text = of(recipe, None).text
    pressed = 0

    def press(*ids: str) -> None:
        nonlocal pressed
        for id in ids:
            assert f'"{id}"' in text
            hand.press(id=id)
            pressed += 1
            assert hand.truth.dialogs(dangers.DANGER_TITLE) == pressed, id
            hand.press("好的")

    press("x_claim")
    hand.press(id="daily")
    press("x_sign")
    hand.device.system.press_back()
    hand.wait()
    hand.press(id="item_0")
    press("x_buy", "x_submit", "x_call", "x_one", "x_two", "x_comment")
    hand.device.system.press_back()
    hand.wait()
    hand.press("我的")
    pages = {"chat": ["x_send"], "files": ["x_plain", "x_fast", "x_watch"], "lines": ["x_line", "x_parents"], "form": ["x_form"],
             "bind": ["x_number"], "write": ["x_post"], "club": ["x_year", "x_month"], "family": ["x_family"], "ride": ["x_ride"],
             "queue": ["x_queue"], "version": ["x_install"]}  # fmt: skip
    for row, ids in pages.items():
        hand.press(id=row)
        press(*ids)
        hand.device.system.press_back()
        hand.wait()


def test_what_covers_a_button_takes_the_touch(tmp_path: Path) -> None:
    """The bar with its field lies over the foot of the page: a touch there reaches nothing below."""
    recipe = replace(plain(), extras=("covered", "sheet_menu", "dangers"))
    hand = Hand(recipe, tmp_path)
    hand.press(id="item_0")
    shown = len(hand.device.truth)
    hand.device.screen.tap(1060, 2200)  # of the bar, beside its button
    hand.wait()
    assert not [row for row in hand.device.truth[shown:] if row["what"] in ("app_dialog", "content_shown")]


def test_a_guilty_sheet_is_an_ask_to_the_truth(tmp_path: Path) -> None:
    fault = FAULTS["relaunch-sheet"]
    recipe = replace(make_guilty(5, fault)[0].recipe, consent="none", onboarding=(), extras=(), advert=False, home="list")
    function = replace(recipe.functions[0], face="row", place="home", told="note")
    recipe = replace(recipe, functions=(function,), android="13", rom="aosp")
    hand = Hand(recipe, tmp_path, fault.id)
    hand.press(function.caption)
    hand.device.screen.tap(*_deny(hand))
    hand.wait()
    assert not fault.seen(hand.truth, recipe)
    hand.device.system.force_stop(hand._package, "from pid 1")
    hand.start()
    assert fault.seen(hand.truth, recipe) == "violation"


def _deny(hand: Hand) -> tuple[int, int]:
    nodes = [node for root in hand.device.screen.tree() for node in root.walk()]
    found = next(node for node in nodes if "deny" in node.resource_id)
    return (found.bounds.left + found.bounds.right) // 2, (found.bounds.top + found.bounds.bottom) // 2


def test_an_innocent_app_asks_for_nothing_by_itself(tmp_path: Path) -> None:
    """Whatever it is made of: it is opened, its consent stands, and nothing is asked."""
    for seed in range(12):
        recipe = replace(innocent(seed), android="13", rom="aosp", answer="accept")
        hand = Hand(recipe, tmp_path)
        hand.swipe(900, 1200, 200, 1200)
        assert not any(hand.truth.asked(function.group) for function in recipe.functions), seed


def _fresh(fault: str, **changes: Any) -> Recipe:
    recipe = replace(make_guilty(5, FAULTS[fault])[0].recipe, consent="none", onboarding=(), extras=(), adverts=("card",), home="list")
    return replace(recipe, **changes)


@pytest.mark.parametrize(
    ("fault", "way"),
    [
        ("veil-cross-loads", ["", "iv_x"]),
        ("sheet-cross-loads", ["iv_x"]),
        ("strip-cross-loads", ["x_strip"]),
        ("row-loads", ["x_row"]),
        ("page-loads", ["x_deals"]),
        ("after-cross-loads", [*("daily", "back") * 4, "iv_over"]),
        ("leaving-cross-opens", ["back", "iv_over"]),
        ("cruel-opens", ["x_no"]),
        ("bare-opens", ["x_bare"]),
        ("rom-asks-picture", ["x_bare"]),
    ],
)
def test_a_hand_finds_what_is_guilty_of_clause_7(tmp_path: Path, fault: str, way: list[str]) -> None:
    hand = Hand(_fresh(fault), tmp_path, fault)
    assert not _acts(hand)
    for id in way:
        if id == "back":
            hand.device.system.press_back()
        elif id:
            hand.press(id=id)
        hand.wait()
    assert _acts(hand) == {"rom-asks-picture": "confirm_start_asked"}.get(fault, "store_page" if fault.endswith("opens") else "download")


def _acts(hand: Hand) -> str:
    """What of another's came, or was asked about."""
    return next((row["what"] for row in hand.device.truth if row["what"] in ("download", "store_page", "confirm_start_asked")), "")


def test_a_library_leads_to_the_page_of_a_fault(tmp_path: Path) -> None:
    recipe = replace(plain(), size=40, seed=3)
    hand = Hand(recipe, tmp_path)
    for id in ("library", "to_1", "to_21"):
        hand.press(id=id)
    shown = [row["title"] for row in hand.device.truth if row["what"] == "content_shown"]
    assert shown[-2:] == ["第 2 辑", library.title_of(recipe, 21)]
