"""Reading needs nothing; acting needs the token, a session of it, and a form of a page that we gave."""

import re
from pathlib import Path

import pytest
from httpx import Response
from sqlalchemy import select, update

from device_farm.samples.sample import OWN_APPS
from device_farm.store.models import App, Device, FindingRow, Unit
from device_farm.units.unit import UnitState
from device_farm.web.access import COOKIE, HOLDS_SECONDS, MOST_WRONG, Access, Role, Token
from device_farm.web.application import make_app
from device_farm.web.middleware import MOST_BODY
from device_farm.web.web_settings import TOKEN_VARIABLE, Settings, tokens_of
from harness.errors import FormatError
from tests.apk_builder import build_apk
from tests.farm.made_store import Made
from tests.farm.web.conftest import HERE, TOKEN, TestClient

OURS, OTHER = Token("token", TOKEN), Token("other", "another-token-0123456789")


def signed_in(keeper: TestClient) -> str:
    """Sign in; the secret that stands in the pages."""
    answer = keeper.post("/sign-in", data={"token": TOKEN})
    assert answer.status_code == 303
    found = re.search(r'name="secret" value="([0-9a-f]{64})"', keeper.get("/phones").text)
    assert found is not None
    return found[1]


def state(made: Made, phone: int) -> str:
    with made.store.begin() as session:
        return session.get_one(Device, phone).state


def test_without_a_token_nobody_acts(client: TestClient, made: Made) -> None:
    before = state(made, 1)
    assert client.get("/sign-in").status_code == 404
    assert client.post("/sign-in", data={"token": ""}).status_code == 403
    assert client.post("/phones/1/quarantine", data={"secret": ""}).status_code == 403
    assert client.post("/api/phones/1/quarantine", headers={"authorization": "Bearer "}).status_code == 403
    assert client.post("/units/1/cancel").status_code == 403
    assert "只读" in client.get("/", headers={"accept-language": "zh"}).text
    assert state(made, 1) == before


