"""A caller id app that asks once and from then on only mentions the permission in passing."""

from device_farm.virtual import Twin

Twin("""
--- ../guides_to_settings.py
-    package = "com.example.anxin.callerid"
-    label = "安心来电"
+    package = "com.example.anxin.callerid.twin"
+    label = "安心来电社区版"

-        "c5-asks-again-on-relaunch": "suspected",
+        "c5-asks-again-on-relaunch": "clear",

-                self.show_dialog("需要电话权限", "请到设置中开启电话权限，否则无法识别来电。", "去设置", "取消")
+                self.toast("未开启电话权限，可在设置中开启")
""")
