"""A shop that shows the orders whatever the user answered."""

from device_farm.virtual import Twin

Twin("""
--- ../denial_blocks_function.py
-    package = "com.example.youxuan.mall"
-    label = "优选商城"
+    package = "com.example.youxuan.mall.twin"
+    label = "优选商城乡村版"

-        "c5-denial-blocks-function": "violation",
+        "c5-denial-blocks-function": "clear",

-            if results.get(LOCATION):
+            if LOCATION in results:
""")
