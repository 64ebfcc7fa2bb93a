"""The few APKs that run on a virtual device: for each there is an App class that does what its code does on a phone."""

from functools import cache
from pathlib import Path

from device_farm.virtual.agent.appium_settings import CODED
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.vocabulary.components import App

PROOF_APPS = Path(__file__).parent / "apps" / "proof"
"""The app files of the APKs that ``apprights prove`` installs."""
PROOF = "org.apprights.proof."


def code_of(package: str) -> type[App] | None:
    """The App class of a package; None for the APKs that are installed and not run, which is nearly all."""
    return _proof_apps().get(package) if package.startswith(PROOF) else CODED.get(package)


@cache
def _proof_apps() -> dict[str, type[App]]:
    return {app.package: app for path in sorted(PROOF_APPS.glob("*.py")) for app in load_app_file(path)}
