"""A stopwatch whose policy lies three presses behind its main page."""

from device_farm.virtual import Twin

Twin("""
--- ../policy_hard_to_find.py
-    package = "com.example.miaobiao.watch"
+    package = "com.example.miaobiao.watch.twin"

-    expected = {"c1-policy-hard-to-find": "violation"}
+    expected = {"c1-policy-hard-to-find": "clear"}

-        heading, way, to = "设置", "通用", "General"
+        heading, way, to = "设置", "隐私政策", "Policy"
""")
