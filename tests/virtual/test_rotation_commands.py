"""wm user-rotation, its settings, and the server's orientation calls."""

import pytest

from device_farm.virtual.agent.device_calls import METHODS
from tests.virtual.device_calls import launch
from tests.virtual.shell_calls import new_device, run


class Server:
    """As much of the agent's server as the calls ask for."""

    def __init__(self) -> None:
        self.device = new_device()
        self.screen = self.device.screen


@pytest.mark.parametrize("command", ["wm", "cmd window"])
def test_user_rotation_locks_frees_and_tells(command: str) -> None:
    device = new_device()
    launch(device, "com.example.shop", 2)
    assert run(device, f"{command} user-rotation").out == "lock 0\n"
    assert run(device, f"{command} user-rotation lock 1").code == 0
    assert device.system.display.rotation == 1
    assert run(device, f"{command} user-rotation").out == "lock 1\n"
    assert run(device, f"{command} user-rotation -d 0 free").code == 0
    assert run(device, f"{command} user-rotation").out == "free\n"
    assert run(device, "settings get system accelerometer_rotation").out == "1\n"


def test_user_rotation_refuses_what_is_none() -> None:
    device = new_device()
    assert run(device, "wm user-rotation lock 4").err == "Error: Rotation argument must be -1 or a valid rotation constant.\n"
    assert run(device, "wm user-rotation sideways").code == 255


def test_the_settings_turn_the_screen() -> None:
    device = new_device()
    launch(device, "com.example.shop", 2)
    run(device, "settings put system user_rotation 3")
    assert device.system.display == (2400, 1080, 3)
    run(device, "settings delete system user_rotation")
    assert device.system.display == (1080, 2400, 0)


def test_the_servers_calls_lock_and_free() -> None:
    server = Server()
    METHODS["setOrientation"](server, "left")
    assert run(server.device, "settings get system user_rotation").out == "1\n"
    METHODS["setOrientation"](server, "sideways")
    METHODS["freezeRotation"](server, False)
    assert run(server.device, "settings get system accelerometer_rotation").out == "1\n"
    METHODS["freezeRotation"](server, True)
    assert run(server.device, "settings get system accelerometer_rotation").out == "0\n"


def test_locksettings_sets_and_tells_the_lock() -> None:
    device = new_device()
    assert run(device, "locksettings get-disabled").out == "true\n"
    assert run(device, "locksettings set-disabled false").out == "Lock screen disabled set to false\n"
    assert run(device, "locksettings set-pin 2580").out == "Pin set to '2580'\n"
    assert run(device, "cmd lock_settings verify --old 1").out == "Old password '1' didn't match\n"
    assert run(device, "locksettings clear --old 2580").out == "Lock credential cleared\n"
    assert run(device, "locksettings set-pin 12").code == 255
