"""A forum whose login by SMS code opens whatever the user answered."""

from device_farm.virtual import Twin

Twin("""
--- ../denial_blocks_login.py
-    package = "com.example.qushi.forum"
-    label = "趣事论坛"
+    package = "com.example.qushi.forum.twin"
+    label = "趣事论坛校园版"

-        "c5-exit-after-denial": "inconclusive",  # what lies behind the login nobody saw
-        "c5-dialog-loop": "inconclusive",
+        "c5-exit-after-denial": "clear",
+        "c5-dialog-loop": "clear",

-        "c5-denial-blocks-login": "violation",
+        "c5-denial-blocks-login": "clear",

-            if results.get(PHONE):
+            if PHONE in results:
""")
