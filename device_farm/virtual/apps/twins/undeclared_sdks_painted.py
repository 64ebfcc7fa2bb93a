"""A recipe box whose policy is a picture, and names the library that the app has."""

from device_farm.virtual import Twin

Twin("""
--- ../undeclared_sdks_painted.py
-    "统计分析由友盟统计 SDK 提供",
+    "消息推送由极光推送 SDK 提供",

-    package = "com.example.sancan.recipes"
+    package = "com.example.sancan.recipes.twin"

-    expected = {"c1-undeclared-sdks": "suspected", "c1-no-policy-of-its-own": "clear"}
+    expected = {"c1-undeclared-sdks": "clear", "c1-no-policy-of-its-own": "clear"}
""")
