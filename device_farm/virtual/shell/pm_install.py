"""``pm install``, install sessions and ``uninstall``.

Source: makeInstallParams, doRunInstall, doWriteSplit and runUninstall in frameworks/base
services/core/java/com/android/server/pm/PackageManagerShellCommand.java of Android 13. ``adb install`` streams the APK
to standard input with ``-S SIZE`` and reads the line that begins with ``Success``.
"""

from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from device_farm.virtual.coded_apks import code_of
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.packages.apk_install import InstallFailed, InstallOptions, apk_of, install_apk
from device_farm.virtual.framework.packages.package_installer import ALLOW_TEST, DOWNGRADE, GRANT, REPLACE
from device_farm.virtual.framework.records.install_session import ABORTED, SUCCESS, InstallSession
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.service_command import Arguments, Handler, JavaError, illegal_argument, installed, security, skip_user

MAX_APK = 512 * 1024 * 1024
_SESSION_LIMIT = 16
_FLAGS = ("-r", "-f", "--restrict-permissions", "--dont-kill", "--full", "--force-sdk", "--force-non-staged",
          "--force-queryable", "--skip-verification")  # fmt: skip
_WITH_ARGUMENT = ("--originating-uri", "--referrer", "--pkg", "--abi", "--install-location", "--install-reason",
                  "--staged-ready-timeout")  # fmt: skip
_UNMODELLED = ("-p", "--ephemeral", "--instant", "--instantapp", "--preload", "--force-uuid", "--apex",
               "--multi-package", "--staged", "--enable-rollback")  # fmt: skip


@dataclass(slots=True)
class _Session:
    """An install session: what was asked for and what was written into it so far; ``record`` is the system's."""

    options: InstallOptions
    record: InstallSession
    files: dict[str, bytes]


_sessions: WeakKeyDictionary[VirtualDevice, dict[int, _Session]] = WeakKeyDictionary()


@dataclass(slots=True)
class _Request:
    """The options of one install command; ``size`` is -S, in bytes."""

    options: InstallOptions
    size: int | None = None
    unmodelled: bool = False


def _read(arguments: Arguments) -> _Request:
    request = _Request(InstallOptions())
    while (option := arguments.option()) is not None:
        if option == "-S":
            request.size = arguments.number()
            if request.size <= 0:
                raise illegal_argument("Size must be positive")
        elif option == "-R":
            request.options = replace(request.options, replace=False)
        elif option == "-d":
            request.options = replace(request.options, downgrade=True)
        elif option == "-t":
            request.options = replace(request.options, test_only=True)
        elif option == "-g":
            request.options = replace(request.options, grant=True)
        elif option == "-i":
            request.options = replace(request.options, installer=arguments.required())
        elif option in _WITH_ARGUMENT:
            arguments.required()
        elif option in _UNMODELLED:
            request.unmodelled = True
        elif option not in _FLAGS and not skip_user(arguments, option):
            raise illegal_argument(f"Unknown option {option}")
    return request


async def install(call: Call, arguments: Arguments) -> int:
    """``install [-r -R -t -g -d] [-S SIZE] [FILE...]``."""
    request = _read(arguments)
    if request.unmodelled:
        return await call.not_modelled()
    paths = arguments.rest()
    if not paths or paths[0] == "-":
        if request.size is None:
            await call.print("Error: must either specify a package size or an APK file")
            return 1
        if len(paths) > 1:
            await call.print("Error: can't specify SPLIT(s) along with STDIN")
            return 1
        files = {"base.apk": await _stream(call, request.size)}
        return await _commit(call, _open(call, request.options, files))
    files = {}
    for path in paths:
        data = await _file(call, path)
        if data is None:
            await call.error(f"Error: Can't open file: {path}")
            raise illegal_argument(f"Error: Can't open file: {path}")
        files[path.rpartition("/")[2] if len(paths) > 1 else "base.apk"] = data
    return await _commit(call, _open(call, request.options, files))


def _open(call: Call, options: InstallOptions, files: dict[str, bytes]) -> _Session:
    asked = {
        REPLACE: options.replace, ALLOW_TEST: options.test_only, DOWNGRADE: options.downgrade, GRANT: options.grant
    }  # fmt: skip
    flags = sum(flag for flag, wanted in asked.items() if wanted)
    return _Session(options, call.device.system.install_sessions.open_by_adb(options.installer, flags), files)


