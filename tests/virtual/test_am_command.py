import pytest

from device_farm.virtual import Activity, App, Receiver
from device_farm.virtual.framework.records.system_records import Intent
from tests.virtual.shell_calls import CAMERA, new_device, run

MAIN = "act=android.intent.action.MAIN cat=[android.intent.category.LAUNCHER] cmp=com.example.shop/.Main"
START = "am start -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -n com.example.shop/.Main"


def test_start_prints_the_intent_and_opens_the_activity() -> None:
    device = new_device()
    answer = run(device, START)
    assert (answer.code, answer.out, answer.err) == (0, f"Starting: Intent {{ {MAIN} }}\n", "")
    device.clock.skip(2)
    assert device.system.resumed.component.short == "com.example.shop/.Main"


def test_a_second_start_brings_the_task_to_the_front() -> None:
    device = new_device()
    run(device, START)
    device.clock.skip(2)
    answer = run(device, START)
    assert answer.code == 0
    assert answer.err == "Warning: Activity not started, its current task has been brought to the front\n"


def test_w_waits_and_reports_to_standard_output() -> None:
    device = new_device()
    lines = run(device, START.replace("start", "start -W")).out.splitlines()
    assert lines[:4] == [f"Starting: Intent {{ {MAIN} }}", "Status: ok", "LaunchState: COLD", "Activity: com.example.shop/.Main"]
    assert [line.partition(" ")[0] for line in lines[4:]] == ["TotalTime:", "WaitTime:", "Complete"]
    again = run(device, START.replace("start", "start -W")).out
    assert "LaunchState: HOT" in again
    assert "Warning: Activity not started, its current task" in again


def test_s_stops_the_app_first() -> None:
    device = new_device()
    run(device, START.replace("start", "start -W"))
    pid = next(p.pid for p in device.system.processes.values() if p.package == "com.example.shop")
    answer = run(device, START.replace("start", "start -S -W"))
    assert answer.out.startswith("Stopping: com.example.shop\nStarting: ")
    assert pid not in device.system.processes


def test_a_class_that_is_not_there() -> None:
    answer = run(new_device(), "am start -n com.example.shop/.Nope")
    assert answer.code == 0
    assert answer.out == "Starting: Intent { cmp=com.example.shop/.Nope }\n"
    assert answer.err == ("Error type 3\nError: Activity class {com.example.shop/com.example.shop.Nope} does not exist.\n")


def test_an_intent_that_nothing_answers() -> None:
    answer = run(new_device(), "am start -a com.example.NOTHING -d https://user@x.y/secret?q=1 -t text/plain --es a b")
    intent = "Intent { act=com.example.NOTHING dat=https://x.y/... typ=text/plain (has extras) }"
    assert answer.out == f"Starting: {intent}\n"
    assert answer.err == ("Error: Activity not started, unable to resolve " + intent.replace(" (has", " flg=0x10000000 (has") + "\n")


def test_an_activity_that_is_not_exported_is_refused() -> None:
    answer = run(new_device(), "am start -n com.example.shop/.Hidden")
    assert answer.code == 255
    assert "java.lang.SecurityException: Permission Denial: starting Intent { flg=0x10000000" in answer.err
    assert "not exported from uid 101" in answer.err


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("am start", "java.lang.IllegalArgumentException: No intent supplied"),
        ("am start -n", 'java.lang.IllegalArgumentException: Argument expected after "-n"'),
        ("am start -n nonsense", "java.lang.IllegalArgumentException: Bad component name: nonsense"),
        ("am start --nope x", "java.lang.IllegalArgumentException: Unknown option: --nope"),
        ("am start -a x --ei count many", 'java.lang.IllegalArgumentException: For input string: "many"'),
        ("am start -f zz -a x", 'java.lang.NumberFormatException: For input string: "zz"'),
    ],
)
def test_wrong_arguments_are_javas_exceptions(line: str, message: str) -> None:
    answer = run(new_device(), line)
    assert answer.code == 255
    assert answer.err.splitlines()[:3] == ["", "Exception occurred while executing 'start':", message]


def test_what_is_not_modelled_is_refused_by_name() -> None:
    device = new_device()
    for line in ("am monitor", "am start -D -n com.example.shop/.Main"):
        answer = run(device, line)
        assert (answer.code, answer.err) == (127, f"virtual: not modelled: {line}\n")
    assert device.unmodelled == {"am monitor", "am start -D -n com.example.shop/.Main"}
    assert run(device, "am nonsense").out == "Unknown command: nonsense\n"


def test_force_stop_ends_the_app_and_is_silent_for_others() -> None:
    device = new_device()
    run(device, START.replace("start", "start -W"))
    assert run(device, "am force-stop com.example.shop").out == ""
    assert not [p for p in device.system.processes.values() if p.package == "com.example.shop"]
    assert run(device, "am force-stop com.example.nothing").code == 0
    assert run(device, "am force-stop").code == 255


