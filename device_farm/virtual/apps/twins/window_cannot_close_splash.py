"""An opening advert of five seconds with a 跳过 that works."""

from device_farm.virtual import Twin

Twin("""
--- ../window_cannot_close_splash.py
-SECONDS = 30
+SECONDS = 5

-    package = "com.example.lanyin.radio"
-    label = "岚音电台"
+    package = "com.example.lanyin.radio.twin"
+    label = "岚音广播"

-    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}

-            if id == "skip" and self.left <= 0:
+            if id == "skip":
""")
