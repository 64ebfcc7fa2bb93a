"""The schema is made and brought up; what does not fit is told in one line, without a password."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from device_farm.store.database import Store, StoreError, _config, newest_schema, open_store, schema_version, schemas, upgrade
from device_farm.store.models import Base
from device_farm.store.urls import without_password
from harness.errors import FormatError, HarnessError
from tests.farm.store.made import add_unit


def as_of_the_first_version(engine: Engine) -> None:
    """What came since is taken back by hand: no program does it."""
    with engine.begin() as connection:
        connection.execute(text("drop table finding_reviews"))
        connection.execute(text("update alembic_version set version_num = '0008_refused'"))


def test_a_store_of_the_first_version_is_brought_up_and_keeps_its_rows(store: Store) -> None:
    with store.begin() as session:
        add_unit(session)
    steps = [script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()]
    assert steps == schemas()[::-1]
    as_of_the_first_version(store.engine)
    upgrade(store.engine)
    assert schema_version(store.engine) == newest_schema()
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": False}), Base.metadata) == []
        assert connection.execute(text("select count(*) from units")).scalar_one() == 1


def test_a_store_of_a_newer_version_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    url = store.engine.url.render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="9999 is newer than this version"):
        open_store(url.removeprefix("sqlite:///").replace("postgresql+psycopg", "postgresql"))


def test_an_old_store_is_not_changed_where_that_was_not_asked(store: Store) -> None:
    as_of_the_first_version(store.engine)
    url = store.engine.url.render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="run 'apprights farm init'"):
        open_store(url.removeprefix("sqlite:///").replace("postgresql+psycopg", "postgresql"), create=False)


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="is no store"):
        open_store("mysql://root@localhost/farm")
    file = tmp_path / "farm.sqlite"
    file.write_text("this is no database, but a text that is long enough to be read as one" * 100, "utf-8")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(file)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "nowhere" / "farm.sqlite")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://farm@db/farm?sslmode=verify-full", "postgresql://farm@db/farm?sslmode=verify-full"),
        ("postgresql://farm:sekret@db:5432/farm", "postgresql://farm:***@db:5432/farm"),
        ("mysql://x:sekret@y/z", "mysql://x:***@y/z"),
        ("postgresql://x:se:kr/et@sekret@y/z", "postgresql://x:***@y/z"),
        ("x:sekret@y", "x:***@y"),
        ("postgresql://db/farm?user=x&password=sekret&connect_timeout=2", "postgresql://db/farm?user=x&password=***&connect_timeout=2"),
        ("s3://bucket/prefix", "s3://bucket/prefix"),
        ("/data/farm.sqlite", "/data/farm.sqlite"),
    ],
)
def test_a_password_is_left_out(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize("url", ["mysql://x:sekret@y/z", "postgresql://x:sekret@127.0.0.1:port/z", "postgresql://x:sekret@127.0.0.1:1/z"])
def test_a_store_that_cannot_be_opened_does_not_tell_it(url: str) -> None:
    with pytest.raises(HarnessError) as caught:
        open_store(url, create=False)
    assert "sekret" not in str(caught.value)
