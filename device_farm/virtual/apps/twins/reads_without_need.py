"""A reader that reads the calendar when its user adds a date to it."""

from device_farm.virtual import Twin

Twin("""
--- ../reads_without_need.py
-    package = "com.example.xunzhang.reader"
-    label = "寻章阅读"
+    package = "com.example.xunzhang.reader.twin"
+    label = "寻章阅读平安版"

-        "c2-reads-without-need": "suspected",
+        "c2-reads-without-need": "clear",

-            self.read_calendar()
+            self.toast("欢迎")
""")
