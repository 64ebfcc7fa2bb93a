"""A weather app made for Android 5 that reads the phone's IMEI and location once its policy was agreed to."""

from device_farm.virtual import Twin

Twin("""
--- ../reads_before_consent.py
-    package = "com.example.qinglang.weather"
-    label = "晴朗天气"
+    package = "com.example.qinglang.weather.twin"
+    label = "晴朗天气平安版"

-        "c1-reads-before-consent": "violation",
+        "c1-reads-before-consent": "clear",

-            self.read_device_id()
-            self.read_location()

-                self.toast("欢迎")
+                self.read_device_id()
+                self.read_location()
""")
