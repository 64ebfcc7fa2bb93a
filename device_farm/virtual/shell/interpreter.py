"""Runs scripts as /system/bin/sh (mksh) does: lists, pipes, redirects, compound commands, variables.

One ``Shell`` is one shell process. Commands come from a table of name to function (``registry``); those that change
the shell itself are in ``builtins``.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

from device_farm.virtual.shell import syntax
from device_farm.virtual.shell.builtins import BUILTINS, LoopControl, ShellExit
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.execute import execute
from device_farm.virtual.shell.expansion import expand_fields, expand_pattern, expand_text
from device_farm.virtual.shell.parser import parse
from device_farm.virtual.shell.pipes import Collected, Pipe
from device_farm.virtual.shell.redirects import NOTHING, RedirectProblem, Streams, redirected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.shell.call import Command
    from device_farm.virtual.shell.syntax import Compound, Pipeline, Script, Simple

NAME = "/system/bin/sh"
SIGPIPE_STATUS, INTERRUPTED_STATUS = 141, 130
_numbers = itertools.count(20011)
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
    ) -> None:
        """Start with the exported variables ``environment`` (default: those of adbd)."""
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
        self.pid = next(_numbers)
        self.jobs: dict[int, asyncio.Task[int]] = {}
        self._immortal: set[asyncio.Task[int]] = set()  # jobs that outlive the terminal
        self.last_job = 0

    # what clients call
    async def run(self, script: str) -> int:
        """Run a script to its end (or ``exit``) and return its exit code."""
        try:
            await self.run_parsed(parse(script))
        except syntax.SyntaxProblem as problem:
            await self.report(problem)
        except ShellExit as ending:
            self.status = ending.status
        except asyncio.CancelledError:
            self._hang_up()
            raise
        return self.status

    async def run_parsed(self, script: Script) -> None:
        """Run parsed commands; ShellExit and LoopControl pass through."""
        for item in script:
            if item.background:
                self._start_job(item)
            else:
                await self._and_or(item)

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
        self.status = await self._child(self.streams._replace(stdout=output)).run_inner(script)
        return output.data.replace(b"\0", b"").decode("utf-8", "surrogateescape").rstrip("\n")

    async def run_inner(self, script: Script) -> int:
        """Run parsed commands as a shell of their own (subshell, pipeline part, job)."""
        try:
            await self.run_parsed(script)
        except ShellExit as ending:
            self.status = ending.status
        except LoopControl:
            pass
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
            self.status = await self._command(pipeline.commands[0])
        else:
            self.status = await self._piped(pipeline.commands)
        if pipeline.negated:
            self.status = int(self.status == 0)

    async def _piped(self, commands: tuple[Simple | Compound, ...]) -> int:
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

    async def _piece(self, command: Simple | Compound, source: Pipe | None, sink: Pipe | None) -> int:
        """Run one command of a pipeline; its ends of the pipes are closed when it is done."""
        streams = self.streams._replace(
            **({"stdin": source} if source is not None else {}), **({"stdout": sink} if sink is not None else {})
        )
        script = (syntax.AndOr((("", syntax.Pipeline((command,), negated=False)),), background=False),)
        try:
            return await self._child(streams).run_inner(script)
        finally:
            if source is not None:
                source.close_reading()
            if sink is not None:
                sink.close_writing()

    def _child(self, streams: Streams) -> Shell:
        child = Shell(
            self.device, streams, commands=self.commands, environment=self.variables, cwd=self.cwd, uid=self.uid
        )
        child.exported, child.parameters, child.status = set(self.exported), list(self.parameters), self.status
        child.name, child.pid = self.name, self.pid
        return child

    def _start_job(self, item: syntax.AndOr) -> None:
        script = (syntax.AndOr(item.pipelines, background=False),)
        child = self._child(self.streams._replace(stdin=NOTHING))
        task = asyncio.create_task(child.run_inner(script))
        self.last_job = next(_numbers)
        self.jobs[self.last_job] = task
        if _survives(item):
            self._immortal.add(task)
        self.device.jobs.add(task)
        task.add_done_callback(self.device.jobs.discard)
        self.status = 0

    def _hang_up(self) -> None:
        """End the jobs that a vanished terminal takes along: all but those under nohup or setsid."""
        for task in self.jobs.values():
            if task not in self._immortal:
                task.cancel()

    # commands
    async def _command(self, command: Simple | Compound) -> int:
        if isinstance(command, syntax.Simple):
            return await self._simple(command)
        outer = self.streams
        try:
            self.streams = await redirected(self, command.redirects)
            return await self._compound(command.command)
        except RedirectProblem as problem:
            await self.complain(str(problem))
            return 1
        finally:
            self.streams = outer

    async def _compound(self, command: syntax.If | syntax.Loop | syntax.For | syntax.Case | syntax.Group) -> int:
        if isinstance(command, syntax.If):
            return await self._if(command)
        if isinstance(command, syntax.For):
            return await self._for(command)
        if isinstance(command, syntax.Loop):
            return await self._loop(command)
        if isinstance(command, syntax.Case):
            return await self._case(command)
        if command.subshell:
            return await self._child(self.streams).run_inner(command.body)
        await self.run_parsed(command.body)
        return self.status

    async def _if(self, command: syntax.If) -> int:
        for condition, body in command.branches:
            await self.run_parsed(condition)
            if self.status == 0:
                await self.run_parsed(body)
                return self.status
        self.status = 0
        await self.run_parsed(command.otherwise)
        return self.status

    async def _for(self, command: syntax.For) -> int:
        if command.words is None:
            values = list(self.parameters)
        else:
            values = [field for word in command.words for field in await expand_fields(self, word)]
        self.status = 0
        for value in values:
            self.variables[command.name] = value
            if await self._turn(command.body):
                break
        return self.status

    async def _loop(self, command: syntax.Loop) -> int:
        status = 0
        while True:
            await self.run_parsed(command.condition)
            if (self.status == 0) == command.until:
                return status
            if await self._turn(command.body):
                return self.status
            status = self.status

    async def _turn(self, body: Script) -> bool:
        """Run the body of a loop once; True to leave the loop."""
        await asyncio.sleep(0)  # a busy loop must not stop the device
        try:
            await self.run_parsed(body)
        except LoopControl as control:
            control.levels -= 1
            if control.levels > 0:
                raise
            return control.leave
        return False

    async def _case(self, command: syntax.Case) -> int:
        value = await expand_text(self, command.word)
        for patterns, body in command.arms:
            for pattern in patterns:
                if (await expand_pattern(self, pattern)).fullmatch(value):
                    self.status = 0
                    await self.run_parsed(body)
                    return self.status
        return 0

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
        )  # fmt: skip
        return await execute(call)


def _survives(item: syntax.AndOr) -> bool:
    """Whether a job is under nohup or setsid."""
    first = item.pipelines[0][1].commands[0]
    word = first.words[0] if isinstance(first, syntax.Simple) and first.words else ()
    return word in {(syntax.Literal("nohup"),), (syntax.Literal("setsid"),)}
