"""A video for a reward that the user chose and can leave at any time."""

from device_farm.virtual import Twin

Twin("""
--- ../window_cannot_close_video.py
-    package = "com.example.kaola.quiz"
-    label = "考拉答题"
+    package = "com.example.kaola.quiz.twin"
+    label = "考拉百科答题"

-    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}

-            head = Row(Text("广告"), self.line)
+            head = Row(Text("广告"), self.line, Button("关闭", id="close"))
""")
