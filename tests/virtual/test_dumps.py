import re

import pytest

from device_farm.virtual import Activity, App, Provider, Service, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.dumps.service_list import DUMPS, service_names
from device_farm.virtual.framework.records.system_records import ExitReason, ExitRecord
from device_farm.virtual.roms.sold_pairs import sold_pairs
from tests.virtual.device_calls import boot, dump, opened, run

CAMERA = "android.permission.CAMERA"
PAIRS = [(pair.rom, pair.android) for pair in sold_pairs()]


class Shop(App):
    package = "com.example.shop"
    label = "小店"
    version_name, version_code = "1.2.0", 120
    permissions = [CAMERA, "android.permission.INTERNET"]  # noqa: RUF012

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("小店"))

        def on_resume(self) -> None:
            self.start_service("Worker")

    class Worker(Service):
        pass

    class Stock(Provider):
        authority = "com.example.shop.stock"


@pytest.fixture(scope="module")
def shop() -> VirtualDevice:
    return opened(Shop)


def test_the_services_are_listed(shop: VirtualDevice) -> None:
    out = dump(shop, "-l")
    assert out.startswith("Currently running services:\n  SurfaceFlinger\n  accessibility\n")
    listed = out.splitlines()[1:]
    assert {f"  {name}" for name in DUMPS} <= set(listed)
    assert listed == sorted(set(listed))


def test_an_unknown_service_is_said_so_as_dumpsys_does(shop: VirtualDevice) -> None:
    assert run(shop, "dumpsys", "nothing") == ("", "Can't find service: nothing\n", 0)


@pytest.mark.parametrize("args", [("procstats",), ("activity", "intents"), ("window", "tokens"), ("package", "f"), ("--help",)])
def test_what_is_not_modelled_is_refused_by_name(shop: VirtualDevice, args: tuple[str, ...]) -> None:
    wanted = " ".join(("dumpsys", *args))
    assert run(shop, "dumpsys", *args) == ("", f"virtual: not modelled: {wanted}\n", 127)


def test_a_dump_of_all_has_each_service_between_header_and_footer(shop: VirtualDevice) -> None:
    out = dump(shop)
    assert re.findall("DUMP OF SERVICE (.*):", out) == sorted(DUMPS)
    assert re.search(r"--------- \d\.\d{3}s was the duration of dumpsys window, ending at: 2026-09-21 22:13:", out)


@pytest.mark.parametrize("name", sorted(DUMPS))
def test_the_fault_makes_every_dump_empty(name: str) -> None:
    device = boot()
    device.faults.active.add("empty-dump")
    assert run(device, "dumpsys", name) == ("", "", 0)


def test_the_resumed_activity_is_found_by_the_usual_expressions(shop: VirtualDevice) -> None:
    out = dump(shop, "activity", "activities")
    record = r"ActivityRecord\{[0-9a-f]+ u0 com\.example\.shop/\.Main\} t\d+\}"
    assert re.search(rf"^    topResumedActivity={record}$", out, re.MULTILINE)
    assert re.search(rf"^    Resumed: {record}$", out, re.MULTILINE)
    assert re.search(rf"^  ResumedActivity: {record}$", out, re.MULTILINE)
    assert "launchedFromUid=2000 launchedFromPackage=com.android.shell launchedFromFeature=null userId=0" in out
    assert re.search(r"^      state=RESUMED stopped=false delayedResume=false finishing=false$", out, re.MULTILINE)
    assert dump(shop, "activity", "a") == out


def test_before_12_the_resumed_activity_is_the_stacks(shop: VirtualDevice) -> None:
    out = dump(opened(Shop, android="10"), "activity", "activities")
    assert re.search(r"mResumedActivity: ActivityRecord\{[0-9a-f]+ u0 com\.example\.shop/\.Main t\d+\}", out)
    assert "topResumedActivity" not in out


def test_a_dump_may_be_of_one_package(shop: VirtualDevice) -> None:
    out = dump(shop, "activity", "activities", Shop.package)
    assert "* Hist  #0: ActivityRecord" in out
    assert "launcher3/.uioverrides.QuickstepLauncher} t1}\n      packageName" not in out
    assert dump(shop, "activity", "-p", Shop.package, "activities") == out


def test_uiautomator2_reads_the_front_app_from_the_last_line_of_top(shop: VirtualDevice) -> None:
    found = re.findall(r"ACTIVITY ([^\s]+)/([^/\s]+) \w+ pid=(\d+)", dump(shop, "activity", "top"))
    package, activity, pid = found[-1]
    assert (package, activity) == ("com.example.shop", ".Main")
    assert shop.system.processes[int(pid)].name == "com.example.shop"


