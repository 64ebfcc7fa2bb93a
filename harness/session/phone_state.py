"""The state of the phone before and after a check, for the record of the examination: power, lock and switches.

Nobody's accounts are read, and nothing is judged by it but one thing: that the app is still the one that was checked.
"""

from collections.abc import Sequence

from harness.session.session import Session

SWITCHES = (
    ("global", "airplane_mode_on"),
    ("global", "wifi_on"),
    ("global", "mobile_data"),
    ("global", "auto_time"),
    ("global", "stay_on_while_plugged_in"),
)


def read_phone_state(session: Session, packages: Sequence[str] = ()) -> None:
    """Read it into the journal, in one go; ``packages`` are those of all apps of a night, else the session's own."""
    switches = "; ".join(f"echo {name}=$(settings get {table} {name})" for table, name in SWITCHES)
    session.read_all(
        ("state-power", ["dumpsys", "power"]),
        ("state-policy", ["dumpsys", "window", "policy"]),
        ("state-battery", ["dumpsys", "battery"]),
        ("state-switches", ["sh", "-c", switches]),
        *(("flags", ["dumpsys", "package", package]) for package in packages or (session.app.package,)),
    )
