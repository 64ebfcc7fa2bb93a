"""The app that was checked is still the one on the phone, by version, time of the last update and certificate."""

import pytest

from harness.events import AppReplaced, Event, Instant
from harness.recording import steps
from harness.recording.clock_map import ClockMap
from harness.recording.journal import Entry
from harness.replay.session_log import SessionLog
from tests.cases.script import APP

DUMP = """Packages:
  Package [com.example.shop] (4a16e97):
    userId=10123
    versionCode={code} minSdk=21 targetSdk=33
    firstInstallTime={first}
    lastUpdateTime={last}
    signatures=PackageSignatures{{{object} version:2, signatures:[{signer}], past signatures:[]}}
    User 0: ceDataInode=70861 installed=true hidden=false stopped=false notLaunched=false enabled=0
"""
WAS = {"code": "7", "first": "1970-01-01 00:00:01", "last": "1970-01-01 00:00:02", "object": "4a16e97", "signer": "44efdcd9"}


def read(*dumps: dict[str, str]) -> list[Event]:
    """What readings a hundred seconds apart tell, on a phone that was started at 1970-01-01 00:00:00 UTC."""
    clock = ClockMap()
    for host in (0.0, 1000.0):
        clock.add(steps.Probe(host, host, host, host))
    log, made = SessionLog(APP, clock, 0.0, lambda path: None), []  # type: ignore[arg-type, return-value] # there are no pictures
    for number, dump in enumerate(dumps, 1):
        text = DUMP.format(**(WAS | dump))
        made += log.feed(Entry(number, 100.0 * number, steps.Reading(name="flags", command="x", text=text, code=0)))
    return [event for event in made if isinstance(event, AppReplaced)]


@pytest.mark.parametrize(
    "later",
    [
        {"object": "77aa001"},  # another object of the system server each time
        {"first": "1970-01-01 09:00:01", "last": "1970-01-01 09:00:02"},  # the zone of the phone was changed
        {"signer": ""},
    ],
)
def test_it_is_the_same_app(later: dict[str, str]) -> None:
    assert read({}, later, {}) == []


@pytest.mark.parametrize(
    ("later", "since"),
    [
        ({"code": "8", "last": "1970-01-01 00:02:30"}, 150.0),
        ({"last": "1970-01-01 00:02:30"}, 150.0),  # the same version again
        ({"code": "8", "last": "1969-12-31 00:00:00"}, 100.0),  # a clock that was wrong: since the reading before
        ({"signer": "00ff00ff"}, 100.0),
        ({"first": "1970-01-01 00:02:40", "last": "1970-01-01 00:02:40"}, 160.0),  # taken away and installed anew
    ],
)
def test_another_app_is_told_once_and_since_when(later: dict[str, str], since: float) -> None:
    (replaced,) = read({}, later, later)
    assert replaced.at == Instant(0, since)
