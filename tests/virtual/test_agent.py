"""The uiautomator2 server over its HTTP interface, on a real socket."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from inspect import Parameter, Signature, signature
from typing import Any

import pytest
from PIL import Image as Pictures

from device_farm.virtual.agent.java_programs import COMMANDS
from device_farm.virtual.framework.records.system_records import Window, WindowKind
from device_farm.virtual.screen.dialogs import app_dialog, toast
from device_farm.virtual.shell.call import Call
from device_farm.virtual.vocabulary.widgets import Button, Column, EditText, Scroll, Switch, Text
from tests.virtual.device_calls import Collected
from tests.virtual.screen_stand_in import DENY, Heard, StandInDevice, app_window, bars, dialog_window

DEADLINE = 120.0
JAR = "/data/local/tmp/u2.jar"


class Jar:
    """Files in which only the jar exists."""

    def exists(self, path: str) -> bool:
        return path == JAR


class SocketConnection:
    """A device Connection over a host socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def read(self) -> bytes:
        return await self.reader.read(7)  # small on purpose: requests come in pieces

    async def write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


def start_call(device: StandInDevice, out: Collected, *args: str) -> Call:
    words = list(args) or ["/", "com.wetest.uia2.Main", "-p", "9008"]
    return Call(device, "app_process", words, None, out, out, env={"CLASSPATH": JAR})  # type: ignore[arg-type]


