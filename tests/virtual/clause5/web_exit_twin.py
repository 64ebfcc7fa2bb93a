"""A shop that is one web page without accessibility; its own question is answered with 取消, and the app goes on."""

from device_farm.virtual import Twin

Twin("""
--- web_exit.py
-    package = "com.example.yunji.webexit"
+    package = "com.example.yunji.webexit.twin"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-            else:
-                self.finish_affinity()
""")
