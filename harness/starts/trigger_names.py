"""Triggers and causes in words."""

from harness.events import Trigger
from harness.language import pgettext
from harness.starts.process_start import Cause

TRIGGERS = {
    Trigger.BOOT: pgettext("trigger", "boot"),
    Trigger.UNLOCK: pgettext("trigger", "unlock"),
    Trigger.SCREEN: pgettext("trigger", "screen"),
    Trigger.POWER: pgettext("trigger", "power"),
    Trigger.NETWORK: pgettext("trigger", "network"),
    Trigger.PACKAGE: pgettext("trigger", "package"),
    Trigger.TIME: pgettext("trigger", "time"),
    Trigger.MEDIA: pgettext("trigger", "media"),
    Trigger.ALARM: pgettext("trigger", "alarm"),
    Trigger.ALARM_CLOCK: pgettext("trigger", "alarm clock"),
    Trigger.JOB: pgettext("trigger", "job"),
    Trigger.SYNC: pgettext("trigger", "account sync"),
    Trigger.PUSH: pgettext("trigger", "vendor push"),
    Trigger.STICKY: pgettext("trigger", "sticky restart"),
    Trigger.REPLACED: pgettext("trigger", "own update"),
    Trigger.BACKUP: pgettext("trigger", "backup"),
    Trigger.WIDGET: pgettext("trigger", "widget"),
    Trigger.INPUT_METHOD: pgettext("trigger", "keyboard"),
    Trigger.VPN: pgettext("trigger", "VPN"),
    Trigger.ACCESSIBILITY: pgettext("trigger", "accessibility service"),
    Trigger.NOTIFICATION_LISTENER: pgettext("trigger", "notification listener"),
    Trigger.BROADCAST: pgettext("trigger", "broadcast"),
    Trigger.SERVICE: pgettext("trigger", "service"),
    Trigger.PROVIDER: pgettext("trigger", "provider"),
    Trigger.ACTIVITY: pgettext("trigger", "activity"),
    Trigger.UNKNOWN: pgettext("trigger", "unknown"),
}
CAUSES = {
    Cause.SELF: pgettext("cause", "the app itself"),
    Cause.UNKNOWN: pgettext("cause", "not told"),
    Cause.OTHER_APP: pgettext("cause", "another app"),
    Cause.NEIGHBOUR: pgettext("cause", "after an app checked beside it had woken it"),
    Cause.INNOCENT: pgettext("cause", "with a reason"),
    Cause.OURS: pgettext("cause", "caused by the check"),
    Cause.SYSTEM: pgettext("cause", "Android restored it"),
    Cause.TESTER: pgettext("cause", "opened by the tester"),
}
