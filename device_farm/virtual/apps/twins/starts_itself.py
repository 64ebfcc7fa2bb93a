"""A weather app that starts only when it is opened: its receiver is disabled until the user turns it on."""

from device_farm.virtual import Twin

Twin("""
--- ../starts_itself.py
-    package = "com.example.qinglang.weather"
-    label = "晴朗天气"
+    package = "com.example.qinglang.weather.twin"
+    label = "晴朗天气社区版"

-        "c6-self-start": "violation",
+        "c6-self-start": "clear",

-        enabled = True
+        enabled = False
""")
