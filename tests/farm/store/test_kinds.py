"""What an app may call itself is kept, whatever the database refuses."""

from pathlib import Path

import pytest
from sqlalchemy import select

from device_farm.store.database import now, open_store
from device_farm.store.models import App


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_text_that_a_database_refuses_is_kept_without_what_it_refuses(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store = open_store(request.getfixturevalue("postgres") if database == "postgres" else tmp_path / "farm.sqlite")
    with store.begin() as session:
        odd = "名\x00\ud800\udfff字"
        session.add(App(sha256="ab" * 32, place=odd, label=odd * 200, package="𠮷", version_name=odd, first_seen_at=now(session)))
    with store.begin() as session:
        app = session.scalars(select(App).where(App.version_name == odd)).one()
        assert app.place == app.version_name == "名\ufffd\ufffd\ufffd字"
        assert app.label == (app.place * 200)[:255]
        assert app.package == "𠮷"
    store.close()
