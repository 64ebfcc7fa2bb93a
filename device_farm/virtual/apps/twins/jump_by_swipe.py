"""A painted page of sayings that a swipe turns."""

from device_farm.virtual import Twin

Twin("""
--- ../jump_by_swipe.py
-    package = "com.example.shiyun.sayings"
-    label = "诗云日签"
+    package = "com.example.shiyun.sayings.twin"
+    label = "诗云每日一句"

-    expected = {"c7-jump": "violation", "c7-download-resumes": "not_exercised", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-jump": "clear", "c7-download-resumes": "not_exercised", "c7-auto-renewal": "not_exercised"}

-            self.open_url("https://shop.example.com/yunjin")
+            self.number = (self.number + 1) % len(SAYINGS)
+            self.invalidate()
""")
