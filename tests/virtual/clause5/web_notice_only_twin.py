"""A coupon app whose policy, on a web page without accessibility, can be agreed to and refused."""

from device_farm.virtual import Twin

Twin("""
--- web_notice_only.py
-        "c1-consent-without-refusal": "suspected",
+        "c1-consent-without-refusal": "clear",

-            return [Button("我知道了", id="yes")]
+            return [Button("同意", id="yes"), Button("不同意", id="no")]
""")
