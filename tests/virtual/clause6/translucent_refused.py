"""The same since Android 10, which refuses it: nothing was shown."""

from device_farm.virtual import Twin

Twin("""
--- translucent_page.py
-    package = "com.example.translucent"
+    package = "com.example.refused"

-    only_android = ["8.1", "9"]  # since 10 Android refuses it
+    only_android = ["10", "11", "12", "13", "14", "15", "16"]

-        "c6-hidden-activity": "violation",
+        "c6-hidden-activity": "clear",

-            self.start_activity("Veil")
+            self.post_delayed(lambda: self.start_activity("Veil"), 20)  # the grace after leaving it is over
""")
