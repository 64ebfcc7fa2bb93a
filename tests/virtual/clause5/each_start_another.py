"""A bookkeeping app that asks at each start, each time for another permission."""

from device_farm.virtual import Twin

Twin("""
--- each_second_start.py
-        "c5-asks-again-on-relaunch": "violation",
+        "c5-asks-again-on-relaunch": "clear",

-        return CONTACTS if self.prefs["starts"] % 2 else None
+        return dict(enumerate(OTHERS, 1)).get(self.prefs["starts"])
""")