def test_the_focus_is_told_of_the_display_and_not_of_the_windows(shop: VirtualDevice) -> None:
    name = r"com\.example\.shop/com\.example\.shop\.Main"
    focus = re.compile(rf"^  mCurrentFocus=Window\{{[0-9a-f]+ u0 {name}\}}$", re.MULTILINE)
    assert focus.search(dump(shop, "window", "displays"))
    assert focus.search(dump(shop, "window"))
    assert "mCurrentFocus" not in dump(shop, "window", "windows")  # Android 10 and later


def test_windows_are_listed_from_the_top_with_place_owner_and_kind(shop: VirtualDevice) -> None:
    out = dump(shop, "window", "windows")
    titles = re.findall(r"^  Window #\d+ Window\{[0-9a-f]+ u0 (.*)\}:$", out, re.MULTILINE)
    assert titles[:3] == ["NavigationBar0", "StatusBar", "com.example.shop/com.example.shop.Main"]
    part = out[out.index("  Window #2 ") :]
    uid = shop.system.packages[Shop.package].uid
    assert f"mOwnerUid={uid} showForAllUsers=false package=com.example.shop appop=NONE" in part
    assert "ty=BASE_APPLICATION" in part
    assert "frame=[0,0][1080,2400]" in part
    assert "mHasSurface=true isReadyForDisplay()=true" in part


def test_processes_name_state_and_adj(shop: VirtualDevice) -> None:
    out = dump(shop, "activity", "processes", Shop.package)
    (process,) = [found for found in shop.system.processes.values() if found.package == Shop.package]
    user = process.uid - 10000
    record = rf"ProcessRecord\{{[0-9a-f]+ {process.pid}:com\.example\.shop/u0a{user}\}}"
    assert re.search(rf"^  \*APP\* UID {process.uid} {record}$", out, re.MULTILINE)
    assert "    oom adj: max=1001 curRaw=0 setRaw=0 cur=0 set=0\n" in out
    assert "    curProcState=2 " in out
    assert f"    Proc # 0: fg     T/A/TOP  ----  t: 0 {process.pid}:com.example.shop/u0a{user} (top-activity)\n" in out


def test_plain_dumpsys_activity_has_processes_and_services_in_short(shop: VirtualDevice) -> None:
    """As ActivityManagerService.doDump without -a: no records of processes, three lines of a service."""
    plain, full = dump(shop, "activity"), dump(shop, "activity", "-a")
    process = shop.system.process_list.find(Shop.package, Shop.package)
    assert process is not None
    assert "*APP* UID" in full
    assert "*APP* UID" not in plain
    assert "PID mappings:" not in plain
    assert re.search(rf"^    Proc # ?\d+: .* {process.pid}:{Shop.package}/u0a\d+ \(top-activity\)$", plain, re.M)
    assert re.search(r"^    created=-\d+s\d+ms started=true connections=0$", plain, re.M)
    assert "startRequested=true" in full
    assert "startRequested=true" not in plain


def test_a_started_service_names_who_started_it(shop: VirtualDevice) -> None:
    out = dump(shop, "activity", "services", Shop.package)
    assert re.search(r"^  \* ServiceRecord\{[0-9a-f]+ u0 com\.example\.shop/\.Worker\}$", out, re.MULTILINE)
    assert "    recentCallingPackage=com.example.shop\n" in out
    assert "    startRequested=true delayedStop=false stopIfKilled=true callStart=true lastStartId=1\n" in out
    assert "(nothing)" in dump(shop, "activity", "services", "com.other")


def test_the_package_dump_has_what_adbutils_reads(shop: VirtualDevice) -> None:
    out = dump(shop, "package", Shop.package)
    assert re.search(r"versionName=(.*)\n", out)[1] == "1.2.0"  # type: ignore[index]
    assert re.search(r"versionCode=(\d+) minSdk=\d+ targetSdk=33\n", out)[1] == "120"  # type: ignore[index]
    assert re.search(r"PackageSignatures\{.*?\[(.*?)\]", out)
    assert re.search(r"pkgFlags=\[ (.*) \]", out)
    for key in ("firstInstallTime", "lastUpdateTime", "timeStamp"):
        assert re.search(rf"^ +{key}=2026-09-21 22:13:20$", out, re.MULTILINE), key
    assert "      android.permission.INTERNET: granted=true\n" in out
    assert run(shop, "dumpsys", "package", "com.missing")[0] == "Unable to find package: com.missing\n"


def test_permission_flags_come_in_androids_order() -> None:
    device = opened(Shop)
    state = device.system.packages[Shop.package].runtime_permissions[CAMERA]
    state.flags = {"USER_FIXED", "ONE_TIME", "USER_SET"}
    line = f"        {CAMERA}: granted=false, flags=[ USER_SET|USER_FIXED|"
    line += "USER_SENSITIVE_WHEN_GRANTED|USER_SENSITIVE_WHEN_DENIED|ONE_TIME]\n"
    assert line in dump(device, "package", Shop.package)


