"""A flashlight that notes when the screen goes dark and shows nothing then."""

from device_farm.virtual import Twin

Twin("""
--- ../hides_a_page.py
-    package = "com.example.liangdian.torch"
-    label = "亮点手电"
+    package = "com.example.liangdian.torch.twin"
+    label = "亮点手电社区版"

-        "c6-hidden-activity": "violation",
+        "c6-hidden-activity": "clear",

-            self.start_activity("Dot")
+            self.app.prefs["dark"] = self.current_time_millis()
""")
