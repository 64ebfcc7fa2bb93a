"""Binds the service of one other app whenever it is opened: one third party, and often."""

from device_farm.virtual import Twin

Twin("""
--- wakes_by_bind.py
-class Binder(App):
-    package = "com.example.bybind"
-    label = "绑定"
+class One(App):
+    package = "com.example.wakesone"
+    label = "一次"

-        "c6-wakes-third-parties": "violation",
+        "c6-wakes-third-parties": "suspected",

-            self.show(Text("绑定"))
+            self.show(Text("一次"))

-            self.bind_service("com.example.bait.music/.Push")
""")
