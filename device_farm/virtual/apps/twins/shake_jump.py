"""An interstitial that leads into the store at 15 m/s², 35° and 3 s, which no walk has."""

from device_farm.virtual import Twin

Twin("""
--- ../shake_jump.py
-ACCELERATION, ANGLE, SECONDS = 8.0, 0.0, 0.0
+ACCELERATION, ANGLE, SECONDS = 15.0, 35.0, 3.0

-    package = "com.example.taotao.kitchen"
-    label = "陶陶厨房"
+    package = "com.example.taotao.kitchen.twin"
+    label = "陶陶食谱"

-    expected = {"c7-shake-jump": "violation", "c7-download-resumes": "not_exercised", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-shake-jump": "clear", "c7-download-resumes": "not_exercised", "c7-auto-renewal": "not_exercised"}
""")
