"""A video player that plays on when it may not read the phone state."""

from device_farm.virtual import Twin

Twin("""
--- ../exit_by_system_exit.py
-    package = "com.example.guangying.videos"
-    label = "光影视频"
+    package = "com.example.guangying.videos.twin"
+    label = "光影视频社区版"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-            self.exit(0)
+            self.toast("您可以继续观看")
""")
