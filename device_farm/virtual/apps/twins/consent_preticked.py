"""A community whose login page leaves the policy's box to the user."""

from device_farm.virtual import Twin

Twin("""
--- ../consent_preticked.py
-    package = "com.example.linli.community"
-    label = "邻里社区"
+    package = "com.example.linli.community.twin"
+    label = "邻里社区之家"

-        "c1-consent-preticked": "violation",
+        "c1-consent-preticked": "clear",

-            agree = Checkbox("我已阅读并同意《用户协议》和《隐私政策》", id="agree", checked=True)
+            agree = Checkbox("我已阅读并同意《用户协议》和《隐私政策》", id="agree", checked=False)
""")
