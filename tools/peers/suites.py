"""The suites, as data: which files of which checkout, what of it runs, and how long it may take."""

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests of one checkout, run by pytest from a copy of them.

    The checkout stays as it is, the libraries are the released ones.

    Clients that have no tests for a device are driven by tests of ours: those have a ``home`` and name the ``package``
    that they are about, of PyPI or (``npm``) of npm.
    """

    checkout: str  # name of the work tree below PEERS
    tests: str  # file or folder in it
    home: Path | None = None  # the folder of tests of ours, instead of a checkout
    package: str = ""
    npm: bool = False
    select: str = ""  # pytest -k
    stand_ins: Path | None = None  # modules the tests import that are not on PyPI
    capture: bool = True  # False: tests that look at their own standard input
    test_seconds: float = 60.0
    suite_seconds: float = 600.0


ALL = (
    Suite("openatx+adbutils", "e2etests"),
    Suite("openatx+uiautomator2", "mobile_tests"),
    Suite(
        "LineageOS+android_packages_modules_adb",
        "test_device.py",
        select="not sync_multiple and not Windows and not Root and not TcpIp and not DevicesListing",
        stand_ins=_HERE / "stand_in",
        capture=False,
    ),
    Suite("adb_shell", "test_adb_shell.py", home=_HERE / "clients", package="adb-shell"),
    Suite("adbkit", "test_adbkit.py", home=_HERE / "clients", package="@devicefarmer/adbkit", npm=True),
    Suite("appium-adb", "test_appium_adb.py", home=_HERE / "clients", package="appium-adb", npm=True),
    Suite("appium-settings", "test_appium_settings.py", home=_HERE / "clients", package="io.appium.settings", npm=True),
    Suite("mobly", "test_mobly.py", home=_HERE / "clients", package="mobly"),
    Suite("airtest", "test_airtest.py", home=_HERE / "clients", package="airtest"),
    Suite("ppadb", "test_ppadb.py", home=_HERE / "clients", package="pure-python-adb"),
    Suite(
        "appium-uiautomator2",
        "test_appium_uiautomator2.py",
        home=_HERE / "clients",
        package="appium-uiautomator2-driver",
        npm=True,
        test_seconds=120.0,
    ),
    Suite("kea2", "test_kea2.py", home=_HERE / "clients", package="Kea2-python", test_seconds=240.0),
    Suite("uiautodev", "test_uiautodev.py", home=_HERE / "clients", package="uiautodev"),
)
