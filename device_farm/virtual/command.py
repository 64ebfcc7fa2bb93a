"""``apprights virtual``: start virtual devices; ``apprights virtual ctl``: make trouble for one, or ask it."""

import asyncio
import contextlib
import json
import re
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from device_farm.virtual import control_port
from device_farm.virtual.adbd.daemon import EMULATOR_PORTS
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import PortTaken, VirtualServer
from device_farm.virtual.parent_process import watch_parent
from harness import console
from harness.commands.completion import one_of
from harness.commands.lazy import Paged, PagedGroup
from harness.errors import FormatError, ScenarioError
from harness.language import LANGUAGES, Text, _
from harness.operating_system import STOP_SIGNALS

MOST_DEVICES, LAST_PORT = 500, 65535

app = typer.Typer(cls=PagedGroup, invoke_without_command=True, no_args_is_help=False, add_completion=False)


@app.callback()
def virtual(
    context: typer.Context,
    android: Annotated[str, typer.Option(metavar="N", help=_("Android version"))] = "13",
    rom: Annotated[str, typer.Option(metavar="ROM", help=_("ROM family"))] = "aosp",
    language: Annotated[str, typer.Option(metavar="zh|en", autocompletion=one_of(LANGUAGES), help=_("language of the device"))] = "zh",
    app_file: Annotated[list[Path] | None, typer.Option("--app", metavar="FILE", help=_("app file; repeatable"))] = None,
    recorded: Annotated[list[Path] | None, typer.Option("--recorded", metavar="FOLDER", help=_("recording of an app; repeatable"))] = None,
    port: Annotated[int, typer.Option(metavar="N", help=_("port of the first device; 0: any that is free"))] = 0,
    serial: Annotated[str, typer.Option(metavar="TEXT", help=_("serial number of them all, as phones of one batch may have"))] = "",
    fault: Annotated[list[str] | None, typer.Option(metavar="TEXT", help=_("fault that they have from the start; repeatable"))] = None,
    devices: Annotated[int, typer.Option(metavar="N", help=_("how many devices"))] = 1,
    facts: Annotated[Path | None, typer.Option(metavar="FILE", help=_("write at the end which facts about Android were used"))] = None,
    show: Annotated[bool, typer.Option("--show", help=_("print the app files whole, a twin as the app that it makes, and end"))] = False,
    with_parent: Annotated[bool, typer.Option("--with-parent", hidden=True, help=_("end when standard input ends"))] = False,
) -> None:
    """Start devices; one line 127.0.0.1:PORT each, once it accepts connections. Ends on SIGTERM or Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    if show:
        _show(app_file or [])
        return
    _check_ports(port, devices)
    if not re.fullmatch(r"[ -~]{0,91}", serial):
        raise ScenarioError(_("--serial {serial}: up to {most} printable letters", serial=ascii(serial)[:80], most=91))
    makers = _makers(android, rom, language, [*(app_file or []), *(recorded or [])], devices, serial)
    try:
        asyncio.run(_serve(makers, port, facts, fault or [], with_parent=with_parent))
    except PortTaken as error:
        raise ScenarioError(_("--port {port} is in use: another port, or 0 for any free one", port=error.port)) from None
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise ScenarioError(Text("{problem}", {"problem": error})) from None


@app.command(cls=Paged)
def ctl(
    serial: Annotated[str, typer.Argument(metavar="127.0.0.1:PORT", help=_("where the device is, as apprights virtual printed it"))],
    request: Annotated[list[str] | None, typer.Argument(metavar="REQUEST", help=_("what is asked of it, in words"))] = None,
) -> None:
    """Switch a fault of a running virtual device on or off, or print as JSON lines what it knows of itself."""
    try:
        for entry in control_port.ask(serial, request or []):
            console.print_json(entry)
    except control_port.Unreachable as error:
        raise FormatError(Text("{problem}", {"problem": error})) from None
    except control_port.ControlError as error:
        raise ScenarioError(Text("{problem}", {"problem": error})) from None


@app.command(cls=Paged)
def facts(
    android: Annotated[str | None, typer.Option(metavar="N", help=_("only of this Android version"))] = None,
    rom: Annotated[str | None, typer.Option(metavar="ROM", help=_("only of this ROM family"))] = None,
) -> None:
    """Print every fact about Android and the ROMs that virtual devices use, with its value and where it comes from."""
    from device_farm.virtual.roms.fact_list import fact_list
    from device_farm.virtual.roms.sold_pairs import sold_pairs

    pairs = [pair for pair in sold_pairs() if android in (None, pair.android) and rom in (None, pair.rom)]
    if not pairs:
        wanted = " ".join(word for word in (android and f"--android {android[:40]}", rom and f"--rom {rom[:40]}") if word)
        raise ScenarioError(_("no phone was sold with {wanted}: docs/virtual-device.md has the pairs", wanted=wanted))
    typer.echo(fact_list(pairs), nl=False)


def _show(files: Sequence[Path]) -> None:
    """Print what runs of each file, once it is known that it does run."""
    from device_farm.virtual.app_file import AppFileError, load_app_file
    from device_farm.virtual.vocabulary.twin import read_source

    if not files:
        raise ScenarioError(_("--show prints app files: name one with {option}", option="--app FILE"))
    try:
        for path in files:
            load_app_file(path)
            typer.echo(console.printable(read_source(path).text), nl=False)
    except AppFileError as error:
        raise ScenarioError(Text("{problem}", {"problem": error})) from None


def _check_ports(port: int, devices: int) -> None:
    """Refuse what no port is free for whatever else runs, with the choices."""
    if not 1 <= devices <= MOST_DEVICES:
        raise ScenarioError(_("--devices {count}: 1 to {most}", count=devices, most=MOST_DEVICES))
    if not 0 <= port <= LAST_PORT - devices + 1:
        last = LAST_PORT - devices + 1
        raise ScenarioError(_("--port {port}: 1 to {last} for {count} devices, or 0 for any free one", port=port, last=last, count=devices))
    if port and not set(EMULATOR_PORTS).isdisjoint(range(port, port + devices)):
        first, last = EMULATOR_PORTS[0], EMULATOR_PORTS[-1]
        raise ScenarioError(
            _(
                "--port {port}: adb takes what listens on {first} to {last} for an emulator: another port, or 0 for any free one",
                port=port,
                first=first,
                last=last,
            )
        )


def _makers(android: str, rom: str, language: str, files: Sequence[Path], devices: int, serial: str) -> list[Callable[[], VirtualDevice]]:
    # imported here so that ctl starts at once: the device brings fonts, pixels and app code along
    from device_farm.recordings.opening import load_apps
    from device_farm.virtual.app_file import AppFileError
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.spec import Spec, with_screen

    if language not in LANGUAGES:
        raise ScenarioError(_("--language: '{value}' is none of {choices}", value=language[:40], choices=", ".join(LANGUAGES)))
    try:
        apps = tuple(each for path in files for each in reversed(load_apps(path)))  # the one under test last
    except AppFileError as error:
        raise ScenarioError(Text("{problem}", {"problem": error})) from None
    specs = [
        with_screen(Spec(android=android, rom=rom, language=language, serial=serial or f"VIRTUAL{number:04d}", apps=apps))
        for number in range(1, devices + 1)
    ]
    return [partial(VirtualDevice, spec) for spec in specs]


def _switch_on(server: VirtualServer, words: Sequence[str]) -> None:
    """Switch a fault on at all devices; raises ScenarioError with the choices."""
    for daemon in server.daemons:
        try:
            control_port.fault(daemon, *words)
        except control_port.ControlError as error:
            raise ScenarioError(Text("{problem}", {"problem": error})) from None


async def _serve(
    makers: Sequence[Callable[[], VirtualDevice]], port: int, facts: Path | None, faults: Sequence[str], *, with_parent: bool
) -> None:
    loop, end = asyncio.get_running_loop(), asyncio.Event()

    def finish() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it has ended already
            loop.call_soon_threadsafe(end.set)

    for number in STOP_SIGNALS:  # add_signal_handler is not there on Windows
        signal.signal(number, lambda *_: finish())
    if with_parent:
        watch_parent(finish)
    server = VirtualServer(makers)
    try:
        addresses = await server.start(port)
        for words in faults:
            _switch_on(server, words.split())
        for address in addresses:
            sys.stdout.write(address + "\n")
        sys.stdout.flush()
        await end.wait()
        if facts is not None:
            lines = [{"serial": name, **line} for name, device in server.devices() for line in control_port.facts(device)]
            facts.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    finally:
        await server.stop()
