"""A card with goods and a link that says which app it opens; nothing happens without a touch."""

from device_farm.virtual import Twin

Twin("""
--- ../jump_by_itself.py
-    package = "com.example.liangliang.torch"
-    label = "亮亮手电"
+    package = "com.example.liangliang.torch.twin"
+    label = "亮亮手电筒"

-    expected = {"c7-jump": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-jump": "clear", "c7-auto-renewal": "not_exercised"}

-            self.post_delayed(self.leave, 4)
""")
