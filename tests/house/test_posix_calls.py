"""What Windows has not, or does otherwise, is used in named modules only; mypy reads all of it as on Windows."""

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = {
    "harness/operating_system.py": "the place for it, each with its form for Windows",
    "harness/device/file_lock.py": "fcntl here, msvcrt there",
    "harness/device/adb_server.py": "whose folder it is: on Windows each user has their own",
    "harness/report/pdf.py": "Chromium refuses to be root, whom Windows has not",
    "harness/session/shared_device.py": "a second name for a log, copied where there can be none",
    "device_farm/samples/sample_worker.py": "Ctrl-C is held back by a mask, on Windows by ignoring it",
    "device_farm/virtual/framework/runtime/watchdog.py": "processor time of a thread: Linux tells it, elsewhere the clock goes",
    "device_farm/dispatch/embedded_postgres.py": "hosts of a farm run Linux; on Windows it says so",
}
"""The modules that may, and why it is right on Windows too."""
MODULES = frozenset(["fcntl", "grp", "msvcrt", "nis", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty", "winreg"])
OF_OS = {
    "chown", "chroot", "eventfd", "fchdir", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups",
    "getloadavg", "getpgid", "getpgrp", "getpriority", "getsid", "getuid", "initgroups", "kill", "killpg", "lchown", "link", "major",
    "mkfifo", "mknod", "nice", "openpty", "pidfd_open", "posix_spawn", "pread", "pwrite", "readlink", "sched_getaffinity",
    "sched_setaffinity", "sendfile", "setegid", "seteuid", "setgid", "setgroups", "setpgid", "setpriority", "setsid", "setuid",
    "statvfs", "symlink", "sysconf", "uname", "wait", "wait3", "wait4", "waitid", "waitpid", "writev",
}  # fmt: skip
ANYWHERE = {
    "AF_UNIX", "CTRL_BREAK_EVENT", "MSG_DONTWAIT", "MSG_NOSIGNAL", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "SIGALRM", "SIGBREAK",
    "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SO_REUSEPORT", "WNOHANG", "add_reader",
    "add_signal_handler", "add_writer", "clock_gettime", "create_unix_connection", "create_unix_server", "hardlink_to",
    "open_unix_connection", "pthread_getcpuclockid", "pthread_kill", "pthread_sigmask", "setitimer", "sigwait", "start_unix_server",
    "symlink_to", "tzset",
}  # fmt: skip
WORDS = frozenset(["close_fds", "pass_fds", "preexec_fn", "process_group", "start_new_session"])
"""Words of a call that start a process."""


MENTIONED = re.compile(
    rf"\bos\b.*\b({'|'.join(sorted(OF_OS))})\b|select\.e?poll|(import|from).*\b({'|'.join(sorted(MODULES))})\b"
    rf"|\b({'|'.join(sorted({*ANYWHERE, *WORDS}))})\b"
)
AS_TEXT = re.compile("text=True|universal_newlines")


def modules(mention: re.Pattern[str]) -> Iterator[tuple[str, ast.Module]]:
    """The modules that have something like ``mention`` in them: to walk through all takes ten seconds."""
    files = (path for package in ("harness", "device_farm", "scenarios") for path in sorted((ROOT / package).rglob("*.py")))
    texts = ((path, path.read_text("utf-8")) for path in files)
    return ((path.relative_to(ROOT).as_posix(), ast.parse(text)) for path, text in texts if mention.search(text))


def posix(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What of it a module uses, by line."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, each.name) for each in names if each.name.partition(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module), level=0) if module in MODULES:
                yield node.lineno, module
            case ast.ImportFrom(module="os", names=names):
                yield from ((node.lineno, f"os.{each.name}") for each in names if each.name in OF_OS)
            case ast.Attribute(value=ast.Name(id="os"), attr=name) if name in OF_OS:
                yield node.lineno, f"os.{name}"
            case ast.Attribute(value=ast.Name(id="select"), attr="poll" | "epoll" as name):
                yield node.lineno, f"select.{name}"
            case ast.Attribute(attr=name) if name in ANYWHERE:
                yield node.lineno, name
            case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id="os"), ast.Constant(value=str(name)), *_]) if name in OF_OS:
                yield node.lineno, f"os.{name}"
            case ast.keyword(arg=str(name)) if name in WORDS:
                yield node.value.lineno, name
            case ast.Dict(keys=keys):
                yield from ((key.lineno, str(key.value)) for key in keys if isinstance(key, ast.Constant) and key.value in WORDS)


def test_it_is_seen() -> None:
    lines = """
        import fcntl
        from os import fork
        from pwd import getpwnam
        os.killpg(1, 2)
        getattr(os, "getuid", None)
        signal.SIGKILL
        select.poll()
        loop.add_signal_handler(1, f)
        path.symlink_to(other)
        Popen(words, start_new_session=True)
        Popen(words, **{"preexec_fn": f})
    """
    every = textwrap.dedent(lines)
    assert {line for line, _name in posix(ast.parse(every))} == set(range(2, every.strip().count("\n") + 3))
    assert not list(posix(ast.parse("files.symlink(a, b)\nos.replace(a, b)\nprocess.kill()\nself.link()")))


def test_only_named_modules_use_what_windows_has_not() -> None:
    found = {path: list(posix(tree)) for path, tree in modules(MENTIONED)}
    assert [f"{path}:{line}: {name}" for path, uses in found.items() if path not in NAMED for line, name in uses] == []
    assert [path for path in NAMED if not found.get(path)] == []


def in_the_encoding_of_the_console(tree: ast.AST) -> Iterator[int]:
    """Where the words of a process are read as text of whatever encoding the system has."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = {word.arg: word.value for word in node.keywords}
            as_text = [given.get("text"), given.get("universal_newlines")]
            if any(isinstance(value, ast.Constant) and value.value is True for value in as_text) and "encoding" not in given:
                yield node.lineno


def test_what_processes_say_is_read_in_a_named_encoding() -> None:
    assert list(in_the_encoding_of_the_console(ast.parse("run(words, text=True)\nrun(words, text=True, encoding='utf-8')"))) == [1]
    assert [f"{path}:{line}" for path, tree in modules(AS_TEXT) for line in in_the_encoding_of_the_console(tree)] == []
