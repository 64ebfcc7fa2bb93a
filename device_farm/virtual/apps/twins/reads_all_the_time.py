"""A step counter that may have the location all the time, and reads it in sight alone."""

from device_farm.virtual import Twin

Twin("""
--- ../reads_all_the_time.py
-    package = "com.example.zoulu.steps"
+    package = "com.example.zoulu.steps.twin"

-        "c2-reads-in-background": "violation",
+        "c2-reads-in-background": "clear",

         def on_stop(self):
-            self.post_delayed(self.look, 8)
+            self.app.prefs["stopped"] = True
""")
