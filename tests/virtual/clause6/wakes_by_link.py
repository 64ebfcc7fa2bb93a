"""Follows a deep link into another app whenever it is opened."""

from device_farm.virtual import Twin

Twin("""
--- wakes_by_page.py
-class Jumper(App):
-    package = "com.example.bypage"
-    label = "跳转"
+class Linker(App):
+    package = "com.example.bylink"
+    label = "链接"

-        "c6-wakes-third-parties": "violation",
+        "c6-wakes-third-parties": "suspected",

-            self.show(Text("跳转"))
-            self.post_delayed(lambda: self.start_activity("com.example.bait.video/.Page"), 12)
-            self.post_delayed(lambda: self.start_activity("com.example.bait.music/.Page"), 14)
+            self.show(Text("链接"))
+            self.post_delayed(lambda: self.start_activity(None, action="android.intent.action.VIEW", data="baitvideo://home"), 12)
""")
