"""An opening advert of which only the button, which says so, leads into the app store."""

from device_farm.virtual import Twin

Twin("""
--- ../jump_beside_the_button.py
-LEADS = ("go", "picture")
+LEADS = ("go",)

-    package = "com.example.zaoqi.alarm"
-    label = "早起闹钟"
+    package = "com.example.zaoqi.alarm.twin"
+    label = "早起时钟"

-    expected = {"c7-jump": "violation", "c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-jump": "clear", "c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}
""")
