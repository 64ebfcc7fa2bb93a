"""Wakes two other apps after the user has left it by Home."""

from device_farm.virtual import Twin

Twin("""
--- wakes_by_bind.py
-class Binder(App):
-    package = "com.example.bybind"
-    label = "绑定"
+class Leaver(App):
+    package = "com.example.whenleft"
+    label = "离开"

-            self.show(Text("绑定"))
-            self.bind_service("com.example.bait.video/.Push")
-            self.bind_service("com.example.bait.music/.Push")
+            self.show(Text("离开"))
+
+        def on_stop(self):
+            self.app.post_delayed(self.wake, 30)
+
+        def wake(self):
+            self.app.bind_service("com.example.bait.video/.Push")
+            self.app.bind_service("com.example.bait.music/.Push")
""")
