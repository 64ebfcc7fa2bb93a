"""Three tabs: the one of shops nearby asks for the location, and lets the user pick a district when it is refused."""

from device_farm.virtual import Twin

Twin("""
--- tab_that_crashes.py
-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-            if not results.get(COARSE):
-                raise KeyError("last_known_location")
""")
