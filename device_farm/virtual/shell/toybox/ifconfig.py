"""ifconfig, ip, ping, netstat: what a client reads of the network (toybox; iproute2 for ip)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.toybox.toybox_options import NotModelled

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command

ADDRESS, BROADCAST, MAC = "192.168.1.57", "192.168.1.255", "02:00:00:44:55:66"
_IFCONFIG = {
    "lo": (
        "lo        Link encap:Local Loopback  \n"
        "          inet addr:127.0.0.1  Mask:255.0.0.0 \n"
        "          inet6 addr: ::1/128 Scope: Host\n"
        "          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n"
    ),
    "wlan0": (
        f"wlan0     Link encap:Ethernet  HWaddr {MAC}\n"
        f"          inet addr:{ADDRESS}  Bcast:{BROADCAST}  Mask:255.255.255.0 \n"
        "          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n"
    ),
}
_IP = {
    "lo": (
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n"
        "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
        "    inet 127.0.0.1/8 scope host lo\n"
        "       valid_lft forever preferred_lft forever\n"
    ),
    "wlan0": (
        "23: wlan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 3000\n"
        f"    link/ether {MAC} brd ff:ff:ff:ff:ff:ff\n"
        f"    inet {ADDRESS}/24 brd {BROADCAST} scope global wlan0\n"
        "       valid_lft forever preferred_lft forever\n"
    ),
}


async def _ifconfig(call: Call) -> int:
    names = [argument for argument in call.args if argument != "-a"]
    if len(names) > 1:
        raise NotModelled
    if names and names[0] not in _IFCONFIG:
        await call.error(f"ifconfig: {names[0]}: No such device")
        return 1
    await call.print("\n".join(_IFCONFIG[name] for name in names or _IFCONFIG))
    return 0


async def _ip(call: Call) -> int:
    """``ip [-4] addr [show [dev] NAME]`` and ``ip route``."""
    words = [word for word in call.args if word not in {"-4", "-f", "inet", "show", "list", "dev"}]
    if words[:1] and words[0] in {"addr", "a", "address"} and len(words) <= 2:
        if len(words) == 2 and words[1] not in _IP:
            await call.error(f'Device "{words[1]}" does not exist.')
            return 1
        await call.print("".join(_IP[name] for name in words[1:] or _IP), end="")
        return 0
    if words in (["route"], ["r"]):
        await call.print(f"192.168.1.0/24 dev wlan0 proto kernel scope link src {ADDRESS} ")
        return 0
    raise NotModelled


COMMANDS: dict[str, Command] = {"ifconfig": _ifconfig, "ip": _ip}
