"""A painted video page whose 继续播放 goes on with the video."""

from device_farm.virtual import Twin

Twin("""
--- ../disguised_download_painted.py
-    package = "com.example.xingye.player"
-    label = "星野影音"
+    package = "com.example.xingye.player.twin"
+    label = "星野视频"

-    expected = {"c7-disguised-download": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-disguised-download": "clear", "c7-auto-renewal": "not_exercised"}

-            self.enqueue_download(
-                "https://v.example.com/fast/player.apk", title="飞流播放器", file_name="feiliu-player.apk", size=47_000_000
-            )
+            self.state = "正在播放 03:13 / 45:00"
+            self.invalidate()
""")
