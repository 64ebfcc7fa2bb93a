"""A running log whose list of libraries names both of them."""

from device_farm.virtual import Twin

Twin("""
--- ../undeclared_sdks.py
-    ("微信开放平台SDK", "深圳市腾讯计算机系统有限公司", "分享", "设备信息"),
+    ("个推消息推送SDK", "每日互动股份有限公司", "推送消息", "设备信息"),

-    package = "com.example.chenpao.log"
+    package = "com.example.chenpao.log.twin"

-        "c1-undeclared-sdks": "suspected",
-        "c3-recipient-not-told": "suspected",
+        "c1-undeclared-sdks": "clear",
+        "c3-recipient-not-told": "clear",
""")
