"""A games page without a view tree whose link 开始游戏 starts a mini-game of the app itself."""

from device_farm.virtual import Twin

Twin("""
--- ../disguised_download_web.py
-    package = "com.example.doudou.minigames"
-    label = "豆豆小游戏"
+    package = "com.example.doudou.minigames.twin"
+    label = "豆豆游戏厅"

-    expected = {"c7-disguised-download": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-disguised-download": "clear", "c7-auto-renewal": "not_exercised"}

-            play = Anchor("开始游戏", href="https://g.example.net/bubble/play.apk", id="play", download="bubble-play.apk", size=33_000_000)
+            play = Anchor("开始游戏", href="https://g.example.net/bubble/", id="play")
""")
