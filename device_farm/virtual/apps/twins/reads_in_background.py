"""A shopping app that reads the contacts once, when its user invites somebody."""

from device_farm.virtual import Twin

Twin("""
--- ../reads_in_background.py
-    package = "com.example.youpin.shop"
-    label = "优品"
+    package = "com.example.youpin.shop.twin"
+    label = "优品平安版"

-        "c2-reads-in-background": "violation",
-        "c2-reads-periodically": "violation",
+        "c2-reads-in-background": "clear",
+        "c2-reads-periodically": "clear",

-            self.post_delayed(self.match, 30)
""")
