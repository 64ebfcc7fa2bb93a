"""The push services that phone makers run for all apps: a wake by one of them is a message, not an app's act.

Package names: the vendors' own push SDK manuals name them as the receiver of their messages (docs/signals.md 5.5).
"""

PUSH_SERVICES = frozenset(
    {
        "com.google.android.gms",
        "com.xiaomi.xmsf",
        "com.huawei.hwid",
        "com.huawei.android.pushagent",
        "com.heytap.mcs",
        "com.coloros.mcs",
        "com.meizu.cloud",
        "com.vivo.pushservice",
        "com.hihonor.push",
    }
)
