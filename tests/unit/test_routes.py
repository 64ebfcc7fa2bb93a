"""The shortest way back to what was used, read from a journal."""

from pathlib import Path

from harness.events import Purpose
from harness.explorer.routes import Press, route_before
from harness.recording.journal import JOURNAL, Journal
from harness.recording.steps import FieldFilled, Function, Key, Launch, Step, Swipe


def journal(folder: Path, *steps: Step) -> Path:
    (folder / "raw").mkdir()
    log = Journal(folder / JOURNAL)
    for number, step in enumerate(steps):
        log.write(step, host=float(number))
    log.close()
    return folder


def used(text: str, screen: str) -> Function:
    return Function(text=text, screen=screen)


def key(purpose: Purpose) -> Key:
    return Key(key="back", purpose=purpose)


LAUNCH = Launch(component="a/.Main", cold=True)
TYPED = FieldFilled(field="城市", text="测试")


def test_a_form_is_on_the_way_though_the_keyboard_was_put_away(tmp_path: Path) -> None:
    folder = journal(tmp_path, LAUNCH, used("运费时效", "home"), TYPED, key(Purpose.KEYBOARD), used("查询", "form"))
    assert route_before(folder, 9.0) == [
        Press("function", "运费时效", "", "home"), Press("fill", "", "", "form"), Press("function", "查询", "", "form"),
    ]  # fmt: skip


def test_a_back_of_the_walk_tells_nothing_of_where_a_press_leads(tmp_path: Path) -> None:
    folder = journal(tmp_path, LAUNCH, used("新闻", "home"), key(Purpose.WALK), used("设置", "mine"))
    assert route_before(folder, 9.0) == [Press("function", "设置", "", "mine")]


def test_a_page_beside_another_is_neither_where_a_start_nor_a_press_leads(tmp_path: Path) -> None:
    aside = Swipe(start=(864, 500), end=(216, 500), purpose=Purpose.WALK)
    folder = journal(tmp_path, LAUNCH, aside, used("红烧肉", "second"), aside, used("扫一扫", "third"))
    assert route_before(folder, 3.0) == [Press("function", "红烧肉", "", "second")]
    assert route_before(folder, 9.0) == [Press("function", "扫一扫", "", "third")]


def test_a_drawer_is_opened_on_the_way_to_what_lies_behind_it(tmp_path: Path) -> None:
    opened = Swipe(start=(6, 900), end=(756, 900), purpose=Purpose.WALK)
    folder = journal(tmp_path, LAUNCH, used("书城", "home"), opened, used("设置", "drawer"), used("隐私设置", "settings"))
    ways = [Press("function", "书城", "", "home"), Press("drawer", "", "", "page 2"), Press("function", "设置", "", "drawer")]
    assert route_before(folder, 9.0) == [*ways, Press("function", "隐私设置", "", "settings")]
