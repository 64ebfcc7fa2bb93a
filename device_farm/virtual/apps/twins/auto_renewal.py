"""A membership page that leaves the renewal to the user."""

from device_farm.virtual import Twin

Twin("""
--- ../auto_renewal.py
-    package = "com.example.tingfeng.music"
-    label = "听枫音乐"
+    package = "com.example.tingfeng.music.twin"
+    label = "听枫曲库"

-    expected = {"c7-auto-renewal": "suspected", "c7-download-resumes": "not_exercised", "c7-not-the-promised-app": "not_exercised"}
+    expected = {"c7-auto-renewal": "clear", "c7-download-resumes": "not_exercised", "c7-not-the-promised-app": "not_exercised"}

-            renew = Checkbox("到期按 25 元每月自动续费，可随时取消", id="renew", checked=True)
+            renew = Checkbox("到期按 25 元每月自动续费，可随时取消", id="renew", checked=False)
""")
