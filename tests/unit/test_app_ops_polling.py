"""How often the phone is asked what the app read: as often as it must be to see each read, and no more."""

from itertools import accumulate
from types import SimpleNamespace
from typing import Any

import pytest

from harness.device.protocol import ShellResult
from harness.session import app_ops_polling
from harness.session.app_ops_polling import OFTEN_FOR, SELDOM, AppOpsPolling

HEAD = "Current AppOps Service state:\n  Uid u0a123:\n    Package com.example.shop:\n"
FORMS = (
    "      READ_CONTACTS (allow):\n          Access: [bg-s] 2026-07-24 09:10:00.000 (-{ago:.0f}ms)\n",  # 10 and later
    "      READ_CONTACTS: mode=0; time=+{ago:.0f}ms ago\n",  # 8
)


class Phone:
    """A clock, and an app that reads the contacts at these times; a phone tells the last of them alone."""

    def __init__(self, form: str, reads: list[float]) -> None:
        self.now, self.form, self.reads = 0.0, form, reads
        self.asked: list[float] = []
        self.seen: set[float] = set()

    def run(self) -> ShellResult:
        self.asked.append(self.now)
        done = [at for at in self.reads if at <= self.now]
        self.seen |= set(done[-1:])
        return ShellResult(HEAD + "".join(self.form.format(ago=1000 * (self.now - at)) for at in done[-1:]), "", 0)

    def wait(self, _device: object, seconds: float) -> None:
        self.now += seconds

    def watched(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        monkeypatch.setattr(app_ops_polling, "idle", self.wait)
        session: Any = SimpleNamespace(
            uptime=lambda: self.now,
            device=None,
            remember=lambda taken: None,
            app=SimpleNamespace(package="com.example.shop"),
            journal=SimpleNamespace(write=lambda step: None),
        )
        shell: Any = SimpleNamespace(run=self.run)
        polling = AppOpsPolling(session, _shell=shell)
        polling.start()
        polling.idle(seconds)


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_every_two_seconds_is_seen_each_time_whenever_it_begins(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = [100.3 + 2.3 * number for number in range(60)]
    phone = Phone(form, reads)
    phone.watched(monkeypatch, 300.0)
    unseen = [at for at in reads if at not in phone.seen]
    assert all(at < reads[0] + SELDOM for at in unseen), "what was before the reading that told of the first"


def test_what_comes_at_even_times_is_asked_for_once_between_two(monkeypatch: pytest.MonkeyPatch) -> None:
    even = Phone(FORMS[0], [100.3 + 2.0 * number for number in range(100)])
    even.watched(monkeypatch, 300.0)
    assert [at for at in even.reads if at not in even.seen and at >= even.reads[0] + SELDOM] == []
    assert len([at for at in even.asked if 120 < at <= 300]) <= 180 / 2.0 + 2


def test_times_that_are_not_even_are_asked_for_often(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = [2.0, 2.0, 2.0, 1.2, 3.1, 1.4, 2.0, 2.0, 1.1]
    uneven = Phone(FORMS[0], [100.3 + after for after in accumulate(gaps * 10)])
    uneven.watched(monkeypatch, 300.0)
    unseen = [at for at in uneven.reads if at not in uneven.seen and at >= uneven.reads[0] + SELDOM]
    assert len(unseen) <= 0.1 * len(uneven.reads), unseen


def test_a_phone_on_which_nothing_is_read_often_is_asked_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = Phone(FORMS[0], [])
    quiet.watched(monkeypatch, 300.0)
    assert len(quiet.asked) <= OFTEN_FOR + (300.0 - OFTEN_FOR) / SELDOM + 2
