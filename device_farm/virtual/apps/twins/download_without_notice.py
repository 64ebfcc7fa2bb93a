"""A news feed with a picture card that names the app and asks before it loads."""

from device_farm.virtual import Twin

Twin("""
--- ../download_without_notice.py
-    package = "com.example.chenxi.news"
-    label = "晨曦快讯"
+    package = "com.example.chenxi.news.twin"
+    label = "晨曦快讯社区版"

-        "c7-download-without-notice": "violation",
+        "c7-download-without-notice": "clear",

             if id == "feed_ad":
+                self.show_dialog("下载微澜旅行？", "微澜旅行 3.2.0 · 杭州微澜科技 · 42 MB", "下载", "取消")
+            elif id == "下载":
""")
