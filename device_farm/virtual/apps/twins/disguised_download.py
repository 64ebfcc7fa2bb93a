"""A step counter with a red packet whose button 立即领取 pays into the purse."""

from device_farm.virtual import Twin

Twin("""
--- ../disguised_download.py
-    package = "com.example.zouzou.steps"
-    label = "走走计步"
+    package = "com.example.zouzou.steps.twin"
+    label = "走走健步"

-        "c7-disguised-download": "violation",
+        "c7-disguised-download": "clear",

-            self.enqueue_download(
-                "https://pkg.example.com/jinbi/jinbi-farm.apk", title="金币农场", file_name="jinbi-farm.apk", size=51_000_000
-            )
+            self.purse.text = "零钱 8.88 元"
""")
