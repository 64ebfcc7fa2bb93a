"""An account book that offers its keyboard when it is refused the microphone."""

from device_farm.virtual import Twin

Twin("""
--- ../exit_to_background.py
-    package = "com.example.yibi.accounts"
-    label = "一笔记账"
+    package = "com.example.yibi.accounts.twin"
+    label = "一笔记账社区版"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-                self.move_task_to_back()
+                self.toast("没有麦克风权限，可以手动记账")
""")
