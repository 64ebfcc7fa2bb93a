"""A fitness app: guide pages, then the privacy dialog."""

from device_farm.virtual import Twin

Twin("""
--- no_policy.py
 LOCATION = "android.permission.ACCESS_FINE_LOCATION"
+POLICY = "欢迎使用本应用。请您仔细阅读《用户协议》和《隐私政策》，了解我们如何收集和使用您的个人信息。点击同意即可开始使用。"

-    package = "com.example.nopolicy"
+    package = "com.example.nopolicytwin"

-        "c1-no-privacy-prompt": "violation",
-        "c1-permission-before-consent": "suspected",
+        "c1-no-privacy-prompt": "clear",
+        "c1-permission-before-consent": "clear",

+                self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)
             elif id == "同意":
""")
