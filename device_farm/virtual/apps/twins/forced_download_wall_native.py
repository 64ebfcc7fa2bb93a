"""A series whose later episodes recommend a player app and open here all the same."""

from device_farm.virtual import Twin

Twin("""
--- ../forced_download_wall_native.py
-    package = "com.example.juchang.series"
-    label = "剧场小站"
+    package = "com.example.juchang.series.twin"
+    label = "剧场小屋"

-    expected = {"c7-forced-download-wall": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-forced-download-wall": "clear", "c7-auto-renewal": "not_exercised"}

-                words = Text("本集需下载极光影视 App 后观看")
-                ways = [load]
+                words = Text("下载极光影视 App 观看更清晰")
+                ways = [load, Button("在此继续观看", id="here")]
""")
