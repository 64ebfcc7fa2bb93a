"""farm.toml, whose secrets are told to nobody; a message as each platform takes it, signed, and its answer."""

import logging
import socket
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from device_farm.webhooks.webhook_settings import Chat, Kind, Platform, read_chats
from harness.errors import FormatError, ScenarioError

pytest.importorskip("httpx", reason="the extra `web` is not installed")

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

from device_farm.webhooks import sending
from device_farm.webhooks.sending import MOST_BYTES, Fate, excerpt, harmless, refusal, request, send
from tests.farm.webhooks.receiver import Robot, dingtalk_sign, feishu_sign, robot

SECRET = "SEC-of-this-chat-0123"
AT = 1_795_822_200.75


@pytest.fixture
def taken() -> Iterator[Robot]:
    with robot() as listening:
        yield listening


def test_feishu_is_signed_in_the_body(taken: Robot) -> None:
    chat = Chat("f", Platform.FEISHU, f"{taken.url}/open-apis/bot/v2/hook/x", SECRET)
    assert send(chat, "你好", lambda: AT) == (Fate.SENT, "")
    path, query, body = taken.came[0]
    assert path == "/open-apis/bot/v2/hook/x"
    assert query == {}
    assert body == {"timestamp": "1795822200", "sign": feishu_sign("1795822200", SECRET), "msg_type": "text", "content": {"text": "你好"}}


def test_dingtalk_is_signed_in_the_address(taken: Robot) -> None:
    chat = Chat("d", Platform.DINGTALK, f"{taken.url}/robot/send?access_token=TOKEN", SECRET)
    assert send(chat, "你好", lambda: AT) == (Fate.SENT, "")
    _path, query, body = taken.came[0]
    assert query == {"access_token": "TOKEN", "timestamp": "1795822200750", "sign": dingtalk_sign("1795822200750", SECRET)}
    assert body == {"msgtype": "text", "text": {"content": "你好"}}


def test_wecom_has_its_key_in_the_address(taken: Robot) -> None:
    assert send(Chat("w", Platform.WECOM, f"{taken.url}/cgi-bin/webhook/send?key=K"), "你好") == (Fate.SENT, "")
    assert taken.came == [("/cgi-bin/webhook/send", {"key": "K"}, {"msgtype": "text", "text": {"content": "你好"}})]


def test_a_signature_is_as_another_program_makes_it() -> None:
    """Worked out with OpenSSL: ``openssl dgst -sha256 -hmac KEY -binary | base64``."""
    feishu = request(Chat("f", Platform.FEISHU, "https://x.example/", "demo"), "x", 1599360473)
    assert b'"sign": "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="' in feishu.body
    dingtalk = request(Chat("d", Platform.DINGTALK, "https://x.example/", "demo"), "x", 1599360.473)
    assert parse_qs(urlsplit(dingtalk.url).query)["sign"] == ["DkEDUyVoOOJ539qBvUgMyzkzIdRWlf4e/V3Rq+ONJnQ="]


@pytest.mark.parametrize(
    ("answer", "fate", "reason"),
    [
        ((200, b'{"code": 19021, "msg": "sign match fail"}'), Fate.REFUSED, "code 19021"),
        ((200, b'{"code": 0, "StatusCode": 0}'), Fate.SENT, ""),
        ((200, b"<html>a proxy's page</html>"), Fate.REFUSED, "no answer of this platform"),
        ((200, b"[]"), Fate.REFUSED, "no answer of this platform"),
        ((200, b"[" * 40_000), Fate.REFUSED, "no answer of this platform"),
        ((200, b""), Fate.REFUSED, "no answer of this platform"),
        ((200, b"x" * 70_000), Fate.UNKNOWN, "its answer has no end"),
        ((404, b"{}"), Fate.FAILED, "HTTP 404"),
        ((429, b"{}"), Fate.REFUSED, "HTTP 429"),
        ((500, b"{}"), Fate.REFUSED, "HTTP 500"),
        ((302, b""), Fate.FAILED, "HTTP 302"),
    ],
)
def test_what_an_answer_means(taken: Robot, answer: tuple[int, bytes], fate: Fate, reason: str) -> None:
    taken.answers = [answer]
    assert send(Chat("f", Platform.FEISHU, f"{taken.url}/hook"), "x") == (fate, reason)
    assert len(taken.came) == 1  # and nobody followed a redirection


def test_the_codes_of_the_others() -> None:
    assert refusal(Platform.WECOM, b'{"errcode": 0, "errmsg": "ok"}') is None
    assert refusal(Platform.WECOM, b'{"errcode": 45009}') == "code 45009"
    assert refusal(Platform.DINGTALK, b'{"errcode": 310000, "errmsg": "sign not match"}') == "code 310000"


def test_nobody_there_is_surely_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert send(Chat("f", Platform.FEISHU, f"http://127.0.0.1:{port}/"), "x") == (Fate.REFUSED, "no connection")


def test_an_answer_that_does_not_come_is_unknown(taken: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    def silent(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True  # it took the message and hung up

    monkeypatch.setattr(sending, "TIMEOUTS", httpx.Timeout(0.5))
    taken.answers = [silent]
    fate, reason = send(Chat("f", Platform.FEISHU, f"{taken.url}/secret-of-the-address"), "x")
    assert fate is Fate.UNKNOWN
    assert "secret" not in reason


def test_secrets_stand_in_no_log_and_no_repr(taken: Robot, caplog: pytest.LogCaptureFixture) -> None:
    chat = Chat("d", Platform.DINGTALK, f"{taken.url}/robot/send?access_token=HIDDEN", SECRET)
    with caplog.at_level(logging.DEBUG):
        send(chat, "x")
    assert "HIDDEN" not in caplog.text
    assert "HIDDEN" not in repr(chat)
    assert SECRET not in repr(chat)


def test_a_name_can_neither_call_nor_link() -> None:
    text = harmless('<at user_id="all">x</at> <@all> @13800000000 http://evil.example www.evil.example \u202e')
    assert not {"<", ">", "@", "\u202e"} & set(text)
    assert "://" not in text
    assert "www." not in text


def test_a_text_is_cut_by_lines_where_a_platform_would_refuse_it() -> None:
    long = "\n".join("一个名字很长的应用" for _number in range(200))
    assert len(excerpt(long).encode()) <= MOST_BYTES
    assert excerpt(long).endswith("应用\n…")
    assert excerpt("短") == "短"


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
