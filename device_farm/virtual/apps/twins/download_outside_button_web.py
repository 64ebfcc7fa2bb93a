"""A web card that is a button as a whole, and says so."""

from device_farm.virtual import Twin

Twin("""
--- ../download_outside_button_web.py
-from device_farm.virtual import Activity, App, Button, Column, Image, Text, WebView
+from device_farm.virtual import Activity, App, Column, Image, Text, WebView

-    package = "com.example.caihe.wallpapers"
-    label = "彩盒壁纸"
+    package = "com.example.caihe.wallpapers.twin"
+    label = "彩盒桌面壁纸"

-    expected = {"c7-download-outside-button": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-download-outside-button": "clear", "c7-auto-renewal": "not_exercised"}

-                Text("糖豆桌面 主题随心换"),
+                Text("点击卡片下载 糖豆桌面"),

-                Button("下载", id="get"),

-            if id in ("get", "card"):
+            if id == "card":
""")
