"""A floating web strip at the foot of a page whose cross takes it away."""

from device_farm.virtual import Twin

Twin("""
--- ../close_acts_as_confirm_web.py
-    package = "com.example.zhanpai.bus"
-    label = "站牌公交"
+    package = "com.example.zhanpai.bus.twin"
+    label = "站牌出行"

-    expected = {"c7-close-acts-as-confirm": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-close-acts-as-confirm": "clear", "c7-auto-renewal": "not_exercised"}

-            if id in ("get", "x"):
+            if id == "get":

                 self.fetch()
+            else:
+                self.show(Column(*self.lines))
""")
