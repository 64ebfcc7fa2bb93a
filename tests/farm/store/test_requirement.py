"""What a phone must be, as the name of a queue; what an app calls itself is kept, whatever the database refuses."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from device_farm.store.database import now, open_store
from device_farm.store.models import App
from device_farm.units.unit import ANY, LABELS, fits, labels_of, queues, read_requirement, requirement
from harness.errors import ScenarioError

PHONE = {"abi": "arm64-v8a", "android": "13", "kind": "real", "rom": "miui", "serial": "8d5c1a"}
VALUES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,10}", fullmatch=True)


@given(st.dictionaries(st.sampled_from(LABELS), VALUES))
def test_the_canonical_form_comes_back(labels: dict[str, str]) -> None:
    written = requirement(labels)
    assert labels_of(written) == labels
    assert read_requirement(written) == written


def test_a_phone_hears_each_subset_of_its_labels_once_and_the_plain_one_first() -> None:
    heard = list(queues(PHONE))
    assert heard[0] == ANY
    assert len(heard) == len(set(heard)) == 2 ** len(PHONE)
    assert all(fits(one, PHONE) for one in heard)


@given(st.dictionaries(st.sampled_from(LABELS), st.sampled_from(("13", "miui", "real"))))
def test_a_queue_is_heard_exactly_where_the_phone_fits(labels: dict[str, str]) -> None:
    written = requirement(labels)
    assert (written in set(queues(PHONE))) == fits(written, PHONE)


def test_written_by_hand_with_commas_and_spaces() -> None:
    assert read_requirement(" rom=miui , android=13 ") == "android=13|rom=miui"
    assert read_requirement("any") == read_requirement("") == ANY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("android", "write name=value"),
        ("colour=red", "no label 'colour'"),
        ("android=13,android=14", "names a label twice"),
        ("android=", "cannot be a label"),
        ("rom=mi|ui", "write name=value"),
        ("rom=a b", "cannot be a label"),
        ("rom=" + "x" * 65, "cannot be a label"),
    ],
)
def test_what_is_no_requirement_is_told(text: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        read_requirement(text)


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
