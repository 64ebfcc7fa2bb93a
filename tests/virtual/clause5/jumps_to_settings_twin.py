"""A fishing app that throws the user into the settings once after a refusal."""

from device_farm.virtual import Twin

Twin("""
--- jumps_to_settings.py
-        "c5-dialog-loop": "violation",
+        "c5-dialog-loop": "clear",

-                self.jumps = 4
+                self.jumps = 1
""")
