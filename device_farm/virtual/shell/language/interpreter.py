"""Runs scripts as /system/bin/sh (mksh) does: lists, pipes, redirects, compound commands, variables.

One ``Shell`` is one shell process. Commands come from a table of name to function (``registry``); those that change
the shell itself are in ``builtins``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.language import syntax
from device_farm.virtual.shell.language.builtins import BUILTINS, EXIT, LoopControl, ShellExit, Traps
from device_farm.virtual.shell.language.compounds import run_compound
from device_farm.virtual.shell.language.execute import execute
from device_farm.virtual.shell.language.expansion import expand_fields, expand_text
from device_farm.virtual.shell.language.parser import parse
from device_farm.virtual.shell.language.redirects import NOTHING, RedirectProblem, Streams, redirected
from device_farm.virtual.shell.language.syntax import Command as SyntaxCommand
from device_farm.virtual.shell.language.syntax import Pipeline, Script, Simple
from device_farm.virtual.shell.pipes import Collected, Pipe

NAME = "/system/bin/sh"
TOO_DEEP = syntax.UnmodelledSyntax("commands nested so deeply")
SIGPIPE_STATUS, INTERRUPTED_STATUS = 141, 130
_PATH = (
    "/product/bin:/apex/com.android.runtime/bin:/apex/com.android.art/bin:/system_ext/bin:/system/bin:/system/xbin:"
    "/odm/bin:/vendor/bin:/vendor/xbin"
)
# adbd's shell_service.cpp and the environment that init exports (system/core/rootdir/init.environ.rc.in)
ENVIRONMENT = {
    "PATH": _PATH, "ANDROID_DATA": "/data", "ANDROID_ROOT": "/system", "ANDROID_ASSETS": "/system/app",
    "ANDROID_STORAGE": "/storage", "ANDROID_ART_ROOT": "/apex/com.android.art", "EXTERNAL_STORAGE": "/sdcard",
    "HOME": "/", "LOGNAME": "shell", "SHELL": "/bin/sh", "TMPDIR": "/data/local/tmp", "USER": "shell",
}  # fmt: skip


class Shell:
    """One shell process on the device."""

    def __init__(
        self,
        device: VirtualDevice,
        streams: Streams,
        *,
        commands: Mapping[str, Command],
        environment: Mapping[str, str] | None = None,
        cwd: str = "/",
        uid: int = 2000,
        pid: int = 0,
    ) -> None:
        """Start with the exported variables ``environment`` (default: those of adbd); ``pid`` is its process."""
        self.device, self.streams, self.uid, self.commands = device, streams, uid, commands
        self.variables = dict(ENVIRONMENT if environment is None else environment)
        if environment is None:
            self.variables["HOSTNAME"] = device.properties.get("ro.product.device", "localhost")
        self.exported = set(self.variables)
        self.cwd = cwd
        self.parameters: list[str] = []
        self.name = NAME
        self.status = 0
        self._substituted = False  # by the command that is being expanded
        self.pid = pid
        self.traps = Traps()
        self.jobs: dict[int, asyncio.Task[int]] = {}
        self._immortal: set[asyncio.Task[int]] = set()  # jobs that outlive the terminal
        self.last_job = 0

    # what clients call
    async def run(self, script: str) -> int:
        """Run a script to its end (or ``exit``) and return its exit code."""
        try:
            await self._to_its_end(script)
            await self.leave()
        except asyncio.CancelledError:
            self._hang_up()
            raise
        return self.status

    async def leave(self) -> None:
        """Run the action of ``trap ... EXIT``, once."""
        if action := self.traps.actions.pop(EXIT, ""):
            status = self.status
            await self._to_its_end(action, status)

    async def _to_its_end(self, script: str, status: int | None = None) -> None:
        """Run a script; ``status`` is what is left as exit code if it does not ``exit`` by itself."""
        try:
            try:
                await self.run_parsed(parse(script))
            except syntax.SyntaxProblem as problem:
                await self.run_parsed(problem.before)
                await self.report(problem)
                return
            self.status = self.status if status is None else status
        except RecursionError:
            await self.report(TOO_DEEP)
        except ShellExit as ending:
            self.status = ending.status

    async def run_parsed(self, script: Script) -> None:
        """Run parsed commands; ShellExit and LoopControl pass through."""
        for item in script:
            if item.background:
                await self._start_job(item)
            else:
                await self._and_or(item)
            await self.run_traps()

    async def run_traps(self) -> None:
        """Run the actions of the signals that came meanwhile."""
        while self.traps.pending:
            status = self.status
            action = self.traps.actions.get(self.traps.pending.popleft(), "")
            await self.run_parsed(parse(action))
            self.status = status

    async def report(self, problem: syntax.SyntaxProblem) -> None:
        """Tell of a script that cannot be run, and refuse by name what is not modelled."""
        self.status = 1
        if isinstance(problem, syntax.UnmodelledSyntax):
            self.device.unmodelled.add(f"sh: {problem}")
            await self.complain(f"virtual: not modelled: {problem}")
        else:
            await self.complain(str(problem))

    async def complain(self, text: str) -> None:
        """Print a message of the shell itself."""
        await self.streams.stderr.write(f"{self.name}: {text}\n".encode("utf-8", "surrogateescape"))

    def lookup(self, name: str) -> str | None:
        """Value of a variable or special parameter; None if unset."""
        if name.isdigit():
            number = int(name)
            return self.name if number == 0 else next(iter(self.parameters[number - 1 : number]), None)
        special = {
            "?": str(self.status), "$": str(self.pid), "#": str(len(self.parameters)), "!": str(self.last_job or ""),
            "*": " ".join(self.parameters), "@": " ".join(self.parameters), "-": "", "PWD": self.cwd,
        }.get(name)  # fmt: skip
        return special if special is not None else self.variables.get(name)

    async def substitute(self, script: Script) -> str:
        """Output of ``script`` without the newlines at its end."""
        output = Collected()
        self._substituted = True
        self.status = await self.child(self.streams._replace(stdout=output)).run_inner(script)
        return output.data.replace(b"\0", b"").decode("utf-8", "surrogateescape").rstrip("\n")

    async def run_inner(self, script: Script) -> int:
        """Run parsed commands as a shell of their own (subshell, pipeline part, job)."""
        try:
            await self.run_parsed(script)
            await self.leave()
        except ShellExit as ending:
            self.status = ending.status
            await self.leave()
        except LoopControl:
            pass
        except RecursionError:
            await self.report(TOO_DEEP)
        except BrokenPipeError:
            self.status = SIGPIPE_STATUS
        return self.status

    # lists and pipelines
    async def _and_or(self, item: syntax.AndOr) -> None:
        for operator, pipeline in item.pipelines:
            if operator == "" or (operator == "&&") == (self.status == 0):
                await self._pipeline(pipeline)

    async def _pipeline(self, pipeline: Pipeline) -> None:
        if len(pipeline.commands) == 1:
            self.status = await self.run_command(pipeline.commands[0])
        else:
            self.status = await self._piped(pipeline.commands)
        if pipeline.negated:
            self.status = int(self.status == 0)

    async def _piped(self, commands: tuple[SyntaxCommand, ...]) -> int:
        pipes = [Pipe() for _ in commands[1:]]
        tasks = []
        for number, command in enumerate(commands):
            source = pipes[number - 1] if number else None
            sink = pipes[number] if number < len(pipes) else None
            tasks.append(asyncio.create_task(self._piece(command, source, sink)))
        try:
            return (await asyncio.gather(*tasks))[-1]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _piece(self, command: SyntaxCommand, source: Pipe | None, sink: Pipe | None) -> int:
        """Run one command of a pipeline; its ends of the pipes are closed when it is done."""
        streams = self.streams._replace(
            **({"stdin": source} if source is not None else {}), **({"stdout": sink} if sink is not None else {})
        )
        script = (syntax.AndOr((("", syntax.Pipeline((command,), negated=False)),), background=False),)
        try:
            return await self.child(streams).run_inner(script)
        finally:
            if source is not None:
                source.close_reading()
            if sink is not None:
                sink.close_writing()

    def child(self, streams: Streams) -> Shell:
        """Make a copy of this shell, as a fork does; what the copy changes stays in it."""
        child = Shell(
            self.device, streams, commands=self.commands, environment=self.variables, cwd=self.cwd, uid=self.uid,
            pid=self.pid,
        )  # fmt: skip
        child.exported, child.parameters, child.status = set(self.exported), list(self.parameters), self.status
        child.name = self.name
        return child

    async def _start_job(self, item: syntax.AndOr) -> None:
        script = (syntax.AndOr(item.pipelines, background=False),)
        child = self.child(self.streams._replace(stdin=NOTHING))
        table = self.device.shell_processes
        process = table.new((self.name,), parent=self.pid, uid=self.uid)
        process.replaced = len(item.pipelines) == len(item.pipelines[0][1].commands) == 1
        task = self.jobs[process.pid] = table.start(process, child.run_inner(script))
        self.last_job = process.pid
        if _survives(item):
            self._immortal.add(task)
        self.status = 0
        await asyncio.sleep(0)  # it runs from now on, so that a signal finds it

    def _hang_up(self) -> None:
        """End the jobs that a vanished terminal takes along: all but those under nohup or setsid."""
        for task in self.jobs.values():
            if task not in self._immortal:
                task.cancel()

    # commands
    async def run_command(self, command: SyntaxCommand) -> int:
        """Run one command of a pipeline and return its exit code."""
        if isinstance(command, syntax.Simple):
            return await self._simple(command)
        outer = self.streams
        try:
            self.streams = await redirected(self, command.redirects)
            return await run_compound(self, command.command)
        except RedirectProblem as problem:
            await self.complain(str(problem))
            return 1
        finally:
            self.streams = outer

    async def _simple(self, command: Simple) -> int:
        self._substituted = False
        words = [field for word in command.words for field in await expand_fields(self, word)]
        values = {name: await expand_text(self, word) for name, word in command.assignments}
        try:
            streams = await redirected(self, command.redirects)
        except RedirectProblem as problem:
            await self.complain(str(problem))
            return 1
        if not words:
            self.variables.update(values)
            return self.status if self._substituted else 0
        if (builtin := BUILTINS.get(words[0])) is not None:
            self.variables.update(values)
            if words[0] == "exec":
                self.exported.update(values)
            return await builtin(self, words[1:], streams)
        return await self.execute(words, streams, values)

    async def execute(self, words: list[str], streams: Streams, values: Mapping[str, str] | None = None) -> int:
        """Run a command that is not built in; ``values`` are variables set for it alone."""
        environment = {name: self.variables[name] for name in self.exported if name in self.variables}
        call = Call(
            self.device, words[0], words[1:], *streams,
            env={**environment, **(values or {}), "PWD": self.cwd}, cwd=self.cwd, uid=self.uid, commands=self.commands,
            parent_pid=self.pid,
        )  # fmt: skip
        return await execute(call)


def _survives(item: syntax.AndOr) -> bool:
    """Whether a job is under nohup or setsid."""
    first = item.pipelines[0][1].commands[0]
    word = first.words[0] if isinstance(first, syntax.Simple) and first.words else ()
    return word in {(syntax.Literal("nohup"),), (syntax.Literal("setsid"),)}
