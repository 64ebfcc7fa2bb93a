"""A step ladder game that listens once its policy was agreed to."""

from device_farm.virtual import Twin

Twin("""
--- ../listens_before_consent.py
-    package = "com.example.yunti.ladder"
+    package = "com.example.yunti.ladder.twin"

-        "c1-reads-before-consent": "suspected",
+        "c1-reads-before-consent": "clear",

-            self.listen()

                 self.app.prefs["consented"] = True
+                self.listen()
""")
