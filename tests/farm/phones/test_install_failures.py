"""A refused installation: the app, the phone or its kind is at fault, by the package manager's code."""

import pytest

from device_farm.execution.fault_attribution import Blame, fault_result
from device_farm.phones.install_failures import install_end
from device_farm.units.unit import End
from harness.errors import CommandFailed


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("INSTALL_FAILED_INVALID_APK", End.APP_FAULT),
        ("INSTALL_PARSE_FAILED_NO_CERTIFICATES", End.APP_FAULT),
        ("INSTALL_PARSE_FAILED_NOT_APK", End.APP_FAULT),
        ("INSTALL_FAILED_OLDER_SDK", End.TOO_OLD),
        ("INSTALL_FAILED_NEWER_SDK", End.TOO_NEW),
        ("INSTALL_FAILED_DEPRECATED_SDK_VERSION", End.TOO_NEW),
        ("INSTALL_FAILED_NO_MATCHING_ABIS", End.OTHER_ABI),
        ("INSTALL_FAILED_INSUFFICIENT_STORAGE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_UPDATE_INCOMPATIBLE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_VERSION_DOWNGRADE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_USER_RESTRICTED", End.DEVICE_FAULT),
        ("INSTALL_FAILED_VERIFICATION_FAILURE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_INTERNAL_ERROR", End.DEVICE_FAULT),
        ("INSTALL_PARSE_FAILED_ONLY_COREAPP_ALLOWED", End.DEVICE_FAULT),
        ("INSTALL_FAILED_UNKNOWN_SOURCES_FOR_MDM", End.DEVICE_FAULT),
    ],
)
def test_a_refused_installation_is_the_apps_or_the_phones_by_its_code(code: str, end: End) -> None:
    assert install_end(f"Failure [{code}: because]") is end
    assert fault_result(CommandFailed("install a.apk", 1, f"{code}: because"), Blame.OPENING, -1).end is end


def test_an_installation_without_a_code_is_the_phones() -> None:
    assert install_end("the device gave no reason") is None
    assert fault_result(CommandFailed("install a.apk", 1, "the device gave no reason"), Blame.OPENING, -1).end is End.DEVICE_FAULT
