"""A news app that opens the user's favourites whatever was answered."""

from device_farm.virtual import Twin

Twin("""
--- favourites_wall.py
-        "c5-denial-blocks-function": "violation",
+        "c5-denial-blocks-function": "clear",

-                self.start_activity("Kept" if results[PHONE] else "Wall")
+                self.start_activity("Kept")
""")
