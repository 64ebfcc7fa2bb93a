"""What holds for every answer: headers, whose name was called, where a form came from, how large things may be."""

import pytest

from device_farm.web.application import make_app
from device_farm.web.middleware import MOST_BODY, POLICY
from device_farm.web.web_settings import Settings
from tests.farm.made_store import Made
from tests.farm.web.conftest import TestClient

EVERYWHERE = ("/", "/phones", "/nothing", "/units/x", "/api/tonight", "/openapi.json", "/metrics", "/static/farm.css", "/static/style.css")


def test_the_headers_are_on_every_answer(client: TestClient) -> None:
    for address in EVERYWHERE:
        headers = client.get(address).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers


def test_a_mistake_of_ours_has_the_headers_and_tells_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_words: object, **_values: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("device_farm.morning.store_queries.queue", broken)
    with TestClient(make_app(made.store, Settings()), base_url="http://localhost", raise_server_exceptions=False) as client:
        answer = client.get("/queue")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "secret" not in answer.text


def test_pages_have_nothing_inline_and_nothing_from_elsewhere(client: TestClient) -> None:
    assert "unsafe" not in POLICY
    assert "frame-ancestors 'none'" in POLICY
    for page in ("/", "/phones", "/apps", "/findings", "/units/1"):
        html = client.get(page).text
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick" not in html
        assert "<script>" not in html
        assert "//" not in html.replace("<!doctype", "")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8416", "127.0.0.1.evil.example", "", "10.0.0.7:8416", "localhost.evil"])
def test_a_name_that_somebody_else_made_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8416", "[::1]:8416", "LOCALHOST:1"])
def test_this_computer_is_called_by_its_names(client: TestClient, host: str) -> None:
    assert client.get("/api/queue", headers={"host": host}).status_code == 200


def test_what_listens_to_a_network_is_called_by_numbers_and_the_names_it_was_told() -> None:
    settings = Settings(names=("farm.lab",), any_address=True)
    assert settings.may_be_called("10.0.0.7:8416")
    assert settings.may_be_called("[fe80::1]")
    assert settings.may_be_called("farm.lab:443")
    assert not settings.may_be_called("evil.example")
    assert not settings.may_be_called("farm.lab.evil.example")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:9999"},
    ],
)
def test_a_form_from_elsewhere_is_refused(keeper: TestClient, headers: dict[str, str]) -> None:
    assert keeper.post("/sign-in", data={"token": "a-token-of-this-test-0123456789"}, headers=headers).status_code == 403


def test_sizes_are_bounded(keeper: TestClient) -> None:
    assert keeper.post("/sign-in", content=b"x" * (MOST_BODY + 1)).status_code == 413
    assert keeper.get("/apps?search=" + "x" * 5000).status_code == 414
    assert keeper.get("/openapi.json").status_code == 200


def test_a_store_that_is_away_is_said_and_comes_back(client: TestClient, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    class Gone:
        def __enter__(self) -> None:
            raise OperationalError("select", {}, Exception("connection to 10.1.2.3 as farm refused"))

        def __exit__(self, *_words: object) -> None:
            raise AssertionError

    monkeypatch.setattr(type(made.store), "begin", lambda _store: Gone())
    page = client.get("/", headers={"accept-language": "zh"})
    assert page.status_code == 503
    assert page.headers["retry-after"] == "5"
    assert "存储暂时不可用" in page.text
    assert "10.1.2.3" not in page.text
    assert client.get("/api/queue").json()["error"]["en"]
    assert b"apprights_store_up 0.0" in client.get("/metrics").content
    monkeypatch.undo()
    assert client.get("/").status_code == 200
