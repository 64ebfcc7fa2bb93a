"""A map whose offline data fits into the memory when it is refused the location."""

from device_farm.virtual import Twin

Twin("""
--- ../killed_by_low_memory.py
-    package = "com.example.tulu.maps"
-    label = "图路地图"
+    package = "com.example.tulu.maps.twin"
+    label = "图路地图社区版"

-        "c5-exit-after-denial": "inconclusive",
-        "c5-dialog-loop": "inconclusive",
+        "c5-exit-after-denial": "clear",
+        "c5-dialog-loop": "clear",

-                self.allocate_direct(3000)
+                self.allocate_direct(30)
""")
