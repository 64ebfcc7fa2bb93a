"""A game that paints everything itself, its own demand for the camera too: closed, it is closed."""

from device_farm.virtual import Twin

Twin("""
--- painted_loop.py
-    package = "com.example.huaban.game"
+    package = "com.example.huaban.game.twin"

-        "c5-dialog-loop": "violation",
+        "c5-dialog-loop": "clear",

-            else:
-                self.post_delayed(self.ask, 3)
""")
