"""A small recording of an app that nobody made: six screens, and what leads from one to the next."""

from pathlib import Path

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.recorded.recording import Act, Move, Recording, State, View
from device_farm.virtual.recorded.recording_folder import PLANTED, write_folder

PACKAGE = "com.example.recorded"
WIDTH, HEIGHT = 1080, 2400
PERMISSIONS = ("CAMERA", "ACCESS_FINE_LOCATION", "READ_CONTACTS")


def page(name: str, title: str, *buttons: str, activity: str = "Main") -> State:
    """A page with a title and a button below the other; a view's number is its place: 0 the root, 1 the title."""
    views = [View(-1, "android.widget.FrameLayout", PACKAGE, "", "", "", Rect(0, 0, WIDTH, HEIGHT), frozenset())]
    for number, words in enumerate((title, *buttons)):
        kind, flags = ("Button", frozenset({"clickable"})) if number else ("TextView", frozenset[str]())
        bounds = Rect(40, 100 + 200 * number, WIDTH - 40, 240 + 200 * number)
        views.append(View(0, f"android.widget.{kind}", PACKAGE, f"{PACKAGE}:id/{name}_{number}", words, "", bounds, flags))
    return State(name, PACKAGE, f"{PACKAGE}.{activity}", tuple(views))


STATES = (
    page("splash", "拾光相册"),
    page("home", "拾光相册", "扫一扫", "附近的店", "我的"),
    page("scan", "扫一扫", "打开手电筒", activity="Scan"),
    page("near", "附近的店", "北门小馆", "南门书屋"),
    page("me", "我的", "我的收藏", "关于我们", activity="Me"),
    page("about", "关于我们", "版本 1.0", activity="Me"),
    page("advert", "夏日特惠 全场五折", "立即抢购", "关闭"),
)
MOVES = (
    Move("", Act.START, -1, "home"),
    Move("home", Act.TOUCH, 2, "scan"),
    Move("home", Act.TOUCH, 3, "near"),
    Move("home", Act.TOUCH, 4, "me"),
    Move("me", Act.TOUCH, 3, "about"),
    Move("scan", Act.BACK, -1, "home"),
    Move("near", Act.BACK, -1, "home"),
    Move("me", Act.BACK, -1, "home"),
    Move("about", Act.BACK, -1, "me"),
    Move("advert", Act.TOUCH, 3, "home"),
    Move("advert", Act.BACK, -1, "home"),
)


def recording() -> Recording:
    """The recording, as an importer would have made it."""
    return Recording(
        package=PACKAGE,
        label="拾光相册",
        states={state.name: state for state in STATES},
        moves=MOVES,
        size=(WIDTH, HEIGHT),
        target_sdk=33,
        permissions=tuple(f"android.permission.{name}" for name in PERMISSIONS),
        launcher=f"{PACKAGE}.Main",
        source="invented",
    )


def written(folder: Path, planted: str = "") -> Path:
    """The recording as a folder, with what is planted in it."""
    write_folder(recording(), folder)
    if planted:
        (folder / PLANTED).write_text(planted, encoding="utf-8")
    return folder
