"""``apprights virtual``: start virtual devices; ``apprights virtual ctl``: make trouble for one, or ask it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from functools import partial
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from device_farm.virtual import control
from device_farm.virtual.adbd.daemon import EMULATOR_PORTS
from device_farm.virtual.parent import watch_parent
from device_farm.virtual.server import PortTaken, VirtualServer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from device_farm.virtual.device import VirtualDevice


MOST_DEVICES, LAST_PORT = 500, 65535

app = typer.Typer(
    help="虚拟安卓设备 / virtual Android devices for adb connect",
    invoke_without_command=True,
    no_args_is_help=False,
    add_completion=False,
)


@app.callback()
def virtual(
    context: typer.Context,
    android: Annotated[str, typer.Option(help="Android 版本 / version")] = "13",
    rom: Annotated[str, typer.Option(help="系统 / ROM family")] = "aosp",
    language: Annotated[str, typer.Option(help="zh / en")] = "zh",
    app_file: Annotated[list[Path] | None, typer.Option("--app", help="应用文件 / app file, may be repeated")] = None,
    port: Annotated[int, typer.Option(help="0: 任意空闲端口 / any free port")] = 0,
    devices: Annotated[int, typer.Option(help="设备数 / how many devices")] = 1,
    facts: Annotated[Path | None, typer.Option(help="结束时写出用到的事实 / write the facts used here at the end")] = None,
    with_parent: Annotated[bool, typer.Option("--with-parent", hidden=True, help="End when standard input ends.")] = False,
) -> None:
    """Start devices; one line 127.0.0.1:PORT each, once it accepts connections. Ends on SIGTERM or Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    _check_ports(port, devices)
    makers = _makers(android, rom, language, app_file or [], devices)
    try:
        asyncio.run(_serve(makers, port, facts, with_parent=with_parent))
    except PortTaken as error:
        _refuse(f"--port {error.port} is in use: another port, or 0 for any free one")
    except (OSError, ValueError) as error:
        _refuse(str(error))


@app.command()
def ctl(
    serial: Annotated[str, typer.Argument(help="127.0.0.1:PORT")],
    request: Annotated[
        list[str] | None,
        typer.Argument(help="fault NAME [ARGUMENTS | off] | option [NAME on|off] | truth | facts | unmodelled | sensor ... | touch ..."),
    ] = None,
) -> None:
    """Switch a fault of a running virtual device on or off, or print as JSON lines what it knows of itself.

    ``option``: what a tester switches on a phone of this ROM before ADB may do its work, and how it stands.

    ``truth``: what really happened. ``facts``: which facts about Android and the ROM it used, which of them are only
    assumed. ``unmodelled``: the commands it refused. ``touch``: what a person's hand does, ``X Y``, ``X Y TO_X TO_Y``
    or a key.
    """
    _utf8()
    try:
        for entry in control.ask(serial, request or []):
            typer.echo(json.dumps(entry, ensure_ascii=False))
    except control.Unreachable as error:
        _refuse(str(error), code=3)
    except control.ControlError as error:
        _refuse(str(error))


@app.command()
def facts(
    android: Annotated[str | None, typer.Option(help="只列出该安卓版本 / only of this Android version")] = None,
    rom: Annotated[str | None, typer.Option(help="只列出该系统 / only of this ROM family")] = None,
) -> None:
    """Print every fact about Android and the ROMs that virtual devices use, with its value and where it comes from."""
    from device_farm.virtual.roms.fact_list import fact_list
    from device_farm.virtual.roms.pairs import sold_pairs

    _utf8()
    pairs = [pair for pair in sold_pairs() if android in (None, pair.android) and rom in (None, pair.rom)]
    if not pairs:
        _refuse(f"no phone was sold with --android {android or 'any'} and --rom {rom or 'any'}: docs/virtual-device.md has the pairs")
    typer.echo(fact_list(pairs), nl=False)


def _check_ports(port: int, devices: int) -> None:
    """Refuse what no port is free for whatever else runs, with the choices."""
    if not 1 <= devices <= MOST_DEVICES:
        _refuse(f"--devices {devices}: 1 to {MOST_DEVICES}")
    if not 0 <= port <= LAST_PORT - devices + 1:
        _refuse(f"--port {port}: 1 to {LAST_PORT - devices + 1} for {devices} device(s), or 0 for any free one")
    if port and not set(EMULATOR_PORTS).isdisjoint(range(port, port + devices)):
        taken = f"{EMULATOR_PORTS[0]} to {EMULATOR_PORTS[-1]}"
        _refuse(f"--port {port}: adb takes what listens on {taken} for an emulator: another port, or 0 for any free one")


def _makers(android: str, rom: str, language: str, files: Sequence[Path], devices: int) -> list[Callable[[], VirtualDevice]]:
    # imported here so that ctl starts at once: the device brings fonts, pixels and app code along
    from device_farm.virtual.app_file import AppFileError, load_app_file
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.spec import Spec

    if language not in {"zh", "en"}:
        _refuse(f"--language {language}: zh / en")
    try:
        apps = tuple(each for path in files for each in reversed(load_app_file(path)))  # the one under test last
    except AppFileError as error:
        _refuse(str(error))
    specs = [
        Spec(android=android, rom=rom, language=language, serial=f"VIRTUAL{number:04d}", apps=apps) for number in range(1, devices + 1)
    ]
    return [partial(VirtualDevice, spec) for spec in specs]


async def _serve(makers: Sequence[Callable[[], VirtualDevice]], port: int, facts: Path | None, *, with_parent: bool) -> None:
    loop, end = asyncio.get_running_loop(), asyncio.Event()

    def finish() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it has ended already
            loop.call_soon_threadsafe(end.set)

    for number in (signal.SIGTERM, signal.SIGINT):  # add_signal_handler is not there on Windows
        signal.signal(number, lambda *_: finish())
    if with_parent:
        watch_parent(finish)
    server = VirtualServer(makers)
    try:
        for address in await server.start(port):
            sys.stdout.write(address + "\n")
        sys.stdout.flush()
        await end.wait()
        if facts is not None:
            lines = [{"serial": name, **line} for name, device in server.devices() for line in control.facts(device)]
            facts.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    finally:
        await server.stop()


def _utf8() -> None:
    """Print Chinese on a console of any code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _refuse(text: str, code: int = 2) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(code)
