"""A painted advert that wants push, turn and three seconds, as the standard does."""

from device_farm.virtual import Twin

Twin("""
--- ../shake_jump_short.py
-ACCELERATION, SECONDS = 15.0, 0.3
+ACCELERATION, SECONDS = 15.0, 3.0

-    package = "com.example.qingti.weight"
-    label = "轻体日记"
+    package = "com.example.qingti.weight.twin"
+    label = "轻体记录"

-    expected = {"c7-shake-jump": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-shake-jump": "clear", "c7-auto-renewal": "not_exercised"}
""")
