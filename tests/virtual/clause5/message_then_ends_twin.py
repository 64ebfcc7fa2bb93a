"""A reader: refused the storage, it shows a message with one button and stays."""

from device_farm.virtual import Twin

Twin("""
--- message_then_ends.py
-    package = "com.example.messagethenends"
+    package = "com.example.messagethenendstwin"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-                self.show_dialog("提示", "未获得存储权限，应用即将关闭", "确定", cancelable=False)
+                self.show_dialog("提示", "未获得存储权限，图书将不会缓存", "确定", cancelable=False)

-                self.finish_affinity()
+                pass
""")
