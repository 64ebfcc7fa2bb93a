import pytest

from harness.errors import FormatError
from harness.parsers.activities import ResumedActivity, resumed_activity, resumed_record
from harness.parsers.exit_info import parse_exit_info
from harness.parsers.getprop import properties
from harness.parsers.package import PackageRecord, PermissionState, parse_package
from harness.parsers.packages_list import ListedPackage, listed_packages
from harness.parsers.processes import known_processes, pids_of, ps_processes
from harness.parsers.windows import front_page, window_dump
from tests.captures import capture

EXIT_HEAD = """\
ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)
Last Timestamp of Persistence Into Persistent Storage: 2026-10-01 15:54:06.558
  package: com.demo
    Historical Process Exit for uid=10196
"""
ONE_PER_LINE = """\
        ApplicationExitInfo #0:
          timestamp=2026-10-01 19:21:57.535
          pid=3421
          realUid=10196
          packageUid=10196
          definingUid=10196
          user=0
          process=com.demo:push
          reason=1 (EXIT_SELF)
          status=10
          importance=100
          pss=0.00
          rss=0.00
          description=null
          state=empty
          trace=null
"""
GROUPED = """\
        ApplicationExitInfo #1:
          timestamp=2026-10-01 19:20:00.001 pid=3400 realUid=10196 packageUid=10196 definingUid=10196 user=10
          process=com.demo reason=4 (APP CRASH(EXCEPTION)) subreason=21 (FORCE STOP) status=0
          importance=300 pss=0,00 rss=12,5MB description=stop com.demo due to
            state=bad from pid 1976
          state=empty trace=null
"""


def test_exit_info_of_android_11_has_no_subreason() -> None:
    (record,) = parse_exit_info(EXIT_HEAD + ONE_PER_LINE)
    assert (record.pid, record.uid, record.user, record.package) == (3421, 10196, 0, "com.demo")
    assert (record.process, record.reason, record.subreason, record.status) == ("com.demo:push", 1, 0, 10)
    assert (record.importance, record.description) == (100, "")
    assert (record.wall, record.wall_text) == (None, "2026-10-01 19:21:57.535")


def test_exit_info_grouped_with_decimal_comma_and_description_of_two_lines() -> None:
    first, second = parse_exit_info(EXIT_HEAD + ONE_PER_LINE + GROUPED.replace("\n", "\r\n"), utc_offset=8 * 3600)
    assert (second.pid, second.user, second.reason, second.subreason, second.status) == (3400, 10, 4, 21, 0)
    assert second.description.split() == ["stop", "com.demo", "due", "to", "state=bad", "from", "pid", "1976"]
    assert second.wall == pytest.approx(1790853600.001)
    assert first.pid == 3421


def test_exit_info_names_the_package_of_each_record() -> None:
    text = EXIT_HEAD + ONE_PER_LINE + "  package: com.other\n    Historical Process Exit for uid=10197\n" + GROUPED
    assert [(record.package, record.pid) for record in parse_exit_info(text)] == [("com.demo", 3421), ("com.other", 3400)]


def test_exit_info_that_is_empty_or_cut() -> None:
    assert parse_exit_info("ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)\n") == []
    assert parse_exit_info(EXIT_HEAD + ONE_PER_LINE[:200]) == []


RESUMED = ResumedActivity(0, "com.x", "com.x/.Main", 105)


@pytest.mark.parametrize(
    "line",
    [
        "    mResumedActivity: ActivityRecord{2cd21f8 u0 com.x/.Main t105}",
        " ResumedActivity:ActivityRecord{2cd21f8 u0 com.x/.Main t105}",
        "  ResumedActivity: ActivityRecord{2cd21f8 u0 com.x/.Main t105}",
        "      topResumedActivity=ActivityRecord{1a70f4a u0 com.x/.Main} t105}",
        "    Resumed: ActivityRecord{1a70f4a u0 com.x/.Main t105}",
        "  mFocusedApp=AppWindowToken{6716393 token=Token{cd6e082 ActivityRecord{7478fcd u0 com.x/.Main t105}}}",
        "  mFocusedApp=ActivityRecord{7478fcd u0 com.x/.Main t105}",
        "  mFocusedApp=Token{cd6e082 ActivityRecord{7478fcd u0 com.x/.Main t105}}",
    ],
)
def test_resumed_activity_in_the_words_of_all_versions(line: str) -> None:
    assert resumed_record(f"ACTIVITY MANAGER ACTIVITIES\n{line}\n") == RESUMED


