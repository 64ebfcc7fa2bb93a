"""A shop that is one web page without accessibility.

Its page asks for the location once and takes 取消 for an answer.
"""

from device_farm.virtual import Twin

Twin("""
--- web_loop.py
-    package = "com.example.yunji.webshop"
+    package = "com.example.yunji.webshop.twin"

-        "c5-dialog-loop": "violation",
+        "c5-dialog-loop": "clear",

-            else:
-                self.post_delayed(self.demand, 3)
""")
