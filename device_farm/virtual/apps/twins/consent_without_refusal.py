"""A recipe app whose privacy dialog can be refused."""

from device_farm.virtual import Twin

Twin("""
--- ../consent_without_refusal.py
-    package = "com.example.sancan.recipes"
-    label = "三餐食谱"
+    package = "com.example.sancan.recipes.twin"
+    label = "三餐食谱家庭版"

-        "c1-consent-without-refusal": "violation",
+        "c1-consent-without-refusal": "clear",

-                answers = ["我知道了"]
+                answers = ["同意", "不同意"]
""")
