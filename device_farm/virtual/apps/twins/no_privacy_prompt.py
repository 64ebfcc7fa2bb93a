"""A notebook whose privacy policy comes first."""

from device_farm.virtual import Twin

Twin("""
--- ../no_privacy_prompt.py
-    package = "com.example.shiguang.notes"
-    label = "拾光笔记"
+    package = "com.example.shiguang.notes.twin"
+    label = "拾光笔记本"

-        "c1-permission-before-consent": "suspected",
-        "c1-no-privacy-prompt": "violation",
-        "c1-consent-without-refusal": "not_exercised",
+        "c1-permission-before-consent": "clear",
+        "c1-no-privacy-prompt": "clear",
+        "c1-consent-without-refusal": "clear",

-                self.on_click("同意")
+                self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)
""")