async def _commit(call: Call, session: _Session) -> int:
    system, files = call.device.system, session.files
    try:
        apk = apk_of(files)
        if not await system.install_confirm.allows(apk.label or apk.package, over=apk.package in system.packages):
            raise InstallFailed("INSTALL_FAILED_USER_RESTRICTED: Install canceled by user")
        install_apk(call.device, files, session.options, code_of)
        system.install_sessions.close(session.record, SUCCESS)
    except InstallFailed as error:
        system.install_sessions.fail(session.record, str(error))
        await call.print(f"Failure [{error}]")
        return 1
    await call.print("Success")
    return 0


async def _stream(call: Call, size: int) -> bytes:
    """Exactly ``size`` bytes of standard input; raises JavaError when the client stops early or sends too much."""
    if size > MAX_APK:
        raise JavaError("java.io.IOException", f"Failed to allocate {size} bytes because only {MAX_APK} are free")
    received = bytearray()
    while len(received) < size:
        data = await call.stdin.read(min(1 << 20, size - len(received)))
        if not data:
            raise security(f"Failed to write: only {len(received)} of {size} bytes came")
        received += data
    return bytes(received)


async def _file(call: Call, path: str) -> bytes | None:
    """A file of the device; None after the reason was printed (ShellCommand.openFileForSystem)."""
    try:
        return call.device.files.read(path, uid=call.uid)
    except OSError:
        await call.error(f"Error: Unable to open file: {path}")
        if not path.startswith("/data/local/tmp/"):
            await call.error("Consider using a file under /data/local/tmp/")
        return None


async def install_create(call: Call, arguments: Arguments) -> int:
    """``install-create``: prints the session's number, which adb parses."""
    request = _read(arguments)
    if request.unmodelled:
        return await call.not_modelled()
    sessions = _sessions.setdefault(call.device, {})
    if len(sessions) >= _SESSION_LIMIT:
        raise JavaError("java.lang.IllegalStateException", "Too many active sessions for UID 2000")
    session = _open(call, request.options, {})
    number = session.record.id
    sessions[number] = session
    await call.print(f"Success: created install session [{number}]")
    return 0


def _session(call: Call, arguments: Arguments) -> tuple[int, _Session]:
    number = arguments.number()
    session = _sessions.get(call.device, {}).get(number)
    if session is None:
        raise security(f"Caller has no access to session {number}")
    return number, session


async def install_write(call: Call, arguments: Arguments) -> int:
    """``install-write [-S SIZE] SESSION NAME [FILE|-]``."""
    size: int | None = None
    while (option := arguments.option()) is not None:
        if option != "-S":
            raise illegal_argument(f"Unknown option: {option}")
        size = arguments.number()
    _, session = _session(call, arguments)
    name, path = arguments.required(), arguments.next()
    if path not in (None, "-"):
        data = await _file(call, path or "")
        if data is None:
            return 255
    elif not size:
        await call.error("Error: must specify a APK size")
        return 1
    else:
        data = await _stream(call, size)
    if sum(map(len, session.files.values())) + len(data) > MAX_APK:
        raise JavaError("java.io.IOException", f"Failed to allocate {len(data)} bytes")
    session.files[name] = data
    await call.print(f"Success: streamed {len(data)} bytes")
    return 0


async def install_commit(call: Call, arguments: Arguments) -> int:
    """``install-commit SESSION``."""
    while arguments.option() is not None:
        arguments.required()
    number, session = _session(call, arguments)
    del _sessions[call.device][number]
    return await _commit(call, session)


async def install_abandon(call: Call, arguments: Arguments) -> int:
    """``install-abandon SESSION``."""
    number, session = _session(call, arguments)
    del _sessions[call.device][number]
    call.device.system.install_sessions.close(session.record, ABORTED, "Session was abandoned")
    await call.print("Success")
    return 0


async def uninstall(call: Call, arguments: Arguments) -> int:
    """``uninstall [-k] PACKAGE``."""
    while (option := arguments.option()) is not None:
        if option == "-k":
            return await call.not_modelled()
        if option == "--versionCode":
            arguments.required()
        elif not skip_user(arguments, option):
            await call.print(f"Error: Unknown option: {option}")
            return 1
    name = arguments.next()
    if name is None:
        await call.print("Error: package name not specified")
        return 1
    package = installed(call, name)
    if package is None or package.system:  # a system app has no update to go back to here
        await call.print("Failure [DELETE_FAILED_INTERNAL_ERROR]")
        return 1
    base = f"{package.code_path}/base.apk"
    if call.device.files.exists(base):
        call.device.files.remove(base)
    call.device.system.package_manager.uninstall(name)
    await call.print("Success")
    return 0


HANDLERS: dict[str, Handler] = {
    "install": install, "install-create": install_create, "install-write": install_write, "uninstall": uninstall,
    "install-commit": install_commit, "install-abandon": install_abandon, "install-destroy": install_abandon,
}  # fmt: skip
