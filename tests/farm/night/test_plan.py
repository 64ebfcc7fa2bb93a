"""Who shares a night, and how the next nights are made of what neighbours left open."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from device_farm.night.night_plan import MOST, Guest, again, groups, keep_pairs, known_pairs, nights
from device_farm.store import FILE
from device_farm.store.database import now
from device_farm.store.models import App, Campaign, Unit
from tests.farm.new_store import new_store


def guest(number: int, **more: str) -> Guest:
    fields = {"package": f"com.example.a{number}", "signer": f"s{number}", "label": f"应用{number}"} | more
    return Guest(number, **fields)


def packed(found: list[list[Guest]]) -> list[list[int]]:
    return [[one.unit for one in night] for night in found]


def test_a_night_takes_twenty_and_no_more() -> None:
    assert [len(night) for night in nights(guest(number) for number in range(45))] == [MOST, MOST, 5]


@pytest.mark.parametrize("alike", [{"package": "com.example.same"}, {"signer": "same"}, {"label": "同名"}])
def test_two_that_a_phone_or_their_maker_mixes_up_do_not_share_one(alike: dict[str, str]) -> None:
    assert packed(nights([guest(1, **alike), guest(2, **alike), guest(3)])) == [[1, 3], [2]]


def test_what_nobody_knows_keeps_nobody_apart() -> None:
    assert packed(nights([guest(1, signer="", label=""), guest(2, signer="", label="")])) == [[1, 2]]


def test_another_kind_of_phone_is_another_night() -> None:
    one, other = Guest(1, "a.b", like=("android=13", "6")), Guest(2, "a.c", like=("android=14", "6"))
    assert packed(nights([one, other])) == [[1], [2]]


def test_apps_that_disturbed_each_other_are_kept_apart() -> None:
    apart = {frozenset(("com.example.a1", "com.example.a2"))}
    assert packed(nights([guest(1), guest(2), guest(3)], apart=apart)) == [[1, 3], [2]]


def test_who_was_woken_goes_again_without_the_waker() -> None:
    assert again(["a", "b", "c"], {"b": frozenset("a")}, ()) == [["b"]]
    assert again(["a", "b", "c"], {"a": frozenset("b"), "b": frozenset("a"), "c": frozenset("a")}, ()) == [["a"], ["b", "c"]]


def test_where_nobody_knows_the_waker_the_night_is_halved() -> None:
    assert again(["a", "b", "c", "d"], {}, ["a", "b", "c", "d"]) == [["a", "c"], ["b", "d"]]


def test_an_undisturbed_night_needs_no_other() -> None:
    assert again(["a", "b"], {}, ()) == []


NAMES = [chr(ord("a") + number) for number in range(12)]


@given(
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=12, unique=True),
    st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=3)),
    st.sets(st.sampled_from(NAMES)),
)
def test_the_next_nights_are_smaller_and_hold_each_disturbed_app_once(
    night: list[str], disturbed: dict[str, frozenset[str]], unexplained: set[str]
) -> None:
    known = {one: others & set(night) - {one} for one, others in disturbed.items() if one in night and others & set(night) - {one}}
    doubtful = unexplained & set(night)
    found = again(night, known, doubtful)
    assert sorted(name for part in found for name in part) == sorted(known.keys() | doubtful)
    assert all(len(part) < len(night) for part in found)
    assert not any(other in part for part in found for one in part if one in known and one not in doubtful for other in known[one])


def units(session: Session, *apps: App) -> list[Unit]:
    at = now(session)
    campaign = Campaign(name="night", created_at=at)
    session.add(campaign)
    session.add_all(apps)
    session.flush()
    made = [
        Unit(
            key=app.sha256, campaign_id=campaign.id, app_id=app.id, kind="night", clauses=[6], options={}, requirement="any",
            submitted_at=at, changed_at=at,
        )
        for app in apps
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return made


def test_units_of_a_store_are_grouped_by_what_earlier_nights_found(tmp_path: Path) -> None:
    store = new_store(tmp_path / FILE)
    with store.begin() as session:
        at = now(session)
        apps = [
            App(sha256=str(number) * 64, place=f"{number}.apk", package=f"com.example.a{number}", signer=f"s{number}", first_seen_at=at)
            for number in range(4)
        ]
        made = units(session, *apps)
        assert [len(group) for group in groups(made)] == [4]
        keep_pairs(session, [("com.example.a3", "com.example.a1"), ("com.example.a1", "com.example.a3")])
        keep_pairs(session, [("com.example.a1", "com.example.a3")])
        assert known_pairs(session, ["com.example.a3", "com.example.a0"]) == {frozenset(("com.example.a1", "com.example.a3"))}
        assert known_pairs(session, ["com.example.a0"]) == set()
        assert [[unit.app_id for unit in group] for group in groups(made)] == [
            [made[0].app_id, made[1].app_id, made[2].app_id],
            [made[3].app_id],
        ]
        assert groups([]) == []
    store.close()
