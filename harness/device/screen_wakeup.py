"""The state of the screen, and the two commands that wake and open it."""

from harness.device.protocol import Device, run_together
from harness.parsers.screen_state import ScreenState, parse_screen_state

WAKE, DISMISS = ("input", "keyevent", "KEYCODE_WAKEUP"), ("wm", "dismiss-keyguard")


def screen_state(device: Device) -> ScreenState:
    """What the phone tells of its screen now."""
    power, policy = run_together(device, [["dumpsys", "power"], ["dumpsys", "window", "policy"]])
    return parse_screen_state(power.stdout, policy.stdout)