def exited(device: VirtualDevice, package: str, pid: int, reason: ExitReason, **more: object) -> None:
    record = ExitRecord(package, package, pid, 10101, reason, timestamp=1790000001.535, **more)  # type: ignore[arg-type]
    device.system.exits.append(record)


def test_exit_info_is_newest_first_in_the_layout_of_13() -> None:
    device = opened(Shop)
    exited(device, "com.demo", 3421, ExitReason.EXIT_SELF, status=0, rss=79208)
    why = "stop com.demo due to from pid 1"
    exited(device, "com.demo", 3500, ExitReason.USER_REQUESTED, subreason=21, description=why)
    exited(device, "com.other", 9, ExitReason.CRASH)
    assert dump(device, "activity", "exit-info", "com.demo").splitlines()[2:] == [
        "  package: com.demo",
        "    Historical Process Exit for uid=10101",
        "        ApplicationExitInfo #0:",
        "          timestamp=2026-09-21 22:13:21.535 pid=3500 realUid=10101 packageUid=10101 definingUid=10101 user=0",
        "          process=com.demo reason=10 (USER REQUESTED) subreason=21 (FORCE STOP) status=0",
        "          importance=100 pss=0.00 rss=0.00 description=stop com.demo due to from pid 1 state=empty trace=null",
        "        ApplicationExitInfo #1:",
        "          timestamp=2026-09-21 22:13:21.535 pid=3421 realUid=10101 packageUid=10101 definingUid=10101 user=0",
        "          process=com.demo reason=1 (EXIT_SELF) subreason=0 (UNKNOWN) status=0",
        "          importance=100 pss=0.00 rss=77MB description=null state=empty trace=null",
    ]
    assert "package: com.other" in dump(device, "activity", "exit-info")


def test_exit_info_of_11_has_a_field_a_line_and_10_has_none() -> None:
    device = opened(Shop, android="11")
    exited(device, "com.demo", 3421, ExitReason.SIGNALED, status=9)
    out = dump(device, "activity", "exit-info", "com.demo")
    assert "          reason=2 (SIGNALED)\n          status=9\n          importance=100\n" in out
    assert "subreason" not in out
    refusal = "Bad activity command, or no activities match: exit-info\nUse -h for help.\n"
    assert dump(opened(Shop, android="10"), "activity", "exit-info") == refusal


def test_exit_info_keeps_sixteen_a_package() -> None:
    device = opened(Shop)
    for pid in range(40):
        exited(device, "com.demo", pid, ExitReason.EXIT_SELF)
    out = dump(device, "activity", "exit-info", "com.demo")
    assert out.count("ApplicationExitInfo #") == 16
    assert " pid=39 " in out
    assert " pid=23 " not in out


def test_the_screen_is_told_by_display_power_and_surface_flinger(shop: VirtualDevice) -> None:
    assert re.search(r"orientation=(\d)", dump(shop, "display"))[1] == "0"  # type: ignore[index]
    assert "real 1080 x 2400" in dump(shop, "display")
    assert "mHoldingDisplaySuspendBlocker=true" in dump(shop, "power")
    (line,) = dump(shop, "SurfaceFlinger", "--display-id").splitlines()
    assert re.fullmatch(r'Display \d+ \(HWC display 0\): port=0 pnpId=GGL displayName="EMU_display_0"', line)


def test_a_dark_screen_sleeps() -> None:
    device = opened(Shop)
    device.screen.on = False
    out = dump(device, "power")
    assert "mWakefulness=Asleep" in out
    assert "mHoldingDisplaySuspendBlocker=false" in out
    assert "Display Power: com.android.server.power.PowerManagerService$1@" in out


def test_the_keyboard_is_the_one_of_the_settings(shop: VirtualDevice) -> None:
    assert "mCurMethodId=com.android.inputmethod.latin/.LatinIME" in dump(shop, "input_method")


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_every_version_dumps_everything(rom: str, android: str) -> None:
    device = opened(Shop, android=android, rom=rom)
    for service in sorted(set(DUMPS) & set(service_names(device.rom.sdk))):
        if service == "content" and device.system.sdk < 29:
            assert run(device, "dumpsys", service)[2] == 127  # laid out otherwise before Android 10, not modelled
            continue
        args = {"SurfaceFlinger": ("--display-id",), "appops": ("--package", Shop.package), "meminfo": (Shop.package,)}
        assert dump(device, service, *args.get(service, ())).strip(), service
    assert Shop.package in dump(device, "activity")


def test_the_section_of_packages_has_every_signature(shop: VirtualDevice) -> None:
    out = dump(shop, "package", "packages")
    assert out.startswith("Packages:\n")
    assert f"  Package [{Shop.package}]" in out
    assert out.count("    signatures=PackageSignatures{") == len(shop.system.packages)
