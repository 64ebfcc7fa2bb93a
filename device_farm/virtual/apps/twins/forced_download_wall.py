"""A web article that shows a third of itself; the rest is in an app, or one link further on the web."""

from device_farm.virtual import Twin

Twin("""
--- ../forced_download_wall.py
-    package = "com.example.yunhe.essays"
-    label = "运河随笔"
+    package = "com.example.yunhe.essays.twin"
+    label = "运河散文"

-    expected = {"c7-forced-download-wall": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-forced-download-wall": "clear", "c7-auto-renewal": "not_exercised"}

-            ways = [load]
+            ways = [load, Anchor("在网页继续阅读", href="https://m.example.com/essay/1", id="web")]
""")
