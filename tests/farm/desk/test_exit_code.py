"""The exit code of a desk: what the tester's own config suppresses is no violation, as with ``check``."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from device_farm.desk.desk_session import exit_code
from device_farm.desk.unit_wording import outcomes
from device_farm.store.database import Store
from device_farm.store.models import App, FindingRow, Unit
from device_farm.store.reviews import add_review
from device_farm.store.transitions import begin, finish
from device_farm.units.unit import rules_mark
from harness.config import Config, using
from harness.config.config_files import read_config
from harness.config.suppressions import EVERY_APP, Suppression
from tests.farm.desk.shelves import desk, judged

LATER, PAST = date(2999, 1, 1), date(2020, 1, 1)


def suppressing(rule: str, app: str, until: date = LATER) -> Suppression:
    return Suppression(rule, app, "the maker was told", until, "QA", "apprights.toml")


def done(store: Store, *outcomes: tuple[str, ...]) -> None:
    with store.begin() as session:
        for number, found in enumerate(outcomes):
            mine = select(Unit.id).join(App, App.id == Unit.app_id).where(App.package == f"com.example.app{number}")
            attempt = begin(session, session.scalars(mine).one(), device=None, worker="desk:1", lease_seconds=60)
            assert attempt is not None
            finish(session, attempt, judged(*found))


@pytest.mark.parametrize(
    ("suppressions", "strict", "code"),
    [
        ((), False, 1),
        ((suppressing("c5-1", "com.example.app0"),), False, 0),
        ((suppressing("c5-1", EVERY_APP),), False, 0),
        ((suppressing("c5-1", "com.example.app1"),), False, 1),
        ((suppressing("c5-0", "com.example.app0"),), False, 1),
        ((suppressing("c5-1", "com.example.app0", PAST),), False, 1),
        ((suppressing("c5-1", "com.example.app0"),), True, 1),
        ((suppressing("c5-1", "com.example.app0"), suppressing("c5-0", EVERY_APP)), True, 0),
    ],
)
def test_what_is_suppressed_is_no_violation(tmp_path: Path, suppressions: tuple[Suppression, ...], strict: bool, code: int) -> None:
    store = desk(tmp_path, 2)
    done(store, ("clear", "violation"), ("suspected", "clear"))
    with using(Config(suppressions=suppressions)), store.begin() as session:
        assert exit_code(session, strict=strict) == code


def test_the_code_is_of_the_campaign_that_is_named(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    done(store, ("violation",))
    with store.begin() as session:
        assert exit_code(session, strict=False, campaign=session.scalars(select(Unit.campaign_id)).one()) == 1
        assert exit_code(session, strict=False, campaign=0) == 0
        assert not outcomes(session, 0)


def test_a_suppression_makes_no_unit_anew(tmp_path: Path) -> None:
    def mark(text: str) -> str:
        (tmp_path / "apprights.toml").write_text(text, "utf-8")
        with using(read_config(tmp_path / "apprights.toml")):
            return rules_mark()

    own = "[check]\nminutes = 3\n"
    decision = """[[suppressions]]
    rule = "c5-exit-after-denial"
    app = "com.example.shop"
    reason = "the maker was told"
    expires = 2999-01-01
    owner = "QA"
    """
    assert mark(own) == mark(own + decision) != mark("[check]\nminutes = 4\n") != rules_mark()


def test_what_is_inconclusive_is_not_suppressed(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    done(store, ("inconclusive", "violation"))
    with using(Config(suppressions=(suppressing("c5-0", EVERY_APP), suppressing("c5-1", EVERY_APP)))), store.begin() as session:
        assert exit_code(session, strict=False) == 3


def test_a_violation_that_a_person_rejected_is_none(tmp_path: Path) -> None:
    store = desk(tmp_path, 1)
    done(store, ("clear", "violation"))
    with store.begin() as session:
        (unit,) = session.scalars(select(Unit))
        said = FindingRow(
            campaign_id=unit.campaign_id, unit_id=unit.id, app_id=unit.app_id, rule="c5-1", clause="5", outcome="violation", part="p",
            key="0" * 12, reason_zh="z", reason_en="e", found_at=unit.changed_at,
        )  # fmt: skip
        session.add(said)
        session.flush()
        add_review(session, said, "confirmed", by="QA", reason="seen")
        assert exit_code(session, strict=False) == 1
        add_review(session, said, "rejected", by="QA", reason="looked again")
        assert exit_code(session, strict=False) == 0
