"""Reading needs nothing; acting needs the token, a session of it, and a form of a page that we gave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from device_farm.store.models import Device, Unit
from device_farm.units.unit import UnitState
from device_farm.web.access import COOKIE, HOLDS_SECONDS, MOST_WRONG, Access
from device_farm.web.web_settings import TOKEN_VARIABLE, token_of
from harness.errors import FormatError
from tests.farm.web.conftest import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from tests.farm.made_store import Made


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


def test_guessing_is_shut_out_for_a_minute() -> None:
    at = [1000.0]
    access = Access(TOKEN, clock=lambda: at[0])
    assert not any(access.known(f"guess-{number}") for number in range(MOST_WRONG))
    assert access.shut
    assert not access.known(TOKEN)
    at[0] += 61
    assert access.known(TOKEN)


def test_guessing_at_the_door_is_told_to_wait(keeper: TestClient) -> None:
    answers = [keeper.post("/sign-in", data={"token": f"guess-number-{number}"}).status_code for number in range(MOST_WRONG + 1)]
    assert answers == [403] * MOST_WRONG + [429]


def test_a_session_ends_by_itself_and_with_another_token() -> None:
    at = [1000.0]
    access = Access(TOKEN, clock=lambda: at[0])
    cookie = access.session()
    assert access.holds(cookie)
    assert not Access("another-token-0123456789", clock=lambda: at[0]).holds(cookie)
    assert not Access(None).holds(cookie)
    later, rest = str(int(cookie.partition(".")[0]) + 9999), cookie.partition(".")[2]
    assert not access.holds(f"{later}.{rest}")
    at[0] += HOLDS_SECONDS
    assert not access.holds(cookie)


@pytest.mark.parametrize("cookie", ["", ".", "..", "x.y.z", "9999999999.00.", "é" * 10, "9" * 5000])
def test_a_cookie_that_is_none_of_ours_is_nobody(cookie: str) -> None:
    assert not Access(TOKEN).holds(cookie)


def test_the_token_comes_of_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    assert token_of(None) is None
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    assert token_of(None) == TOKEN
    file = tmp_path / "token"
    file.write_text("another-token-0123456789\n", encoding="utf-8")
    assert token_of(file) == "another-token-0123456789"
    for bad in ("short", "with a space in it 0123456789", "ünïcode-token-0123456789", "x" * 600):
        file.write_text(bad, encoding="utf-8")
        with pytest.raises(FormatError) as told:
            token_of(file)
        assert bad not in str(told.value)
    with pytest.raises(FormatError):
        token_of(tmp_path / "nothing")


def test_a_page_that_only_shows_cannot_write(made: Made) -> None:
    from sqlalchemy.exc import DatabaseError

    from device_farm.store.database import StoreError
    from device_farm.web.read_only_store import reading

    with pytest.raises((StoreError, DatabaseError)), reading(made.store) as session:
        session.execute(update(Device).values(state="idle"))
    with made.store.begin() as session:  # the connection that was used may write again
        session.execute(update(Device).values(reason_en="written"))