def test_what_the_system_calls_resumed_beats_what_a_task_does() -> None:
    text = """\
ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)
    mResumedActivity: ActivityRecord{1 u0 com.behind/.A t1}
  ResumedActivity: ActivityRecord{2 u10 com.front/com.front.B t2}
"""
    assert resumed_record(text) == ResumedActivity(10, "com.front", "com.front/com.front.B", 2)
    assert resumed_activity(text) == "com.front/com.front.B"


def test_nothing_resumed() -> None:
    head = "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n"
    assert resumed_activity(head + "  ResumedActivity: null\n") is None


PACKAGE = """\
Packages:
  Package [com.demo] (d6a09fc):
    appId=10686
    versionCode=7 minSdk=26 targetSdk=34
    versionName=1.0 beta 小
    firstInstallTime=2026-02-07 03:47:21
    installerPackageName=null
    requested permissions:
      android.permission.CAMERA
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=9 installed=true hidden=false stopped=false notLaunched=false enabled=0
      gids=[3003]
      runtime permissions:
        android.permission.CAMERA: granted=false, flags=[ USER_SET|USER_FIXED|USER_SENSITIVE_WHEN_DENIED]
        android.permission.RECORD_AUDIO: granted=true
    User 10: ceDataInode=0 installed=false hidden=false stopped=true notLaunched=true enabled=0
      runtime permissions:

Hidden system packages:
  Package [com.demo] (aaaaaaa):
    appId=10686
    versionCode=1 minSdk=26 targetSdk=34
"""


def test_package_with_its_users() -> None:
    record = parse_package(PACKAGE, "com.demo")
    assert (record.uid, record.version_code, record.version_name) == (10686, 7, "1.0 beta 小")
    assert (record.min_sdk, record.target_sdk, record.installer) == (26, 34, None)
    assert record.runtime_permissions == (
        PermissionState("android.permission.CAMERA", False, ("USER_SET", "USER_FIXED", "USER_SENSITIVE_WHEN_DENIED")),
        PermissionState("android.permission.RECORD_AUDIO", True, ()),
    )
    own, work = record.users
    assert (own.user, own.installed, own.stopped) == (0, True, False)
    assert (work.user, work.installed, work.stopped, work.permissions) == (10, False, True, ())


def test_permissions_of_a_shared_uid_stand_with_the_shared_user() -> None:
    text = """\
Packages:
  Package [com.a] (1):
    userId=10050
    sharedUser=SharedUserSetting{cb92b86 com.shared/10050}
    User 0: ceDataInode=9 installed=true stopped=false

Shared users:
  SharedUser [com.shared] (2):
    userId=10050
    User 0:
      gids=[3003]
      runtime permissions:
        android.permission.CAMERA: granted=true, flags=[ USER_SET ]
"""
    assert parse_package(text, "com.a").runtime_permissions == (PermissionState("android.permission.CAMERA", True, ("USER_SET",)),)


def test_package_that_is_not_installed() -> None:
    assert parse_package("Unable to find package: com.x\n", "com.x") == PackageRecord("com.x")
    assert parse_package(PACKAGE, "com.demo2").uid is None


def test_package_of_a_real_phone() -> None:
    text = capture("dumpsys/samsung_s25u_SM-S938U_package_axisight.txt").read_text(encoding="utf-8")
    record = parse_package(text, "com.etrsystems.axisight")
    assert (record.uid, record.version_name, record.version_code, record.target_sdk) == (10686, "0.1.0", 1, 34)
    assert record.last_update == "2026-02-07 15:12:10"
    camera = record.users[0].permission("android.permission.CAMERA")
    assert camera.granted
    assert "USER_SET" in camera.flags
    assert [user.user for user in record.users] == [0, 150]


