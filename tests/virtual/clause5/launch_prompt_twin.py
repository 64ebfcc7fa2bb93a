"""Recipes: once refused, each start shows a prompt with 去设置."""

from device_farm.virtual import Twin

Twin("""
--- launch_prompt.py
-    package = "com.example.launchprompt"
+    package = "com.example.launchprompttwin"

-        "c5-asks-again-on-relaunch": "violation",
+        "c5-asks-again-on-relaunch": "suspected",

-                self.show_dialog("位置权限未开启", "开启位置权限后，可为您推荐本地食材", "去授权", "取消")
+                self.show_dialog("位置权限未开启", "开启位置权限后，可为您推荐本地食材", "去设置", "取消")

-            if id == "去授权":
-                self.request_permissions(LOCATION)
+            if id == "去设置":
+                self.open_settings()
""")