@asynccontextmanager
async def running(device: StandInDevice) -> AsyncIterator[tuple[Client, Collected, asyncio.Task[int]]]:
    """The server started as a client starts it, and a client of it."""
    device.files = Jar()
    out = Collected()
    process = asyncio.ensure_future(COMMANDS["app_process"](start_call(device, out)))
    await until(lambda: b"listening" in out.data)

    accepted: set[asyncio.Task[Any]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.add(asyncio.current_task())  # type: ignore[arg-type]
        listener = device.listeners.get("tcp:9008")
        if listener is not None:
            await listener(SocketConnection(reader, writer))
        await close(writer)

    host = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield Client(host.sockets[0].getsockname()[1]), out, process
    finally:
        process.cancel()
        await asyncio.wait({process}, timeout=DEADLINE)
        host.close()
        if accepted:
            await asyncio.wait(accepted, timeout=DEADLINE)


async def close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def until(condition: Any) -> None:
    async with asyncio.timeout(DEADLINE):
        while not condition():
            await asyncio.sleep(0)


class Client:
    """Sends what uiautomator2 sends: header and body apart, one request a connection."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def http(self, method: str, path: str, body: bytes = b"") -> tuple[str, dict[str, str], bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost:9008\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()
        writer.write(body)
        writer.write_eof()
        async with asyncio.timeout(DEADLINE):
            answer = await reader.read()
        await close(writer)
        top, _, content = answer.partition(b"\r\n\r\n")
        lines = top.decode().split("\r\n")
        return lines[0], dict(line.split(": ", 1) for line in lines[1:]), content

    async def send(self, data: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(data)
        answer = await reader.read()
        await close(writer)
        return answer

    async def rpc(self, method: str, *params: Any) -> dict[str, Any]:
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params) or {}}
        _status, _headers, body = await self.http("POST", "/jsonrpc/0", json.dumps(call).encode())
        reply: dict[str, Any] = json.loads(body)
        assert (reply["jsonrpc"], reply["id"]) == ("2.0", 1)
        return reply

    async def result(self, method: str, *params: Any) -> Any:
        reply = await self.rpc(method, *params)
        assert "error" not in reply, reply
        return reply["result"]


def text(value: str) -> dict[str, Any]:
    return {"mask": 1, "childOrSibling": [], "childOrSiblingSelector": [], "text": value}


@pytest.fixture
def device() -> StandInDevice:
    device = StandInDevice()
    shop = app_window(Column(Text("小店"), Button("附近门店", id="nearby"), EditText("搜索", id="query")))
    device.system.windows = [shop, *bars()]
    return device


def run(scenario: Any) -> None:
    asyncio.run(scenario)


def served(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test beside a running server: ``client``, ``out`` and ``process`` are of that one."""
    asked = signature(test).parameters

    def beside(device: StandInDevice, **given: Any) -> None:
        async def scenario() -> None:
            async with running(device) as (client, out, process):
                there = {"device": device, "client": client, "out": out, "process": process, **given}
                await test(**{name: there[name] for name in asked})

        asyncio.run(scenario())

    kept = [each for name, each in asked.items() if name not in ("device", "client", "out", "process")]
    beside.__signature__ = Signature(
        [Parameter("device", Parameter.KEYWORD_ONLY), *(each.replace(kind=Parameter.KEYWORD_ONLY) for each in kept)]
    )  # type: ignore[attr-defined]
    return beside


@served
async def test_starts_with_its_banner_and_answers_ping_until_cancelled(
    device: StandInDevice, client: Client, out: Collected, process: asyncio.Task[int]
) -> None:
    status, headers, body = await client.http("GET", "/ping")
    assert (status, body) == ("HTTP/1.1 200 OK ", b"pong")
    assert headers["Connection"] == "keep-alive"
    assert b"[server] INFO: http server listening on *:9008\n" in out.data
    process.cancel()
    await asyncio.wait({process})
    assert device.listeners == {}


@pytest.mark.parametrize("port", ["0", "x", "70000", "-1"])
def test_a_bad_port_is_refused(device: StandInDevice, port: str) -> None:
    async def scenario() -> None:
        device.files, out = Jar(), Collected()
        assert await COMMANDS["app_process"](start_call(device, out, "/", "com.wetest.uia2.Main", "-p", port)) == 1
        assert out.data == f"Invalid port: {port}\n".encode()

    run(scenario())


def test_a_second_server_is_refused(device: StandInDevice) -> None:
    async def scenario() -> None:
        async with running(device):
            out = Collected()
            assert await COMMANDS["app_process"](start_call(device, out)) == 1
            assert b"already registered" in out.data

    run(scenario())


@served
async def test_other_paths_stop_and_screenshot(device: StandInDevice, client: Client, process: asyncio.Task[int]) -> None:
    status, _headers, body = await client.http("GET", "/nowhere")
    assert (status, body) == ("HTTP/1.1 404 Not Found ", b"Not Found!!!")
    _status, headers, body = await client.http("GET", "/screenshot/0?scale=1&quality=80")
    assert headers["Content-Type"] == "image/png"
    size, _, rest = body.partition(b"\r\n")
    assert Pictures.open(io.BytesIO(rest[: int(size, 16)])).size == (1080, 2400)
    assert (await client.http("GET", "/stop"))[2] == b"Server stopped!!!"
    assert await process == 0
    assert device.listeners == {}


@served
async def test_what_is_no_http_gets_400_and_a_huge_body_413(client: Client) -> None:
    assert (await client.send(b"hello\r\n\r\n")).startswith(b"HTTP/1.1 400 ")
    huge = b"POST /jsonrpc/0 HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n"
    assert (await client.send(huge)).startswith(b"HTTP/1.1 413 ")
    assert (await client.http("GET", "/ping"))[2] == b"pong"


@served
async def test_device_info_has_the_names_of_the_server(client: Client) -> None:
    assert await client.result("deviceInfo") == {
        "currentPackageName": "com.example.shop", "displayHeight": 2400, "displayRotation": 0, "displaySizeDpX": 411,
        "displaySizeDpY": 914, "displayWidth": 1080, "productName": "virtual", "screenOn": True, "sdkInt": 33, "naturalOrientation": True,
    }  # fmt: skip


@served
async def test_find_and_click_by_text(device: StandInDevice, client: Client) -> None:
    assert await client.result("waitForExists", text("附近门店"), 20000) is True
    info = await client.result("objInfo", text("附近门店"))
    assert info["className"] == "android.widget.Button"
    assert info["resourceName"] == "com.example.shop:id/nearby"
    assert info["bounds"] == info["visibleBounds"]
    x = (info["bounds"]["left"] + info["bounds"]["right"]) / 2
    y = (info["bounds"]["top"] + info["bounds"]["bottom"]) / 2
    assert await client.result("click", x, y) is True
    assert ("click", "nearby") in device.system.windows[0].handler.calls  # type: ignore[union-attr]
    assert await client.result("click", -1, 5) is False


@served
async def test_the_deny_button_of_the_permission_dialog(device: StandInDevice, client: Client) -> None:
    heard = Heard()
    device.system.windows.insert(1, dialog_window(device, heard))
    deny = {"mask": 0x200000, "resourceId": f"com.android.permissioncontroller:id/{DENY}"}
    assert (await client.result("objInfo", deny))["text"] == "不允许"
    assert await client.result("exist", text("附近门店")) is False  # under a modal window
    assert await client.result("click", deny) is True
    assert heard.calls[-1] == ("click", DENY)


@served
async def test_the_dump_is_what_the_client_expects(device: StandInDevice, client: Client, out: Collected) -> None:
    device.system.windows[0].root = Column(Text('<b>&"\x01'), Scroll(*[Text(f"第{n}行") for n in range(40)]))
    xml = await client.result("dumpWindowHierarchy", False, 50)
    prolog = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    assert xml.startswith(prolog + '\r\n<hierarchy rotation="0">')
    root = ET.fromstring(xml.encode())
    assert {node.get("package") for node in root} == {"com.example.shop", "com.android.systemui"}
    names = list(next(root.iter("node")).attrib)
    assert names[0] == "index"
    assert names[-6:] == ["selected", "visible-to-user", "bounds", "drawing-order", "hint", "display-id"]
    shown = [node.get("text") for node in root.iter("node")]
    assert '<b>&".' in shown
    assert "第0行" in shown
    assert "第39行" not in shown  # scrolled out of sight
    assert len(await client.result("dumpWindowHierarchy", True, 50)) < len(xml)
    shallow = await client.result("dumpWindowHierarchy", False, 2, True)
    assert "第0行" not in shallow
    assert "com.android.systemui" not in shallow


@served
async def test_errors_carry_java_names(client: Client) -> None:
    assert (await client.rpc("objInfo", text("NOPE")))["error"] == {
        "code": -32001,
        "message": "androidx.test.uiautomator.UiObjectNotFoundException",
        "data": "UiSelector[TEXT=NOPE]",
    }
    assert (await client.rpc("makeToast", "x", 1500.0))["error"]["code"] == -32601
    assert (await client.rpc("exist", {"mask": 1}))["error"]["code"] == -32602
    assert (await client.rpc("exist"))["error"]["code"] == -32602
    bad = {"mask": 4, "textMatches": "("}
    assert (await client.rpc("exist", bad))["error"]["message"] == "java.util.regex.PatternSyntaxException"
    assert b"-32700" in (await client.http("POST", "/jsonrpc/0", b"[" * 100_000))[2]


@served
async def test_a_wait_wakes_when_the_window_comes_and_serves_others_meanwhile(device: StandInDevice, client: Client) -> None:
    wait = asyncio.ensure_future(client.result("waitForExists", text("取消"), 8000))
    assert await client.result("ping") == "pong"
    assert not wait.done()
    dialog = app_window(app_dialog("", "m", ("好", "取消")), kind=WindowKind.APPLICATION, gravity="center")
    device.system.windows.insert(1, dialog)
    assert await wait is True
    assert await client.result("waitUntilGone", text("取消"), 0) is False


@served
async def test_a_wait_ends_with_device_time(device: StandInDevice, client: Client) -> None:
    wait = asyncio.ensure_future(client.result("waitForExists", text("x"), 3_600_000))
    assert await client.result("ping") == "pong"
    device.clock.skip(3600)
    assert await wait is False


@pytest.mark.parametrize(
    ("method", "params", "seconds"),
    [
        ("swipe", (540, 1200, 540, 600, 400), 2.0),
        ("drag", (540, 1200, 540, 600, 400), 2.5),
        ("swipePoints", ([540, 1200, 540, 900, 540, 600], 200), 2.0),
        ("click", (540, 1200, 3000), 3.0),
        ("pinchIn", ({"mask": 0}, 100, 600), 3.0),
    ],
)
@served
async def test_a_gesture_takes_its_time_and_serves_others_meanwhile(
    device: StandInDevice, method: str, params: tuple[Any, ...], seconds: float, client: Client
) -> None:
    began = device.clock.uptime
    gesture = asyncio.ensure_future(client.result(method, *params))
    while device.clock.next_due() is None:
        assert await client.result("ping") == "pong"
    due = device.clock.next_due()
    assert due is not None
    assert seconds <= due - began < seconds + 0.5
    device.clock.skip(seconds)
    assert await gesture is True


@served
async def test_a_search_waits_for_the_activity_that_is_on_its_way(device: StandInDevice, client: Client) -> None:
    resumed, device.system.resumed = device.system.resumed, None
    there = asyncio.ensure_future(client.result("exist", text("小店")))
    assert await client.result("deviceInfo")
    assert not there.done()
    device.system.resumed = resumed
    assert await there is True


@served
async def test_typing_goes_through_the_clipboard(device: StandInDevice, client: Client) -> None:
    heard = device.system.windows[0].handler
    assert await client.result("click", {"mask": 0x10, "className": "android.widget.EditText"}) is True
    await client.result("setClipboard", None, "奶茶")
    assert await client.result("getClipboard") == "奶茶"
    await client.result("pasteClipboard")
    assert heard.calls[-1] == ("text", "query", "奶茶")  # type: ignore[union-attr]
    assert await client.result("getText", {"mask": 0x20000, "focused": True}) == "奶茶"
    await client.result("clearInputText")
    assert heard.calls[-1] == ("text", "query", "")  # type: ignore[union-attr]


@served
async def test_the_last_toast_is_remembered_until_cleared(device: StandInDevice, client: Client) -> None:
    assert await client.result("getLastToast") is None
    window = Window("Toast", "com.example.shop", 10123, WindowKind.TOAST, toast("附近暂无门店"), None)
    device.system.windows.append(window)
    device.screen.tree()
    device.system.windows.remove(window)
    assert await client.result("getLastToast") == "附近暂无门店"
    await client.result("clearLastToast")
    assert await client.result("getLastToast") is None


@served
async def test_a_picture_is_a_jpeg_of_the_screen(client: Client) -> None:
    picture = Pictures.open(io.BytesIO(base64.b64decode(await client.result("takeScreenshot", 1, 80))))
    assert (picture.format, picture.size) == ("JPEG", (1080, 2400))


@served
async def test_scrolling_gestures_move_the_list_and_tell_the_end(device: StandInDevice, client: Client) -> None:
    device.system.windows[0].root = Column(Scroll(*[Button(f"第{n}行") for n in range(40)]), Switch("开关", id="s"))
    scrollable = {"mask": 0x4000, "scrollable": True}
    assert await client.result("exist", text("第39行")) is False
    assert await client.result("scrollForward", scrollable, True, 55) is True
    assert await client.result("scrollToEnd", scrollable, True, 500, 55) is True
    assert await client.result("scrollForward", scrollable, True, 55) is False
    assert await client.result("exist", text("第39行")) is True
    assert await client.result("scrollTo", scrollable, text("第1行"), True) is True
    button = {"mask": 16, "className": "android.widget.Button"}
    handle = await client.result("childByText", scrollable, button, "第2行")
    assert await client.result("getText", handle) == "第2行"
    await client.result("injectInputEvent", 0, 540, 2200, 0)
    await client.result("injectInputEvent", 1, 540, 2200, 0)
    assert device.system.windows[0].handler.calls[-1] == ("switch", "s", True)  # type: ignore[union-attr]


@served
async def test_keys_and_the_display(device: StandInDevice, client: Client) -> None:
    assert await client.result("pressKey", "home") is True
    assert await client.result("pressKeyCode", 4, 1) is True
    assert await client.result("pressKey", "nonsense") is False
    assert device.system.keys == ["home", "back"]
    await client.result("sleep")
    assert await client.result("isScreenOn") is False
    assert device.screen.image().getextrema() == ((0, 0), (0, 0), (0, 0))
    await client.result("wakeUp")
    assert await client.result("isScreenOn") is True


@served
async def test_watchers_run_when_told(device: StandInDevice, client: Client) -> None:
    await client.result("registerClickUiObjectWatcher", "w", [text("小店")], text("附近门店"))
    assert await client.result("hasAnyWatcherTriggered") is False
    await client.result("runWatchers")
    assert await client.result("hasWatcherTriggered", "w") is True
    assert ("click", "nearby") in device.system.windows[0].handler.calls  # type: ignore[union-attr]


@served
async def test_a_handle_lives_a_minute(device: StandInDevice, client: Client) -> None:
    handle = await client.result("getUiObject", text("小店"))
    assert await client.result("exist", handle) is True
    device.clock.skip(61)
    assert "not found!" in (await client.rpc("exist", handle))["error"]["data"]


@served
async def test_what_is_not_modelled_is_refused_by_name(device: StandInDevice, client: Client) -> None:
    error = (await client.rpc("executeShellCommand", "ls", 1000))["error"]
    assert error["message"] == "java.lang.UnsupportedOperationException"
    assert device.unmodelled == {"uiautomator2 executeShellCommand ls"}


def test_fault_not_connected_lasts_until_the_server_is_started_again(device: StandInDevice) -> None:
    async def scenario() -> None:
        async with running(device) as (client, _out, _process):
            device.faults.active.add("uiautomation-not-connected")
            for _ in range(2):
                assert "UiAutomation not connected" in json.dumps(await client.rpc("deviceInfo"))
        async with running(device) as (client, _out, _process):
            assert await client.result("exist", text("小店")) is True

    run(scenario())


@served
async def test_fault_empty_dump(device: StandInDevice, client: Client) -> None:
    device.faults.active.add("empty-dump")
    assert await client.result("dumpWindowHierarchy", False, 50) == '<hierarchy rotation="0" />'
    device.faults.active.discard("empty-dump")
    assert "小店" in await client.result("dumpWindowHierarchy", False, 50)


@served
async def test_fault_server_dies_closes_its_port_and_its_connections(
    device: StandInDevice, client: Client, process: asyncio.Task[int]
) -> None:
    wait = asyncio.ensure_future(client.result("waitForExists", text("x"), 60000))
    assert await client.result("ping") == "pong"
    device.faults.kill_server()
    assert await process == 0
    assert device.listeners == {}
    assert device.faults.active == set()
    with pytest.raises(json.JSONDecodeError, match="Expecting value"):  # no answer: the socket was closed
        await wait