def test_processes_of_a_real_phone() -> None:
    text = capture("dumpsys/pixel_sailfish_android10_activity_processes.txt").read_text(encoding="utf-8")
    processes = known_processes(text)
    assert len(processes) == 29
    assert pids_of(text, "com.qualcomm.embms") == [(3225, "com.qualcomm.embms:remote"), (3204, "com.qualcomm.embms")]
    telephony = next(process for process in processes if process.name == "com.android.phone")
    assert telephony.belongs_to("com.android.providers.telephony")
    assert not telephony.belongs_to("com.android.phone2")


def test_dead_process_in_the_dump_is_left_out() -> None:
    text = """\
ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)
  *APP* UID 10071 ProcessRecord{a6c7d76 0:com.x/u0a71}
    packageList={com.x}
  *APP* UID 10071 ProcessRecord{a6c7d77 77:com.x:push/u0a71}
    packageList={com.x, com.y}
"""
    assert pids_of(text, "com.x") == pids_of(text, "com.y") == [(77, "com.x:push")]


def test_ps() -> None:
    text = "USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME\n"
    text += "u0_a71        2931   602   68696   2864 0                   0 S com.x\n"
    text += "u10_i3        2932   602   68696   2864 0                   0 S com.x:push\n"
    text += "root             4     2       0      0 0                   0 S [kworker/0:0H]\n"
    text += "u0_a71        29"
    assert [(p.pid, p.uid, p.name) for p in ps_processes(text)] == [
        (2931, 10071, "com.x"),
        (2932, 1099003, "com.x:push"),
        (4, 0, "[kworker/0:0H]"),
    ]
    assert pids_of("  PID NAME\n 2931 com.x\n 2932 com.xy\n 2933 com.x:p\n", "com.x") == [(2931, "com.x"), (2933, "com.x:p")]
    real = capture("dumpsys/mvt_ps.txt").read_text(encoding="utf-8")
    assert len(ps_processes(real)) == len(real.splitlines()) - 1


WINDOWS = """\
WINDOW MANAGER WINDOWS (dumpsys window windows)
  Window #0 Window{ff36243 u0 Dialog title}:
    mDisplayId=0 stackId=0 mSession=Session{fee9100 1497:u0a10087}
    mOwnerUid=10123 showForAllUsers=false package=com.x appop=NONE
    mAttrs={(0,0)(wrapxwrap) gr=CENTER sim={adjust=pan} ty=APPLICATION fmt=TRANSLUCENT
      fl=DIM_BEHIND SPLIT_TOUCH HARDWARE_ACCELERATED
      pfl=COLOR_SPACE_AGNOSTIC}
    mFrame=[54,908][1026,1050] last=[54,908][1026,1050]
    isVisible=true
  Window #1 Window{com.vivo.upslide:5ea724f u10 side_dock type=2024 }:
    mOwnerUid=1000 showForAllUsers=true package=com.vivo.upslide appop=NONE
    Frames: parent=[0,0][1080,2400] display=[0,0][1080,2400] frame=[0,0][1080,-5] last=[0,0][0,0]
  mCurrentFocus=Window{ff36243 u0 Dialog title}
"""


def test_windows_from_top_to_bottom() -> None:
    dump = window_dump(WINDOWS)
    dialog, dock = dump.windows
    assert (dialog.title, dialog.user, dialog.uid, dialog.package) == ("Dialog title", 0, 10123, "com.x")
    assert (dialog.type, dialog.dims_behind, dialog.visible) == ("APPLICATION", True, True)
    assert dialog.bounds == (54, 908, 1026, 1050)
    assert (dock.title, dock.user, dock.bounds, dock.dims_behind) == ("side_dock", 10, (0, 0, 1080, -5), False)
    assert dock.visible is None
    assert dump.focus == "Dialog title"


def test_no_window_in_focus() -> None:
    assert window_dump("WINDOW MANAGER WINDOWS (dumpsys window windows)\n  mCurrentFocus=null\n").focus is None


@pytest.mark.parametrize(
    ("name", "encoding", "count"),
    [
        ("pixel_sailfish_android10_window_windows.txt", "utf-8", 6),
        ("vivo_utf8_dumpsys_window.txt", "utf-8", 22),
        ("vivo_utf16_dumpsys_window.txt", "utf-16", 22),
    ],
)
def test_windows_of_real_phones(name: str, encoding: str, count: int) -> None:
    text = capture(f"dumpsys/{name}").read_text(encoding=encoding)
    windows = window_dump(text).windows
    assert len(windows) == count == sum(line.startswith("  Window #") for line in text.splitlines())
    assert all(window.uid and window.package and window.type and window.bounds for window in windows)


