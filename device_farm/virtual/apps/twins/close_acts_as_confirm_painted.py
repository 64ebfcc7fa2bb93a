"""A painted interstitial whose cross closes it; only its button opens the store."""

from device_farm.virtual import Twin

Twin("""
--- ../close_acts_as_confirm_painted.py
-    package = "com.example.qianzi.notes"
-    label = "千字便签"
+    package = "com.example.qianzi.notes.twin"
+    label = "千字备忘"

-    expected = {"c7-close-acts-as-confirm": "violation", "c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-close-acts-as-confirm": "clear", "c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}

             if within(CROSS, x, y):
-                self.open_market("com.example.fantuan.food")
""")
