"""A recipe app that asks for the camera at its first start only."""

from device_farm.virtual import Twin

Twin("""
--- ../asks_each_launch.py
-    package = "com.example.weidao.recipes"
-    label = "味道食谱"
+    package = "com.example.weidao.recipes.twin"
+    label = "味道食谱社区版"

-        "c5-asks-again-on-relaunch": "violation",
-        "c5-asks-before-use": "violation",
-        "c5-bundled-request": "clear",
-        "c5-asks-without-function": "suspected",
+        "c5-asks-again-on-relaunch": "clear",

-            if not self.check_self_permission(CAMERA):
+            if not self.app.prefs.get("asked"):
""")
