"""Binds the services of two apps of the same maker."""

from device_farm.virtual import Twin

Twin("""
--- wakes_by_bind.py
-class Binder(App):
-    package = "com.example.bybind"
-    label = "绑定"
+class Family(App):
+    package = "com.example.family"
+    label = "全家桶"

     queries = ["com.example.bait.video", "com.example.bait.music"]
+    signer = "family"

-        "c6-association-start": "violation",
-        "c6-wakes-third-parties": "violation",
+        "c6-association-start": "suspected",
+        "c6-wakes-third-parties": "clear",

-            self.show(Text("绑定"))
+            self.show(Text("全家桶"))

     package = "com.example.bait.video"
+    signer = "family"

     package = "com.example.bait.music"
+    signer = "family"
""")
