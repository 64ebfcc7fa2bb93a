"""A switch in the settings asks for the phone; refused, it only turns back."""

from device_farm.virtual import Twin

Twin("""
--- switch_that_nags.py
-        "c5-dialog-loop": "violation",
+        "c5-dialog-loop": "clear",

-            self.left = 3
+            self.left = 0
""")
