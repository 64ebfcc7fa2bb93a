"""The example app file of the documentation, as it stands there."""

import re
from pathlib import Path

from device_farm.virtual.app_file import load_app_file

PAGE = Path(__file__).resolve().parents[3] / "docs/virtual-app.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_documented_example_asks_and_leaves(phone, tmp_path):
    path = tmp_path / "shop.py"
    path.write_text(next(text for text in EXAMPLES if "class Shop(App)" in text), "utf-8")
    (app,) = load_app_file(path)
    device = phone(app)
    device.launch("com.example.shop")
    device.deny()
    assert device.front == "com.android.launcher3"
    assert device.exits("com.example.shop") == []
    device.launch("com.example.shop")
    device.tap("nearby", seconds=0.5)
    assert [w.package for w in device.system.windows if w.kind == "TOAST"] == ["com.android.systemui"]


def test_its_twin_stays(phone, tmp_path):
    (tmp_path / "twins").mkdir()
    for path, mark in ((tmp_path / "shop.py", "class Shop(App)"), (tmp_path / "twins" / "shop.py", "--- ../shop.py")):
        path.write_text(next(text for text in EXAMPLES if mark in text), "utf-8")
    (app,) = load_app_file(path)
    device = phone(app)
    device.launch("com.example.shop.twin")
    device.deny()
    assert device.front == "com.example.shop.twin"
