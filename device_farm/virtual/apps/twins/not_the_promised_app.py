"""A page offers a weather app by its English name; its label has that name beside a Chinese one."""

from device_farm.virtual import Twin

Twin("""
--- ../not_the_promised_app.py
-LABEL = {"zh": "一键清理", "en": "One Clean"}
+LABEL = {"zh": "云上天气", "en": "Nimbus Weather"}

-    package = "com.example.baibao.tools"
-    label = "百宝工具"
+    package = "com.example.baibao.tools.twin"
+    label = "百宝箱工具"

-        "c7-not-the-promised-app": "violation",
+        "c7-not-the-promised-app": "clear",
""")
