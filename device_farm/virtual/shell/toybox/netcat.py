"""nc, netcat (toybox): one TCP connection on the device itself, made or waited for."""

import asyncio
from collections.abc import Callable

from device_farm.virtual.device import Connection
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.pipes import Pipe
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, parse_options

_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0", "0"})


class _Joined:
    """One end of a connection inside the device: what one side writes the other reads."""

    def __init__(self, incoming: Pipe, outgoing: Pipe) -> None:
        self._incoming, self._outgoing = incoming, outgoing

    async def read(self) -> bytes:
        return await self._incoming.read()

    async def write(self, data: bytes) -> None:
        await self._outgoing.write(data)


async def _netcat(call: Call) -> int:
    """``nc HOST PORT`` and ``nc -l -p PORT``; standard input goes out, what comes in to standard output."""
    options = parse_options(call.args, "ln4", "p")
    if "l" in options.flags:
        if options.rest:
            raise NotModelled
        return await _wait_for_one(call, _port(options.value("p", "0")))
    if len(options.rest) != 2 or "p" in options.values:
        raise UsageProblem("bad argument count" if len(options.rest) != 2 else "bad -p")
    host, port = options.rest
    if host not in _OWN_NAMES:
        raise NotModelled(f"nc {host}: no network beyond the device")
    return await _connect(call, _port(port))


async def _wait_for_one(call: Call, port: int) -> int:
    listeners = call.device.listeners
    name = f"tcp:{port}"
    if name in listeners:
        await call.error("nc: bind: Address already in use")
        return 1
    status: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def take(connection: Connection) -> None:
        listeners.pop(name, None)
        try:
            await _carry(call, connection, until_input_ends=True)
        finally:
            if not status.done():
                status.set_result(0)

    listeners[name] = take
    try:
        return await status
    finally:
        if listeners.get(name) is take:
            del listeners[name]


async def _connect(call: Call, port: int) -> int:
    listener = call.device.listeners.get(f"tcp:{port}")
    if listener is None:
        await call.error("nc: connect: Connection refused")
        return 1
    to_server, to_client = Pipe(), Pipe()

    async def serve() -> None:
        try:
            await listener(_Joined(to_server, to_client))
        except BrokenPipeError:  # nc left first
            pass
        finally:
            to_client.close_writing()
            to_server.close_reading()

    server = asyncio.create_task(serve())
    try:
        await _carry(call, _Joined(to_client, to_server), until_input_ends=False, end_of_input=to_server.close_writing)
        return 0
    finally:
        server.cancel()
        await asyncio.gather(server, return_exceptions=True)


async def _carry(call: Call, connection: Connection, *, until_input_ends: bool, end_of_input: Callable[[], None] | None = None) -> None:
    """Copy both ways until the peer ends.

    ``until_input_ends``: through adbd a half-closed connection is a closed one (sockets.cpp
    local_socket_flush_outgoing).
    """

    async def send() -> None:
        while data := await call.stdin.read():
            await connection.write(data)
        if end_of_input is not None:
            end_of_input()

    async def receive() -> None:
        while data := await connection.read():
            await call.stdout.write(data)

    sending, receiving = asyncio.create_task(send()), asyncio.create_task(receive())
    try:
        await asyncio.wait({sending, receiving} if until_input_ends else {receiving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, receiving):
            task.cancel()
        await asyncio.gather(sending, receiving, return_exceptions=True)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text[:6]) < 65536:
        raise UsageProblem(f"bad port {text}")
    return int(text)


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


COMMANDS: dict[str, Command] = {"nc": _netcat, "netcat": _netcat, "ifconfig": _ifconfig, "ip": _ip}
