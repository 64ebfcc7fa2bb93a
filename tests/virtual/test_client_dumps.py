"""Dumps and programs that clients other than ours ask for: SurfaceFlinger, input, memory, airtest's own programs."""

import asyncio
import json
import re

import pytest

from device_farm.virtual import Activity, App, Button, Text
from device_farm.virtual.agent import fastbot, max_touch
from device_farm.virtual.agent.java_programs import COMMANDS
from device_farm.virtual.agent.max_touch import Finger
from device_farm.virtual.framework.dumps.service_list import DUMPS
from tests.virtual.device_calls import boot, call, dump, opened, run

VERSIONS = ("8.1", "9", "10", "11", "12", "13", "14", "15", "16")
JAR = "/data/local/tmp/program.jar"


class Shop(App):
    package = "com.example.shop"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Button("买", id="buy"))

        def on_click(self, id: str) -> None:
            self.show(Text(f"{id} bought"))


@pytest.mark.parametrize("android", VERSIONS)
def test_how_the_screen_is_turned_is_told_in_the_words_of_each_version(android: str) -> None:
    """AndroidViewClient and airtest look in three dumps, because none of them tells it on every Android."""
    device = opened(Shop, android=android)
    for turned in (0, 1):
        if turned:
            device.system.display_rotation.freeze(1)
            device.clock.skip(1)
        width, height = (2400, 1080) if turned else (1080, 2400)
        flinger, manager, displays = dump(device, "SurfaceFlinger"), dump(device, "input"), dump(device, "window", "displays")
        degrees = re.search(r"^  orientation=(\S+), is\w+On=1$", flinger, re.M)
        assert degrees[1] == (str(turned) if int(android.split(".")[0]) < 11 else f"ROTATION_{turned * 90}")
        if int(android.split(".")[0]) < 13:
            assert f"SurfaceOrientation: {turned}\n" in manager
        else:
            assert (
                f"InputDeviceOrientation: {'Rotation' * (int(android) >= 15)}{turned * 90 if int(android) >= 15 else turned}\n" in manager
            )
        assert f"logicalFrame=[0, 0, {width}, {height}]" in manager
        if android != "8.1":
            assert f"  DisplayFrames w={width} h={height} r={turned}\n" in displays


def test_what_is_drawn_and_who_gets_the_keys() -> None:
    device = opened(Shop)
    window = "com.example.shop/com.example.shop.Main"
    assert f" {window}#0\n" in dump(device, "SurfaceFlinger")
    assert re.search(rf"FocusedWindows:\n    displayId=0, name='\w+ {window}'\n", dump(device, "input"))
    assert re.search(r"^GLES: .+, .+, OpenGL ES \d", dump(device, "SurfaceFlinger"), re.M)


@pytest.mark.parametrize("args", [("SurfaceFlinger", "--list"), ("SurfaceFlinger", "--latency"), ("meminfo", "-d", Shop.package)])
def test_other_arguments_are_refused_by_name(args: tuple[str, ...]) -> None:
    out, error, code = run(boot(), "dumpsys", *args)
    assert (out, error, code) == ("", f"virtual: not modelled: dumpsys {' '.join(args)}\n", 127)


def test_memory_of_all_adds_up() -> None:
    out = dump(opened(Shop), "meminfo")
    by_process, by_adjustment = (part.split("\n\n")[0] for part in out.split("Total PSS by ")[1:])
    sizes = {name: int(size.replace(",", "")) for size, name in re.findall(r"^ +([\d,]+)K: (\S+) \(pid", by_process, re.M)}
    groups = {name: int(size.replace(",", "")) for size, name in re.findall(r"^ +([\d,]+)K: ([\w ]+)$", by_adjustment, re.M)}
    assert sum(sizes.values()) == sum(groups.values())
    assert sizes[Shop.package] > 0
    assert groups["Native"] >= sizes["init"] + sizes["surfaceflinger"]
    kb = {name: int(size.replace(",", "")) for name, size in re.findall(r"^ *(\w+) RAM: +([\d,]+)K", out, re.M)}
    assert kb["Free"] + kb["Used"] + kb["Lost"] == kb["Total"] == 7812345
    cached, _, free = (int(size.replace(",", "")) for size in re.findall(r"([\d,]+)K (?:cached pss|cached kernel|free)", out))
    assert free == 812345
    assert kb["Free"] >= cached + free


@pytest.mark.parametrize(("android", "columns"), [("11", 7), ("13", 8)])
def test_memory_of_one(android: str, columns: int) -> None:
    out = dump(opened(Shop, android=android), "meminfo", Shop.package)
    (total,) = re.findall(r"^ +TOTAL(.*)$", out, re.M)
    assert len(total.split()) == columns
    assert ("Rss" in out) == (columns == 8)
    assert dump(boot(), "meminfo", "com.none") == "No process found for: com.none\n"


def test_a_finger_by_words() -> None:
    device = opened(Shop)
    finger = Finger(device)
    for line in ("d 0 0.5 0.06 0.5", "c", "m 0 nothing 0.5 0.5", "d 1 0.9 0.9 0.5", "c", "u 0"):
        finger.take(line.split())
    device.clock.skip(1)
    assert "buy bought" not in device.screen.hierarchy_xml()  # no commit yet
    finger.take(["c"])
    device.clock.skip(1)
    assert "buy bought" in device.screen.hierarchy_xml()


