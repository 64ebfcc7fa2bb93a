"""A game box that leaves a paused download alone until 继续 is pressed."""

from device_farm.virtual import Twin

Twin("""
--- ../download_resumes.py
-    package = "com.example.beike.gamebox"
-    label = "贝壳游戏盒"
+    package = "com.example.beike.gamebox.twin"
+    label = "贝壳游戏厅"

-        "c7-download-resumes": "violation",
+        "c7-download-resumes": "clear",
+        "c7-download-without-notice": "clear",

-        if self.prefs.get("state"):
+        if self.prefs.get("state") == "running":
""")
