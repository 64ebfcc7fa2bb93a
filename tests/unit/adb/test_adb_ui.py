"""The view tree, touches and keys against a stand-in of the uiautomator2 server."""

import atexit
import hashlib
import importlib.resources
import json
import threading

import pytest

from harness.device.adb import open_device
from harness.errors import CommandFailed, DeviceLost, DeviceTimeout

PROLOG = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\r\n"
TREE = PROLOG + '<hierarchy rotation="0"><node text="小店" /></hierarchy>'
EMPTY = PROLOG + '<hierarchy rotation="0" />'


class Agent:
    """Answers HTTP on tcp:9008 of the fake device with its ``results`` in turn.

    A tuple is a Java exception, bytes are sent as they are, None is the death of the server in mid-call.
    """

    def __init__(self, server):
        self.server, self.results, self.calls = server, [], []
        self.alive, self.starts, self.keeps, self.connections = True, 0, True, 0
        jar = (importlib.resources.files("uiautomator2") / "assets" / "u2.jar").read_bytes()
        digest = hashlib.md5(jar).hexdigest().encode()
        server.services["shell:toybox md5sum"] = lambda client, text: client.sendall(digest)
        server.services["shell:CLASSPATH="] = self._start
        server.services["shell,v2:getprop ro.apprights.virtual"] = lambda client, text: client.sendall(b"\x03\x01\x00\x00\x00\x00")
        server.services["tcp:9008"] = self._http

    def _start(self, client, text):
        self.alive, self.starts = True, self.starts + 1
        client.recv(1)

    def _http(self, client, text):
        if not self.alive:
            return
        self.connections += 1
        while self._answer(client):
            pass

    def _answer(self, client):
        """Answer one request of a connection; False when that was the last."""
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := client.recv(4096)):
                return False
            head += more
        if head.startswith(b"GET /ping"):
            self._reply(client, b"pong")
            return True
        head, _, body = head.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        request = json.loads(body + self.server.read(client, length - len(body)))
        self.calls.append((request["method"], request["params"]))
        result = self.results.pop(0)
        if result is None:
            self.alive = False
            return False
        if isinstance(result, bytes):
            self._reply(client, result)
            return True
        if isinstance(result, tuple):
            error = {"code": -32001, "message": result[0], "data": result[1]}
            self._reply(client, json.dumps({"jsonrpc": "2.0", "id": 1, "error": error}).encode())
            return True
        self._reply(client, json.dumps({"jsonrpc": "2.0", "id": 1, "result": result}).encode())
        return self.keeps

    @staticmethod
    def _reply(client, body):
        client.sendall(b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


@pytest.fixture
def agent(server):
    return Agent(server)


@pytest.fixture
def device(server, agent):
    with open_device("S1", port=server.port) as made:
        yield made


def test_tree(agent, device):
    agent.results = [TREE]
    assert "小店" in device.tree()
    assert agent.calls == [("dumpWindowHierarchy", [False, 50])]


def test_an_empty_tree_waits_for_the_next_change(agent, device):
    agent.results = ["", False, EMPTY, True, TREE]
    assert device.tree() == TREE
    assert [method for method, _ in agent.calls][1::2] == ["waitForWindowUpdate"] * 2


@pytest.mark.parametrize(
    ("results", "error", "words"),
    [
        ([EMPTY, False] * 5, DeviceTimeout, "view tree stays empty"),
        ([("java.lang.IllegalStateException", "stack")], CommandFailed, "IllegalStateException"),
        *(([answer], CommandFailed, "dumpWindowHierarchy") for answer in (b"<html>", b"[]", b"{}", b"\xff")),
    ],
)
def test_what_brings_no_tree_is_an_error(agent, device, results, error, words):
    agent.results = results
    with pytest.raises(error, match=words):
        device.tree()


def test_tap_and_press(agent, device):
    agent.results = [True, True]
    device.tap(10, 20)
    device.press("home")
    assert agent.calls == [("click", [10, 20]), ("pressKey", ["home"])]


def test_calls_share_a_connection(agent, device):
    agent.results = [TREE, True, "", TREE]
    device.tree()
    before = agent.connections
    device.tap(1, 1)
    assert device.toast() == ""
    assert device.tree() == TREE
    assert agent.connections == before


def test_a_server_that_hangs_up_after_an_answer_is_called_anew(agent, device):
    agent.keeps = False
    agent.results = [TREE, TREE, TREE]
    assert [device.tree() for _ in range(3)] == [TREE] * 3
    assert agent.starts == 0


def test_a_phone_is_waited_for_until_a_window_changes(agent, device):
    agent.results = [False, "", True]
    assert device.wait_for_change(10, wake=threading.Event()).changed
    assert [method for method, _ in agent.calls] == ["waitForWindowUpdate", "getLastToast", "waitForWindowUpdate"]


def test_a_toast_ends_the_wait_and_is_still_there(agent, device):
    agent.results = [False, "失败", "失败", False]
    device.wait_for_change(10, wake=threading.Event())
    assert device.toast() == "失败"


def test_a_line_of_the_log_ends_the_wait(agent, device):
    wake = threading.Event()
    wake.set()
    assert device.wait_for_change(10, wake=wake).changed
    assert device.wait_for_change(10, wake=wake, windows_only=True).changed
    assert agent.calls == []


def test_swipe_and_text(agent, device):
    agent.results = [True, True]
    device.swipe((540, 1800), (540, 600))
    device.type_text("测试")
    (swipe, points), (typed, (selector, text)) = agent.calls
    assert (swipe, points[:4]) == ("swipe", [540, 1800, 540, 600])
    assert (typed, selector["focused"], text) == ("setText", True, "测试")


def test_text_without_a_focused_field_is_an_error(agent, device):
    agent.results = [False]
    with pytest.raises(CommandFailed, match="no text field has the focus"):
        device.type_text("x")


def test_a_toast_is_told_once_and_forgotten(agent, device):
    agent.results = ["无法使用", False, ""]
    assert device.toast() == "无法使用"
    assert device.toast() == ""
    assert [method for method, _ in agent.calls] == ["getLastToast", "clearLastToast", "getLastToast"]


def test_a_server_without_toasts_tells_of_none(agent, device):
    agent.results = [("java.lang.NoSuchMethodException", "stack")]
    assert device.toast() == ""


def test_what_the_device_refuses_is_an_error(agent, device):
    agent.results = [False, False]
    with pytest.raises(CommandFailed, match="tap -1 -1"):
        device.tap(-1, -1)
    with pytest.raises(CommandFailed, match="does not know this key"):
        device.press("any")


def test_reading_is_tried_again_when_the_server_dies_during_it(agent, device):
    agent.results = [None, TREE]
    assert device.tree() == TREE
    assert agent.starts == 1


def test_a_touch_is_not_done_twice_when_the_server_dies_during_it(agent, device):
    agent.results = [True, None, True]
    device.tap(1, 1)
    with pytest.raises(DeviceLost, match="went away during 'click'"):
        device.tap(2, 2)
    assert [method for method, _ in agent.calls] == ["click", "click"]


def test_a_silent_server_is_a_timeout(server, agent, device, monkeypatch):
    for module in ("adb_link", "adb_ui"):
        monkeypatch.setattr(f"harness.device.{module}.CALL_SECONDS", 0.2)
    released = threading.Event()
    agent.results, agent.keeps = [TREE], False
    device.tree()
    server.services["tcp:9008"] = lambda client, text: released.wait(120)
    with pytest.raises(DeviceTimeout, match="dumpWindowHierarchy"):
        device.tree()
    released.set()


def test_ui_automation_held_by_another_tool(server, agent, device):
    agent.alive = False
    server.services["shell:CLASSPATH="] = lambda client, text: (
        client.sendall(b"java.lang.IllegalStateException: UiAutomationService already registered!\n"),
        client.recv(1),
    )
    with pytest.raises(DeviceTimeout, match="another tool holds the UI automation"):
        device.tree()


def test_close_leaves_nothing_registered(agent, device, monkeypatch):
    gone = []
    monkeypatch.setattr(atexit, "unregister", gone.append)
    agent.results = [TREE]
    device.tree()
    device.close()
    assert [function.__name__ for function in gone] == ["stop_uiautomator"]
