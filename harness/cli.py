"""The ``apprights`` command: each command is loaded when it is called, and an error is one line and an exit code."""

import errno
import io
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

import harness
from harness.commands.lazy import COMPLETE, USAGE_ERROR, Commands, ReaderGone
from harness.errors import CatalogueError, FormatError, HarnessError, why
from harness.language import LANGUAGES, Text, _, asked_for, choose, said

UNREADABLE = 3
FAILED = 2
BROKEN = 70
"""Exit code after an error of ours that is no HarnessError (EX_SOFTWARE of sysexits)."""
INTERRUPTED = 130
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
"""A write that found no room: whatever files of ours we write say so themselves, so it is our output."""
NOBODY_READS = 141
"""Exit code where the reader of our output has gone: what shells tell of a program that SIGPIPE ended."""

app = typer.Typer(
    name="apprights",
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"apprights {harness.__version__}")
        raise typer.Exit


def _lang(value: str | None) -> None:
    """The root took it from the words already; here it is only refused."""
    if value is not None and value not in LANGUAGES:
        raise typer.BadParameter(_("'{value}' is none of {choices}", value=value[:40], choices=", ".join(LANGUAGES)))


@app.callback()
def _root(
    _language: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="zh|en", callback=_lang, is_eager=True, help=_("the language of this run, by default that of the system")
        ),
    ] = None,
    _show_version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=_("print the version"))] = False,
) -> None:
    """Deny an Android app its permissions, watch what it does, and prove it."""


def main() -> None:
    """Run the command line; an error is one line on standard error, never a traceback, and ends with its exit code."""
    choose(asked_for(os.environ))
    _forgiving_streams()
    try:
        code = _run()
    except KeyboardInterrupt:
        _tell(_("interrupted"))
        code = INTERRUPTED
    if code == INTERRUPTED:
        _end_undisturbed()
    sys.exit(_written(code))


def _end_undisturbed() -> None:
    """What is left to be ended is not torn by one more Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run() -> int:
    from harness.commands.usage_errors import wrong_usage

    if COMPLETE in os.environ:
        from harness.commands.completion import prepare

        prepare()
    try:
        return app(prog_name="apprights", standalone_mode=False) or 0
    except HarnessError as error:
        _tell(error)
        return UNREADABLE if isinstance(error, FormatError | CatalogueError) else FAILED
    except USAGE_ERROR as error:
        _tell(wrong_usage(error))
        return FAILED
    except typer.Abort:
        _tell(_("interrupted"))
        return INTERRUPTED
    except ReaderGone:
        return NOBODY_READS
    except Exception as error:  # top of the program: Python's own exit code would mean a violation
        if isinstance(error, OSError) and error.errno in FULL and error.filename is None:
            _tell(_("the output cannot be written: {reason}", reason=why(error)))
            return FAILED
        import traceback

        traceback.print_exc()
        _tell(_("a mistake of AppRights itself, no verdict on the app: {kind}", kind=type(error).__name__))
        return BROKEN


def _tell(problem: Text | HarnessError) -> None:
    """One line on standard error."""
    from rich.markup import escape

    from harness import console

    line = " ".join(console.printable(said(problem)).split())
    with suppress(OSError):
        console.err.print(f"[bold red]apprights:[/] {escape(line)}")


def _forgiving_streams() -> None:
    """Print on: a sign that the terminal's encoding does not have is replaced, and a stream that was closed is none."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.StringIO())
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _written(code: int) -> int:
    """The exit code, once all that was printed has gone where it should; that of a failure where it has not.

    What is left is dropped: Python would try again at its end, and end with a code of its own.
    """
    try:
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        failed = NOBODY_READS
    except OSError as error:
        _tell(_("the output cannot be written: {reason}", reason=why(error)))
        failed = FAILED
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code or failed


def _leave_the_folder() -> None:
    """Take the present folder off the path, where ``python -m`` puts it: ``scenarios`` of the user's are not ours.

    What is imported before this can still be theirs. ``apprights`` and ``python -P -m harness.cli`` never look there.
    """
    if not sys.flags.safe_path and Path(sys.path[0] or ".").resolve() != Path(harness.__file__).resolve().parents[1]:
        del sys.path[0]


if __name__ == "__main__":
    _leave_the_folder()
    main()