def test_windows_of_stopped_pages_are_read_with_their_last_frame() -> None:
    """The vivo phone had six of them: GONE, without a surface, drawn no more."""
    windows = window_dump(capture("dumpsys/vivo_utf8_dumpsys_window.txt").read_text(encoding="utf-8")).windows
    pages = [window for window in windows if window.component]
    assert [window.visible for window in pages] == [True, *[False] * 6]
    assert {window.size for window in pages} == {(720, 1612)}
    assert {window.wanted for window in pages} == {None}
    (glass,) = [window for window in pages if window.translucent and window.package == "com.instagram.android"]
    assert glass.component == "com.instagram.android/com.instagram.android.activity.MainTabActivity"
    assert front_page(windows, "com.kryptoloot.app") is pages[0]
    assert front_page(windows, "com.instagram.android") is None


@pytest.mark.parametrize(
    ("asked", "frame", "size"),
    [
        ("1x1", "[539,1199][540,1200]", (1, 1)),
        ("1x1", "[0,0][0,0]", (1, 1)),  # never laid out: what its app gave it
        ("fillxfill", "[0,0][1080,2400]", (1080, 2400)),
        ("fillxfill", "[0,0][0,0]", None),
        ("fillx656", "[0,1920][1080,1920]", None),  # GONE before it was drawn, as on a real Pixel
        ("wrapxwrap", "[0,0][0,0]", None),
    ],
)
def test_the_size_of_a_window_that_was_never_laid_out_is_not_nothing(asked: str, frame: str, size: tuple[int, int] | None) -> None:
    for attributes in (f"mAttrs={{(0,0)({asked}) sim={{adjust=pan}} ty=BASE_APPLICATION", f"mAttrs=WM.LayoutParams{{(0,0)({asked}) ty=1}}"):
        text = f"WINDOW MANAGER WINDOWS\n  Window #0 Window{{1 u0 com.x/com.x.Dot}}:\n    {attributes}\n    mFrame={frame} last={frame}\n"
        (window,) = window_dump(text).windows
        assert window.size == size


def test_pm_list_packages() -> None:
    text = """\
package:com.a uid:10123
package:com.b  installer=com.android.vending uid:10124,1010124
package:/data/app/~~x==/com.c-y==/base.apk=com.c  installer=null
"""
    assert listed_packages(text) == [
        ListedPackage("com.a", (10123,), None, None),
        ListedPackage("com.b", (10124, 1010124), "com.android.vending", None),
        ListedPackage("com.c", (), None, "/data/app/~~x==/com.c-y==/base.apk"),
    ]


def test_a_phone_that_prints_no_property_has_none() -> None:
    assert properties("") == properties("\n") == {}


def test_getprop() -> None:
    text = "[ro.build.version.release]: [13]\r\n[a.b]: [first\nsecond]\n[empty]: []\n"
    assert properties(text) == {"ro.build.version.release": "13", "a.b": "first\nsecond", "empty": ""}
    assert properties("[a]: [x]: [y]]\nrubbish\n[b]: []\n") == {"a": "x]: [y]", "b": ""}
    real = properties(capture("dumpsys/mvt_getprop.txt").read_text(encoding="utf-8"))
    assert real["dalvik.vm.heapgrowthlimit"] == "192m"


@pytest.mark.parametrize(
    "read",
    [
        parse_exit_info,
        resumed_activity,
        lambda text: parse_package(text, "com.x"),
        known_processes,
        ps_processes,
        window_dump,
        listed_packages,
        properties,
    ],
)
def test_another_text_is_refused_in_one_line_that_names_it(read: object) -> None:
    assert callable(read)
    with pytest.raises(FormatError, match="a service that does not exist") as refusal:
        read("Can't find service: activity\n")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("read", [parse_exit_info, resumed_activity, known_processes, window_dump])
def test_empty_text_is_said_to_be_empty(read: object) -> None:
    assert callable(read)
    with pytest.raises(FormatError, match="empty"):
        read("\n")
