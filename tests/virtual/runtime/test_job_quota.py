"""A job that schedules itself again at once.

What bounds it is the time a job takes, and the quota where nothing charges.
"""

import pytest

from device_farm.virtual import Activity, App, Job
from device_farm.virtual.framework.background.cleaners import NEVER, RARE
from device_farm.virtual.framework.background.job_scheduler import BIND
from device_farm.virtual.framework.dumps.service_list import DUMPS

PACKAGE = "com.example.main"


class Main(App):
    package = PACKAGE

    class First(Activity):
        launcher = True

        def on_create(self):
            self.schedule_job("Work", after=0)

    class Work(Job):
        def on_start_job(self):
            self.app.prefs["ran"] = self.app.prefs.get("ran", 0) + 1
            self.schedule_job("Work", after=0)


class Restless:
    """A phone with the app, sent to the background."""

    def __init__(self, phone, *, plugged, **options):
        self.phone = phone(Main, **options)
        self.system = self.phone.system
        self.system.power.set_plugged(1 if plugged else 0)
        self.phone.launch(PACKAGE)
        self.system.go_home()
        self.phone.wait(3)

    def ran_in(self, seconds):
        prefs = self.system.packages[PACKAGE].data["prefs"]
        before = prefs["ran"]
        self.phone.wait(seconds)
        return prefs["ran"] - before


def test_each_run_takes_its_time(phone):
    ran = Restless(phone, plugged=True).ran_in(30)
    assert 0.9 * 30 / BIND < ran <= 30 / BIND


def test_without_a_charger_twenty_run_in_a_minute_and_75_in_ten(phone):
    restless = Restless(phone, plugged=False)
    assert [restless.ran_in(60) for _minute in range(4)] == [20, 20, 15, 0]  # after 20 before
    assert restless.ran_in(600) == 75


def test_the_quota_goes_with_the_bucket(phone):
    restless = Restless(phone, plugged=False)
    restless.system.standby.set_bucket(PACKAGE, RARE)
    restless.phone.wait(86400)
    assert restless.ran_in(86400) == 48
    restless.system.standby.set_bucket(PACKAGE, NEVER)
    assert restless.ran_in(86400) == 0


def test_a_charger_and_the_foreground_are_free(phone):
    restless = Restless(phone, plugged=False)
    restless.phone.wait(60)
    restless.system.power.set_plugged(1)
    assert restless.ran_in(10) > 20
    restless.system.power.set_plugged(0)
    restless.phone.launch(PACKAGE)
    assert restless.ran_in(10) > 20


def test_who_waits_is_told_by_the_dump(phone):
    restless = Restless(phone, plugged=False)
    restless.phone.wait(60)
    job = restless.system.jobs.find(PACKAGE, 1)
    assert not restless.system.jobs.is_ready(job)
    text = DUMPS["jobscheduler"](restless.phone.device, [PACKAGE])
    unsatisfied = next(line for line in text.splitlines() if "Unsatisfied constraints" in line)
    assert "WITHIN_QUOTA" in unsatisfied


@pytest.mark.parametrize("android", ["8.1", "10"])
def test_before_11_nothing_is_counted(phone, android):
    assert Restless(phone, plugged=False, android=android).ran_in(60) > 100
