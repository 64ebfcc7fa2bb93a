"""A news reader whose push SDK wakes nobody."""

from device_farm.virtual import Twin

Twin("""
--- ../wakes_others.py
-    package = "com.example.zaojian.news"
-    label = "早间新闻"
+    package = "com.example.zaojian.news.twin"
+    label = "早间新闻社区版"

-        "c6-association-start": "violation",
-        "c6-wakes-third-parties": "violation",
+        "c6-association-start": "clear",
+        "c6-wakes-third-parties": "clear",

-    others = ("com.example.bait.video/.PushService", "com.example.bait.music/.PushService")
+    others = ()
""")
