"""Trying the abilities on a phone: what only reads in one round trip, what changes something through the ledger."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from secrets import token_hex

from harness.abilities.ability import Ability, Answer, CannotTell, Tried, abilities
from harness.abilities.condition import CONDITIONS
from harness.abilities.phone_acts import acts
from harness.device.protocol import Device, ShellResult, perform, run_together
from harness.errors import CommandFailed, DeviceTimeout, FormatError
from harness.language import Text, _, quoted
from harness.restore.ledger import Ledger, setting

REFUSALS = (
    "Permission Denial", "SecurityException", "Can't find service", "Unknown command", "not found", "No shell command",
    "Bad activity command", "No providers match",
)  # fmt: skip
"""Words by which Android refuses a command that it may still end with 0."""
_THROWN = re.compile(r"\w+Exception: (?!java\.)[^\n]+")
_UNREAD = ("Unable to open log", "Logcat read failure", "logcat: ")
KEY = "apprights_probe"
TRIES = 5  # logd takes a line within milliseconds, each try is a round trip
SHORT = 160  # characters of what the phone said


def had_by(phone: Mapping[str, str]) -> list[Ability]:
    """The abilities that the version of Android of these properties has."""
    told = phone.get("ro.build.version.sdk", "")
    sdk = int(told) if told.isdecimal() else 0
    return [ability for ability in abilities() if ability.least_sdk <= sdk]


def try_each(device: Device, wanted: Iterable[Ability]) -> Iterator[Tried]:
    """Try abilities, in their order; raises DeviceLost where the phone goes away.

    What is changed for it is undone at once, or at the next connect: the ledger has it.
    """
    wanted = list(wanted)
    reading = [ability for ability in wanted if ability.command]
    said = run_together(device, [_heard(one.command) for one in reading], timeout=60) if reading else []
    answers = dict(zip(reading, said, strict=True))
    token = f"apprights.t{token_hex(4)}"
    if any(ability.buffer for ability in wanted):
        run_together(device, [["log", "-t", "apprights", token], ["am", "force-stop", token]])
    with ExitStack() as kept:
        tries = acts(device, kept)
        lacking: dict[str, Ability] = {}
        for ability in wanted:
            if (needed := lacking.get(ability.needs)) is not None:
                yield Tried(ability, Answer.UNKNOWN, _("it cannot be tried without: {what}", what=needed.what))
                continue
            tried = _read(ability, answers[ability]) if ability.command else _tried(device, ability, token, tries)
            if tried.answer is Answer.LACKS:
                lacking[ability.name] = ability
            yield tried


def _heard(command: tuple[str, ...]) -> list[str]:
    """The command with what it says on standard error, which the round trip of several leaves out."""
    return ["sh", "-c", '"$@" 2>&1', "sh", *command]


def _read(ability: Ability, answer: ShellResult) -> Tried:
    said = answer.stdout.strip()
    expected = bool(ability.expects and re.search(ability.expects, said))
    refused = answer.code != 0 or (not expected and any(word in said[:2000] for word in REFUSALS))
    if ability.condition:
        value, _number, reason, certain = CONDITIONS[ability.condition](said)
        if reason is None:
            return Tried(ability, Answer.UNKNOWN, _words(said)) if refused and not value else Tried(ability, Answer.HAS)
        return Tried(ability, Answer.LACKS if certain else Answer.UNKNOWN, reason)
    if refused:
        return Tried(ability, Answer.LACKS, _words(said))
    if not said and not ability.silent:
        return Tried(ability, Answer.LACKS, _("it answered nothing"))
    if ability.expects and not expected:
        return Tried(ability, Answer.UNKNOWN, _words(said))
    return Tried(ability, Answer.HAS)


def _words(said: str) -> Text:
    """What the phone said, from the exception on where it threw one: what stands before and behind says less."""
    line = _THROWN.search(said)
    told = " ".join((line[0] if line else said).split())
    return quoted(told[:SHORT]) if told else _("it answered nothing")


def _tried(device: Device, ability: Ability, token: str, tries: Mapping[str, Callable[[], None]]) -> Tried:
    try:
        if ability.buffer:
            return _buffer(device, ability, token)
        if ability.table:
            _write_setting(device, ability.table)
        else:
            tries[ability.act]()
    except CannotTell as doubt:
        return Tried(ability, Answer.UNKNOWN, doubt.reason)
    except CommandFailed as error:
        return Tried(ability, Answer.LACKS, error.output if isinstance(error.output, Text) else _words(error.output))
    except (DeviceTimeout, FormatError) as error:
        return Tried(ability, Answer.LACKS, Text("{reason}", {"reason": error}))
    return Tried(ability, Answer.HAS)


def _buffer(device: Device, ability: Ability, token: str) -> Tried:
    """Whether a line that was caused is in the buffer; of events, which a system that runs has logged, any line.

    Of a package that there is not ActivityManagerService.forceStopPackage writes "Invalid packageName" into the log of
    the system, and does nothing.
    """
    wanted = "^-----" if ability.buffer == "events" else token
    read = f"logcat -b {ability.buffer} -d -t 500 2>&1 | grep {'-v -m 1' if ability.buffer == 'events' else '-m 1'} -e {wanted}"
    for _attempt in range(TRIES):
        answer = device.shell(read)
        if answer.stdout.strip() and not any(word in answer.stdout for word in _UNREAD):
            return Tried(ability, Answer.HAS)
    return Tried(ability, Answer.LACKS, _words(answer.stdout + answer.stderr))


def _write_setting(device: Device, table: str) -> None:
    before = setting(device, f"setting of a probe in {table}", KEY, table=table)
    with Ledger(device).kept(before):
        perform(device, ["settings", "put", table, KEY, "1"])
        if (read := device.shell(["settings", "get", table, KEY]).stdout.strip()) != "1":
            raise CommandFailed(f"settings put {table}", 1, read)
