"""A company: what is done to each app in turn, and who drops out when something goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.errors import DeviceLost, HarnessError, ScenarioError
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.session import Session


class Part:
    """A session that remembers its segments and how each ended."""

    def __init__(self, package: str) -> None:
        self.app = SimpleNamespace(package=package)
        self.told: list[str] = []

    @contextmanager
    def segment(self, name: str) -> Iterator[None]:
        self.told.append(f"+{name}")
        try:
            yield
        except HarnessError as error:
            self.told.append(f"-{name}: {error}")
            raise
        self.told.append(f"-{name}")


def company(*packages: str) -> tuple[ConcurrentSessions, dict[str, Any]]:
    parts = {package: Part(package) for package in packages}
    return ConcurrentSessions(cast("list[Session]", list(parts.values()))), parts


def names(some: ConcurrentSessions) -> list[str]:
    return [session.app.package for session in some.taking_part]


def failing(*packages: str, error: HarnessError | None = None) -> Any:
    def act(session: Session) -> None:
        if session.app.package in packages:
            raise error or ScenarioError(f"{session.app.package} fails")

    return act


def test_one_that_fails_drops_out_and_is_back_in_the_next_driving() -> None:
    some, _parts = company("a", "b", "c")
    some.each(failing("b"))
    assert names(some) == ["a", "c"]
    assert {package: str(error) for package, error in some.dropped.items()} == {"b": "b fails"}
    some.begin()
    assert (names(some), some.dropped) == (["a", "b", "c"], {})


def test_the_last_one_ends_the_driving_as_an_app_alone_does() -> None:
    some, _parts = company("a", "b")
    with pytest.raises(ScenarioError, match="b fails"):
        some.each(failing("a", "b"))
    only, _parts = company("a")
    with pytest.raises(ScenarioError, match="a fails"):
        only.each(failing("a"))


def test_a_lost_phone_ends_it_for_all() -> None:
    some, _parts = company("a", "b")
    with pytest.raises(DeviceLost):
        some.each(failing("a", error=DeviceLost("gone")))
    assert (names(some), some.dropped) == (["a", "b"], {})


def test_the_segment_of_one_that_fails_says_why_and_those_of_the_others_end_with_the_block() -> None:
    some, parts = company("a", "b")

    def act(session: Session) -> None:
        some.enter(session, "first")
        some.enter(session, "second")
        failing("a")(session)

    with some.parts():
        some.each(act)
        assert parts["a"].told == ["+first", "-first", "+second", "-second: a fails"]
        assert parts["b"].told == ["+first", "-first", "+second"]
    assert parts["a"].told[-1] == "-second: a fails"
    assert parts["b"].told[-1] == "-second"


def test_an_error_of_the_phone_is_told_in_the_segment_of_each() -> None:
    some, parts = company("a", "b")

    def drive() -> None:
        with some.parts():
            some.each(lambda session: some.enter(session, "first"))
            raise DeviceLost("gone")

    with pytest.raises(DeviceLost):
        drive()
    assert [part.told[-1] for part in parts.values()] == ["-first: gone", "-first: gone"]


def test_only_some_take_part_for_a_while() -> None:
    some, parts = company("a", "b", "c")
    with some.only([parts["a"], parts["b"]]):
        assert names(some) == ["a", "b"]
        some.each(failing("a"))
    assert names(some) == ["b", "c"]
