"""ClockMap against a pretend device whose true time is known."""

import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.device.protocol import ShellResult, Waited
from harness.errors import CommandFailed, FormatError
from harness.events import Instant
from harness.recording.clock_map import UPTIME_STEP, ClockMap, Probe, idle, parse_probe, probe, quiet_idle, wait_for_change


class Truth:
    """A device whose clocks are known exactly: acts move it on, ``look`` reads it as a probe would."""

    def __init__(self):
        self.host, self.uptime, self.wall, self.boot = 1000.0, 300.0, 1_790_000_000.0, 0
        self.facts = []  # (host, wall, Instant)

    def pass_time(self, seconds):
        self.host += seconds
        self.uptime += seconds
        self.wall += seconds

    def note(self):
        self.facts.append((self.host, self.wall, Instant(self.boot, self.uptime)))

    def look(self, skip=0.0):
        before = self.host
        self.uptime += skip
        self.wall += skip
        self.pass_time(0.002)
        return Probe(before, self.host, self.wall - 0.001, self.uptime - 0.001, skipped=skip)

    def shift(self, seconds):
        self.wall += seconds

    def reboot(self, off):
        self.host += off
        self.wall += off
        self.uptime, self.boot = 0.0, self.boot + 1


acts = st.one_of(
    st.tuples(st.just("pass"), st.floats(0.1, 400)),
    st.tuples(st.just("skip"), st.floats(1, 300)),
    st.tuples(st.just("shift"), st.sampled_from([172_800.0, -172_800.0, 3600.0, -30.0, 2.0])),
    st.tuples(st.just("reboot"), st.floats(5, 60)),
)


def lived(steps):
    """Carry the acts out with a probe on either side of each, as a session does, and a fact after each."""
    truth = Truth()
    probes = [truth.look()]
    for name, amount in steps:
        if name == "pass":
            truth.pass_time(amount)
        elif name == "skip":
            probes.append(truth.look(skip=amount))
        elif name == "shift":
            truth.shift(amount)
        else:
            truth.reboot(amount)
        probes.append(truth.look())
        truth.pass_time(1.0)
        truth.note()
        truth.pass_time(1.0)
        probes.append(truth.look())
    return truth, probes


@given(st.lists(acts, min_size=1, max_size=12), st.randoms())
def test_host_time_is_mapped_right_across_skips_shifts_and_reboots(steps, random):
    truth, probes = lived(steps)
    random.shuffle(probes)
    clock = ClockMap(probes)
    for host, _, instant in truth.facts:
        found = clock.at_host(host)
        assert found.boot == instant.boot
        assert found.uptime == pytest.approx(instant.uptime, abs=max(0.05, clock.uncertainty(host)))
    assert clock.boots == truth.boot + 1


@given(st.lists(acts, min_size=1, max_size=12))
def test_wall_clock_is_mapped_right_when_lines_come_in_order(steps):
    truth, probes = lived(steps)
    clock = ClockMap(probes)
    near = None
    for _, wall, instant in truth.facts:
        found = clock.at_wall(wall, near=near)
        candidates = [other for _, again, other in truth.facts if abs(again - wall) < 3]
        assert any(found.boot == one.boot and abs(found.uptime - one.uptime) < 5 for one in candidates)
        near = instant
        assert clock.wall_at(instant) == pytest.approx(wall, abs=0.05)


@given(st.lists(acts, min_size=1, max_size=12))
def test_every_move_of_the_wall_clock_is_reported(steps):
    _, probes = lived(steps)
    moved = [amount for name, amount in steps if name == "shift"]
    assert [round(change.seconds) for change in ClockMap(probes).changes()] == [round(amount) for amount in moved]


def test_a_clock_set_back_is_told_apart_by_the_line_before():
    readings = [(0, 1000.0, 10.0), (50, 1050.0, 60.0), (51, 1021.0, 61.0), (90, 1060.0, 100.0)]
    clock = ClockMap(Probe(host, host, wall, uptime) for host, wall, uptime in readings)
    assert clock.at_wall(1040.0).uptime == pytest.approx(50.0)
    assert clock.at_wall(1040.0, near=Instant(0, 62.0)).uptime == pytest.approx(80.0)


def test_a_line_between_the_move_of_the_clock_and_the_next_probe_belongs_to_the_move():
    """Not to the days after the clock was put back, whose wall time is the same."""
    readings = [(0, 1000.0, 10.0), (1, 171_001.0, 11.0), (60, 1060.0, 70.0)]  # 47 h on, and back
    clock = ClockMap(Probe(host, host, wall, uptime) for host, wall, uptime in readings)
    assert clock.at_wall(171_000.5).uptime == pytest.approx(10.5)
    assert clock.at_wall(1000.5).uptime == pytest.approx(10.5)


def test_a_line_between_the_last_probe_and_the_reboot_belongs_to_the_old_boot():
    clock = ClockMap([Probe(0, 0, 1000.0, 500.0), Probe(100, 100, 1100.0, 40.0)])
    assert clock.at_wall(1030.0) == Instant(0, 530.0)
    assert clock.at_wall(1070.0) == Instant(1, 10.0)


