"""A cookbook with a web banner; what the page wants to load is named, and asked about, first."""

from device_farm.virtual import Twin

Twin("""
--- ../download_without_notice_web.py
-    package = "com.example.migan.cookbook"
-    label = "蜜柑菜谱"
+    package = "com.example.migan.cookbook.twin"
+    label = "蜜柑家常菜"

-    expected = {"c7-download-without-notice": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-download-without-notice": "clear", "c7-auto-renewal": "not_exercised"}

-            self.load()
+            self.show_dialog("下载应用", "鲜活买菜 · 上海鲜活电商 · 36 MB", "下载", "取消")
""")
