"""Lines of services that refused a read -> DataRead.

- ``TelephonyPermissions`` (10 and later): frameworks/opt/telephony, later frameworks/base/telephony/common/com/android/
  internal/telephony/TelephonyPermissions.java, reportAccessDeniedToReadIdentifiers, by Log.w into the main buffer. 10
  puts ``:isPreinstalled=...:isPrivApp=...`` behind the method, 11 and later the number of the subscription. It is
  written by whoever was asked: the phone process, or the system server for a serial number.
- ``ClipboardService`` (10 and later): services/core/java/com/android/server/clipboard/ClipboardService.java,
  clipboardAccessAllowed, by Slog.e into the system buffer. 10 notes the app op before it looks at the focus, so there
  the op alone takes a refused read for one that was let through; 11 and later note it afterwards.
"""

import re

from harness import events
from harness.parsers.log_fields import Stamp, matched
from harness.parsers.logcat import LogLine

# reportAccessDeniedToReadIdentifiers:com.example.shop:getSubscriberIdForSubscriber:1
# reportAccessDeniedToReadIdentifiers:com.example.shop:getDeviceId:isPreinstalled=false:isPrivApp=false               10
_IDENTIFIERS = re.compile(r"reportAccessDeniedToReadIdentifiers:([\w.]+):([\w.]+):(?:-?\d+|isPreinstalled=\w+:isPrivApp=\w+)\s*$")
# Denying clipboard access to com.example.shop, application is not in focus nor is it a system service for user 0
_CLIPBOARD = re.compile(r"Denying clipboard access to ([\w.]+)(?:, application is not in focus | for user )")


def read_identifiers(line: LogLine, stamp: Stamp) -> events.Event | None:
    """IMEI, IMSI, ICCID or a serial number was asked for and not given."""
    if not line.message.startswith("reportAccessDenied"):
        return None
    match = matched(_IDENTIFIERS, line)
    return _refused(stamp, match[1], events.DataKind.IDENTIFIERS, match[2])


def read_clipboard(line: LogLine, stamp: Stamp) -> events.Event | None:
    """The clipboard was asked for by an app that is not in focus."""
    if not line.message.startswith("Denying clipboard access to "):
        return None
    match = matched(_CLIPBOARD, line)
    return _refused(stamp, match[1], events.DataKind.CLIPBOARD, "getPrimaryClip")


def _refused(stamp: Stamp, package: str, what: events.DataKind, how: str) -> events.DataRead:
    log = events.ReadWitness.LOG
    return events.DataRead(**stamp, package=package, what=what, how=how, until=stamp["at"], refused=True, witness=log)