def test_a_reboot_is_seen_even_when_the_new_uptime_is_larger():
    clock = ClockMap([Probe(0, 0, 1000.0, 20.0), Probe(1000, 1000, 2000.0, 900.0)])
    assert clock.boots == 2
    assert clock.changes() == []


def test_small_corrections_of_the_wall_clock_are_followed_without_a_word():
    clock = ClockMap([Probe(0, 0, 1000.0, 10.0), Probe(100, 100, 1100.3, 110.0)])
    assert clock.changes() == []
    assert clock.at_wall(1100.3).uptime == pytest.approx(110.0)
    assert clock.at_wall(1050.15).uptime == pytest.approx(60.0, abs=0.01)


def test_a_host_that_slept_makes_the_time_uncertain():
    clock = ClockMap([Probe(0, 0, 1000.0, 10.0), Probe(10, 10, 1600.0, 610.0)])
    assert clock.uncertainty(5.0) > 580
    assert clock.boots == 1


def test_without_probes_there_is_no_time():
    clock = ClockMap()
    assert (len(clock), clock.boots) == (0, 0)
    for ask in (clock.at_host, clock.at_wall, clock.uncertainty):
        with pytest.raises(FormatError, match="no clock probe"):
            ask(1.0)


def test_add_is_the_same_as_giving_all_at_once():
    _, probes = lived([("pass", 5.0), ("shift", 3600.0), ("reboot", 20.0)])
    clock = ClockMap()
    for one in reversed(probes):
        clock.add(one)
    assert clock.changes() == ClockMap(probes).changes()
    assert clock.at_host(1004.0) == ClockMap(probes).at_host(1004.0)


def test_output_of_toybox():
    found = parse_probe("1790448214.411000000\n312.07 1180.55\n", 5.0, 5.5)
    assert (found.wall, found.uptime, found.wall_error, found.host) == (1790448214.411, 312.07, 0.0, 5.25)


@pytest.mark.parametrize("first", ["1790448214.%N", "1790448214.N", "1790448214."])
def test_a_date_that_knows_no_nanoseconds(first):
    found = parse_probe(f"{first}\n312.07 1180.55\n", 5.0, 5.5)
    assert (found.wall, found.wall_error) == (1790448214.5, 0.5)


@pytest.mark.parametrize("text", ["", "1790448214.1\n", "sh: date: not found\n312.07 1\n", "9" * 5000 + "\n1.0 \n"])
def test_output_that_is_no_clock(text):
    with pytest.raises(FormatError, match="clocks cannot be read"):
        parse_probe(text, 0, 0)


class Phone:
    serial = "S1"

    def __init__(self, code=0):
        self.code = code

    def pass_time(self, seconds):
        return Waited(changed=True)

    def wait_for_change(self, seconds, *, wake, windows_only=False):
        return Waited(changed=True)

    def shell(self, command, *, timeout=30.0):
        return ShellResult("1790448214.411000000\n312.07 1180.55\n", "no", self.code)

    def pass_quiet_time(self, seconds, step):
        return self.pass_time(min(seconds, step))


class Virtual(Phone):
    def __init__(self, host=None):
        self.uptime, self.host = 300.0, host

    def pass_time(self, seconds):
        self.uptime += seconds
        return Waited(changed=True, uptime=self.uptime, wall=1790448214.0, skipped=seconds, host=self.host or time.monotonic())

    def wait_for_change(self, seconds, *, wake, windows_only=False):
        return replace(self.pass_time(seconds / 2), changed=False)


def test_idle_on_the_virtual_device_skips_and_reads_both_clocks_at_once():
    taken = idle(Virtual(), 10)
    assert (taken.skipped, taken.uptime, taken.error) == (10, 310.0, UPTIME_STEP)


def test_a_reading_on_another_computer_is_as_exact_as_the_call():
    taken = probe(Virtual(host=1.0))
    assert taken.before < taken.after


def test_a_wait_brings_a_reading_where_time_was_skipped_and_none_where_it_was_waited_for():
    wake = threading.Event()
    changed, taken = wait_for_change(Virtual(), 10, wake=wake)
    assert (changed, taken.skipped, taken.uptime) == (False, 5, 305.0)
    assert wait_for_change(Phone(), 10, wake=wake) == (True, None)


def test_a_quiet_wait_on_a_phone_is_one_step():
    began = time.monotonic()
    taken = quiet_idle(Phone(), 600.0, 0.05)
    assert 0.05 <= time.monotonic() - began < 300
    assert taken.skipped == 0


def test_idle_on_a_phone_waits_until_it_is_woken():
    device, wake = Phone(), threading.Event()
    wake.set()
    assert idle(device, 3600, wake=wake).skipped == 0
    assert idle(device, 0.01).uptime == 312.07


def test_a_device_that_refuses_is_not_a_clock():
    with pytest.raises(CommandFailed):
        probe(Phone(code=1))
