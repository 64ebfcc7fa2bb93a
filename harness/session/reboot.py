"""A reboot of the phone: its system is waited for, and its user's storage."""

from harness.errors import DeviceTimeout, ScenarioError
from harness.events import Instant
from harness.language import _
from harness.recording import steps
from harness.session.session import Session

UP_SECONDS = 240.0
"""How long the system may take from the reboot to sys.boot_completed [PROJECT]: an old phone takes two minutes."""
UNLOCK_SECONDS = 60.0
LOCKED = ("BOOTING", "RUNNING_LOCKED", "RUNNING_UNLOCKING")  # services/core/java/com/android/server/am/UserState.java


def reboot(session: Session) -> None:
    """Reboot the phone and wait until its system is up and unlocked.

    The logs are read again from the boot's start.
    """
    session.journal.write(steps.PhoneRebooted())
    session.device.reboot()
    session.probe()
    for _turn in range(int(UP_SECONDS)):
        if session.device.shell(["getprop", "sys.boot_completed"]).stdout.strip() == "1":
            break
        session.idle(1.0)
    else:
        raise DeviceTimeout(
            _("{serial}: the system did not come up within {seconds:g} s of the reboot", serial=session.device.serial, seconds=UP_SECONDS)
        )
    session.device.shell(["wm", "dismiss-keyguard"])
    wait_for_unlock(session)
    if session.recorder is not None:
        session.recorder.start(since=session.clock.wall_at(Instant(session.clock.boots - 1, 0.0)), ended=True)
    session.screen.forget()


def wait_for_unlock(session: Session) -> None:
    """Wait until the user's storage is open: only then Android tells the apps that it booted.

    Source: UserController.java.
    """
    state = ""
    for _turn in range(int(UNLOCK_SECONDS)):
        state = session.device.shell(["am", "get-started-user-state", str(session.app.user)]).stdout.strip()
        if state not in LOCKED:
            return
        session.idle(1.0)
    raise ScenarioError(
        _(
            "{serial} is locked after its reboot ({state}), so Android tells no app that "
            "it booted: take the screen lock off (settings, security) and check again",
            serial=session.device.serial,
            state=state,
        )
    )
