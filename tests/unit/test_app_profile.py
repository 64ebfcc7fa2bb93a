"""The app profile: what is read, what is refused with a word on how to mend it, and that no secret is recorded."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from harness.errors import FormatError, ScenarioError
from harness.events.app_profile import read_app_profile
from harness.events.app_under_test import AppUnderTest
from harness.session.app_on_device import told
from harness.session.check_options import Options
from harness.session.login import typed_text
from harness.session.session_lifecycle import with_profiles

WHOLE = """
package = "com.example.shop"
core = ["CAMERA", "android.permission.RECORD_AUDIO"]
visit = ["附近门店"]
never_touch = ["提交订单"]

[functions]
"AR 试穿" = ["CAMERA"]

[purposes]
CAMERA = "扫描商品条码"

[[login]]
tap = "密码登录"

[[login]]
field = "手机号"
text = "13800000000"

[[login]]
field = "密码"
env = "SHOP_PASSWORD"
wait_for = "我的"
"""


@pytest.fixture
def write(tmp_path):
    def _write(text):
        path = tmp_path / "app.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def test_a_whole_profile(write):
    profile = read_app_profile(write(WHOLE))
    assert profile.core == ("CAMERA", "MICROPHONE")
    assert profile.functions == (("AR 试穿", ("CAMERA",)),)
    assert [step.tap or step.field for step in profile.login] == ["密码登录", "手机号", "密码"]


def test_what_it_tells_is_of_the_app_and_survives_run_json(write):
    app = told(AppUnderTest(package="com.example.shop", uid=10100), read_app_profile(write(WHOLE)))
    again = AppUnderTest.from_json(json.loads(json.dumps(app.to_json())))
    assert again == app
    assert again.promised("AR 试穿") == ("CAMERA",)
    assert again.promised("试穿") == ()


def test_what_a_login_types_is_not_recorded(write, monkeypatch):
    monkeypatch.setenv("SHOP_PASSWORD", "geheim-42")
    profile = read_app_profile(write(WHOLE))
    assert typed_text(profile.login[2]) == "geheim-42"
    recorded = json.dumps(asdict(profile.without_secrets()), ensure_ascii=False)
    assert "geheim-42" not in recorded
    assert "13800000000" not in recorded
    assert "SHOP_PASSWORD" in recorded


def test_a_variable_that_is_not_set_is_named(write, monkeypatch):
    monkeypatch.delenv("SHOP_PASSWORD", raising=False)
    with pytest.raises(FormatError, match="SHOP_PASSWORD that a login step names is not set"):
        typed_text(read_app_profile(write(WHOLE)).login[2])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("core = ['CAMERAS']", "'CAMERAS' is no permission group; there are LOCATION"),
        ("visits = []", "has no entry 'visits'; there are core"),
        ("visit = '附近'", "visit is a list of texts"),
        ("functions = ['x']", "functions must be a table"),
        ("[[login]]\nfield = 'x'", "needs text, or env"),
        ("[[login]]\ntext = 'x'", "needs tap, field or wait_for"),
        ("[[login]]\ntyp = 'x'", "a login step has no entry 'typ'"),
        ("login = 'x'", "login is a list of steps"),
        ("visit = [1]", "visit is a text, not 1"),
        ("visit = [", "no TOML"),
    ],
)
def test_a_wrong_profile_says_what_is_wrong(write, text, said):
    path = write(text)
    with pytest.raises(FormatError, match=r"app\.toml: ") as caught:
        read_app_profile(path)
    assert said in str(caught.value)


def test_a_file_that_is_none(tmp_path):
    with pytest.raises(FormatError, match="is no file"):
        read_app_profile(tmp_path / "none.toml")


def test_a_profile_of_another_app_is_refused(write):
    with pytest.raises(ScenarioError, match=r"about com\.example\.shop, not about com\.other\.app"):
        told(AppUnderTest(package="com.other.app", uid=10100), read_app_profile(write(WHOLE)))


def test_the_option_takes_names_and_files(write):
    options = with_profiles(Options(), ["store-strict", str(write(WHOLE))])
    assert options.profile == "store-strict"
    assert options.app_profile.visit == ("附近门店",)
    with pytest.raises(ScenarioError, match="there is no profile 'lab'; give miit-164"):
        with_profiles(Options(), ["lab"])


def test_a_file_without_end_or_bottom_is_refused(write, tmp_path):
    if Path("/dev/zero").exists():
        with pytest.raises(FormatError, match="is no file"):
            read_app_profile(Path("/dev/zero"))
    with pytest.raises(FormatError, match="nested too deep"):
        read_app_profile(write("visit = " + "[" * 5000 + "]" * 5000))
