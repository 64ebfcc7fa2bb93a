"""Wakes itself by an inexact alarm every five minutes."""

from device_farm.virtual import Twin

Twin("""
--- alarm_wakeups.py
-    package = "com.example.often"
+    package = "com.example.inexact"

-        self.prefs["polls"] = self.prefs.get("polls", 0) + 1

-            self.set_alarm("poll", after=300, every=300, exact=True)
+            self.set_alarm("poll", after=300, every=300)
""")
