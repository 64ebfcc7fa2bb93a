"""The settings that turn the screen, and the server's orientation calls."""

from __future__ import annotations

from device_farm.virtual.agent.device_calls import METHODS
from tests.virtual.shell_calls import new_device, run


class Server:
    """As much of the agent's server as the calls ask for."""

    def __init__(self) -> None:
        self.device = new_device()
        self.screen = self.device.screen


def test_the_settings_turn_the_screen() -> None:
    device = new_device()
    component = device.system.launcher_component("com.example.shop")
    assert component is not None
    device.system.start_activity(device.system.package_manager.launch_intent(component), uid=2000, package=None)
    device.clock.skip(2)
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
