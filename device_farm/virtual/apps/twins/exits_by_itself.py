"""An app that greets the user some seconds after every start."""

from device_farm.virtual import Twin

Twin("""
--- ../exits_by_itself.py
-    package = "com.example.zhibei.compass"
-    label = "指北罗盘"
+    package = "com.example.zhibei.compass.twin"
+    label = "指北罗盘户外版"

-        "c5-exit-after-denial": "inconclusive",
+        "c5-exit-after-denial": "clear",

         "c5-dialog-loop": "clear",
+        "c5-asks-again-on-relaunch": "clear",

-            self.exit(0)
+            self.toast("欢迎回来")
""")