def test_kill_spares_the_foreground() -> None:
    device = new_device()
    run(device, START.replace("start", "start -W"))
    run(device, "am kill com.example.shop")
    assert [p for p in device.system.processes.values() if p.package == "com.example.shop"]
    device.system.go_home()
    device.clock.skip(30)
    run(device, "am kill com.example.shop")
    assert not [p for p in device.system.processes.values() if p.package == "com.example.shop"]
    assert device.system.exits


def test_broadcasts() -> None:
    device = new_device()
    answer = run(device, "am broadcast -a com.example.PING --ez state true")
    assert answer.out == ("Broadcasting: Intent { act=com.example.PING flg=0x400000 (has extras) }\nBroadcast completed: result=0\n")
    refused = run(device, "am broadcast -a android.intent.action.BOOT_COMPLETED")
    assert refused.code == 255
    assert (
        "java.lang.SecurityException: Permission Denial: not allowed to send broadcast android.intent.action.BOOT_COMPLETED from pid="
    ) in refused.err


def test_services() -> None:
    device = new_device()
    refused = run(device, "am startservice -n com.example.shop/.Worker")
    assert (refused.code, refused.err) == (255, "Error: app is in background uid null\n")
    run(device, "am start -n com.example.shop/.Main")
    device.clock.skip(2)
    answer = run(device, "am startservice -n com.example.shop/.Worker")
    assert answer.out == "Starting service: Intent { cmp=com.example.shop/.Worker }\n"
    device.clock.skip(2)
    assert [s.component.class_name for s in device.system.services] == ["com.example.shop.Worker"]
    assert run(device, "am stopservice -n com.example.shop/.Worker").err == "Service stopped\n"
    device.clock.skip(1)
    assert run(device, "am stopservice -n com.example.shop/.Worker").err == "Service not stopped: was not running.\n"
    assert run(device, "am startservice -n com.example.shop/.Nope").err == "Error: Not found; no service started.\n"


def test_monkey_opens_an_app_as_clients_expect() -> None:
    device = new_device()
    answer = run(device, "monkey -p com.example.shop -c android.intent.category.LAUNCHER 1")
    assert answer.code == 0
    assert "Events injected: 1\n" in answer.out
    device.clock.skip(2)
    assert device.system.resumed.component.package == "com.example.shop"
    missing = run(device, "monkey -p com.example.nothing -c android.intent.category.LAUNCHER 1")
    assert missing.code == 252
    assert missing.out.endswith("** No activities found to run, monkey aborted.\n")


def test_w_names_what_the_activity_opened_over_itself() -> None:
    class Asks(App):
        package = "com.example.asks"
        permissions = [CAMERA]  # noqa: RUF012

        class Main(Activity):
            launcher = True

            def on_create(self) -> None:
                self.request_permissions(CAMERA)

    device = new_device(Asks)
    lines = run(device, "am start -W -n com.example.asks/.Main").out.splitlines()
    assert "Status: ok" in lines


def test_instrumentation_that_is_not_there() -> None:
    device = new_device()
    answer = run(device, "am instrument -r -w com.example.shop/androidx.test.runner.AndroidJUnitRunner")
    assert answer.code == 1
    assert answer.out.splitlines()[0].endswith("info for: ComponentInfo{com.example.shop/androidx.test.runner.AndroidJUnitRunner}")
    assert answer.err.startswith("android.util.AndroidException: INSTRUMENTATION_FAILED: com.example.shop/androidx.test.runner.")
    assert run(device, "am instrument com.example.shop").err == "\nError: No instrumentation found for: com.example.shop\n"


class Answering(App):
    package = "com.example.answering"

    class First(Receiver):
        exported = True
        actions = ["com.example.ASK"]  # noqa: RUF012

        def on_receive(self, intent: Intent) -> None:
            self.set_result(-1, f"heard {intent.extras['what']}", where="here")


def test_a_broadcast_tells_what_its_receiver_left() -> None:
    device = new_device(Answering)
    device.system.packages[Answering.package].stopped = False
    answer = run(device, "am broadcast --es what you -a com.example.ASK -p com.example.answering")
    assert answer.out.splitlines()[-1] == 'Broadcast completed: result=-1, data="heard you", extras: Bundle[{where=here}]'
    assert "completed" not in run(device, "am broadcast --async -a com.example.ASK --es what you").out


def test_the_state_of_the_user() -> None:
    device = new_device()
    assert run(device, "am get-started-user-state 0").out == "RUNNING_UNLOCKED\n"
    assert run(device, "am get-started-user-state 10").out == "User is not started: 10\n"
    device.system.boot_phases.user_unlocked = False
    assert run(device, "am get-started-user-state 0").out == "RUNNING_LOCKED\n"
