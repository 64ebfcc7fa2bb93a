"""Traffic by uid: as each version's ``dumpsys netstats`` and the old kernel's file tell it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from device_farm.virtual import Activity, App, Text
from device_farm.virtual.framework.dumps.netstats import netstats

from .conftest import Phone

PACKAGE, MB = "com.example.loader", 1_000_000


class Loader(App):
    package, label = PACKAGE, "加载"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("页面"))


def loaded(phone: Callable[..., Phone], android: str) -> tuple[Phone, Any, int]:
    device = phone(Loader, android=android)
    device.launch(PACKAGE)
    app = device.app(PACKAGE)
    app.http_request("https://a.example/", received=700, sent=300)
    app.enqueue_download("https://a.example/x", title="x", file_name="x.bin", size=3 * MB)
    device.wait(4)
    return device, app, device.system.packages[PACKAGE].uid


def dump(device: Phone, *words: str) -> str:
    return netstats(device.device, list(words)) or ""


@pytest.mark.parametrize(
    ("android", "identity"),
    [
        ("8.1", '{type=WIFI, subType=COMBINED, networkId="AndroidWifi", metered=false}'),
        ("10", '{type=WIFI, subType=COMBINED, networkId="AndroidWifi", metered=false, defaultNetwork=true}'),
        ("11", '{type=WIFI, ratType=COMBINED, networkId="AndroidWifi", metered=false, defaultNetwork=true}'),
        ("15", '{type=1, ratType=COMBINED, wifiNetworkKey="AndroidWifi"WPA_PSK, metered=false, defaultNetwork=true, oemManaged=OEM_NONE, subId=-1}'),  # noqa: E501
    ],
)  # fmt: skip
def test_the_detail_counts_what_each_uid_received(phone: Callable[..., Phone], android: str, identity: str) -> None:
    device, _app, uid = loaded(phone, android)
    text = dump(device, "detail")
    assert f"  iface=wlan0 ident=[{identity}] \n" in text
    found = re.search(
        rf"UID stats:\n  Pending bytes: 0\n  History since boot:\n(?:.*\n)*?"
        rf"  ident=\[{re.escape(identity)}\] uid={uid} set=FOREGROUND tag=0x0\n    NetworkStatsHistory: bucketDuration=7200\n"
        r"      st=(\d+) rb=(\d+) rp=\d+ tb=(\d+) tp=\d+ op=0\n",
        text,
    )
    assert int(found[1]) % 7200 == 0
    assert int(found[2]) == 3 * MB + 700
    assert int(found[3]) == 300 + 3 * MB // 50
    assert f"uid={uid} set=FOREGROUND tag=0xffffff01" in text.partition("UID tag stats:")[2]
    assert ("mAppUidStatsMap" in text) == (android == "15")


def test_the_short_dump_has_no_uids_and_a_reboot_begins_anew(phone: Callable[..., Phone]) -> None:
    device, _app, uid = loaded(phone, "13")
    assert f"uid={uid}" not in dump(device)
    assert dump(device, "--poll") == "Forced poll\n"
    assert netstats(device.device, ["--checkin"]) is None
    device.system.reboot()
    assert f"uid={uid}" not in dump(device, "detail")
    assert f"uid={uid}" in dump(device, "detail", "full")


def test_another_network_is_another_line(phone: Callable[..., Phone]) -> None:
    device, app, uid = loaded(phone, "13")
    device.system.connectivity.switch("wifi", on=False)
    device.wait(1)
    device.system.go_home()
    device.wait(1)
    assert app.http_request("https://a.example/", received=50)
    text = dump(device, "--uid")
    assert re.search(rf"ident=\[{{type=0, .*metered=true.*}}\] uid={uid} set=DEFAULT tag=0x0\n.*\n      st=\d+ rb=50 ", text)


def test_the_old_kernel_has_a_file_and_the_new_one_none(phone: Callable[..., Phone]) -> None:
    device, _app, uid = loaded(phone, "9")
    text = device.device.files.read("/proc/net/xt_qtaguid/stats", uid=2000).decode()
    assert text.startswith("idx iface acct_tag_hex uid_tag_int cnt_set rx_bytes rx_packets tx_bytes tx_packets rx_tcp_bytes ")
    assert re.search(rf"^\d+ wlan0 0x0 {uid} 1 {3 * MB + 700} \d+ \d+ \d+ ", text, re.MULTILINE)
    assert not loaded(phone, "13")[0].device.files.exists("/proc/net/xt_qtaguid/stats")
