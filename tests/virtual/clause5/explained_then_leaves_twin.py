"""A repair service with its own window, 继续 and 取消, before the system's question; refused there, it says so."""

from device_farm.virtual import Twin

Twin("""
--- explained_then_leaves.py
-    package = "com.example.xiudekuai.leaves"
+    package = "com.example.xiudekuai.stays"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-                self.finish_affinity()
+                self.toast("也可以打电话描述故障")
""")
