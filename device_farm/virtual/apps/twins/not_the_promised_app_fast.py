"""An app store's page with 高速下载 beside 普通下载: both bring the app of the page."""

from device_farm.virtual import Twin

Twin("""
--- ../not_the_promised_app_fast.py
-FAST = ("飞燕下载助手", "com.example.feiyan.helper")
+FAST = ("拾光相册", "com.example.shiguang.album")

-    package = "com.example.feiyan.store"
-    label = "飞燕应用商店"
+    package = "com.example.feiyan.store.twin"
+    label = "飞燕软件商店"

-    expected = {"c7-not-the-promised-app": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}
""")
