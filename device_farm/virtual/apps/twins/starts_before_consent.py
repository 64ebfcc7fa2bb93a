"""A fitness app that counts a minute after its privacy policy was agreed to, and never before."""

from device_farm.virtual import Twin

Twin("""
--- ../starts_before_consent.py
-    package = "com.example.qidong.fitness"
-    label = "启动健身"
+    package = "com.example.qidong.fitness.twin"
+    label = "启动健身社区版"

-        "c6-self-start": "suspected",
-        "c6-starts-before-consent": "violation",
+        "c6-self-start": "clear",
+        "c6-starts-before-consent": "clear",

-            self.set_alarm("steps", after=85, exact=True)

                 self.app.prefs["consented"] = True
+                self.set_alarm("steps", after=85, exact=True)
""")
