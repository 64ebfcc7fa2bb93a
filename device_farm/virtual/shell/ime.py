"""``ime``: input methods.

Source: InputMethodManagerService.ShellCommandImpl in frameworks/base services/core/java/com/android/server/inputmethod/
InputMethodManagerService.java of Android 13. An input method is a service with the action ``android.view.InputMethod``,
or an id that the settings name (the keyboard of the ROM).
"""

from collections.abc import Iterator, MutableMapping

from device_farm.virtual.framework.records.system_records import ComponentKind
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service, script, skip_user

_ACTION = "android.view.InputMethod"
_ENABLED, _DEFAULT = "enabled_input_methods", "default_input_method"


def _secure(call: Call) -> MutableMapping[str, str]:
    return call.device.settings.setdefault("secure", {})


def _enabled(call: Call) -> list[str]:
    """The ids in the setting, without subtypes (``id;subtype:id``)."""
    ids = (part.partition(";")[0] for part in _secure(call).get(_ENABLED, "").split(":"))
    known = [identity for identity in ids if identity]
    chosen = _secure(call).get(_DEFAULT)
    return list(dict.fromkeys([*known, *([chosen] if chosen else [])]))


def _all(call: Call) -> list[str]:
    services = [
        component.short
        for package in call.device.system.packages.values()
        for component in package.components
        if component.kind is ComponentKind.SERVICE and _ACTION in component.actions
    ]
    of_rom = call.device.rom.settings(call.device.spec)["secure"].get(_DEFAULT, "")
    return list(dict.fromkeys([*services, *([of_rom] if of_rom else []), *_enabled(call)]))


async def list_methods(call: Call, arguments: Arguments) -> int:
    """``list [-s] [-a]``: the enabled ones or all; with ``-s`` their ids alone."""
    options = set()
    while (option := arguments.option()) is not None:
        if option in ("-a", "-s"):
            options.add(option)
        elif not skip_user(arguments, option):
            await call.error(f"Unknown option: {option}")
            return FAILED
    for identity in _all(call) if "-a" in options else _enabled(call):
        await call.print(identity if "-s" in options else f"{identity}:\n" + "\n".join(_described(call, identity)))
    return 0


def _described(call: Call, identity: str) -> Iterator[str]:
    """One in full (core/java/android/view/inputmethod/InputMethodInfo.java and content/pm/ServiceInfo.java, dump).

    As a Pixel prints it, without its application's own fields.
    """
    package, _, name = identity.partition("/")
    suggests = " mInlineSuggestionsEnabled=false" if call.device.rom.sdk >= 30 else ""
    yield f"  mId={identity} mSettingsActivityName=null mIsVrOnly=false mSupportsSwitchingToNextInputMethod=true{suggests}"
    yield "  mIsDefaultResId=0x0"
    yield "  Service:"
    yield "    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false"
    yield "    ServiceInfo:"
    yield f"      name={package + name if name.startswith('.') else name}"
    yield f"      packageName={package}"
    yield "      enabled=true exported=true directBootAware=false"
    yield "      permission=android.permission.BIND_INPUT_METHOD"
    yield "      flags=0x0"


async def _identity(arguments: Arguments) -> str:
    while (option := arguments.option()) is not None:
        skip_user(arguments, option)
    return arguments.required()


async def enable(call: Call, arguments: Arguments) -> int:
    """``enable ID``."""
    identity = await _identity(arguments)
    if identity not in _all(call):
        await call.error(f"Unknown input method {identity} cannot be enabled for user #0")
        return FAILED
    enabled = _enabled(call)
    already = identity in enabled
    if not already:
        _secure(call)[_ENABLED] = ":".join([*enabled, identity])
    await call.print(f"Input method {identity}: {'already' if already else 'now'} enabled for user #0")
    return 0


async def disable(call: Call, arguments: Arguments) -> int:
    """``disable ID``."""
    identity = await _identity(arguments)
    enabled = _enabled(call)
    known = identity in enabled
    _secure(call)[_ENABLED] = ":".join(other for other in enabled if other != identity)
    if _secure(call).get(_DEFAULT) == identity:
        _secure(call)[_DEFAULT] = ""
    await call.print(f"Input method {identity}: {'now' if known else 'already'} disabled for user #0")
    return 0


async def select(call: Call, arguments: Arguments) -> int:
    """``set ID``."""
    identity = await _identity(arguments)
    if identity not in _enabled(call):
        await call.error(f"Unknown input method {identity} cannot be selected for user #0")
        return FAILED
    _secure(call)[_DEFAULT] = identity
    await call.print(f"Input method {identity} selected for user #0")
    return 0


SERVICE = Service({"list": list_methods, "enable": enable, "disable": disable, "set": select}, "reset tracing refresh_debug_properties")


async def run(call: Call, words: list[str]) -> int:
    """A command of the input_method service, which also answers to ``ime``."""
    return await SERVICE(call, words[1:] if words[:1] == ["ime"] else words)


COMMANDS: dict[str, Command] = {"ime": script(run)}
