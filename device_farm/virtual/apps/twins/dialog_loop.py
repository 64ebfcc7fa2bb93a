"""A running app that asks at its start and takes no for an answer until the next one."""

from device_farm.virtual import Twin

Twin("""
--- ../dialog_loop.py
-    package = "com.example.fengxing.running"
-    label = "风行跑步"
+    package = "com.example.fengxing.running.twin"
+    label = "风行跑步社区版"

-        "c5-dialog-loop": "violation",
-        "c5-asks-again-on-relaunch": "suspected",
+        "c5-dialog-loop": "clear",
+        "c5-asks-again-on-relaunch": "violation",

-                self.post_delayed(self.ask, 3)
+                self.app.prefs["refused"] = True
""")
