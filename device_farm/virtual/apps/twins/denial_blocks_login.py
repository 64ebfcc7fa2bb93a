"""A forum whose login by SMS code opens whatever the user answered."""

from device_farm.virtual import Twin

Twin("""
--- ../denial_blocks_login.py
-    package = "com.example.qushi.forum"
-    label = "趣事论坛"
+    package = "com.example.qushi.forum.twin"
+    label = "趣事论坛校园版"

-        "c5-denial-blocks-login": "violation",
+        "c5-denial-blocks-login": "clear",

-            if results.get(PHONE):
+            if PHONE in results:
""")
