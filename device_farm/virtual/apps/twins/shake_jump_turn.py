"""A web advert in which a turn of the phone turns the picture, and leads nowhere."""

from device_farm.virtual import Twin

Twin("""
--- ../shake_jump_turn.py
-    package = "com.example.yunyou.travel"
-    label = "云游攻略"
+    package = "com.example.yunyou.travel.twin"
+    label = "云游指南"

-    expected = {"c7-shake-jump": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-shake-jump": "clear", "c7-auto-renewal": "not_exercised"}

-            self.unregister_sensor()
-            self.open_url("https://www.example.com/qingya")
+            self.view.text = "正对 石桥" if self.view.text == "正对 东门" else "正对 东门"
+            self.invalidate()
""")
