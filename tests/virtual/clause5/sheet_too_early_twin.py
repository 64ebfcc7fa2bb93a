"""Notes: a painted sheet tells the purpose while the system asks."""

from device_farm.virtual import Twin

Twin("""
--- sheet_too_early.py
-    package = "com.example.sheettooearly"
+    package = "com.example.sheettooearlytwin"

-        "c5-purpose-not-told": "violation",
+        "c5-purpose-not-told": "clear",

-                self.post_delayed(self.home, 4)
-                self.post_delayed(self.ask, 10)
+                self.ask()
""")
