"""The same advert over the third part of a comic: its cross closes it."""

from device_farm.virtual import Twin

Twin("""
--- third_part.py
-    package = "com.example.thirdpart"
-    label = "雨巷漫画"
+    package = "com.example.thirdpolite"
+    label = "晴巷漫画"

-    expected = {"c7-close-acts-as-confirm": "violation", "c7-jump": "clear"}
+    expected = {"c7-close-acts-as-confirm": "clear", "c7-jump": "clear"}

-            if id in ("shut", "go"):
+            if id == "go":
""")