def test_the_cookie_is_closed_to_scripts_and_other_sites_and_holds_no_token(keeper: TestClient) -> None:
    cookie = keeper.post("/sign-in", data={"token": TOKEN}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie
    assert cookie.startswith(f"{COOKIE}=")


def test_a_phone_is_taken_out_and_let_in(keeper: TestClient, made: Made) -> None:
    secret = signed_in(keeper)
    assert keeper.post("/phones/1/quarantine", data={"secret": secret}).headers["location"] == "/phones"
    assert state(made, 1) == "quarantined"
    keeper.post("/phones/1/release", data={"secret": secret})
    assert state(made, 1) == "trial"
    keeper.post("/phones/1/drain", data={"secret": secret})
    assert state(made, 1) == "draining"


def test_a_unit_is_cancelled_and_waits_again(keeper: TestClient, made: Made) -> None:
    secret = signed_in(keeper)
    with made.store.begin() as session:
        unit = session.scalars(select(Unit.id).where(Unit.state == UnitState.WAITING)).first()
    keeper.post(f"/units/{unit}/cancel", data={"secret": secret})
    with made.store.begin() as session:
        assert session.get_one(Unit, unit).state == UnitState.CANCELLED
    keeper.post(f"/units/{unit}/retry", data={"secret": secret})
    with made.store.begin() as session:
        assert session.get_one(Unit, unit).state == UnitState.WAITING


def test_a_form_without_the_secret_of_its_page_does_nothing(keeper: TestClient, made: Made) -> None:
    secret, before = signed_in(keeper), state(made, 1)
    for wrong in ("", "0" * 64, secret[:-1], secret[::-1], "ü" * 64):
        assert keeper.post("/phones/1/quarantine", data={"secret": wrong}).status_code == 403
    assert keeper.get("/phones/1/quarantine").status_code in (404, 405)
    assert state(made, 1) == before


def test_signing_out_ends_it(keeper: TestClient) -> None:
    secret = signed_in(keeper)
    keeper.post("/sign-out", data={"secret": secret})
    assert keeper.post("/phones/1/quarantine", data={"secret": secret}).status_code == 403


def test_a_program_acts_with_the_token_itself(keeper: TestClient, made: Made) -> None:
    told = keeper.post("/api/phones/1/quarantine", headers={"authorization": f"Bearer {TOKEN}"})
    assert told.json() == {"id": 1, "state": "quarantined"}
    assert keeper.post("/api/phones/1/release", headers={"authorization": f"Basic {TOKEN}"}).status_code == 403
    assert keeper.post(f"/api/phones/1/release?token={TOKEN}").status_code == 403
    assert keeper.post("/api/phones/4242/release", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 404
    assert state(made, 1) == "quarantined"


def test_guessing_shuts_out_who_guesses_and_nobody_else() -> None:
    at = [1000.0]
    access = Access([OURS], clock=lambda: at[0])
    assert not any(access.known(f"guess-{number}", "10.0.0.7") for number in range(MOST_WRONG))
    assert access.shut("10.0.0.7")
    assert access.known(TOKEN, "10.0.0.7") is None
    assert access.known(TOKEN, "10.0.0.8") == OURS
    for number in range(MOST_WRONG):
        access.known("guess", f"2001:db8::{number + 1:x}")
    assert access.shut("2001:db8::ffff"), "a network of IPv6 is one who guesses"
    at[0] += 61
    assert access.known(TOKEN, "10.0.0.7") == OURS


def test_guessing_at_the_door_is_told_to_wait(keeper: TestClient) -> None:
    answers = [keeper.post("/sign-in", data={"token": f"guess-number-{number}"}).status_code for number in range(MOST_WRONG + 1)]
    assert answers == [403] * MOST_WRONG + [429]


def test_a_session_ends_by_itself_and_with_another_token() -> None:
    at = [1000.0]
    access = Access([OURS, OTHER], clock=lambda: at[0])
    cookie = access.session(OURS)
    assert access.holder(cookie) == OURS
    assert Access([OTHER], clock=lambda: at[0]).holder(cookie) is None
    assert Access([Token("token", OTHER.text)], clock=lambda: at[0]).holder(cookie) is None
    assert Access([]).holder(cookie) is None
    later, rest = str(int(cookie.partition(".")[0]) + 9999), cookie.partition(".")[2]
    assert access.holder(f"{later}.{rest}") is None
    assert access.holder(cookie.replace(OURS.id, OTHER.id)) is None
    at[0] += HOLDS_SECONDS
    assert access.holder(cookie) is None


@pytest.mark.parametrize("cookie", ["", ".", "..", "x.y.z", "9999999999.00.", "é" * 10, "9" * 5000])
def test_a_cookie_that_is_none_of_ours_is_nobody(cookie: str) -> None:
    assert Access([OURS]).holder(cookie) is None


def test_the_token_comes_of_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    assert tokens_of(None) == ()
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    assert tokens_of(None) == (OURS,)
    file = tmp_path / "token"
    file.write_text("another-token-0123456789\n", encoding="utf-8")
    assert [token.text for token in tokens_of(file)] == ["another-token-0123456789"]
    named = f"# the laboratory\n王芳 operate,review {TOKEN}\nscreen read another-token-0123456789\n"
    file.write_text(named, encoding="utf-8")
    assert [(token.name, token.roles) for token in tokens_of(file)] == [("王芳", {Role.OPERATE, Role.REVIEW}), ("screen", {Role.READ})]
    twice = f"a read {TOKEN}\nb read {TOKEN}"
    for bad in (
        "short",
        "with a space in it 0123456789",
        "ünïcode-token-0123456789",
        "x" * 600,
        "a admin x" * 9,
        f"a boss {TOKEN}",
        twice,
        "#",
    ):
        file.write_text(bad, encoding="utf-8")
        with pytest.raises(FormatError) as told:
            tokens_of(file)
        assert bad not in str(told.value)
        assert TOKEN not in str(told.value)
    with pytest.raises(FormatError):
        tokens_of(tmp_path / "nothing")


def test_a_token_does_what_its_roles_let_it_and_its_name_stands_at_what_was_done(made: Made) -> None:
    tokens = (Token("王芳", TOKEN, frozenset({Role.OPERATE})), Token("screen", OTHER.text, frozenset({Role.READ})))
    with TestClient(make_app(made.store, Settings(folder=made.folder, tokens=tokens)), base_url=HERE, follow_redirects=False) as client:
        assert client.get("/phones").headers["location"] == "/sign-in"
        assert client.get("/api/phones").status_code == 403
        assert client.get("/sign-in").status_code == 200
        reader, operator = ({"authorization": f"Bearer {token.text}"} for token in reversed(tokens))
        assert client.get("/api/phones", headers=reader).status_code == 200
        assert client.post("/api/phones/1/quarantine", headers=reader).status_code == 403
        assert client.post("/api/phones/1/quarantine", headers=operator).status_code == 200
        client.post("/sign-in", data={"token": OTHER.text})
        page = client.get("/phones")
        assert page.status_code == 200
        assert "/phones/1/release" not in page.text
        assert "王芳" in page.text, "by whom it was taken out"


def test_a_finding_is_confirmed_or_rejected_on_its_page_by_name_and_reason(keeper: TestClient, made: Made) -> None:
    secret = signed_in(keeper)
    with made.store.begin() as session:
        finding = session.scalars(select(FindingRow)).first()
        number, unit = finding.id, finding.unit_id
    asked = {"secret": secret, "name": "王芳", "reason": "<b>看过录像</b>"}
    for lacking in ("secret", "name", "reason"):
        assert keeper.post(f"/findings/{number}/rejected", data=asked | {lacking: " "}).status_code in (400, 403)
    assert keeper.post(f"/findings/{number}/forgotten", data=asked).status_code == 422
    assert keeper.post("/findings/424242/rejected", data=asked).status_code == 404
    assert "已驳回" not in keeper.get(f"/units/{unit}?lang=zh").text
    assert keeper.post(f"/findings/{number}/rejected", data=asked).headers["location"] == f"/units/{unit}"
    page = keeper.get(f"/units/{unit}?lang=zh").text
    assert "已驳回" in page
    assert "王芳" in page
    assert "&lt;b&gt;看过录像" in page


def test_apps_and_lists_are_submitted_from_a_browser_and_programs_are_not(keeper: TestClient, made: Made) -> None:
    apk = build_apk()

    def sent(name: str, data: bytes, secret: str) -> Response:
        return keeper.post("/submit?lang=en", data={"secret": secret, "campaign": "browser", "clause": "5"}, files={"files": (name, data)})

    big = b"x" * (2 * MOST_BODY)
    assert sent("a.apk", big, "").status_code == 413, "nobody unknown sends what is large"
    secret = signed_in(keeper)
    assert sent("a.apk", apk, "0" * 64).status_code == 403
    assert sent("../../a.py", b"print()", secret).status_code == 400
    assert "new units 0" in sent("a.apk", big, secret).text
    page = sent("../../店铺 1.apk", apk, secret)
    assert "new units 1" in page.text
    assert "refused 1" in sent("list.csv", f"file\n{OWN_APPS / 'polite.py'}\n".encode(), secret).text
    with made.store.begin() as session:
        unit, app = session.execute(select(Unit, App).join(App, App.id == Unit.app_id).order_by(Unit.id.desc())).first() or (None, None)
        assert app is not None
        assert unit.clauses == [5]
        assert app.place.startswith(str((made.folder / "uploads").resolve()))


@pytest.mark.parametrize("host", ["x@evil", "localhost:x@evil", "127.0.0.1@evil", "[::1]evil", "", "localhost/x", "[::1"])
def test_what_is_no_name_and_port_is_refused(host: str) -> None:
    settings = Settings(any_address=True)
    assert not settings.may_be_called(host)
    assert all(settings.may_be_called(good) for good in ("localhost:8416", "LOCALHOST", "[::1]:8416", "192.168.1.9:80", "127.0.0.1"))


def test_a_page_that_only_shows_cannot_write(made: Made) -> None:
    from sqlalchemy.exc import DatabaseError

    from device_farm.store.database import StoreError
    from device_farm.web.read_only_store import reading

    with pytest.raises((StoreError, DatabaseError)), reading(made.store) as session:
        session.execute(update(Device).values(state="idle"))
    with made.store.begin() as session:  # the connection that was used may write again
        session.execute(update(Device).values(reason_en="written"))