def test_programs_need_their_jar_and_are_refused_otherwise() -> None:
    device = boot()
    words = [f"-Djava.class.path={JAR}", "/data/local/tmp", max_touch.MAIN, "socket", "touch"]
    asked = call(device, "app_process", *words)
    assert asyncio.run(COMMANDS["app_process"](asked)) == 1
    assert f'Didn\'t find class "{max_touch.MAIN}" on path: DexPathList[[zip file "{JAR}"]' in asked.stderr.data.decode()  # type: ignore[attr-defined]
    device.files.write(JAR, b"PK")
    other = call(device, "app_process", words[0], "/data/local/tmp", "com.netease.nie.yosemite.Capture")
    assert asyncio.run(COMMANDS["app_process"](other)) == 127


def test_the_touch_program_listens_while_it_runs() -> None:
    device = opened(Shop)
    device.files.write(JAR, b"PK")
    sent = [b"d 0 0.5 0.06 0.5\nc", b"\nu 0\nc\n", b""]

    class Client:
        async def read(self) -> bytes:
            return sent.pop(0)

        async def write(self, data: bytes) -> None:
            raise AssertionError(data)

    async def use() -> None:
        asked = call(device, "app_process", f"-Djava.class.path={JAR}", "/data/local/tmp", max_touch.MAIN, "socket", "touch")
        program = asyncio.ensure_future(COMMANDS["app_process"](asked))
        await asked.stdout.written.wait()  # type: ignore[attr-defined]
        await device.listeners["localabstract:touch"](Client())
        program.cancel()
        await asyncio.wait({program})

    asyncio.run(use())
    device.clock.skip(1)
    assert "localabstract:touch" not in device.listeners
    assert "buy bought" in device.screen.hierarchy_xml()


def test_turns_are_told_a_line_each() -> None:
    device = opened(Shop)
    device.files.write(JAR, b"PK")

    async def use() -> bytes:
        asked = call(device, "app_process", f"-Djava.class.path={JAR}", "/data/local/tmp", max_touch.ROTATION_WATCHER)
        program = asyncio.ensure_future(COMMANDS["app_process"](asked))
        await asked.stdout.written.wait()  # type: ignore[attr-defined]
        asked.stdout.written.clear()  # type: ignore[attr-defined]
        device.system.display_rotation.freeze(3)
        device.clock.skip(1)
        await asyncio.wait_for(asked.stdout.written.wait(), 120)  # type: ignore[attr-defined]
        program.cancel()
        await asyncio.wait({program})
        return bytes(asked.stdout.data)  # type: ignore[attr-defined]

    assert asyncio.run(use()) == b"0\n270\n"


def asked(path: str, body: str = "") -> bytes:
    return f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def test_kea2s_program_takes_a_step_each_time_it_is_asked() -> None:
    device = boot(Shop)
    device.clock.skip(2)
    device.files.write(JAR, b"PK")
    rpc = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "deviceInfo", "params": []})
    sent = [asked("/init", "{}"), asked("/stepMonkey", "{}"), asked("/jsonrpc/0", rpc), asked("/nothing"), asked("/stopMonkey")]
    answers: list[str] = []

    class Client:
        async def read(self) -> bytes:
            return sent.pop(0) if sent else b""

        async def write(self, data: bytes) -> None:
            answers.append(data.decode())

    async def use() -> tuple[int, str]:
        words = ["/system/bin", fastbot.MAIN, "--agent-u2", "sarsa", "--throttle", "0", "--output-directory", "/sdcard/out"]
        made = call(device, "app_process", *words, "-p", Shop.package, "-v", "-v", env={"CLASSPATH": JAR})
        program = asyncio.ensure_future(COMMANDS["app_process"](made))
        await made.stdout.written.wait()  # type: ignore[attr-defined]
        await device.listeners["tcp:8090"](Client())
        return await program, made.stdout.data.decode()  # type: ignore[attr-defined]

    code, out = asyncio.run(use())
    assert code == 0
    assert "Monkey is over!\n[Fastbot] Total steps: 1\n" in out
    assert [answer.split()[1] for answer in answers] == ["200", "200", "200", "404", "200"]
    assert answers[0].endswith("outputDir:/sdcard/out")
    assert "hierarchy" in json.loads(answers[1].partition("\r\n\r\n")[2])["result"]
    assert json.loads(answers[2].partition("\r\n\r\n")[2])["result"]["displayWidth"] == 1080
    assert device.files.is_dir("/sdcard/out")
    assert "tcp:8090" not in device.listeners
    device.clock.skip(2)
    assert device.system.resumed.component.package == Shop.package


@pytest.mark.parametrize("words", [["-p"], ["-p", Shop.package, "--throttle", "x"], ["-p", Shop.package, "--unheard-of"], []])
def test_what_kea2s_program_does_not_know_is_refused(words: list[str]) -> None:
    device = boot()
    device.files.write(JAR, b"PK")
    made = call(device, "app_process", "/system/bin", fastbot.MAIN, *words, env={"CLASSPATH": JAR})
    assert asyncio.run(asyncio.wait_for(COMMANDS["app_process"](made), 120)) == 127


def test_who_sees_whom() -> None:
    device = opened(Shop)
    device.system.packages[Shop.package].queries = ["com.android.phone", "com.none"]
    out = dump(device, "package", "queries")
    assert f"  queries via package name:\n    {Shop.package}:\n      com.android.phone\n  queries via component:\n" in out
    assert run(boot(android="10"), "dumpsys", "package", "queries")[2] == 127  # apps see all others there


def test_every_dump_has_a_plain_form() -> None:
    device = opened(Shop)
    assert [name for name, dumped in DUMPS.items() if dumped(device, []) is None] == []
