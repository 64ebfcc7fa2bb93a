"""What is shown of a store's address holds no password."""

import pytest

from device_farm.store.database import open_store
from device_farm.store.urls import without_password
from harness.errors import HarnessError


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
