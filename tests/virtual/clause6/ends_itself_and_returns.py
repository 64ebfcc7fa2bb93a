"""Ends its own sticky service half a minute after each start, so that Android brings it back, later each time."""

from device_farm.virtual import Twin

Twin("""
--- sticky_service.py
-class Sticky(App):
-    package = "com.example.sticky"
-    label = "常驻"
+class Phoenix(App):
+    package = "com.example.phoenix"
+    label = "不死鸟"

-        "c6-self-start": "suspected",
+        "c6-self-start": "violation",

-            self.show(Text("常驻"))
+            self.show(Text("不死鸟"))

-            self.app.prefs["commands"] = self.app.prefs.get("commands", 0) + 1
+            self.post_delayed(lambda: self.exit(0), 30)
""")
