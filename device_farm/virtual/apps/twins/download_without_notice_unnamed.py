"""A calendar with a card that says download and, beside it, of what."""

from device_farm.virtual import Twin

Twin("""
--- ../download_without_notice_unnamed.py
-    package = "com.example.suisui.almanac"
-    label = "岁岁黄历"
+    package = "com.example.suisui.almanac.twin"
+    label = "岁岁老黄历"

-        "c7-download-without-notice": "violation",
+        "c7-download-without-notice": "clear",

-                Text("装机必备 万人好评"),
+                Text("栗子记账 2.6.1 · 成都栗子网络"),
""")
