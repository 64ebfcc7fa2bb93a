"""The app's page in the phone's own store is read whole, and nothing on it is loaded or opened."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from device_farm.execution.unit_process import options_of, with_earlier
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.units.job import Job
from device_farm.virtual import Activity, App, StoreListing, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.protocol import Device
from harness.engine.check import check
from harness.engine.earlier_runs import of_other_versions, read_earlier
from harness.errors import ScenarioError
from harness.events import ListingSeen
from harness.events.findings import Outcome
from harness.session.check_options import Options
from harness.verdicts.analysis import Analysis
from scenarios.test_store_page import SCENARIO
from tests.apk_builder import build_apk, manifest

pytestmark = pytest.mark.usefixtures("slow_time")

PACKAGE, CAMERA, CONTACTS = "com.example.shelf", "android.permission.CAMERA", "android.permission.READ_CONTACTS"
LONG = StoreListing(
    PACKAGE, "书架", developer="某某科技有限公司", version_name="9.0", version_code=90, permissions=[CAMERA, CONTACTS],
    uses={CAMERA: "用于扫描书号", CONTACTS: "用于推荐给好友"}, description="\n".join(f"第{number}段介绍" for number in range(80)),
    privacy_policy="https://shelf.example/privacy", filing="京ICP备12345678号-2A", contact="help@shelf.example",
)  # fmt: skip


class Shelf(App):
    package, label, permissions = PACKAGE, "书架", [CAMERA, CONTACTS]

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("书架"))


def checked(listing: StoreListing, folder: Path, options: Options, **app: object) -> Analysis:
    """A check of the app, of the version that ``app`` says."""
    apps = (type("Listed", (Shelf,), {"store_listings": (listing,), **app}),)
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps, rom="miui"))]) as thread:
        return check(InProcessDevice(thread), PACKAGE, options, runs=folder, scenarios=[SCENARIO])


def listed(listing: StoreListing, folder: Path, before: tuple[str, ...] = ()) -> tuple[ListingSeen, set[Outcome], list[str]]:
    """The reading, the outcomes of the rules, and the buttons of the store that were pressed."""
    apps = (type("Listed", (Shelf,), {"store_listings": (listing,)}),)
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps, rom="miui"))]) as thread:
        device = InProcessDevice(thread)
        if before:
            assert device.shell(list(before)).code == 0
        found = check(device, PACKAGE, Options(clauses=(9, 10), store_app=True), runs=folder, scenarios=[SCENARIO])
        pressed = [str(row) for row in thread.devices[0].truth if row["what"] in ("store_button", "download")]
    outcomes = {verdict.outcome for verdict in found.verdicts if verdict.rule.id != "c10-same-again"}
    return found.timeline.of(ListingSeen)[0], outcomes, pressed


def test_a_page_of_many_screens_is_read_to_its_end(tmp_path: Path) -> None:
    seen, outcomes, pressed = listed(LONG, tmp_path)
    assert (seen.name, seen.developer, seen.version, seen.file) == ("书架", "某某科技有限公司", "9.0", "com.xiaomi.market")
    assert (seen.record, seen.contact, seen.explained) == ("京ICP备12345678号-2A", "help@shelf.example", ("CAMERA", "CONTACTS"))
    assert (outcomes, pressed) == ({Outcome.CLEAR}, [])


@pytest.mark.parametrize(
    ("listing", "before", "why"),
    [
        (StoreListing(PACKAGE, "电台", developer="别家科技有限公司"), (), "shows the page of 电台, not of 书架"),
        (LONG, ("pm", "disable-user", "--user", "0", "com.xiaomi.market"), "no store on the phone"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_decides_nothing(
    listing: StoreListing, before: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    seen, outcomes, pressed = listed(listing, tmp_path, before=before)
    assert why in seen.unread
    assert (outcomes, pressed) == ({Outcome.INCONCLUSIVE}, [])


def test_what_the_version_before_had_and_this_one_has_again_is_suspected(tmp_path: Path) -> None:
    poor = StoreListing(PACKAGE, "书架", permissions=[CAMERA])
    first = checked(poor, tmp_path / "first", Options(clauses=(9, 10), store_app=True), version_name="1.0", version_code=10)
    earlier = read_earlier(first.folder)
    assert set(earlier.violations) == {"c9-not-told", "c9-differs-from-package", "c10-no-contact"}
    again = Options(clauses=(9, 10), store_app=True, earlier=(earlier,))
    found = checked(poor, tmp_path / "second", again, version_name="9.0", version_code=90)
    verdict = next(verdict for verdict in found.verdicts if verdict.rule.id == "c10-same-again")
    assert verdict.outcome is Outcome.SUSPECTED
    assert verdict.reason_en.startswith("version 1.0 (10), checked on 20")
    with pytest.raises(ScenarioError, match="is of this version"):
        checked(poor, tmp_path / "same", again, version_name="1.0", version_code=10)
    assert of_other_versions([first.folder, found.folder], PACKAGE, "9.0 (90)") == (earlier,)
    assert of_other_versions([first.folder], "com.example.other", "9.0 (90)") == ()
    (apk := tmp_path / "new.apk").write_bytes(build_apk(manifest(PACKAGE)))
    job = Job(1, "", 1, str(apk), (9, 10), tmp_path, (("earlier", [str(first.folder)]), ("store_app", True)))
    assert options_of(job).store_app
    assert with_earlier(options_of(job), job, cast("Device", SimpleNamespace()), job.app).earlier == (earlier,)
