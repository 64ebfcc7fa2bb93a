"""A phrase book whose push library starts once the privacy policy was agreed to, and asks for the phone state then."""

from device_farm.virtual import Twin

Twin("""
--- ../permission_before_consent_late.py
-    package = "com.example.lvyu.phrases"
-    label = "旅语"
+    package = "com.example.lvyu.phrases.twin"
+    label = "旅语平安版"

-        "c1-permission-before-consent": "violation",
+        "c1-permission-before-consent": "clear",

-                self.start_service("CoreService")

                 self.app.prefs["consented"] = True
+                self.start_service("CoreService")
""")
