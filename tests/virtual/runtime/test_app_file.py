from pathlib import Path

import pytest

from device_farm.virtual.app_file import AppFileError, load_app_file

GOOD = """
from device_farm.virtual import Activity, App, BottomSheet, Button, Column, DrawerLayout, StoreListing, Text, ViewPager2


class Shop(App):
    package = "com.example.shop"
    label = "小店"
    opened = 0

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.app.page = self
            self.show(Column(Text("小店"), Button("附近", id="nearby")))

        def finished(self):
            return self.page_number

        def turn(self):
            self.page_number = 2
"""


def write(tmp_path, text):
    path = tmp_path / "shop.py"
    path.write_text(text, "utf-8")
    return path


def test_a_good_file_gives_its_apps_in_order(tmp_path):
    second = '\n\nclass Other(App):\n    package = "com.example.other"\n'
    apps = load_app_file(write(tmp_path, GOOD + second))
    assert [app.package for app in apps] == ["com.example.shop", "com.example.other"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("label =", "lable =", ("shop.py:7:", "'lable'", "'label'")),
        ("opened = 0", "targetSdk = 30", ("shop.py:8:", "'target_sdk'")),
        ("launcher = True", "luncher = True", ("shop.py:11:", "'launcher'")),
        ("def on_create", "def on_created", ("shop.py:13:", "'on_created'", "'on_create'")),
        ("self.show(", "self.shwo(", ("shop.py:15:", "'shwo'", "'show'")),
        ('id="nearby"', 'ids="nearby"', ("shop.py:15:", "'ids'", "'id'")),
        ("Button, Column", "Buton, Column", ("shop.py:2:", "'Buton'", "'Button'")),
        ("return self.page_number", "self.finish(3)", ("shop.py:18:", "finish", "too many positional")),
        ('"com.example.shop"', '"shop"', ("shop.py:6:", "package name")),
        ("opened = 0", 'taps = "附近"', ("shop.py:8:", "taps is a list of strings")),
        ("opened = 0", "opened = 1 / 0", ("shop.py:8:", "ZeroDivisionError")),
        ("class Shop(App):", "class Shop(App:", ("shop.py:5:", "not Python")),
        ("class Shop(App):", "class Shop:", ("no class is derived from App",)),
        ("opened = 0", "target_sdk = '33'", ("shop.py:8:", "target_sdk is a number, not '33'")),
        ("opened = 0", "system = 1", ("shop.py:8:", "system is True or False")),
        ("opened = 0", "permissions = ['CAMERA']", ("shop.py:8:", "android.permission.CAMERA")),
        ("opened = 0", "expected = {'rule': 1}", ("shop.py:8:", "a dict of strings")),
        ("launcher = True", "launcher = False", ("shop.py:5:", "cannot be opened", "launcher = True")),
        ("launcher = True", "launcher, name = True, '1 Main'", ("shop.py:11:", "not the name of a class")),
        ("launcher = True", "launcher, window = True, (1,)", ("shop.py:11:", "a width and a height")),
        ("launcher = True", "launcher, screen_orientation = True, 'landscap'", ("shop.py:11:", "'landscap'", "'landscape'")),
        ("return self.page_number", "self.start_activity('Mian')", ("shop.py:18:", "no Activity 'Mian'", "'Main'")),
        ("return self.page_number", "self.start_service('Main')", ("shop.py:18:", "no Service 'Main'")),
        ("def finished(self):", "def on_click(self):", ("shop.py:17:", "on_click(self, id)")),
        ("def on_create(self):", "async def on_create(self):", ("shop.py:13:", "plain function")),
        ("return self.page_number", "time.sleep(5)", ("shop.py:18:", "block_main_thread")),
        ("return self.page_number", "self.show_dialog('t', 'm', 7)", ("shop.py:18:", "a text or a Button, not 7")),
        ("return self.page_number", "self.show_dialog('t', 'm', ['好'])", ("shop.py:18:", "a text or a Button, not ['好']")),
        ("return self.page_number", "self.show_dialog('t', 'm', Text('好'))", ("shop.py:18:", "a Button, not Text('好')")),
        ("return self.page_number", "self.show_dialog('t', Button('m'))", ("shop.py:18:", "are texts, not Button('m')")),
        ("return self.page_number", "self.show_dialog('t', message=None)", ("shop.py:18:", "are texts, not None")),
        ("return self.page_number", "self.show(BottomSheet(state='halff_expanded'))", ("shop.py:18:", "did you mean 'half_expanded'")),
        ("return self.page_number", "self.show(DrawerLayout(Text('a'), Text('b'), gravity='left'))", ("shop.py:18:", "start, end")),
        ("return self.page_number", "self.show(ViewPager2(Text('a'), curent_item=1))", ("shop.py:18:", "'current_item'")),
        ("def finished", "def on_long_clik", ("shop.py:17:", "no callback 'on_long_clik'", "'on_long_click'")),
        ("def finished(self)", "def on_fling(self, id)", ("shop.py:17:", "on_fling is called as on_fling(self, id, x1, y1, x2, y2)")),
        ("opened = 0", "widget = ['Clock']", ("shop.py:8:", "'widget'", "'widgets'")),
        ("return self.page_number", 'self.register_sensor("gyroscop")',
         ("sensor of register_sensor is one of accelerometer, gyroscope; did you mean 'gyroscope'?",)),
        ("return self.page_number", 'self.register_sensor(rate="fast")',
         ("rate of register_sensor is one of normal, ui, game, fastest; did you mean 'fastest'?",)),
        ("return self.page_number", 'self.download("u", file_name="a", size=1, kind="zip")',
         ("kind of download is one of apk, apks, xapk",)),
        ("return self.page_number", 'self.download("u", file_name="a", sise=1)', ("no argument 'sise'; did you mean 'size'?",)),
        ("opened = 0", "store_listings = ['com.game.fun']", ("store_listings is a list of StoreListing",)),
        ("opened = 0", "store_listings = [StoreListing('fun', 'x')]", ("'fun' is no package name",)),
        ("opened = 0", "icon = 'none.png'", ("icon: not a colour",)),
        ("opened = 0", "installed = False", ("it is installed",)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(tmp_path, old, new, words):
    assert old in GOOD
    with pytest.raises(AppFileError) as caught:
        load_app_file(write(tmp_path, GOOD.replace(old, new)))
    text = str(caught.value)
    assert "\n" not in text
    for word in words:
        assert word in text


def test_no_such_file_and_not_text(tmp_path):
    with pytest.raises(AppFileError, match="No such file"):
        load_app_file(tmp_path / "missing.py")
    (tmp_path / "apk.py").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(AppFileError, match="not Python"):
        load_app_file(tmp_path / "apk.py")


NAMES = """
from device_farm.virtual import Activity, App, Receiver, Text


class Tab:
    def turn(self):
        self.show(Text("页"))


class Page(Activity):
    def head(self):
        return Text("头")


class Link(Page):
    def on_create(self):
        self.show(self.head())


class Shop(App):
    package = "com.example.shop"

    class Apps(Tab, Activity):
        launcher = True

        def on_create(self):
            self.turn()

    class Widget(Receiver):
        actions = ["android.intent.action.BOOT_COMPLETED"]

    class Intent(Link):
        pass

    class Prefs:
        pass
"""


def test_a_class_may_have_any_name_and_methods_come_from_the_files_own_classes(tmp_path):
    (app,) = load_app_file(write(tmp_path, NAMES))
    assert app.Apps.launcher
    with pytest.raises(AppFileError, match="no 'trun'; did you mean 'turn'"):
        load_app_file(write(tmp_path, NAMES.replace("self.turn()", "self.trun()")))


def test_a_function_of_the_file_may_be_called_like_a_widget(tmp_path):
    own = 'def Row(cells, gap):\n    return Text(f"{cells} {gap}")\n\n\nclass Tab:'
    call = NAMES.replace("class Tab:", own).replace('return Text("头")', 'return Row(cells="头", gap=3)')
    assert load_app_file(write(tmp_path, call))


def test_a_file_without_end_or_bottom_is_refused(tmp_path: Path) -> None:
    if Path("/dev/zero").exists():
        with pytest.raises(AppFileError, match="larger than"):
            load_app_file(Path("/dev/zero"))
    deep = tmp_path / "deep.py"
    deep.write_text("x = " + "-" * 100_000 + "1", "utf-8")
    with pytest.raises(AppFileError, match="not Python"):
        load_app_file(deep)
