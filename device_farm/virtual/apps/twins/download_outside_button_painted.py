"""A painted interstitial of a tool app of which only the drawn button loads."""

from device_farm.virtual import Twin

Twin("""
--- ../download_outside_button_painted.py
-    package = "com.example.luopan.compass"
-    label = "罗盘指南针"
+    package = "com.example.luopan.compass.twin"
+    label = "罗盘水平仪"

-        "c7-download-outside-button": "violation",
+        "c7-download-outside-button": "clear",

-            elif within((0, 0, 1080, 2300), x, y):
+            elif within(BUTTON, x, y):
""")
