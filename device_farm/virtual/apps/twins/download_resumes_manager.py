"""An app market that only tells of a paused row when its page comes up."""

from device_farm.virtual import Twin

Twin("""
--- ../download_resumes_manager.py
-    package = "com.example.haitang.market"
-    label = "海棠应用市场"
+    package = "com.example.haitang.market.twin"
+    label = "海棠软件市场"

-    expected = {"c7-download-resumes": "violation", "c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-download-resumes": "clear", "c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}

-            self.resume_download(self.app.prefs["row"])
-            self.toast(f"{row['file_name']} 正在下载")
+            self.toast(f"{row['file_name']} 已暂停")
""")
