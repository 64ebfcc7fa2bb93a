"""The answers that the permission controller logs -> PermissionResult.

The line is printed for every permission of a request, also for one that it answered without showing a dialog. Tags:
GrantPermissionsActivity (Android 10 and 11), GrantPermissionsViewModel (12+), and OneTimePermissionRevoker or
the revoker of one-time grants. Source: packages/modules/Permission, PermissionController/src/com/android/
permissioncontroller/permission/ui/model/GrantPermissionsViewModel.kt, reportRequestResult; in Android 10 and 11
packages/apps/PackageInstaller, GrantPermissionsActivity.java. From 15 on the words after ``result`` run together.
"""

import re

from harness import events
from harness.parsers.log_fields import Stamp, Unreadable, number, user_of
from harness.parsers.logcat import LogLine

TAGS = ("GrantPermissionsActivity", "GrantPermissionsViewModel")

# Permission grant result requestId=-12 callingUid=10196 callingPackage=com.demo permission=android.permission.CAMERA
#   isImplicit=false result=6 isPermissionRationaleShown=false                                       (one line)
_RESULT = re.compile(
    r"Permission grant result requestId=-?\d+ callingUid=(\d+) callingPackage=(\S+) permission=(\S+) "
    r"isImplicit=(?:true|false) result=(\d+)(?: |$)"
)


def read(line: LogLine, stamp: Stamp) -> events.Event | None:
    """Read a line; an app that pretends to be the permission controller is told by its own uid."""
    if not line.message.startswith("Permission grant result "):
        return None
    match = _RESULT.match(line.message)
    if match is None or line.uid == number(match[1]) or (not line.whole and match.end() == len(line.message)):
        raise Unreadable(line.message)
    user = user_of(number(match[1]))
    return events.PermissionResult(**stamp, user=user, package=match[2], permission=match[3], result=number(match[4]))
