"""A recipe app that asks for the camera when the user wants to scan a barcode, and not before."""

from device_farm.virtual import Twin

Twin("""
--- ../asks_before_use.py
-    package = "com.example.jiachang.recipes"
-    label = "家常菜谱"
+    package = "com.example.jiachang.recipes.twin"
+    label = "家常菜谱青春版"

-        "c5-asks-before-use": "violation",
+        "c5-asks-before-use": "clear",

-            self.post_delayed(self.ask_once, 1)
""")
