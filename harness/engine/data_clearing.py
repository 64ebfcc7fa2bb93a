"""Ask the person at the phone, before anything is lost, whether a check may clear the app's data."""

from collections.abc import Callable
from pathlib import Path

from harness.device.protocol import Device, run_together
from harness.errors import ScenarioError
from harness.language import _

_MODEL = "ro.product.model"
_VIRTUAL = "ro.apprights.virtual"


def agree_to_clear(device: Device, app: str, *, yes: bool, system_app: bool, ask: Callable[[str], bool] | None = None) -> None:
    """Raise ScenarioError unless the data of ``app`` may be cleared on this phone.

    An APK file is the tester's own app, and a virtual device has nothing to lose. Anything else that is installed needs
    ``yes`` or a person's answer to ``ask``, which is None where nobody is at a terminal; a system app, on which other
    apps rely, needs ``system_app`` as well.
    """
    if app.lower().endswith(".apk") or Path(app).is_file():
        return
    asked = [["getprop", _VIRTUAL], ["getprop", _MODEL], ["pm", "path", app], ["pm", "list", "packages", "-s", app]]
    virtual, model, installed, listed = run_together(device, asked)
    if virtual.stdout.strip() == "1" or "package:" not in installed.stdout:  # what is not there is told when it is looked for
        return
    phone = f"{model.stdout.strip()} ({device.serial})".strip()
    if f"package:{app}" in listed.stdout.split() and not system_app:
        raise ScenarioError(
            _(
                "{app} is an app of the system of {phone}, and a check clears its data: add --system-app if you want that",
                app=app,
                phone=phone,
            )
        )
    if yes:
        return
    if ask is None:
        raise ScenarioError(_("a check clears all data of {app} on {phone}: add --yes, or give its APK file", app=app, phone=phone))
    if not ask(_("A check clears all data of {app} on {phone}. Go on?", app=app, phone=phone)):
        raise ScenarioError(_("nothing was done: the data of {app} on {phone} stays", app=app, phone=phone))
