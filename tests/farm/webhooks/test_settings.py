"""farm.toml: what it may say, and that its secrets are told to nobody."""

from pathlib import Path

import pytest

from device_farm.webhooks.webhook_settings import Chat, Kind, Platform, read_chats
from harness.errors import FormatError, ScenarioError

URL = "https://open.feishu.cn/open-apis/bot/v2/hook/HIDDEN"
WHOLE = f"""
[[webhook]]
name = "qa"
platform = "feishu"
url = "{URL}"
secret = "HIDDEN"
events = ["night-end", "sick-phone"]
language = "en"
link = "http://farm.lab:8416/"
"""


def read_chats_of(tmp_path: Path, text: str, environment: dict[str, str] | None = None) -> tuple[Chat, ...]:
    file = tmp_path / "farm.toml"
    file.write_text(text, encoding="utf-8")
    return read_chats(file, environment or {})


def test_a_chat_is_read_whole(tmp_path: Path) -> None:
    (chat,) = read_chats_of(tmp_path, WHOLE)
    assert (chat.name, chat.platform, chat.url, chat.secret, chat.language) == ("qa", Platform.FEISHU, URL, "HIDDEN", "en")
    assert chat.kinds == {Kind.NIGHT_END, Kind.SICK_PHONE}
    assert chat.link == "http://farm.lab:8416"


def test_without_a_table_nobody_is_told_anything(tmp_path: Path) -> None:
    assert read_chats_of(tmp_path, "") == ()
    assert read_chats_of(tmp_path, "[other]\nx = 1\n") == ()


def test_secrets_may_lie_in_the_environment(tmp_path: Path) -> None:
    text = '[[webhook]]\nname = "d"\nplatform = "dingtalk"\nurl_env = "D_URL"\nsecret_env = "D_SECRET"\n'
    (chat,) = read_chats_of(tmp_path, text, {"D_URL": "https://x.example/?access_token=1", "D_SECRET": "s"})
    assert (chat.url, chat.secret) == ("https://x.example/?access_token=1", "s")
    with pytest.raises(ScenarioError, match=r"'d': the variable D_URL \(url_env\) is not set"):
        read_chats_of(tmp_path, text, {"D_SECRET": "s"})
    with pytest.raises(ScenarioError, match=r"D_SECRET \(secret_env\)"):
        read_chats_of(tmp_path, text, {"D_URL": "https://x.example/?access_token=1"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('name = "qa"', 'name = "a name"'), "needs a 'name'"),
        (('platform = "feishu"', 'platform = "slack"'), "'platform'"),
        (('events = ["night-end", "sick-phone"]', "events = []"), "'events'"),
        ((f'url = "{URL}"', 'url = "ftp://HIDDEN/"'), "'url'"),
        ((f'url = "{URL}"', 'url = "http://x.example/HIDDEN"'), "'url'"),
        ((f'url = "{URL}"', 'url = "file:///etc/HIDDEN"'), "'url'"),
        ((f'url = "{URL}"', 'url = "https://user:HIDDEN@x.example/"'), "'url'"),
        ((f'url = "{URL}"', "url = 7"), "'url'"),
        ((f'url = "{URL}"', 'url = "https://x.example:99999/HIDDEN"'), "'url'"),
        (('secret = "HIDDEN"', 'secret = "HID\\nDEN"'), "'secret'"),
        (('secret = "HIDDEN"', 'secrett = "HIDDEN"'), "no 'secrett'"),
        (('"night-end", ', '"everything", '), "'events'"),
        (('language = "en"', 'language = "fr"'), "'language'"),
        (("http://farm.lab:8416/", "javascript:alert(1)"), "'link'"),
        (("[[webhook]]", "[webhook]"), "tables"),
        (('name = "qa"', 'name = "qa'), "no TOML"),
    ],
)
def test_what_cannot_be_meant_is_told_by_its_key_and_never_with_a_secret(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    assert change[0] in WHOLE
    with pytest.raises(FormatError, match=told) as raised:
        read_chats_of(tmp_path, WHOLE.replace(*change))
    assert "HIDDEN" not in str(raised.value)


def test_two_chats_of_one_name_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="same name"):
        read_chats_of(tmp_path, WHOLE + WHOLE)
    with pytest.raises(FormatError, match="is no file"):
        read_chats(tmp_path / "nothing.toml")
