"""How a phone moves in the store: out after repeated faults, back by a trial, and never for a fault of its host."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from device_farm.phones import phone_transitions
from device_farm.phones.health import Check, Health
from device_farm.phones.phone_transitions import FIRST_REST, IN_A_ROW, LOOK_AGAIN, after, current_state, may_take, on_trial
from device_farm.phones.state_names import PhoneState
from device_farm.store.models import Happening
from device_farm.units.unit import End
from harness.language import Text
from tests.farm.phones.night import WELL, Night, sick


def test_a_phone_that_does_its_units_stays(night: Night) -> None:
    phone = night.phone("S1")
    for end in (End.DONE, End.APP_FAULT, End.DONE, End.HOST_FAULT, End.LOST, End.CANCELLED):
        assert night.unit(phone, end) is PhoneState.IDLE
    assert night.row(phone).faults == 0


def test_faults_one_after_the_other_take_a_phone_out_with_the_reason(night: Night) -> None:
    phone = night.phone("S1")
    for end in (End.DEVICE_FAULT, End.TIMEOUT):
        assert night.unit(phone, end) is PhoneState.IDLE
    assert night.unit(phone, End.DEVICE_FAULT) is PhoneState.QUARANTINED
    assert not may_take(night.session, phone)
    row = night.row(phone)
    assert (row.faults, row.reason_en) == (IN_A_ROW, "3 faults in its last 3 units")
    told = night.session.scalars(select(Happening).where(Happening.device_id == phone)).all()
    assert [(one.kind, one.text_en) for one in told] == [("phone-sick", "S1: quarantined: 3 faults in its last 3 units")]


def test_a_unit_that_goes_well_in_between_starts_the_row_anew_but_is_remembered(night: Night) -> None:
    phone = night.phone("S1")
    for _turn in range(3):
        assert night.unit(phone, End.DEVICE_FAULT) is PhoneState.IDLE
        assert night.unit(phone, End.DONE) is PhoneState.IDLE
    assert night.unit(phone, End.DEVICE_FAULT) is PhoneState.QUARANTINED
    assert night.row(phone).reason_en == "4 faults in its last 7 units"


def test_it_comes_back_by_itself_after_a_rest_and_a_trial(night: Night) -> None:
    phone = night.phone("S1")
    for _turn in range(IN_A_ROW):
        night.unit(phone, End.DEVICE_FAULT)
    night.time += FIRST_REST - timedelta(minutes=2)
    assert not may_take(night.session, phone)
    night.time += timedelta(minutes=2)
    assert may_take(night.session, phone)
    assert on_trial(night.session, phone)
    assert night.unit(phone, End.DONE) is PhoneState.IDLE
    assert not on_trial(night.session, phone)
    assert night.unit(phone, End.DEVICE_FAULT) is PhoneState.IDLE, "its old faults are forgotten"


def test_a_trial_that_fails_rests_twice_as_long(night: Night) -> None:
    phone = night.phone("S1")
    for _turn in range(IN_A_ROW):
        night.unit(phone, End.DEVICE_FAULT)
    night.time += FIRST_REST
    assert night.unit(phone, End.DEVICE_FAULT) is PhoneState.QUARANTINED
    rest = night.row(phone).rest_until
    assert rest is not None
    assert rest - (night.time - timedelta(minutes=1)) == 2 * FIRST_REST


def test_a_trial_goes_on_where_the_host_failed(night: Night) -> None:
    phone = night.phone("S1")
    for _turn in range(IN_A_ROW):
        night.unit(phone, End.DEVICE_FAULT)
    night.time += FIRST_REST
    assert night.unit(phone, End.HOST_FAULT) is PhoneState.TRIAL
    assert night.unit(phone, End.DONE) is PhoneState.IDLE


@pytest.mark.parametrize(
    ("check", "state"), [("temperature", PhoneState.HOT), ("battery", PhoneState.CHARGING), ("adb", PhoneState.OFFLINE)]
)
def test_a_phone_rests_until_it_is_fit_again(night: Night, check: str, state: PhoneState) -> None:
    phone = night.phone("S1")
    assert night.unit(phone, End.DONE, sick(check)) is state
    assert not may_take(night.session, phone)
    night.time += LOOK_AGAIN
    assert may_take(night.session, phone), "it is time to look at it again"
    assert after(night.session, phone, None, sick(check)) is state
    assert not may_take(night.session, phone)
    night.time += LOOK_AGAIN
    assert may_take(night.session, phone)
    assert after(night.session, phone, None, WELL) is PhoneState.IDLE
    assert night.row(phone).faults == 0


def test_a_phone_that_is_not_fit_is_out_at_once(night: Night) -> None:
    phone = night.phone("S1")
    assert after(night.session, phone, None, sick("space", "only 3 MB are left for data")) is PhoneState.QUARANTINED
    assert night.row(phone).reason_en == "only 3 MB are left for data"
    night.time += LOOK_AGAIN
    assert may_take(night.session, phone)
    assert on_trial(night.session, phone)


def test_a_host_that_loses_all_its_phones_at_once_blames_none(night: Night) -> None:
    phones = [night.phone(f"S{number}") for number in range(4)]
    other = night.phone("T1", host="other")
    for phone in phones[:2]:
        night.unit(phone, End.DEVICE_FAULT)
        night.unit(phone, End.DEVICE_FAULT)
    elsewhere, tries = night.begin(other), [night.begin(phone) for phone in phones]
    ended = [night.end(attempt, End.DEVICE_FAULT, None) for attempt in tries]
    assert ended[0] is PhoneState.QUARANTINED, "so far it is alone"
    assert [phone_transitions.current_state(night.session, phone)[0] for phone in phones] == [PhoneState.IDLE] * 4
    assert [night.row(phone).faults for phone in phones] == [2, 2, 0, 0]
    assert night.end(elsewhere, End.DONE) is PhoneState.IDLE


def test_one_phone_of_many_that_fails_is_to_blame(night: Night) -> None:
    bad, good = night.phone("S1"), night.phone("S2")
    running = night.begin(good)
    for _turn in range(IN_A_ROW):
        state = night.end(night.begin(bad), End.DEVICE_FAULT)
    assert state is PhoneState.QUARANTINED
    assert night.end(running, End.DONE) is PhoneState.IDLE
    assert night.row(bad).state == PhoneState.QUARANTINED


def test_a_phone_is_busy_no_longer_than_the_lease_of_a_session_that_died(night: Night) -> None:
    phone = night.phone("S1")
    attempt = night.begin(phone, lease=60.0)
    assert current_state(night.session, phone) == (PhoneState.BUSY, attempt.unit_id)
    assert phone_transitions.busy_phones(night.session) == {phone: attempt.unit_id}
    assert not may_take(night.session, phone)
    night.time += timedelta(seconds=60)
    assert current_state(night.session, phone) == (PhoneState.IDLE, None)
    assert may_take(night.session, phone)


def test_a_person_takes_a_phone_out_and_lets_it_go(night: Night) -> None:
    phone = night.phone("S1")
    running = night.begin(phone)
    phone_transitions.quarantine(night.session, phone, Text("its screen is cracked"))
    assert night.end(running, End.DONE) is PhoneState.QUARANTINED
    night.time += timedelta(days=9)
    assert not may_take(night.session, phone)
    phone_transitions.release(night.session, phone)
    assert may_take(night.session, phone)
    assert night.unit(phone, End.DONE) is PhoneState.IDLE


def test_a_phone_that_drains_ends_what_it_does(night: Night) -> None:
    phone = night.phone("S1")
    running = night.begin(phone)
    phone_transitions.drain(night.session, phone, Text("to be moved"))
    assert current_state(night.session, phone) == (PhoneState.DRAINING, running.unit_id)
    assert night.end(running, End.DONE) is PhoneState.DRAINING
    assert not may_take(night.session, phone)


def measured(name: str, number: float) -> Health:
    return Health(ok=True, checks=(Check(name, ok=True, number=number),))


@pytest.mark.parametrize(("check", "still", "again"), [("temperature", 43.0, 39.5), ("battery", 33, 40)])
def test_it_does_not_begin_again_at_the_first_degree_or_percent(night: Night, check: str, still: float, again: float) -> None:
    phone = night.phone("S1")
    resting = night.unit(phone, End.DONE, sick(check))
    night.time += LOOK_AGAIN
    assert after(night.session, phone, None, measured(check, still)) is resting
    assert not may_take(night.session, phone)
    night.time += LOOK_AGAIN
    assert may_take(night.session, phone)
    assert after(night.session, phone, None, measured(check, again)) is PhoneState.IDLE
    assert night.row(phone).facts["celsius" if check == "temperature" else "battery"] == again


def test_a_rest_for_faults_is_not_cut_short_by_a_look(night: Night) -> None:
    phone = night.phone("S1")
    for _turn in range(IN_A_ROW):
        night.unit(phone, End.DEVICE_FAULT, None)
    before = (night.row(phone).rest_until, night.row(phone).reason_en)
    for health in (sick("temperature"), sick("adb"), WELL):
        assert after(night.session, phone, None, health) is PhoneState.QUARANTINED
        assert (night.row(phone).rest_until, night.row(phone).reason_en) == before


def test_a_thousand_sessions_that_die_leave_no_phone_busy_after_a_minute(night: Night) -> None:
    phones = [night.phone(f"S{number}") for number in range(20)]
    for number in range(1000):
        night.begin(phones[number % len(phones)])
        if number % len(phones) == len(phones) - 1:
            assert len(phone_transitions.busy_phones(night.session)) == len(phones)
            night.time += timedelta(seconds=60)
            assert phone_transitions.busy_phones(night.session) == {}
    assert all(may_take(night.session, phone) for phone in phones)
