"""How adb reaches a device, and whether it does so again after a reboot."""

from harness.device.protocol import Device


def over_network(serial: str) -> bool:
    """Whether adb reaches the device by an address that is not this machine's own."""
    host, colon, port = serial.rpartition(":")
    return bool(colon) and port.isdigit() and host not in ("127.0.0.1", "localhost", "[::1]")


def lost_by_reboot(device: Device) -> bool:
    """Whether adb does not come back by itself after a reboot: over the network, unless the phone always listens.

    adbd reads ``persist.adb.tcp.port`` at each start, as cloud phones have it; what ``adb tcpip`` sets is gone with the
    boot, and wireless debugging switches itself off (packages/modules/adb daemon/main.cpp; AdbDebuggingManager).
    """
    if not over_network(device.serial):
        return False
    return device.shell(["getprop", "persist.adb.tcp.port"]).stdout.strip() in ("", "0", "-1")
